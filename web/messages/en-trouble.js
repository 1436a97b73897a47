// English, for the part Troubleshooting.

export default {
  kvHeads: {
    title: "The KV cache looks too large",
    text: [
      "If config.json has no num_key_value_heads, every attention head counts as a KV head, as in the model's own code. A model with grouped-query attention is then overstated by heads / KV heads: four times for 32 heads and 8 KV heads. Look for the key under another name (n_head_kv, multi_query) or in a nested text_config.",
    ],
  },
  size: {
    title: "The model's size is unknown",
    text: [
      "In this order: params_b as typed (advanced inputs), the exact count of a known family, the table of known sizes by name, a rough estimate from the shape. The assumptions say which was used. With a name that isn't in the table and no config, type the parameter count in billions.",
    ],
  },
  dtype: {
    title: "The weights are twice or half what I expected",
    text: [
      "FP32 takes 4 bytes a parameter, FP16 and BF16 take 2, FP8 and INT8 take 1, AWQ and GPTQ about 0.55 with their scales. auto means what the config says, float32 being loaded as bfloat16 or float16 by vLLM. A quantization overrides the dtype.",
    ],
  },
  frag: {
    title: "Fragmentation",
    text: [
      "The rule of thumb multiplies the KV cache by 1.15 for what block allocation wastes. vLLM's own rules need no such factor: they count blocks. Set it to 1 under advanced to compare the two.",
    ],
  },
  multi: {
    title: "Several GPUs",
    text: [
      "Weights divide by the tensor-parallel size, except what every GPU holds (norms, KV heads fewer than GPUs, the padding of the vocabulary). The rule of thumb speaks of all GPUs together and adds 0.25 GiB a GPU for communication; vLLM's rules speak of the fullest GPU.",
    ],
  },
  hand: {
    title: "Check a result by hand",
    text: [
      "KV per token and layer: 2 × KV heads × head_dim × bytes. Llama-2-7B has 32 × 128 and 2 bytes: 16,384 B; times 32 layers and 4,096 tokens: 2,147,483,648 B, times 1.15 by rule of thumb. With 8 KV heads it is a quarter, with an FP8 cache half.",
      "Weights: 7 B parameters in FP16 are 14,000,000,000 B; the same in AWQ 0.55 × 7e9 = 3,850,000,000 B.",
      "Overhead: the larger of 1 GiB and 2 % of the memory: exactly 1 GiB at 24 GiB, 1.6 GiB at 80 GiB; with two GPUs of 12 GiB 1.25 GiB. A fixed overhead_gb replaces it.",
      "Bounds: 24 GiB allocatable − 14 − 1 leaves 9 GiB; at 2 GiB a request, 4 requests. The context at a concurrency is what is left, divided by the bytes of one token and by the concurrency, rounded down.",
    ],
  },
};
