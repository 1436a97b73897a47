// German for what would change the answer, for formulas and sources in words, and for what a start-up log says.

const fix = {
  "Lower --max-model-len to {}: longer requests are rejected.":
    "--max-model-len auf {1} senken: Längere Anfragen werden abgelehnt.",
  "Let {} requests run at once; vLLM queues the others.":
    "{1} Anfragen zugleich laufen lassen; vLLM reiht die übrigen ein.",
  "Keep requests to {} tokens each.": "Anfragen auf je {1} Tokens begrenzen.",
  "Store the KV cache in fp8 (--kv-cache-dtype fp8): half the bytes a token, slightly less exact attention.":
    "Den KV-Cache in fp8 speichern (--kv-cache-dtype fp8): halb so viele Bytes je Token, etwas weniger genaue Attention.",
  "Raise --gpu-memory-utilization to {}: less is left for other programs and for graphs outside the budget.":
    "--gpu-memory-utilization auf {1} erhöhen: Anderen Programmen und Graphen außerhalb des Budgets bleibt weniger.",
  "Lower --max-num-seqs to {}: the sampler's memory and the CUDA graphs shrink, at most that many run at once.":
    "--max-num-seqs auf {1} senken: Der Speicher des Samplers und die CUDA-Graphen schrumpfen, höchstens so viele laufen zugleich.",
  "Lower --max-num-batched-tokens to 2,048: long prompts take more steps.":
    "--max-num-batched-tokens auf 2.048 senken: Lange Eingaben brauchen mehr Schritte.",
  "Run without CUDA graphs (--enforce-eager): slower decoding.":
    "Ohne CUDA-Graphen betreiben (--enforce-eager): langsameres Dekodieren.",
  "Quantize the weights to fp8 while loading (--quantization fp8), or serve an fp8 checkpoint: half the weights.":
    "Die Gewichte beim Laden zu fp8 quantisieren (--quantization fp8) oder einen fp8-Checkpoint nehmen: halb so große Gewichte.",
  "Run the model on one GPU (--tensor-parallel-size 1).":
    "Das Modell auf einer GPU betreiben (--tensor-parallel-size 1).",
  "Use vLLM {}, the nearest release that runs this.": "vLLM {1} nehmen, das nächstgelegene Release, das dies ausführt.",
  "Divide the model over {} GPUs (--tensor-parallel-size {}).":
    "Das Modell auf {1} GPUs verteilen (--tensor-parallel-size {2}).",
  "Put half of the layers on a second GPU (--pipeline-parallel-size {}): works without fast links.":
    "Die Hälfte der Schichten auf eine zweite GPU legen (--pipeline-parallel-size {1}): geht ohne schnelle Verbindung.",
  "Use a GPU with more memory: {}.": "Eine GPU mit mehr Speicher nehmen: {1}.",
};

const phase = {
  "at a point that the log doesn't show": "an einer Stelle, die das Protokoll nicht zeigt",
  "at the very start": "ganz am Anfang",
  "while loading the weights": "beim Laden der Gewichte",
  "in the profiling pass": "im Profilierungslauf",
  "while allocating the KV cache": "beim Belegen des KV-Cache",
  "while capturing CUDA graphs or warming up": "beim Aufzeichnen der CUDA-Graphen oder beim Warmlaufen",
  "while serving": "im Betrieb",
};
const length = { " of {} tokens": " mit {1} Tokens", "": "" };
const needs = {
  " needs {} of KV cache": " braucht {1} KV-Cache",
  " needs more KV cache than there is": " braucht mehr KV-Cache, als da ist",
};
const left = { ", {} was left.": "; übrig waren {1}.", ".": "." };
const profiled = { ", the profiling pass {}": ", der Profilierungslauf {1}", "": "" };
const besides = { ", memory outside torch {}": ", Speicher außerhalb torch {1}", "": "" };

