// German for why releases differ in their KV cache: what each rule of the core does, and what comes of it.

const rule = {
  "the memory snapshot is taken after NCCL starts, so NCCL's buffers no longer count against the budget":
    "der Speicherstand wird nach dem Start von NCCL gemessen, dessen Puffer nicht mehr zum Budget zählen",
  "--kv-cache-memory-bytes can fix the size of the KV cache":
    "--kv-cache-memory-bytes kann die Größe des KV-Cache festlegen",
  "gpu_memory_utilization is 0.92 unless given; it was 0.90":
    "gpu_memory_utilization ist ohne Angabe 0.92; vorher 0.90",
  "the budget is total memory times utilization rounded up to a byte; it was a float product":
    "das Budget ist Gesamtspeicher mal Auslastung, auf ein Byte aufgerundet; vorher ein Gleitkommaprodukt",
  "--max-model-len auto or -1 takes the longest context that fits":
    "--max-model-len auto oder -1 nimmt den längsten Kontext, der passt",
  "'Model loading took' has two decimals; it had four": "„Model loading took“ hat zwei Nachkommastellen; vorher vier",
  "what is not KV cache is measured as free memory before less after, plus headroom; it was weights + torch peak + other allocations":
    "was nicht KV-Cache ist, wird als freier Speicher vorher minus nachher plus Reserve gemessen; vorher Gewichte + Spitze von torch + übrige Belegung",
  "cuBLAS handles and workspace are made before the memory snapshot and leave the budget":
    "Handles und Arbeitsspeicher von cuBLAS entstehen vor der Messung des Speicherstands und zählen nicht mehr zum Budget",
  "weights load under max_split_size_mb:20 on CUDA, which wastes less":
    "Gewichte werden unter CUDA mit max_split_size_mb:20 geladen, mit weniger Verschnitt",
  "the profiling pass runs under max_split_size_mb:20 too, and ROCm uses that split as well":
    "auch der Profilierungslauf nutzt max_split_size_mb:20, und ROCm ebenso",
  "the memory of CUDA graphs can be estimated before capture, if asked for":
    "der Speicher der CUDA-Graphen lässt sich auf Wunsch vor der Aufzeichnung schätzen",
  "the estimated memory of CUDA graphs is taken from the KV cache; before, graphs came on top of the budget":
    "der geschätzte Speicher der CUDA-Graphen geht vom KV-Cache ab; vorher kamen sie zum Budget hinzu",
  "the V2 model runner reserves memory for CUDA graphs; it reserved none":
    "der Model Runner V2 reserviert Speicher für CUDA-Graphen; vorher keinen",
  "CUDA graphs are captured up to 1024 tokens on SM100-class GPUs; the ceiling was 512":
    "CUDA-Graphen werden auf SM100-GPUs bis 1024 Tokens aufgezeichnet; vorher bis 512",
  "a CUDA graph of max_num_seqs tokens is always among those captured":
    "ein CUDA-Graph mit max_num_seqs Tokens ist immer unter den aufgezeichneten",
  "some models run on the V2 model runner, the others on V1":
    "einige Modelle laufen mit dem Model Runner V2, die übrigen mit V1",
  "all models run on the V2 model runner unless a feature needs V1":
    "alle Modelle laufen mit dem Model Runner V2, sofern keine Funktion V1 braucht",
  "the V2 model runner profiles the multimodal encoder; before it ran the text pass only":
    "der Model Runner V2 profiliert den multimodalen Encoder; vorher nur den Textlauf",
  "the V2 model runner profiles the whole sampler: about 14 bytes per logit at the peak instead of 2":
    "der Model Runner V2 profiliert den ganzen Sampler: in der Spitze etwa 14 Bytes je Logit statt 2",
  "top-k and top-p run in a Triton kernel: about 14 bytes per logit at the peak instead of 38":
    "Top-k und Top-p laufen in einem Triton-Kernel: in der Spitze etwa 14 Bytes je Logit statt 38",
  "FlashInfer samples if it is installed": "FlashInfer übernimmt das Sampling, wenn es installiert ist",
  "FlashInfer samples by default; before it had to be asked for":
    "FlashInfer übernimmt das Sampling von sich aus; vorher nur auf Wunsch",
  "scratch memory of mixture-of-experts layers stays allocated; before they were temporary tensors":
    "der Arbeitsspeicher von Mixture-of-Experts-Schichten bleibt belegt; vorher waren es vorübergehende Tensoren",
  "all-reduce and RMSNorm are fused by FlashInfer with tensor parallelism on SM90 and SM100, about 1.5 GiB outside the allocator":
    "FlashInfer verschmilzt All-Reduce und RMSNorm bei Tensor-Parallelität auf SM90 und SM100, etwa 1,5 GiB außerhalb des Allokators",
  "sparse MLA's prefill workspace is 2 instead of 5 times max_model_len when that exceeds 262,144":
    "der Prefill-Arbeitsspeicher von Sparse MLA ist 2 statt 5 mal max_model_len, wenn das über 262.144 liegt",
  "the API server's max_num_batched_tokens is 16384 on GPUs with 160 GiB or more; it was 8192":
    "max_num_batched_tokens des API-Servers ist auf GPUs ab 160 GiB 16384; vorher 8192",
  "GB10 gets the small defaults of max_num_batched_tokens and max_num_seqs by rule; before by a failing query":
    "GB10 bekommt die kleinen Vorgaben für max_num_batched_tokens und max_num_seqs nach Regel; vorher durch eine scheiternde Abfrage",
  "KV planning lives in kv_cache_planning.py; it was in kv_cache_utils.py":
    "die KV-Planung steht in kv_cache_planning.py; vorher in kv_cache_utils.py",
  "layers of a hybrid are grouped by the larger count if it is below 1.25 times the smaller; before by the smaller":
    "Schichten eines Hybridmodells werden nach der größeren Anzahl gruppiert, wenn sie unter dem 1,25-Fachen der kleineren liegt; vorher nach der kleineren",
  "layers of a hybrid are grouped by the larger count if it is below 1.5 times the smaller; the limit was 1.25":
    "Schichten eines Hybridmodells werden nach der größeren Anzahl gruppiert, wenn sie unter dem 1,5-Fachen der kleineren liegt; die Grenze war 1,25",
  "sliding-window layers keep only their window; before they were charged like full attention beside full layers":
    "Schichten mit gleitendem Fenster halten nur ihr Fenster; vorher zählten sie neben vollen Schichten wie volle Attention",
  "chunked local attention (Llama 4) keeps KV groups of its own; before every layer was full attention":
    "lokale Attention in Stücken (Llama 4) hat eigene KV-Gruppen; vorher war jede Schicht volle Attention",
  "'GPU KV cache size' is concurrency times max_model_len; it was blocks per group times block size":
    "„GPU KV cache size“ ist Anfragen zugleich mal max_model_len; vorher Blöcke je Gruppe mal Blockgröße",
  "KV cache size and concurrency are logged on one line":
    "Größe des KV-Cache und Anfragen zugleich stehen im Protokoll auf einer Zeile",
  "blocks of one request are rounded up per KV group; before once over all groups together":
    "die Blöcke einer Anfrage werden je KV-Gruppe aufgerundet; vorher einmal über alle Gruppen",
  "the null block is set aside before testing whether one request fits; before it was ignored":
    "der Nullblock geht ab, bevor geprüft wird, ob eine Anfrage passt; vorher zählte er nicht",
  "bytes of a block are the largest group's pages, and layouts may pack groups of different page sizes":
    "die Bytes eines Blocks sind die Seiten der größten Gruppe, und Gruppen verschiedener Seitengröße können gepackt liegen",
  "a block's size includes the alignment of its stride":
    "die Größe eines Blocks enthält die Ausrichtung seines Abstands",
  "sliding and chunked windows also hold the tokens of every batch in flight, twice max_num_batched_tokens with asynchronous scheduling; it was once":
    "gleitende und stückweise Fenster halten auch die Tokens jedes laufenden Batches, bei asynchroner Planung zweimal max_num_batched_tokens; vorher einmal",
  "Cohere2 models keep one token more than their sliding window":
    "Cohere2-Modelle halten ein Token mehr als ihr gleitendes Fenster",
  "sliding-window layers start from the smallest kernel block; before 0.25 from the common block size":
    "Schichten mit gleitendem Fenster gehen vom kleinsten Kernel-Block aus; vor 0.25 von der gemeinsamen Blockgröße",
  "sliding-window layers start from the largest kernel block up to the common block size; before from the smallest":
    "Schichten mit gleitendem Fenster gehen vom größten Kernel-Block bis zur gemeinsamen Blockgröße aus; vorher vom kleinsten",
  "pages of window layers count the values' own head size; before twice the keys'":
    "Seiten von Fensterschichten zählen die eigene Kopfgröße der Values; vorher zweimal die der Keys",
  "pages that do not divide the largest one are padded to it; before such models did not start":
    "Seiten, die die größte nicht teilen, werden auf sie aufgefüllt; vorher starteten solche Modelle nicht",
  "blocks grow until a quantized page covers one of the layers that stay in the model's dtype":
    "Blöcke wachsen, bis eine quantisierte Seite eine der Schichten abdeckt, die im dtype des Modells bleiben",
  "ring buffers and lone window layers are split so that they never widen a packed block; before only states":
    "Ringpuffer und einzelne Fensterschichten werden so geteilt, dass sie einen gepackten Block nie verbreitern; vorher nur Zustände",
  "GLM-5.3-Flash has KV groups by a rule of its own": "GLM-5.3-Flash hat KV-Gruppen nach eigener Regel",
  "sparse-attention models may keep KV cache in host memory (HiSparse)":
    "Modelle mit Sparse Attention können KV-Cache im Hauptspeicher halten (HiSparse)",
  "blocks that kernels read in fixed pieces are kept whole pieces apart":
    "Blöcke, die Kernel in festen Stücken lesen, liegen ganze Stücke auseinander",
  "cross attention is sized for max_num_batched_tokens; before for the encoder's own length":
    "Cross-Attention ist für max_num_batched_tokens bemessen; vorher für die eigene Länge des Encoders",
  "decode context parallelism shards each KV group on its own":
    "Kontext-Parallelität beim Dekodieren teilt jede KV-Gruppe für sich",
  "MLA's block size comes from the attention backend; before the platform forced one":
    "die Blockgröße von MLA kommt vom Attention-Backend; vorher erzwang die Plattform eine",
  "the default block size suits every attention backend of the model; before only the first one counted":
    "die vorgegebene Blockgröße passt zu jedem Attention-Backend des Modells; vorher zählte nur das erste",
  "blocks of hybrid models with heads of 256 align to 32 on SM100; else to 16":
    "Blöcke von Hybridmodellen mit Köpfen von 256 richten sich auf SM100 an 32 aus; sonst an 16",
  "blocks of hybrid models align to the smallest kernel block; before to 16, or 64 with MLA":
    "Blöcke von Hybridmodellen richten sich am kleinsten Kernel-Block aus; vorher an 16, mit MLA an 64",
  "blocks of hybrid MLA models align to 128 tokens at least":
    "Blöcke hybrider MLA-Modelle richten sich an mindestens 128 Tokens aus",
  "blocks of hybrid models align to the smallest kernel block of every attention backend; before of the first":
    "Blöcke von Hybridmodellen richten sich am kleinsten Kernel-Block jedes Attention-Backends aus; vorher an dem des ersten",
  "fp8 keys of 512 elements are read in blocks of 64 on SM90; before in blocks of 16":
    "fp8-Keys von 512 Elementen werden auf SM90 in Blöcken von 64 gelesen; vorher in Blöcken von 16",
  "state caches follow a mode (none, align, all); before one request held max_model_len / block pages":
    "Zustands-Caches folgen einem Modus (none, align, all); vorher hielt eine Anfrage max_model_len / Block Seiten",
  "hybrid generative models cache prefixes by default, which makes state caches align with blocks":
    "generative Hybridmodelle nutzen von sich aus Prefix-Caching, wodurch sich Zustands-Caches an Blöcken ausrichten",
  "prefix caching on a hybrid keeps a state for every block if the model can; from 0.28 only the aligned ones":
    "Prefix-Caching hält bei Hybridmodellen einen Zustand je Block, wenn das Modell es kann; ab 0.28 nur die ausgerichteten",
  "a state for every block can be asked for": "ein Zustand je Block lässt sich verlangen",
  "Mamba-2 hybrids hold one checkpoint block more per request and group when states align with blocks":
    "Mamba-2-Hybridmodelle halten je Anfrage und Gruppe einen Sicherungsblock mehr, wenn Zustände sich an Blöcken ausrichten",
  "a state for every block also counts one block per speculative token":
    "ein Zustand je Block zählt auch einen Block je spekulativem Token",
  "KDA hybrids with FlashKDA prefill hold one checkpoint block more per request when states align with blocks":
    "KDA-Hybridmodelle mit FlashKDA-Prefill halten je Anfrage einen Sicherungsblock mehr, wenn Zustände sich an Blöcken ausrichten",
  "gated delta net hybrids with FlashInfer prefill take blocks in multiples of 64 and one checkpoint block more":
    "Gated-DeltaNet-Hybridmodelle mit FlashInfer-Prefill nehmen Blöcke in Vielfachen von 64 und einen Sicherungsblock mehr",
  "Nemotron-H keeps its state in float32 by default; it was float16":
    "Nemotron-H hält seinen Zustand von sich aus in float32; vorher in float16",
  "GLM-5 on SM100 stores its KV cache in fp8_e4m3 unless told otherwise":
    "GLM-5 speichert seinen KV-Cache auf SM100 in fp8_e4m3, wenn nichts anderes verlangt ist",
  "chunked local attention (Llama 4) keeps KV groups of its own for the first time; from 0.10.1 to 0.13 it does not":
    "lokale Attention in Abschnitten (Llama 4) hat zum ersten Mal eigene KV-Gruppen; von 0.10.1 bis 0.13 nicht",
  "the V1 engine tests whether one request fits with what its windows hold; before every layer was full attention":
    "die V1-Engine prüft, ob eine Anfrage passt, mit dem, was ihre Fenster halten; vorher galt jede Schicht als volle Attention",
  "'Maximum concurrency' counts the blocks that a request takes; it was tokens over max_model_len":
    "„Maximum concurrency“ zählt die Blöcke, die eine Anfrage braucht; vorher war es Tokens durch max_model_len",
  "KV groups are formed of all pipeline stages' layers; before each stage formed its own":
    "KV-Gruppen entstehen aus den Schichten aller Pipeline-Stufen; vorher bildete jede Stufe ihre eigenen",
  "full-attention layers of different page sizes share one KV group; before such models did not start":
    "Schichten mit voller Attention und verschiedenen Seitengrößen teilen eine KV-Gruppe; vorher starteten solche Modelle nicht",
  "layers of small pages take larger blocks until all pages are equal; before such models did not start":
    "Schichten mit kleinen Seiten nehmen größere Blöcke, bis alle Seiten gleich sind; vorher starteten solche Modelle nicht",
  "MLA on SM100 has blocks of 128 tokens (CUTLASS); before of 16 (Triton)":
    "MLA hat auf SM100 Blöcke von 128 Tokens (CUTLASS); vorher von 16 (Triton)",
  "MLA has SM100's block size on SM103 too; before blocks of 16":
    "MLA hat auch auf SM103 die Blockgröße von SM100; vorher Blöcke von 16",
  "MLA on SM100 has blocks of 64 tokens (FlashInfer) if heads have 128 elements without position; before of 128":
    "MLA hat auf SM100 Blöcke von 64 Tokens (FlashInfer), wenn Köpfe 128 Elemente ohne Position haben; vorher von 128",
  "--block-size may be a multiple of what MLA's backend wants; before another size than its own was replaced":
    "--block-size darf ein Vielfaches dessen sein, was das MLA-Backend will; vorher wurde eine andere Größe als seine ersetzt",
  "Nemotron-H keeps its state in the dtype that its config says; before in the model's":
    "Nemotron-H hält seinen Zustand im dtype seiner Konfiguration; vorher in dem des Modells",
  "sparse MLA on SM100 stores fp8 as it is with up to 16 heads a rank (FlashInfer); before always as fp8_ds_mla":
    "Sparse MLA speichert fp8 auf SM100 mit bis zu 16 Köpfen je Rang, wie es ist (FlashInfer); vorher immer als fp8_ds_mla",
  "a --block-size that the attention's kernels can't read is refused":
    "eine --block-size, die die Kernel der Attention nicht lesen, wird abgelehnt",
  "decode context parallelism is refused where the attention's kernels know none; it was not looked at before":
    "Decode-Kontextparallelität wird abgelehnt, wo die Kernel der Attention keine kennen; vorher nicht betrachtet",
  "sparse MLA on SM90 stores fp8_e4m3 as it is (FlashInfer); before only fp8 was taken, as fp8_ds_mla":
    "Sparse-MLA speichert fp8_e4m3 auf SM90 unverändert (FlashInfer); vorher ging nur fp8, als fp8_ds_mla",
  "sparse MLA on SM100 stores fp8 as it is (FlashInfer); in 0.18 only with up to 16 heads a rank":
    "Sparse MLA speichert fp8 auf SM100, wie es ist (FlashInfer); in 0.18 nur mit bis zu 16 Köpfen je Rang",
  "--dtype auto falls back to a dtype that the GPU has; before a bfloat16 checkpoint needed --dtype half on old GPUs":
    "--dtype auto weicht auf einen dtype aus, den die GPU kann; vorher brauchte ein bfloat16-Checkpoint auf alten GPUs --dtype half",
  "Gemma 2, Gemma 3, GLM-4 and PLaMo 2, which overflow in float16, are refused in it; before they were started":
    "Gemma 2, Gemma 3, GLM-4 und PLaMo 2, die in float16 überlaufen, werden darin abgelehnt; vorher wurden sie gestartet",
  "--dtype auto takes bfloat16 for float32 checkpoints where the GPU has it, and float16 for pooling; it was float16":
    "--dtype auto nimmt für float32-Checkpoints bfloat16, wo die GPU es kann, und float16 für Pooling; vorher float16",
  "the V0 engine pads MLA's rows to 256 bytes": "die V0-Engine füllt MLA-Zeilen auf 256 Bytes auf",
  "window layers store int4_per_token_head in four bits; before in eight":
    "Fensterschichten speichern int4_per_token_head in vier Bit; vorher in acht",
  "sparse MLA models can store their KV cache as nvfp4_ds_mla":
    "Modelle mit Sparse MLA können ihren KV-Cache als nvfp4_ds_mla speichern",
  "--kv-cache-dtype float16 or bfloat16 must equal the model's dtype; before any combination was taken":
    "--kv-cache-dtype float16 oder bfloat16 muss dem dtype des Modells gleichen; vorher war jede Verbindung erlaubt",
  "block-FP8 experts whose width per rank is no multiple of 128 get finer scales; before they were refused":
    "Block-FP8-Experten, deren Breite je Rang kein Vielfaches von 128 ist, bekommen feinere Skalen; vorher lehnte vLLM sie ab",
  "block-FP8 experts whose width per rank is no multiple of 128 are padded":
    "Block-FP8-Experten, deren Breite je Rang kein Vielfaches von 128 ist, werden aufgefüllt",
  "models with longrope serve their original length unless max_model_len says more; before their whole one":
    "Modelle mit longrope bedienen ihre ursprüngliche Länge, wenn max_model_len nicht mehr sagt; vorher ihre ganze",
  "YaRN rope no longer multiplies the model's context length; before original length times factor was the limit":
    "YaRN vervielfacht die Kontextlänge des Modells nicht mehr; vorher war die Grenze ursprüngliche Länge mal Faktor",
  "Gemma 3n and Gemma 4 layers that share KV load only q_proj; before the whole qkv projection":
    "Schichten von Gemma 3n und Gemma 4, die KV teilen, laden nur q_proj; vorher die ganze qkv-Projektion",
  "GPTQ with desc_act and groups is refused and no g_idx tensors remain; before they were loaded":
    "GPTQ mit desc_act und Gruppen lehnt vLLM ab, und es bleiben keine g_idx-Tensoren; vorher wurden sie geladen",
  "multimodal towers exist only on the first pipeline stage; before on every stage":
    "multimodale Encoder gibt es nur auf der ersten Pipeline-Stufe; vorher auf jeder",
  "the rotary cache of Qwen3-VL and Qwen3.5 models has one row per position; it had four":
    "der Rotary-Cache von Qwen3-VL und Qwen3.5 hat eine Zeile je Position; vorher vier",
  "max_model_len is lowered to the draft model's limit on the V2 model runner":
    "der Model Runner V2 senkt max_model_len auf die Grenze des Entwurfsmodells",
  "bitsandbytes' twice quantized scales are expanded to float32 while loading; before they stayed quantized":
    "die doppelt quantisierten Skalen von bitsandbytes werden beim Laden zu float32; vorher blieben sie quantisiert",
  "on Hopper the MXFP4 scales that were rearranged for the kernel are freed; before both copies stayed":
    "auf Hopper werden die MXFP4-Skalen, die für den Kernel umgeordnet wurden, freigegeben; vorher blieben beide Kopien",
  "on Hopper MXFP4 weights are padded to 128 inputs; before and since to 64":
    "auf Hopper werden MXFP4-Gewichte auf 128 Eingänge aufgefüllt; vorher und seitdem auf 64",
  "on Hopper the scales of an MXFP4 row are padded to a multiple of 4; before of 2":
    "auf Hopper werden die Skalen einer MXFP4-Zeile auf ein Vielfaches von 4 aufgefüllt; vorher von 2",
};

