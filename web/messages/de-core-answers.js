// German for warnings, notes and errors.

const band = { "{} (between {} and {})": "{1} (zwischen {2} und {3})", "{}": "{1}" };

// What one request needs and what is left for it.
const room = {
  "one request of {} tokens needs {} of KV cache and {band} is left for it.":
    "Eine Anfrage mit {1} Tokens braucht {2} KV-Cache, und dafür bleiben {3}.",
};

// Why a text is not even looked at.
const excess = {
  "holds too many values for a model's config": "enthält zu viele Werte für die config eines Modells",
  "is nested too deeply for a model's config": "ist zu tief verschachtelt für die config eines Modells",
};

// What keeps a decode context parallel size from working.
const shards = {
  "must divide tensor_parallel_size": "muss tensor_parallel_size teilen",
  "is not offered for sliding windows": "gibt es nicht mit gleitendem Fenster",
  "is not offered by the kernels that this model's attention runs on":
    "gibt es nicht in den Kernels, mit denen die Attention dieses Modells läuft",
  "may be at most tensor_parallel_size / KV heads": "darf höchstens tensor_parallel_size / KV-Köpfe sein",
};

// What a value must be.
const must = {
  "an object": "ein Objekt",
  "a whole number from {} to {}": "eine ganze Zahl von {1} bis {2}",
  "a number from {} to {}": "eine Zahl von {1} bis {2}",
  "a number": "eine Zahl",
  "true or false": "true oder false",
  "a text": "Text",
  "a list of numbers": "eine Liste von Zahlen",
  "a list of texts": "eine Liste von Texten",
  "a list of objects": "eine Liste von Objekten",
  "one of {}": "eines von {1}",
  "at least 1, or -1 for as long as fits": "mindestens 1, oder -1 für so lang, wie es passt",
  "more than 0, at most 1": "mehr als 0, höchstens 1",
  "more than 0": "mehr als 0",
  "a GPU of the catalogue; for another one give memory_bytes":
    "eine GPU der Liste; nennen Sie für eine andere ihren Speicher (memory_bytes)",
  'like "9.0" or "gfx942"': "von der Art „9.0“ oder „gfx942“",
  "at least {}: tensor × pipeline × data parallel ranks need a GPU each":
    "mindestens {1}: Jeder der tensor- × pipeline- × datenparallelen Ränge braucht eine GPU",
  "MAJOR.MINOR.PATCH, like {}": "MAJOR.MINOR.PATCH, etwa {1}",
  "{} or newer; older releases are not covered": "{1} oder neuer; ältere Versionen sind nicht abgedeckt",
};

// Why a KV cache dtype can't be had.
const unsuited = {
  "came with vLLM {}.": "kam erst mit vLLM {1}.",
  "must be the model's own dtype, {}, from vLLM 0.33.0 on.":
    "muss ab vLLM 0.33.0 der eigene dtype des Modells sein, {1}.",
  "needs compute capability 8.9 with the Triton kernels that this model's attention runs on.":
    "braucht Compute Capability 8.9 mit den Triton-Kernels, auf denen die Attention dieses Modells läuft.",
  "is not offered by MLA attention; use fp8.": "gibt es für MLA nicht; nehmen Sie fp8.",
  "is not offered with checkpoints that bring scales for the cache; use fp8.":
    "gibt es nicht für Checkpoints, die Skalen für den Cache mitbringen; nehmen Sie fp8.",
  "runs on Intel Gaudi only.": "läuft nur auf Intel Gaudi.",
  "is not offered by sparse MLA on SM90 before vLLM 0.30; use fp8.":
    "gibt es mit Sparse MLA auf SM90 erst ab vLLM 0.30; nehmen Sie fp8.",
  "is the layout of sparse MLA models only.": "ist nur das Format von Modellen mit Sparse MLA.",
  "needs an SM100-class GPU (B200, B300).": "braucht eine SM100-GPU (B200, B300).",
  "is not offered by MLA attention.": "gibt es für MLA nicht.",
  "runs on AMD GPUs only.": "läuft nur auf AMD-GPUs.",
};

