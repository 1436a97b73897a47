// English, for the parts that load on intent.

export default {
  "starts.yes": "yes",
  "starts.likely": "probably",
  "starts.unlikely": "probably not",
  "starts.no": "no",
  "starts.null": "by rule of thumb",

  "compare.fits": "only those that suffice",
  "compare.count": { one: "{n} GPU", other: "{n} GPUs" },
  "compare.caption": "This model and workload on 1, 2, 4 and 8 of each GPU. Choose a cell to set it.",
  "compare.memory": "memory",
  "compare.enough": "smallest that suffices",
  "compare.enough.is": "{count} × ({size})",
  "compare.price": "price a GPU hour",
  "compare.price.of": "price of one hour of {gpu}",
  "compare.priceNote": "Cost: your price times the smallest number of GPUs that suffices. The page knows no prices.",
  "compare.cost": "cost an hour",
  "compare.holds": { one: "{count} request", other: "{count} requests" },
  "compare.queues": "queues ({count})",
  "compare.short": "{size} short",
  "compare.refused": "refused",

  "map.how":
    "Each column is a --max-model-len, each row a number of requests of that length at once. Choose a cell to set both.",
  "map.caption": "KV cache to spare (−: short), in {unit} per GPU. ✕ vLLM won't start; … it starts and queues.",
  "map.corner": "requests \\ tokens",
  "map.fits": "fits, {size} to spare",
  "map.queues": "queues, {size} short",
  "map.no": "won't start",
  "map.cell": { one: "1 request of {ctx} tokens: {said}", other: "{asked} requests of {ctx} tokens: {said}" },

  "setups.keep": "Keep this set-up",
  "setups.how": "Then change the inputs: the kept one stays beside it, with what differs marked. Up to four.",
  "setups.now": "on show",
  "setups.use": "Show",
  "setups.drop": "Drop",
  "setups.differs": "differs",

  "versions.caption": "Each vLLM release in which a figure of this set-up changed; changed figures are bold.",
  "versions.use": "use vLLM {version}",
  "versions.starts": "starts",
  "versions.weights": "weights",
  "versions.runtime": "run-time memory",
  "versions.pool": "KV pool",
  "versions.tokens": "KV tokens",
  "versions.batched": "tokens in one step",
  "versions.utilization": "utilization",

  "out.format": "as",
  "out.copy": "Copy",
  "out.copied": "Copied",
  "out.save": "Save",
  "out.png": "Save as PNG",
  "out.print": "Print",
  "out.serve": "vllm serve",
  "out.docker": "docker run",
  "out.compose": "docker compose",
  "out.kubernetes": "Kubernetes",
  "out.profile": "profile (YAML)",
  "out.json": "report (JSON)",
  "out.csv": "table (CSV)",
  "out.svg": "bar (SVG)",
  "out.assumed": "The answer above is for {gpus}, with nothing else on them.",
  "out.noName": "The model's name or path isn't known here; put it in.",
  "out.nodes": "More than eight GPUs need several nodes and a Ray cluster.",

  "embed.form": "as",
  "embed.element": "element (module script)",
  "embed.classic": "element (classic script)",
  "embed.iframe": "iframe",
  "embed.markdown": "Markdown link",
  "embed.html": "HTML link",
  "embed.docs": "How to embed it, by generator",
  "embed.config":
    "A pasted config isn't part of the element: put the file beside your page and name it with config-src.",

  "about.exact": "Exact, to the byte",
  "about.exact.1":
    "Weights per GPU of the architectures this page knows: every parameter and buffer of vLLM's module tree, as sharded, padded and quantized there.",
  "about.exact.2":
    "KV cache for a given pool: blocks, tokens and maximum concurrency as vLLM's own planner gives them, release by release ({versions} releases).",
  "about.exact.3": "The rule of thumb: the published planning formulas, integer for integer.",
  "about.estimated": "Estimated, and said to be",
  "about.estimated.1":
    "Activations, CUDA graphs and what doesn't come from torch depend on kernels, drivers and libraries. Each has a range; the verdict says “probably” where the range decides.",
  "about.estimated.2":
    "An architecture that isn't known is counted by generic decoder rules; the answer carries “estimate” and why.",
  "about.estimated.3":
    "Memory of {measured} of the {gpus} GPUs was read from a driver's print; the others' is derived from their nominal size.",
  "about.missing": "Not covered",
  "about.missing.1": "Other programs on the same GPU, and what vLLM allocates after start-up beyond its own budget.",
  "about.missing.2": "Throughput and latency.",
  "about.missing.3": "Other engines.",
  "about.sources": "Sources",
  "about.sources.1": "vLLM's source code; each term names the file and function it follows.",
  "about.sources.2": "Published start-up logs of vLLM, for the terms that are measured.",
  "about.sources.3":
    "The models' config.json files on their hub ({models} known here), and the GPUs' data sheets and driver prints.",
  "about.privacy": "Privacy",
  "about.privacy.1":
    "Nothing you paste leaves this page: it asks for its own files and nothing else. No cookies, no analytics. The set-up lives in the address bar, after the #, which browsers don't send.",
  "about.version": "vram-gauge {version}",

  "trouble.kvHeads": "The KV cache looks too large",
  "trouble.kvHeads.1":
    "If config.json has no num_key_value_heads, every attention head counts as a KV head, as in the model's own code. A model with grouped-query attention is then overstated by heads / KV heads: four times for 32 heads and 8 KV heads. Look for the key under another name (n_head_kv, multi_query) or in a nested text_config.",
  "trouble.size": "The model's size is unknown",
  "trouble.size.1":
    "In this order: the parameters typed under Advanced, the exact count of a known family, the table of known sizes by name, a rough estimate from the shape. The assumptions say which was used. With a name that isn't in the table and no config, type the parameter count in billions.",
  "trouble.dtype": "The weights are twice or half what I expected",
  "trouble.dtype.1":
    "FP32 takes 4 bytes a parameter, FP16 and BF16 take 2, FP8 and INT8 take 1, AWQ and GPTQ about 0.55 with their scales. auto means what the config says; vLLM loads float32 as 16 bits. A quantization overrides the dtype.",
  "trouble.fragmentation": "Fragmentation",
  "trouble.fragmentation.1":
    "The rule of thumb multiplies the KV cache by 1.15 for what block allocation wastes. vLLM's own rules need no such factor: they count blocks. Set it to 1 under Advanced to compare the two.",
  "trouble.gpus": "Several GPUs",
  "trouble.gpus.1":
    "Weights divide by the tensor-parallel size, except what every GPU holds (norms, KV heads fewer than GPUs, the padding of the vocabulary). The rule of thumb speaks of all GPUs together and adds 0.25 GiB for each further GPU; vLLM's rules speak of the fullest GPU.",
  "trouble.died": "vLLM died although the page says it fits",
  "trouble.died.1":
    "Before the model loads, the budget must be free: other processes, a desktop or a second container on the GPU count against it. Compare nvidia-smi with the card's memory above.",
  "trouble.died.2":
    "After start-up, a larger batch than the profiled one, images, or a library's workspace can exceed the budget. Lower --gpu-memory-utilization, or leave more headroom.",
  "trouble.hand": "Check a result by hand",
  "trouble.hand.1":
    "KV per token and layer: 2 × KV heads × head_dim × bytes. Llama-2-7B has 32 × 128 and 2 bytes: 16,384 B; times 32 layers and 4,096 tokens 2,147,483,648 B, times 1.15 by rule of thumb. With 8 KV heads it is a quarter, with an FP8 cache half.",
  "trouble.hand.2": "Weights: 7 B parameters in FP16 are 14,000,000,000 B; in AWQ 0.55 × 7e9 = 3,850,000,000 B.",
  "trouble.hand.3":
    "Overhead: the larger of 1 GiB and 2 % of the memory: 1 GiB at 24 GiB, 1.6 GiB at 80 GiB, 1.25 GiB for two GPUs with 24 GiB together. A fixed overhead replaces it.",
  "trouble.hand.4":
    "Bounds: 24 GiB allocatable − 14 − 1 leaves 9 GiB; at 2 GiB a request that is 4 requests. The context at a concurrency is what is left, divided by the bytes of one token and by the concurrency, rounded down.",
};