export default {
  fix,
  "{fix} And: {fix}": "{1} Und: {2}",
  "{fix}": "{1}",

  // Formulas and sources.
  "sum of what logs show, by release and GPU": "Summe dessen, was Protokolle zeigen, nach Version und GPU",
  "encoder outputs kept during the text pass + its inputs":
    "Ausgaben des Encoders, die während des Textlaufs bleiben, + dessen Eingaben",
  "one cuBLAS workspace": "ein Arbeitsspeicher von cuBLAS",
  "items × patches × encoder elements a patch × dtype_size, less what is kept beside it":
    "Stücke × Patches × Encoder-Elemente je Patch × dtype_size, weniger, was daneben bleibt",
  "max_num_seqs × (vocab × 4 B + bit masks + 18 KiB)": "max_num_seqs × (vocab × 4 B + Bitmasken + 18 KiB)",
  "− cpu_offload_gb, in whole parameters": "− cpu_offload_gb, in ganzen Parametern",
  "every parameter and buffer of the drafter that is not the model's too":
    "jeder Parameter und Puffer des Entwurfsmodells, den nicht auch das Modell hat",
  "a fortieth of the target's weights, as a guess": "ein Vierzigstel der Gewichte des Zielmodells, geschätzt",
  "every parameter and buffer of this rank, as torch's allocator holds it":
    "jeder Parameter und Puffer dieses Rangs, wie der Allokator von torch ihn hält",
  "this GPU's expert kernels keep their scratch memory elsewhere":
    "die Experten-Kernel dieser GPU halten ihren Arbeitsspeicher anderswo",
  "kv_cache_memory_bytes, as given": "kv_cache_memory_bytes, wie angegeben",
  "vllm/multimodal/encoder_budget.py, preprocessor defaults of the family":
    "vllm/multimodal/encoder_budget.py, Vorgaben des Preprocessors der Familie",
  "vllm/multimodal/encoder_budget.py; factors from logs of Qwen-VL and Gemma 3":
    "vllm/multimodal/encoder_budget.py; Faktoren aus Protokollen von Qwen-VL und Gemma 3",
  "torch: 32 MiB on SM90, 8.1 MiB elsewhere": "torch: 32 MiB auf SM90, sonst 8,1 MiB",
  "estimates printed on discrete GPUs, {} and {}": "Schätzungen, die vLLM auf eigenständigen GPUs ausgab, {1} und {2}",

  // Groups of the accuracy tables.
  "AMD (not named)": "AMD (nicht genannt)",
  "Intel Max 1550 tile": "Intel Max 1550, eine Kachel",
  "DeepSeek-R1-Distill / other distills": "DeepSeek-R1-Distill / andere Destillate",
  "Llama 3.x (incl. fine-tunes)": "Llama 3.x (auch Fine-Tunes)",
  "LLaVA / Llama Vision / other VLM": "LLaVA / Llama Vision / andere VLM",
  "Other (Jamba, Whisper, OPT, Laguna, LFM2, ...)": "Andere (Jamba, Whisper, OPT, Laguna, LFM2 …)",
  "Qwen3.5/3.6/3.8 (hybrid)": "Qwen3.5/3.6/3.8 (hybrid)",
  "Qwen3 dense (incl. embed/rerank)": "Qwen3 dicht (auch Embedding, Reranking)",

  // What a start-up log says.
  phase,
  length,
  needs,
  left,
  profiled,
  besides,
  "vLLM started, with {} of KV cache.": "vLLM startete, mit {1} KV-Cache.",
  "vLLM started.": "vLLM startete.",
  "vLLM refused to start: one request{length}{needs}{left}": "vLLM startete nicht: Eine Anfrage{1}{2}{3}",
  "vLLM refused to start: weights and run-time memory left nothing for the KV cache.":
    "vLLM startete nicht: Gewichte und Laufzeitspeicher ließen für den KV-Cache nichts übrig.",
  "vLLM refused to start: {} was free and {} asked for; another process holds the rest.":
    "vLLM startete nicht: {1} waren frei und {2} verlangt; den Rest hält ein anderer Prozess.",
  "vLLM refused to start: too little memory was free; another process holds the rest.":
    "vLLM startete nicht: Es war zu wenig Speicher frei; den Rest hält ein anderer Prozess.",
  "The GPU ran out of memory {phase}, asking for {} more.":
    "Der GPU ging {1} der Speicher aus; verlangt waren weitere {2}.",
  "The GPU ran out of memory {phase}.": "Der GPU ging {1} der Speicher aus.",
  "The text doesn't show how the start ended.": "Der Text zeigt nicht, wie der Start ausging.",
  "Of {} that vLLM may use, weights take {}{profiled}{besides}.":
    "Von {1}, die vLLM nutzen darf, nehmen Gewichte {2}{3}{4}.",
  "Other processes hold {} of this GPU.": "Andere Prozesse halten {1} dieser GPU.",
  "{} is reserved by torch but fragmented.": "{1} sind von torch reserviert, aber zersplittert.",
};