const effect = {
  "vLLM no longer starts": "vLLM startet nicht mehr",
  "vLLM starts": "vLLM startet",
  "one request of max_model_len fits": "eine Anfrage mit max_model_len Tokens passt",
  "one request of max_model_len no longer fits": "eine Anfrage mit max_model_len Tokens passt nicht mehr",
  "the longest context loses {} tokens": "der längste Kontext verliert {1} Tokens",
  "the longest context gains {} tokens": "der längste Kontext gewinnt {1} Tokens",
  "{} fewer tokens": "{1} Tokens weniger",
  "{} more tokens": "{1} Tokens mehr",
};

const setting = {
  "engine": "anderer Engine",
  "model runner": "anderem Model Runner",
  "choice of the hybrid KV cache manager": "anderer Wahl des hybriden KV-Cache-Managers",
  "{}": "anderem {1}",
};

export default {
  rule,
  effect,
  setting,
  "Not before {}: {rule}: {effect}.": "Nicht vor {1}: {2}: {3}.",
  "Not after {}: {rule}: {effect}.": "Nicht nach {1}: {2}: {3}.",
  "With another {setting}: {effect}.": "Mit {1}: {2}.",
  "vLLM {} itself: {effect}.": "vLLM {1} selbst: {2}.",
  "{}: {rule}: {effect}.": "{1}: {2}: {3}.",
};