export default {
  "Weights alone take {} of a GPU, {} more than the {} that vLLM may use.":
    "Allein die Gewichte brauchen {1} einer GPU, {2} mehr als die {3}, die vLLM nutzen darf.",
  "Weights and run-time memory take {} of the {} that vLLM may use: nothing is left for the KV cache.":
    "Gewichte und Laufzeitspeicher brauchen {1} von den {2}, die vLLM nutzen darf: Für den KV-Cache bleibt nichts.",
  band,
  room,
  "vLLM probably starts, but {room}": "vLLM startet wahrscheinlich. {1}",
  "vLLM probably doesn't start: {room}": "vLLM startet wahrscheinlich nicht: {1}",
  "vLLM doesn't start: {room}": "vLLM startet nicht: {1}",
  "At gpu_memory_utilization {} vLLM asks for {} more free memory than the CUDA context leaves.":
    "Bei gpu_memory_utilization {1} verlangt vLLM {2} mehr freien Speicher, als der CUDA-Kontext übrig lässt.",
  "CUDA context, communication and CUDA graphs outside the budget take about {}, but gpu_memory_utilization leaves {} for them.":
    "CUDA-Kontext, Kommunikation und CUDA-Graphen außerhalb des Budgets brauchen etwa {1}, gpu_memory_utilization lässt ihnen aber {2}.",
  "A context of {} tokens is longer than max_model_len {}: vLLM rejects such a request.":
    "Ein Kontext von {1} Tokens ist länger als max_model_len {2}: vLLM lehnt solche Anfragen ab.",
  "vLLM runs at most max_num_seqs = {} requests at once; the others wait.":
    "vLLM bearbeitet höchstens max_num_seqs = {1} Anfragen zugleich; die übrigen warten.",
  "A request of {} tokens doesn't fit: {} short.": "Eine Anfrage mit {1} Tokens passt nicht: Es fehlen {2}.",
  "While its prompt comes in, a request holds {} blocks instead of {}: windows keep the batches in flight (max_num_batched_tokens), states a checkpoint. Until that is free, it waits.":
    "Während ihre Eingabe gelesen wird, hält eine Anfrage {1} statt {2} Blöcke: Fenster halten die laufenden Schübe (max_num_batched_tokens), Zustände einen Zwischenstand. Bis so viel frei ist, wartet sie.",
  "A request of {} tokens doesn't fit.": "Eine Anfrage zu {1} Tokens passt nicht.",
  "{} requests of {} tokens don't fit at once: {} run together, the others wait; {} short.":
    "{1} Anfragen zu {2} Tokens passen nicht zugleich: {3} laufen gemeinsam, die übrigen warten; {4} fehlen.",
  "{} requests of {} tokens don't fit at once: {} run together, the others wait.":
    "{1} Anfragen zu {2} Tokens passen nicht zugleich: {3} laufen gemeinsam, die übrigen warten.",
  "Only {} would be left beside this workload.": "Neben dieser Last blieben nur {1} übrig.",
  "Does not fit with the headroom asked for: {} required, {} allocatable.":
    "Passt nicht mit dem verlangten Spielraum: {1} nötig, {2} verfügbar.",
  "High risk of running out of memory: {} short.": "Hohes Risiko, dass der Speicher ausgeht: {1} zu wenig.",
  "Medium risk of running out of memory: only {} left.": "Mittleres Risiko, dass der Speicher ausgeht: nur {1} übrig.",
  "The KV cache takes {}, {} of what can be allocated: consider an fp8 KV cache or a shorter context.":
    "Der KV-Cache nimmt {1}, {2} des Verfügbaren: Erwägen Sie einen fp8-KV-Cache oder kürzeren Kontext.",
  "The rule of thumb has no bytes per parameter for '{}': the dtype's are used.":
    "Die Faustregel kennt keine Bytes je Parameter für „{1}“: Es gelten die des dtype.",
  "Layers, KV heads or head size are not known: the KV cache is not counted.":
    "Schichten, KV-Köpfe oder Kopfgröße sind nicht bekannt: Der KV-Cache ist nicht gezählt.",
  "GPU and host share their memory: what else runs on the machine moves the KV cache by gibibytes from boot to boot.":
    "GPU und Rechner teilen sich den Speicher: Was sonst läuft, verschiebt den KV-Cache von Start zu Start um GiB.",
  "Few start-up logs of {} GPUs are published: run-time memory has a wide band.":
    "Von {1}-GPUs sind wenige Startprotokolle veröffentlicht: Der Laufzeitspeicher hat eine weite Spanne.",
  "No start-up log of {} or later is published: run-time memory follows the sources alone.":
    "Ab {1} ist kein Startprotokoll veröffentlicht: Der Laufzeitspeicher folgt allein den Quellen.",
  '"{}" is not in the file: the {} class default {} counts.':
    "„{1}“ steht nicht in der Datei: Es gilt {3}, die Vorgabe der Klasse {2}.",
  '"{}" stands in the file more than once; its last value counts.':
    "„{1}“ steht mehrfach in der Datei; der letzte Wert gilt.",
  "The config names no dtype: float32 is assumed, which vLLM runs in 16 bits. The checkpoint's own tensors would decide.":
    "Die config nennt keinen dtype: Angenommen ist float32, das vLLM mit 16 Bit betreibt. Die Tensoren des Checkpoints entschieden.",
  "The config names no length: vLLM assumes 2048 tokens.": "Die config nennt keine Länge: vLLM nimmt 2048 Tokens an.",
  "The parameter count is a rough estimate from the config's shape.":
    "Die Parameterzahl ist grob aus der Form der config geschätzt.",
  "kv_cache_memory_bytes fixes the KV cache: gpu_memory_utilization plays no part, and nothing checks that it fits.":
    "kv_cache_memory_bytes legt den KV-Cache fest: gpu_memory_utilization spielt keine Rolle, und nichts prüft, ob er passt.",
  "How much this architecture's encoder takes while profiling is not modelled; the band covers it.":
    "Was der Encoder dieser Architektur beim Profilieren braucht, ist nicht modelliert; die Spanne deckt es ab.",
  "The draft model's config.json is not given as draft_config: its weights are a guess with a wide band.":
    "Die config.json des Entwurfsmodells ist nicht als draft_config gegeben: Seine Gewichte sind geschätzt, mit weiter Spanne.",
  "Whether the drafter's checkpoint holds an embedding or a head of its own is not in its config: it is taken to share what such drafters usually do.":
    "Ob der Checkpoint des Entwurfsmodells ein eigenes Embedding oder einen eigenen Kopf hält, steht nicht in seiner config: Angenommen ist, dass es teilt, was solche Modelle sonst teilen.",
  "max_model_len was lowered to the draft model's: on this runner it drafts for no longer text.":
    "max_model_len wurde auf das des Entwurfsmodells gesenkt: Auf diesem Runner entwirft es für keinen längeren Text.",
  "draft_config changes nothing: engine.speculative_config names no num_speculative_tokens, or a method without a draft model.":
    "draft_config ändert nichts: engine.speculative_config nennt keine num_speculative_tokens oder ein Verfahren ohne Entwurfsmodell.",
  "A draft model needs its target's vocabulary: it has {} tokens, its target {}.":
    "Ein Entwurfsmodell braucht das Vokabular seines Zielmodells: Es hat {1} Tokens, das Zielmodell {2}.",
  "A drafter is on one tensor-parallel GPU or on all of the model's.":
    "Ein Entwurfsmodell liegt auf einer tensorparallelen GPU oder auf allen des Modells.",
  "A drafter may see no more tokens than its model: {}.":
    "Ein Entwurfsmodell darf nicht mehr Tokens sehen als sein Zielmodell: {1}.",
  "vLLM drafts with no model that only pools, and what it makes of this one was not looked at.":
    "Mit einem reinen Pooling-Modell entwirft vLLM nicht, und was es aus diesem macht, wurde nicht nachgesehen.",
  "vLLM has no architecture {}, as it looks this drafter up.":
    "vLLM hat keine Architektur {1}, unter der es dieses Entwurfsmodell sucht.",
  "The catalogue doesn't say whether the drafter's rotary table is the model's too: it is counted.":
    "Der Katalog sagt nicht, ob die Rotary-Tabelle des Entwurfsmodells auch die des Modells ist: Sie ist gezählt.",
  "vLLM drafts by {} up to 0.32 only.": "vLLM entwirft mit {1} nur bis 0.32.",
  "{} drafts for another model and is not served by itself: give that model's config.json, and this one as draft_config.":
    "{1} entwirft für ein anderes Modell und wird nicht allein betrieben: Geben Sie dessen config.json an und diese als draft_config.",
  "max_model_len was lowered to what fits.": "max_model_len wurde auf das gesenkt, was passt.",
  '"{}" has a value that can\'t be read: it counts as not given.':
    "„{1}“ hat einen Wert, der sich nicht lesen lässt: Es gilt als nicht gegeben.",
  'vLLM refuses to start with "{}": it has no such setting.':
    "vLLM startet mit „{1}“ nicht: Eine solche Einstellung hat es nicht.",
  '"{}" is not modelled and changes nothing here.': "„{1}“ ist nicht modelliert und ändert hier nichts.",
  'hf_overrides set "{}", from which the config\'s class has derived other values before.':
    "hf_overrides setzen „{1}“, woraus die Klasse der config schon andere Werte abgeleitet hat.",
  "This model's class takes no redundant experts.": "Die Klasse dieses Modells nimmt keine redundanten Experten.",
  "vLLM balances no load of these experts: their class or their quantization takes none.":
    "vLLM gleicht die Last dieser Experten nicht aus: ihre Klasse oder ihre Quantisierung kennt das nicht.",
  "DeepSeek-V4.1's checkpoints hold stages of dspark, none of mtp.":
    "Die Checkpoints von DeepSeek-V4.1 enthalten Stufen für dspark, keine für mtp.",
  "Of a checkpoint with {} predictors, so many tokens are drafted or a multiple.":
    "Mit einem Checkpoint aus {1} Vorhersageschichten werden höchstens so viele Tokens oder ein Vielfaches entworfen.",
  "vLLM {} has no predictors (mtp) for this model.": "vLLM {1} hat für dieses Modell keine Vorhersageschichten (mtp).",
  "This checkpoint has no predictors (mtp).": "Dieser Checkpoint hat keine Vorhersageschichten (mtp).",
  "The predictors (mtp) that draft here are not modelled: none are counted.":
    "Die Vorhersageschichten (mtp), die hier entwerfen, sind nicht modelliert: keine ist mitgezählt.",
  "Before 0.12 --disable-sliding-window is for models without rope scaling.":
    "Vor 0.12 gilt --disable-sliding-window nur für Modelle ohne rope_scaling.",
  "This drafter doesn't start beside so many pipeline stages.":
    "Dieser Entwerfer startet nicht mit so vielen Pipeline-Stufen.",
  "vLLM drafts with the predictors (mtp) of such a checkpoint, not with all its layers, which are counted.":
    "vLLM entwirft mit den Vorhersageschichten (mtp) eines solchen Checkpoints, nicht mit allen Schichten, die hier zählen.",
  "Many classes with experts don't start as drafters of a model without.":
    "Viele Klassen mit Experten starten nicht als Entwerfer eines Modells ohne.",
  "This model's predictors don't start beside pipeline parallelism.":
    "Die Vorhersageschichten dieses Modells starten nicht mit Pipeline-Parallelität.",
  "Load balancing spreads experts evenly: {} of them can't be over {} GPUs.":
    "Der Ausgleich verteilt Experten gleichmäßig: {1} passen nicht auf {2} GPUs.",
  "Load balancing of experts (--enable-eplb) needs expert parallelism.":
    "Der Ausgleich der Experten (--enable-eplb) braucht Experten-Parallelität.",
  "Load balancing of experts needs more than one GPU.": "Der Ausgleich der Experten braucht mehr als eine GPU.",
  "Redundant experts need --enable-eplb.": "Doppelte Experten brauchen --enable-eplb.",
  "Whether this class holds redundant experts was not looked at; none are counted.":
    "Ob diese Klasse doppelte Experten hält, wurde nicht nachgesehen; gezählt sind keine.",
  "Whether vLLM before 0.19 balances experts of this quantization was not looked at.":
    "Ob vLLM vor 0.19 Experten dieser Quantisierung ausgleicht, wurde nicht angesehen.",
  "Load balancing also keeps room for the experts of one more layer: not counted.":
    "Der Ausgleich hält auch Platz für die Experten einer weiteren Schicht frei: nicht gezählt.",
  "Without num_speculative_tokens vLLM asks the drafter's config how many tokens it drafts; here nothing does.":
    "Ohne num_speculative_tokens fragt vLLM die Konfiguration des Entwurfsmodells, wie viele Tokens es entwirft; hier entwirft nichts.",
  '"{}" is not modelled, and may change the weights or the KV cache.':
    "„{1}“ ist nicht modelliert und kann Gewichte oder KV-Cache verändern.",
  '"{}" is no field of a request.': "„{1}“ ist kein Feld einer Anfrage.",
  "vLLM {} is newer than the newest known, {}: its rules are used.":
    "vLLM {1} ist neuer als die neueste bekannte Version {2}: Deren Regeln gelten.",
  "Without chunked prefill max_num_batched_tokens must hold max_model_len, {} tokens.":
    "Ohne Chunked Prefill muss max_num_batched_tokens für max_model_len reichen, {1} Tokens.",
  "max_num_batched_tokens, {}, is less than max_num_seqs, {}.":
    "max_num_batched_tokens, {1}, ist kleiner als max_num_seqs, {2}.",
  "A batch smaller than max_model_len starts only with chunked prefill in this release.":
    "Ein Batch, kleiner als max_model_len, startet in diesem Release nur mit Chunked Prefill.",
  "Prefix caching of states needs chunked prefill.": "Prefix-Caching von Zuständen braucht Chunked Prefill.",
  "block_size must be a multiple of {} for this model's attention.":
    "block_size muss für die Attention dieses Modells ein Vielfaches von {1} sein.",
  "Sparse MLA attention needs compute capability 9.0.": "Sparse MLA braucht Compute Capability 9.0.",
  "MLA attention is not offered in float32.": "Für MLA gibt es kein float32.",
  "vLLM has no LoRA for this architecture.": "vLLM hat kein LoRA für diese Architektur.",
  "{} attention heads can't be split over {} GPUs.": "{1} Attention-Köpfe lassen sich nicht auf {2} GPUs verteilen.",
  "The experts' width {} can't be split over {} GPUs.":
    "Die Breite {1} der Experten lässt sich nicht auf {2} GPUs verteilen.",
  "The vocabulary can't be split over {} GPUs.": "Das Vokabular lässt sich nicht auf {1} GPUs verteilen.",
  "{} heads of {} can't be split over {} GPUs.": "{1} Köpfe von {2} lassen sich nicht auf {3} GPUs verteilen.",
  "{} columns of {} can't be split over {} GPUs.": "{1} Spalten von {2} lassen sich nicht auf {3} GPUs verteilen.",
  "This model's class wants no more tensor-parallel GPUs than its {} experts; here are {}.":
    "Die Klasse dieses Modells verlangt höchstens so viele tensorparallele GPUs wie Experten ({1}); hier sind es {2}.",
  "Layers from {} on read each other's caches, so they have to be on one pipeline stage.":
    "Schichten ab {1} lesen die Caches voneinander, müssen also auf einer Pipeline-Stufe liegen.",
  "The first pipeline stage needs the {} layers that take images in; of {} stages it has {}.":
    "Die erste Pipeline-Stufe braucht die {1} Schichten, die Bilder aufnehmen; bei {2} Stufen hat sie {3}.",
  "Expert parallelism needs a model with experts.": "Expertenparallelität braucht ein Modell mit Experten.",
  "vLLM has no tensor parallelism for this architecture.": "vLLM hat für diese Architektur keine Tensorparallelität.",
  "vLLM has no pipeline parallelism for this architecture.":
    "vLLM hat für diese Architektur keine Pipeline-Parallelität.",
  "max_model_len {} is above the model's own limit of {} tokens.":
    "max_model_len {1} liegt über der eigenen Grenze des Modells von {2} Tokens.",
  "Models of type {} overflow in float16; vLLM wants bfloat16 or float32.":
    "Modelle vom Typ {1} laufen in float16 über; vLLM verlangt bfloat16 oder float32.",
  'The quantization method "{}" does not run in {}.': "Das Quantisierungsverfahren „{1}“ läuft nicht in {2}.",
  "vLLM's generic Transformers wrapper takes no MXFP4 weights.":
    "vLLMs allgemeine Transformers-Hülle nimmt keine MXFP4-Gewichte.",
  "bfloat16 needs compute capability 8.0; this GPU has {}.":
    "bfloat16 braucht Compute Capability 8.0; diese GPU hat {1}.",
  "This is a params.json: it is read as with --config_format mistral.":
    "Das ist eine params.json: Sie wird gelesen wie mit --config_format mistral.",
  'vLLM reads only fp8_e4m3 and compressed-tensors from the "quantization" of a params.json.':
    "vLLM liest aus „quantization“ einer params.json nur fp8_e4m3 und compressed-tensors.",
  "vLLM serves {} from {} on.": "vLLM kennt {1} ab {2}.",
  "vLLM serves {} up to {}.": "vLLM kennt {1} bis {2}.",
  "vLLM serves {} only by a plugin.": "vLLM kennt {1} nur durch eine Erweiterung.",
  "No vLLM release knows kv_cache_dtype {}.": "Keine vLLM-Version kennt kv_cache_dtype {1}.",
  '"{}" is missing, and its model type has no default for it.':
    "„{1}“ fehlt, und sein Modelltyp hat keine Vorgabe dafür.",
  '"{}" is missing or 0, and its model type has no default for it.':
    "„{1}“ fehlt oder ist 0, und sein Modelltyp hat keine Vorgabe dafür.",
  "How many parameters the model has is not known: give its config.json or policy.params_b.":
    "Wie viele Parameter das Modell hat, ist nicht bekannt: Geben Sie seine config.json oder die Parameterzahl an.",
  '"{}" is no model of the catalogue; paste its config.json instead.':
    "„{1}“ ist kein bekanntes Modell; fügen Sie stattdessen seine config.json ein.",
  "Whether it fits depends on the GPU: name one (hardware.gpu) or its memory (hardware.memory_bytes).":
    "Ob es passt, hängt von der GPU ab: Wählen Sie eine, oder nennen Sie ihren Speicher.",
  "A model's config.json is a JSON object, { … }; this is not one.":
    "Die config.json eines Modells ist ein JSON-Objekt, { … }; dies ist keines.",
  "This JSON has none of the keys of a model's config.json (architectures, model_type, hidden_size).":
    "Dieses JSON hat keinen der Schlüssel einer config.json (architectures, model_type, hidden_size).",
  "The text ends before the JSON does: paste the whole file.":
    "Der Text endet vor dem JSON: Fügen Sie die ganze Datei ein.",
  "JSON has no comments: remove this one.": "JSON hat keine Kommentare: Entfernen Sie diesen.",
  'Strings need double quotes ("), not single ones.':
    'Zeichenketten brauchen doppelte Anführungszeichen ("), keine einfachen.',
  "{} is Python; JSON says true, false and null.": "{1} ist Python; in JSON heißt es true, false und null.",
  "A comma stands before the closing bracket: remove it.":
    "Vor der schließenden Klammer steht ein Komma: Entfernen Sie es.",
  "A value or a key in double quotes is expected here.":
    "Hier wird ein Wert oder ein Schlüssel in doppelten Anführungszeichen erwartet.",
  "A value is expected after the colon.": "Nach dem Doppelpunkt wird ein Wert erwartet.",
  "A comma or a colon is missing after {}.": "Nach {1} fehlt ein Komma oder ein Doppelpunkt.",
  "A comma is missing before this.": "Davor fehlt ein Komma.",
  "This is not JSON: a comma, a closing bracket or a value is expected here.":
    "Das ist kein JSON: Hier wird ein Komma, eine schließende Klammer oder ein Wert erwartet.",
  must,
  '"{}" must be {must}.': "„{1}“: Erwartet wird {2}.",
  '"downsample_rate" must be a fraction like "3/8".': "„downsample_rate“ muss ein Bruch wie „3/8“ sein.",
  '"downsample_ratio" must be a number from 1/64 to 1.': "„downsample_ratio“ muss eine Zahl von 1/64 bis 1 sein.",
  unsuited,
  "kv_cache_dtype {} {unsuited}": "kv_cache_dtype {1} {2}",
  shards,
  "decode_context_parallel_size {shards}.": "decode_context_parallel_size {1}.",
  "Without the hybrid KV cache manager vLLM cannot give this model's layers one kind of cache.":
    "Ohne den hybriden KV-Cache-Manager kann vLLM den Schichten dieses Modells keine gemeinsame Art Cache geben.",
  "The pages of this model's kinds of layers cannot be made equal in this release.":
    "Die Seiten der Schichtarten dieses Modells lassen sich in dieser Version nicht angleichen.",
  "vLLM has no linear replacements of blocks.": "vLLM kennt keinen linearen Ersatz für Blöcke.",
  "These sizes multiply to more bytes than any machine has: check the config.":
    "Diese Größen ergeben mehr Bytes, als irgendein Rechner hat: Prüfen Sie die config.",
  "The vllm method needs a config.json or a known model.":
    "Das Verfahren vllm braucht eine config.json oder ein bekanntes Modell.",
  "This is an adapter's adapter_config.json; the base model's config.json lies in the repository it names.":
    "Das ist die adapter_config.json eines Adapters; die config.json des Grundmodells liegt im Repository, das sie nennt.",
  "This is the index of a checkpoint's files; the model's config.json lies beside it.":
    "Das ist das Verzeichnis der Dateien eines Checkpoints; die config.json des Modells liegt daneben.",
  "This is a tokenizer's file; the model's config.json lies beside it.":
    "Das ist die Datei eines Tokenizers; die config.json des Modells liegt daneben.",
  "This is a preprocessor's file; the model's config.json lies beside it.":
    "Das ist die Datei eines Preprocessors; die config.json des Modells liegt daneben.",
  "This is a generation_config.json; the model's config.json lies beside it.":
    "Das ist eine generation_config.json; die config.json des Modells liegt daneben.",
  "This is an hf_quant_config.json; paste the model's config.json here and this file beside it.":
    "Das ist eine hf_quant_config.json; fügen Sie hier die config.json des Modells ein und diese Datei daneben.",
  "This text is over 4 MiB; a model's config.json has a few kilobytes.":
    "Dieser Text hat über 4 MiB; die config.json eines Modells hat einige Kilobytes.",
  excess,
  "This text {excess}.": "Dieser Text {1}.",
  "A request is a JSON object.": "Eine Anfrage ist ein JSON-Objekt.",
  "The calculator stopped: {}": "Der Rechner brach ab: {1}",
};
