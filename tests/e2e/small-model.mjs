// A config.json that no catalogue has, for tests that hand one in.
export const SMALL_MODEL = {
  architectures: ["LlamaForCausalLM"],
  model_type: "llama",
  hidden_size: 2048,
  intermediate_size: 8192,
  num_attention_heads: 32,
  num_hidden_layers: 16,
  num_key_value_heads: 8,
  vocab_size: 128256,
  max_position_embeddings: 8192,
  torch_dtype: "bfloat16",
};

// One of the shape that every Llama of 8B has.
export const LLAMA_8B = {
  ...SMALL_MODEL,
  hidden_size: 4096,
  intermediate_size: 14336,
  num_hidden_layers: 32,
  max_position_embeddings: 131072,
};
