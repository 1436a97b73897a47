// German for what the core says: by code, its sentences and ours (see said.js).

const LEFT = "one request of {} tokens needs {} of KV cache and {} is left for it.";
const LEFT_BAND = "one request of {} tokens needs {} of KV cache and {} (between {} and {}) is left for it.";
const LEFT_DE = "Eine Anfrage mit {1} Tokens braucht {2} KV-Cache, und {3} bleiben dafür.";
const LEFT_BAND_DE = "Eine Anfrage mit {1} Tokens braucht {2} KV-Cache, und {3} bleiben dafür (zwischen {4} und {5}).";

export default {
  "estimate": {
    "The rule of thumb plans by averages, not by vLLM's own arithmetic.":
      "Die Faustregel plant mit Durchschnitten, nicht mit vLLMs eigener Rechnung.",
    "This release is newer than the newest one known.": "Diese Version ist neuer als die neueste bekannte.",
    "Which layers are quantized how stands in hf_quant_config.json, which isn't given.":
      "Welche Schichten wie quantisiert sind, steht in hf_quant_config.json, die nicht vorliegt.",
  },
  "weights-exceed-budget": {
    "Weights alone take {} of a GPU, {} more than the {} that vLLM may use.":
      "Allein die Gewichte brauchen {1} einer GPU, {2} mehr als die {3}, die vLLM nutzen darf.",
  },
  "nothing-left-for-kv": {
    "Weights and run-time memory take {} of the {} that vLLM may use: nothing is left for the KV cache.":
      "Gewichte und Laufzeitspeicher brauchen {1} von den {2}, die vLLM nutzen darf: Für den KV-Cache bleibt nichts.",
  },
  "probably-starts": {
    [`vLLM probably starts, but ${LEFT_BAND}`]: `vLLM startet wahrscheinlich. ${LEFT_BAND_DE}`,
    [`vLLM probably starts, but ${LEFT}`]: `vLLM startet wahrscheinlich. ${LEFT_DE}`,
  },
  "probably-not": {
    [`vLLM probably doesn't start: ${LEFT_BAND}`]: `vLLM startet wahrscheinlich nicht: ${LEFT_BAND_DE}`,
    [`vLLM probably doesn't start: ${LEFT}`]: `vLLM startet wahrscheinlich nicht: ${LEFT_DE}`,
  },
  "does-not-start": {
    [`vLLM doesn't start: ${LEFT_BAND}`]: `vLLM startet nicht: ${LEFT_BAND_DE}`,
    [`vLLM doesn't start: ${LEFT}`]: `vLLM startet nicht: ${LEFT_DE}`,
  },
  "free-memory-below-budget": {
    "At gpu_memory_utilization {} vLLM asks for {} more free memory than the CUDA context leaves.":
      "Bei gpu_memory_utilization {1} verlangt vLLM {2} mehr freien Speicher, als der CUDA-Kontext übrig lässt.",
  },
  "outside-budget-too-large": {
    "CUDA context, communication and CUDA graphs outside the budget take about {}, but gpu_memory_utilization leaves {} for them.":
      "CUDA-Kontext, Kommunikation und CUDA-Graphen außerhalb des Budgets brauchen etwa {1}, gpu_memory_utilization lässt ihnen aber {2}.",
  },
  "context-above-max-model-len": {
    "A context of {} tokens is longer than max_model_len {}: vLLM rejects such a request.":
      "Ein Kontext von {1} Tokens ist länger als max_model_len {2}: vLLM lehnt solche Anfragen ab.",
  },
  "concurrency-above-max-num-seqs": {
    "vLLM runs at most max_num_seqs = {} requests at once; the others wait.":
      "vLLM bearbeitet höchstens max_num_seqs = {1} Anfragen zugleich; die übrigen warten.",
  },
  "workload-queues": {
    "{} requests of {} tokens don't fit at once: {} run together, the others wait; {} short.":
      "{1} Anfragen zu {2} Tokens passen nicht zugleich: {3} laufen gemeinsam, die übrigen warten; {4} fehlen.",
  },
  "headroom-small": {
    "Only {} would be left beside this workload.": "Neben dieser Last blieben nur {1} übrig.",
  },
  "does-not-fit": {
    "Does not fit with the headroom asked for: {} required, {} allocatable.":
      "Passt nicht mit dem verlangten Spielraum: {1} nötig, {2} verfügbar.",
  },
  "oom-risk-high": {
    "High risk of running out of memory: {} short.": "Hohes Risiko, dass der Speicher ausgeht: {1} zu wenig.",
  },
  "oom-risk-medium": {
    "Medium risk of running out of memory: only {} left.":
      "Mittleres Risiko, dass der Speicher ausgeht: nur {1} übrig.",
  },
  "kv-cache-dominates": {
    "The KV cache takes {}, {} % of what can be allocated: consider an fp8 KV cache or a shorter context.":
      "Der KV-Cache nimmt {1}, {2} % des Verfügbaren: Erwägen Sie einen fp8-KV-Cache oder kürzeren Kontext.",
  },
  "quantization-without-rate": {
    "The rule of thumb has no bytes per parameter for '{}': the dtype's are used.":
      "Die Faustregel kennt keine Bytes je Parameter für „{1}“: Es gelten die des dtype.",
  },
  "kv-cache-unknown": {
    "Layers, KV heads or head size are not known: the KV cache is not counted.":
      "Schichten, KV-Köpfe oder Kopfgröße sind nicht bekannt: Der KV-Cache ist nicht gezählt.",
  },
  "unified-memory": {
    "GPU and host share their memory: what else runs on the machine moves the KV cache by gibibytes from boot to boot.":
      "GPU und Rechner teilen sich den Speicher: Was sonst läuft, verschiebt den KV-Cache von Start zu Start um GiB.",
  },
  "few-logs-of-vendor": {
    "Few start-up logs of {} GPUs are published: run-time memory has a wide band.":
      "Von {1}-GPUs sind wenige Startprotokolle veröffentlicht: Der Laufzeitspeicher hat eine weite Spanne.",
  },
  "no-logs-of-release": {
    "No start-up log of {} or later is published: run-time memory follows the sources alone.":
      "Ab {1} ist kein Startprotokoll veröffentlicht: Der Laufzeitspeicher folgt allein den Quellen.",
  },
  "class-default": {
    '"{}" is not in the file: the {} class default {} counts.':
      "„{1}“ steht nicht in der Datei: Es gilt {3}, die Vorgabe der Klasse {2}.",
  },
  "duplicate-key": {
    '"{}" stands in the file more than once; its last value counts.':
      "„{1}“ steht mehrfach in der Datei; der letzte Wert gilt.",
  },
  "no-dtype": {
    "The config names no dtype: float32 is assumed, which vLLM runs in 16 bits. The checkpoint's own tensors would decide.":
      "Die config nennt keinen dtype: Angenommen ist float32, das vLLM mit 16 Bit betreibt. Die Tensoren des Checkpoints entschieden.",
  },
  "assumed-length": {
    "The config names no length: vLLM assumes 2048 tokens.": "Die config nennt keine Länge: vLLM nimmt 2048 Tokens an.",
  },
  "quantization-not-read": {
    "vLLM finds no quantization method in this checkpoint's settings and would load it as 16 bit.":
      "vLLM findet in den Einstellungen dieses Checkpoints keine Quantisierung und lüde ihn mit 16 Bit.",
  },
  "rough-size": {
    "The parameter count is a rough estimate from the config's shape.":
      "Die Parameterzahl ist grob aus der Form der config geschätzt.",
  },
  "kv-cache-memory-fixed": {
    "kv_cache_memory_bytes fixes the KV cache: gpu_memory_utilization plays no part, and nothing checks that it fits.":
      "kv_cache_memory_bytes legt den KV-Cache fest: gpu_memory_utilization spielt keine Rolle, und nichts prüft, ob er passt.",
  },
  "encoder-unknown": {
    "How much this architecture's encoder takes while profiling is not modelled; the band covers it.":
      "Was der Encoder dieser Architektur beim Profilieren braucht, ist nicht modelliert; die Spanne deckt es ab.",
  },
  "draft-model-unknown": {
    "The draft model's own config is not asked for: its weights are a guess with a wide band.":
      "Die config des Entwurfsmodells wird nicht erfragt: Seine Gewichte sind geschätzt, mit weiter Spanne.",
  },
  "auto-fit": {
    "max_model_len was lowered to what fits.": "max_model_len wurde auf das gesenkt, was passt.",
  },
  "unknown-engine-argument": {
    '"{}" is not modelled and changes nothing here.': "„{1}“ ist nicht modelliert und ändert hier nichts.",
  },
  "unknown-field": {
    '"{}" is no field of a request.': "„{1}“ ist kein Feld einer Anfrage.",
  },
  "newer-release": {
    "vLLM {} is newer than the newest known, {}: its rules are used.":
      "vLLM {1} ist neuer als die neueste bekannte Version {2}: Deren Regeln gelten.",
  },
  "heads-not-divisible": {
    "{} attention heads can't be split over {} GPUs.": "{1} Attention-Köpfe lassen sich nicht auf {2} GPUs verteilen.",
    "The experts' width {} can't be split over {} GPUs.":
      "Die Breite {1} der Experten lässt sich nicht auf {2} GPUs verteilen.",
    "The vocabulary can't be split over {} GPUs.": "Das Vokabular lässt sich nicht auf {1} GPUs verteilen.",
    "{} heads of {} can't be split over {} GPUs.": "{1} Köpfe von {2} lassen sich nicht auf {3} GPUs verteilen.",
    "{} columns of {} can't be split over {} GPUs.": "{1} Spalten von {2} lassen sich nicht auf {3} GPUs verteilen.",
  },
  "too-few-experts": {
    "{} experts can't be spread over {} GPUs.": "{1} Experten lassen sich nicht auf {2} GPUs verteilen.",
    "Expert parallelism needs a model with experts.": "Expertenparallelität braucht ein Modell mit Experten.",
  },
  "pipeline-parallel-unsupported": {
    "vLLM has no pipeline parallelism for this architecture.":
      "vLLM hat für diese Architektur keine Pipeline-Parallelität.",
  },
  "max-model-len-above-limit": {
    "max_model_len {} is above the model's own limit of {} tokens.":
      "max_model_len {1} liegt über der eigenen Grenze des Modells von {2} Tokens.",
  },
  "dtype-unsupported": {
    "Models of type {} overflow in float16; vLLM wants bfloat16 or float32.":
      "Modelle vom Typ {1} laufen in float16 über; vLLM verlangt bfloat16 oder float32.",
    "bfloat16 needs compute capability 8.0; this GPU has {}.":
      "bfloat16 braucht Compute Capability 8.0; diese GPU hat {1}.",
  },
  "architecture-not-served": {
    "vLLM serves {} from {} on.": "vLLM kennt {1} ab {2}.",
    "vLLM serves {} up to {}.": "vLLM kennt {1} bis {2}.",
    "vLLM serves {} only by a plugin.": "vLLM kennt {1} nur durch eine Erweiterung.",
  },
  "kv-dtype-unsupported": {
    "No vLLM release knows kv_cache_dtype {}.": "Keine vLLM-Version kennt kv_cache_dtype {1}.",
  },
  "quantization-unsupported": {
    'vLLM {} does not know the quantization method "{}".': "vLLM {1} kennt das Quantisierungsverfahren „{2}“ nicht.",
    'The quantization method "{}" needs a GPU of compute capability {} or more.':
      "Das Quantisierungsverfahren „{1}“ braucht eine GPU mit Compute Capability {2} oder mehr.",
  },
  "quantization-mismatch": {
    'The checkpoint is quantized by "{}", not by "{}".': "Der Checkpoint ist mit „{1}“ quantisiert, nicht mit „{2}“.",
    'The checkpoint is not quantized, and "{}" can\'t quantize it while loading.':
      "Der Checkpoint ist nicht quantisiert, und „{1}“ kann es beim Laden nicht nachholen.",
  },
  "missing-key": {
    '"{}" is missing, and its model type has no default for it.':
      "„{1}“ fehlt, und sein Modelltyp hat keine Vorgabe dafür.",
    '"{}" is missing or 0, and its model type has no default for it.':
      "„{1}“ fehlt oder ist 0, und sein Modelltyp hat keine Vorgabe dafür.",
  },
  "unknown-size": {
    "How many parameters the model has is not known: give its config.json or policy.params_b.":
      "Wie viele Parameter das Modell hat, ist nicht bekannt: Geben Sie seine config.json oder die Parameterzahl an.",
  },
  "unknown-model": {
    '"{}" is no model of the catalogue; paste its config.json instead.':
      "„{1}“ ist kein bekanntes Modell; fügen Sie stattdessen seine config.json ein.",
  },
  "missing-hardware": {
    "Name a GPU (hardware.gpu) or its memory (hardware.memory_bytes).":
      "Wählen Sie eine GPU, oder nennen Sie ihren Speicher.",
  },
  "not-a-config": {
    "A model's config.json is a JSON object, { … }; this is not one.":
      "Die config.json eines Modells ist ein JSON-Objekt, { … }; dies ist keines.",
    "This JSON has none of the keys of a model's config.json (architectures, model_type, hidden_size).":
      "Dieses JSON hat keinen der Schlüssel einer config.json (architectures, model_type, hidden_size).",
  },
  "invalid-json": {
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
  },
};
