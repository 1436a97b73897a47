// German for why an answer is an estimate, and for what the core says of quantizations.

const part = {
  "The inputs": "Die Eingänge",
  "The outputs": "Die Ausgänge",
  "The elements": "Die Elemente",
  "The experts' inputs": "Die Eingänge der Experten",
  "The experts' inner columns": "Die inneren Spalten der Experten",
};

export default {
  // Why an answer is an estimate.
  "The rule of thumb plans by averages, not by vLLM's own arithmetic.":
    "Die Faustregel plant mit Durchschnitten, nicht mit vLLMs eigener Rechnung.",
  "This release is newer than the newest one known.": "Diese Version ist neuer als die neueste bekannte.",
  "Falcon-H1's mixers are built under other names than those that this quantization spares.":
    "Falcon-H1s Mixer werden unter anderen Namen gebaut als denen, die diese Quantisierung ausnimmt.",
  "Which encoders limit_mm_per_prompt left out before 0.15 was not looked at.":
    "Welche Encoder limit_mm_per_prompt vor 0.15 wegließ, wurde nicht angesehen.",
  "The config names no architecture.": "Die config nennt keine Architektur.",
  "The architecture {} is not modelled: this is a generic decoder's count.":
    "Die Architektur {1} ist nicht modelliert: Gezählt ist ein allgemeiner Decoder.",
  "vLLM {} has no class of its own for {}: it takes the installed Transformers' into its generic wrapper, which was not compared.":
    "vLLM {1} hat keine eigene Klasse für {2}: Die des installierten Transformers kommt in die allgemeine Hülle, was nicht verglichen wurde.",
  "This params.json has no max_position_embeddings: 128000, unless a config.json beside it says otherwise.":
    "Diese params.json hat kein max_position_embeddings: 128000, falls eine config.json daneben nichts anderes sagt.",
  "vLLM takes the number of Mixtral's experts from a config.json beside this params.json.":
    "Die Anzahl von Mixtrals Experten nimmt vLLM aus einer config.json neben dieser params.json.",
  "The architecture {} is not modelled: it is counted like {}, whose model_type it has.":
    "Die Architektur {1} ist nicht modelliert: Gezählt ist wie bei {2}, deren model_type sie hat.",
  "Keys not understood: {} and more.": "Nicht verstandene Schlüssel: {1} und weitere.",
  "Keys not understood: {}.": "Nicht verstandene Schlüssel: {1}.",
  "The encoder {} is not counted: its keys name no size.":
    "Der Encoder {1} ist nicht gezählt: Seine Schlüssel nennen keine Größe.",
  "The file has no {} for the encoder that its architecture has.":
    "In der Datei fehlt {1} für den Encoder, den ihre Architektur hat.",
  "Hunyuan's experts in the generic Transformers wrapper were not compared.":
    "Hunyuans Experten in der allgemeinen Transformers-Hülle wurden nicht verglichen.",
  "Nanbeige's class comes with its checkpoint and was not compared.":
    "Nanbeiges Klasse kommt mit ihrem Checkpoint und wurde nicht verglichen.",
  "Flint's own kernels on this GPU, and what they add, are not modelled.":
    "Flints eigene Kernel auf dieser GPU und was sie hinzufügen, sind nicht nachgebildet.",
  "The Transformers wrapper's VaultGemma was read, not verified.":
    "VaultGemma in der Transformers-Hülle wurde gelesen, nicht nachgeprüft.",
  "The file doesn't say how wide its feed-forward layers are.":
    "Die Datei sagt nicht, wie breit ihre Feed-Forward-Schichten sind.",
  "The config doesn't say how its layers compress (compress_ratios).":
    "Die config sagt nicht, wie ihre Schichten komprimieren (compress_ratios).",
  "Which of its experts' biases a gpt-oss quantized like this has room for is not modelled.":
    "Für welche Biases seiner Experten ein so quantisiertes gpt-oss Platz hat, ist nicht modelliert.",
  "What the encoder of a realtime model keeps in the KV cache is not counted.":
    "Was der Encoder eines Echtzeitmodells im KV-Cache hält, ist nicht gezählt.",
  "A quantized projector is cast to the model's dtype, which is not modelled.":
    "Ein quantisierter Projektor wird in den dtype des Modells umgewandelt, was nicht modelliert ist.",
  "A quantized altup keeps one scale a layer in the dtype of its weights, which is not modelled.":
    "Ein quantisiertes altup hält je Schicht eine Skala im dtype seiner Gewichte, was nicht modelliert ist.",
  "A quantized DiffusionGemma is not modelled.": "Ein quantisiertes DiffusionGemma ist nicht modelliert.",
  "The resampler of a MiniCPM quantized like this is cast to another dtype, which is not modelled.":
    "Der Resampler eines so quantisierten MiniCPM wird in einen anderen dtype umgewandelt, was nicht modelliert ist.",
  "How this release quantizes the encoder was not read.":
    "Wie diese Version den Encoder quantisiert, wurde nicht nachgelesen.",
  "How wide the projection of this model's vectors is stands only in its weights; it is left out.":
    "Wie breit die Projektion der Vektoren dieses Modells ist, steht nur in seinen Gewichten; sie ist weggelassen.",
  "How many answers there are and what they see stands in decision_config.json.":
    "Wie viele Antworten es gibt und was sie sehen, steht in decision_config.json.",
  "The sizes of Clef's head stand in joint_head_config.json; it is left out.":
    "Die Größen von Clefs Kopf stehen in joint_head_config.json; er ist weggelassen.",
  "Which layers of ColQwen3.5 see the whole prompt, and so keep no cache, was not read for this release.":
    "Welche Schichten von ColQwen3.5 den ganzen Prompt sehen und so keinen Cache halten, wurde für diese Version nicht gelesen.",
  "This class was not looked at in this release.": "Diese Klasse wurde in dieser Version nicht angesehen.",
  "VibeVoice-ASR is modelled with a Qwen2 as its language model only.":
    "VibeVoice-ASR ist nur mit einem Qwen2 als Sprachmodell modelliert.",
  "vLLM's class reads other keys than this file has (encoder, transf_decoder, head).":
    "vLLMs Klasse liest andere Schlüssel, als diese Datei hat (encoder, transf_decoder, head).",
  "A quantized Hunyuan-VL is not modelled.": "Ein quantisiertes Hunyuan-VL ist nicht modelliert.",
  "A quantized DeepSeek-VL2 is not modelled.": "Ein quantisiertes DeepSeek-VL2 ist nicht modelliert.",
  "A quantized Skywork-R1V is not modelled.": "Ein quantisiertes Skywork-R1V ist nicht modelliert.",
  "Hunyuan-VL in the generic Transformers wrapper was read for 0.33 only.":
    "Hunyuan-VL im allgemeinen Transformers-Wrapper wurde nur für 0.33 gelesen.",
  "Cosmos3-Edge's class was read for 0.33 only.": "Die Klasse von Cosmos3-Edge wurde nur für 0.33 gelesen.",
  "Which key this release's AIMv2 takes for its biases was not read.":
    "Aus welchem Schlüssel AIMv2 in dieser Version seine Biases nimmt, wurde nicht nachgelesen.",
  "Phi-4-multimodal's audio encoder is modelled with the released file's options only.":
    "Der Audio-Encoder von Phi-4-multimodal ist nur mit den Optionen der veröffentlichten Datei modelliert.",
  "A model of experts without any is not modelled.": "Ein Expertenmodell ohne Experten ist nicht modelliert.",
  "Layers that slide over no tokens are not modelled.":
    "Schichten, deren Fenster kein Token umfasst, sind nicht modelliert.",
  "Fourier positions are modelled for a rope_theta above 1 only.":
    "Fourier-Positionen sind nur für ein rope_theta über 1 modelliert.",
  "Layers with experts for text only, or for images only, are not modelled here.":
    "Schichten mit Experten nur für Text oder nur für Bilder sind hier nicht modelliert.",
  "Of timm's encoders only mobilenetv5_300m_enc is modelled.":
    "Von timms Encodern ist nur mobilenetv5_300m_enc modelliert.",
  "The Transformers wrapper of 0.25 keeps more of this class whole on every rank.":
    "Die Transformers-Hülle von 0.25 hält von dieser Klasse mehr ungeteilt auf jedem Rang.",
  "Of a quantized Granite-Speech only some of the encoder is quantized; which is not modelled.":
    "Von einem quantisierten Granite-Speech ist nur ein Teil des Encoders quantisiert; welcher, ist nicht modelliert.",
  "Layers with different values of {} are not modelled.":
    "Schichten mit verschiedenen Werten von {1} sind nicht modelliert.",
  "Without head_dim in the file, Transformers' class does not start.":
    "Ohne head_dim in der Datei startet die Klasse von Transformers nicht.",
  "What an adapter for pooling leaves of this model in releases before 0.19 was not compared.":
    "Was ein Pooling-Adapter vor 0.19 von diesem Modell übrig lässt, wurde nicht verglichen.",
  "Pooling adapters of the generic Transformers wrapper are not modelled.":
    "Pooling-Adapter der allgemeinen Transformers-Hülle sind nicht modelliert.",
  "Nomic-BERT's rotary table has a row for each of max_model_len tokens; here the default's are counted.":
    "Die Rotationstabelle von Nomic-BERT hat eine Zeile je Token von max_model_len; hier zählen die der Vorgabe.",
  "How a quantized reward model's head is stored is not modelled.":
    "Wie der Kopf eines quantisierten Belohnungsmodells gespeichert ist, ist nicht modelliert.",
  "How Bailing V3's projections are fused under a quantization is not modelled.":
    "Wie die Projektionen von Bailing V3 unter einer Quantisierung verschmolzen sind, ist nicht modelliert.",
  "Layers with heads of other sizes (per_layer_config) are not modelled.":
    "Schichten mit Köpfen anderer Größe (per_layer_config) sind nicht modelliert.",
  "The file doesn't say which layers have rotary positions (position_layers).":
    "Die Datei sagt nicht, welche Schichten Rotationspositionen haben (position_layers).",
  "Layers' windows (window_sizes) are not modelled: all keep the whole context.":
    "Fenster der Schichten (window_sizes) sind nicht modelliert: Alle behalten den ganzen Kontext.",
  "A recurrent layer's cache for each loop is not modelled.":
    "Der Cache einer rekurrenten Schicht je Durchlauf ist nicht modelliert.",
  "Attention with experts for its values is not modelled.":
    "Attention mit Experten für ihre Werte ist nicht modelliert.",
  "AliceAI without a shared expert is not modelled.": "AliceAI ohne gemeinsamen Experten ist nicht modelliert.",
  "The file doesn't say which layers attend how (layer_types).":
    "Die Datei sagt nicht, wie welche Schichten Attention rechnen (layer_types).",
  "Jina's embeddings of version 5 on an encoder are not modelled.":
    "Jinas Einbettungen der Version 5 auf einem Encoder sind nicht modelliert.",
  "Layers that share another layer's keys (use_cla) are not modelled.":
    "Schichten, die die Keys einer anderen mitnutzen (use_cla), sind nicht modelliert.",
  "Inkling's vision and audio towers are not counted.": "Inklings Encoder für Bild und Ton sind nicht gezählt.",
  "A sliding window of the first round is not modelled here.":
    "Ein gleitendes Fenster der ersten Runde ist hier nicht modelliert.",
  "What Kimi-K3 keeps while drafting was read for 0.33 only.":
    "Was Kimi-K3 beim Entwerfen behält, wurde nur für 0.33 gelesen.",
  "Blocks of the first engine follow the encoder's layers, not the decoder's.":
    "Die Blöcke der ersten Engine richten sich nach den Schichten des Encoders, nicht des Decoders.",
  "The file doesn't say what the stages of its encoder are.": "Die Datei sagt nicht, welche Stufen ihr Encoder hat.",
  "The vision encoder of version 2.0 is not modelled.": "Der Bild-Encoder von Version 2.0 ist nicht modelliert.",
  "From which release on these layers register their scales (16 bytes each) was not read.":
    "Ab welcher Version diese Schichten ihre Skalen (je 16 Bytes) anlegen, wurde nicht gelesen.",
  "Which layers pick blocks is read from sparse_attention_config, which the file has not.":
    "Welche Schichten Blöcke auswählen, steht in sparse_attention_config, das in der Datei fehlt.",
  "Aria with mlp_bias is not modelled.": "Aria mit mlp_bias ist nicht modelliert.",
  "The audio tokenizer in the checkpoint's folder is not counted.":
    "Der Audio-Tokenizer im Ordner des Checkpoints ist nicht mitgezählt.",
  "MPT with qk_ln is not modelled.": "MPT mit qk_ln ist nicht modelliert.",
  "Layers of their own sizes (block_configs) are not modelled.":
    "Schichten eigener Größe (block_configs) sind nicht modelliert.",
  "Fourier positions that all heads share are not modelled.":
    "Fourier-Positionen, die alle Köpfe teilen, sind nicht modelliert.",
  'Moondream\'s class reads its sizes from "config", not from where this file has them.':
    "Die Klasse von Moondream liest ihre Größen aus „config“, nicht von da, wo sie in dieser Datei stehen.",
  "MusicFlamingo was read in 0.24 only.": "MusicFlamingo wurde nur in 0.24 gelesen.",
  "Qwen4-Exp was read in 0.33 only.": "Qwen4-Exp wurde nur in 0.33 gelesen.",
  "The scales of quantized tables of n-grams are not counted.":
    "Die Skalen quantisierter N-Gramm-Tabellen sind nicht mitgezählt.",
  "So many tables of n-grams are not counted among the parameters.":
    "So viele N-Gramm-Tabellen sind bei den Parametern nicht mitgezählt.",
  "vLLM refuses this Step5: it has no sparse_config, no gate of attention, or another router.":
    "vLLM lehnt dieses Step5 ab: Ihm fehlt sparse_config oder das Gate der Attention, oder sein Router ist ein anderer.",
  "vLLM runs Step5's indexed attention on compute capability 9.0, 10.0 and 10.3 only.":
    "Die Attention mit Indexer von Step5 betreibt vLLM nur auf Compute Capability 9.0, 10.0 und 10.3.",
  "vLLM refuses a Step5 whose indexed attention is quantized.":
    "vLLM lehnt ein Step5 ab, dessen Attention mit Indexer quantisiert ist.",
  "Quantized checkpoints of Muse Spark were not compared.":
    "Quantisierte Checkpoints von Muse Spark wurden nicht verglichen.",
  "Quantized checkpoints of Dots3-Note were not compared.":
    "Quantisierte Checkpoints von Dots3-Note wurden nicht verglichen.",
  "Dots3-Note turns its vision encoder's experts into fp8 once they are loaded; here they keep 16 bit.":
    "Dots3-Note wandelt die Experten seines Vision-Encoders nach dem Laden in fp8 um; hier behalten sie 16 Bit.",
  "vLLM has no kernels for latent attention of these sizes without a rotary part.":
    "Für latente Attention dieser Größen ohne rotierenden Teil hat vLLM keine Kernel.",
  "vLLM refuses a quantized KV dtype where sparse attention keeps rows as wide as other layers' latent vectors.":
    "vLLM lehnt einen quantisierten KV-Datentyp ab, wo dünn besetzte Attention so breite Zeilen hält wie die latenten Vektoren anderer Schichten.",
  "vLLM refuses a drafter of Llama 4 that has experts.": "vLLM lehnt ein Entwurfsmodell von Llama 4 mit Experten ab.",
  "A drafter of MiniCPM's with experts is not modelled.":
    "Ein Entwurfsmodell von MiniCPM mit Experten ist nicht modelliert.",
  "The encoder RADIO is built by code that is published with the model; it is counted like vLLM's own.":
    "Den Encoder RADIO baut Code, der mit dem Modell veröffentlicht ist; gezählt ist er wie der von vLLM.",
  "The file doesn't say what its encoder of images is.": "Die Datei sagt nicht, welcher Encoder die Bilder liest.",
  "The file leaves out keys whose defaults only the checkpoint's own code knows.":
    "Der Datei fehlen Schlüssel, deren Vorgaben nur der Code beim Checkpoint kennt.",
  "The vision transformer that RADIO is made of is none of those that vLLM has sizes of.":
    "Der Vision-Transformer, aus dem RADIO besteht, ist keiner von denen, deren Größen vLLM kennt.",
  "What this release builds around RADIO was not read.":
    "Was diese Version um RADIO herum baut, wurde nicht nachgelesen.",
  "Whether this release ties the head was not read.":
    "Ob diese Version den Kopf mit dem Embedding teilt, wurde nicht nachgelesen.",
  "DeepSeek-V4.1 maps as many tokens to n-grams as its tokenizer has, which is taken to fill the vocabulary.":
    "DeepSeek-V4.1 bildet so viele Tokens auf N-Gramme ab, wie sein Tokenizer hat; angenommen ist, dass er das Vokabular füllt.",
  "OPT with projected embeddings is not modelled.": "OPT mit projizierten Embeddings ist nicht modelliert.",
  "interleaved_sliding_window is not modelled here.": "interleaved_sliding_window ist hier nicht modelliert.",
  "Phi with qk_layernorm is not modelled.": "Phi mit qk_layernorm ist nicht modelliert.",
  "The file has no layer_types, which Plamo 3's class reads.":
    "In der Datei fehlt layer_types, das die Klasse von Plamo 3 liest.",
  "Whether this release divides the gates' projection under {} was not looked at.":
    "Ob diese Version die Projektion der Gates unter {1} teilt, wurde nicht nachgesehen.",
  "StableLM with qk_layernorm or a parallel residual is not modelled.":
    "StableLM mit qk_layernorm oder parallelem Residual ist nicht modelliert.",
  "The projector of transformer blocks is not modelled.": "Der Projektor aus Transformer-Blöcken ist nicht modelliert.",
  "How the audio encoder's layers are spread over pipeline stages is not modelled.":
    "Wie sich die Schichten des Ton-Encoders auf Pipeline-Stufen verteilen, ist nicht modelliert.",
  "Only the linear projector is modelled here.": "Nur der lineare Projektor ist hier modelliert.",
  "The V0 engine's KV cache is planned from its description; its planner was not run to compare.":
    "Der KV-Cache der Engine V0 ist nach ihrer Beschreibung geplant; ihr Planer lief nicht zum Vergleich.",
  "Before 0.11 each pipeline stage formed KV groups of its own layers, which is not modelled.":
    "Vor 0.11 bildete jede Pipeline-Stufe KV-Gruppen aus ihren eigenen Schichten, was nicht modelliert ist.",
  "Block sizes of AMD's attention backends are not modelled.":
    "Blockgrößen der Attention-Backends von AMD sind nicht modelliert.",
  "Prefix caching of state caches before their modes is not modelled.":
    "Prefix-Caching von Zustands-Caches vor ihren Modi ist nicht modelliert.",
  "Before 0.18 vLLM changed fp8 to fp8_ds_mla for DeepSeek-V3.2's own class only.":
    "Vor 0.18 machte vLLM nur bei der Klasse von DeepSeek-V3.2 aus fp8 fp8_ds_mla.",
  "Sparse MLA on SM12x was not checked before 0.29.": "Sparse MLA auf SM12x wurde vor 0.29 nicht geprüft.",
  "GLM-5.3-Flash had KV groups of its own in 0.30 and 0.31, which are not modelled.":
    "GLM-5.3-Flash hatte in 0.30 und 0.31 eigene KV-Gruppen, die nicht modelliert sind.",
  "Before 0.31 each pipeline stage chose its own block size, which is not modelled where they differ.":
    "Vor 0.31 wählte jede Pipeline-Stufe ihre Blockgröße selbst; wo sie sich unterscheiden, ist das nicht modelliert.",
  "Prefill context parallelism was not checked against vLLM.":
    "Kontext-Parallelität beim Prefill wurde nicht mit vLLM verglichen.",
  "Layers kept in the model's dtype beside this KV dtype were not checked.":
    "Schichten, die neben diesem KV-dtype im dtype des Modells bleiben, wurden nicht geprüft.",
  "The rotary part of this KV dtype's slots is taken from the config.":
    "Der Rotary-Anteil der Plätze dieses KV-dtype ist der config entnommen.",
  "The KV cache of the drafter is taken to be like one of the model's own full-attention layers.":
    "Der KV-Cache des Entwurfs zählt wie eine der Schichten des Modells mit voller Attention.",
  "The KV cache of a drafter beside these kinds of layers was not checked.":
    "Der KV-Cache eines Entwurfsmodells neben diesen Arten von Schichten wurde nicht geprüft.",
  "This drafter's class was not checked in releases before {}.":
    "Die Klasse dieses Entwurfsmodells wurde in Releases vor {1} nicht geprüft.",
  "Draft models beside pipeline parallelism were not checked.":
    "Entwurfsmodelle neben Pipeline-Parallelität wurden nicht geprüft.",
  "The KV cache of the draft model is not counted.": "Der KV-Cache des Entwurfsmodells ist nicht gezählt.",

  // Quantizations: estimates.
  "Which layers are quantized how stands in hf_quant_config.json, which isn't given.":
    "Welche Schichten wie quantisiert sind, steht in hf_quant_config.json, die nicht vorliegt.",
  "The quantization config's patterns take too long to match.":
    "Die Muster der Quantisierungsangaben brauchen zu lange.",
  "A pattern of the quantization config is not understood: {}":
    "Ein Muster der Quantisierungsangaben ist nicht verständlich: {1}",
  "A pattern in auto-round's extra_config is taken as a name.":
    "Ein Muster in extra_config von auto-round gilt als Name.",
  "Experts with 4-bit integer weights and float8 activations are counted as weight-only ones.":
    "Experten mit ganzzahligen 4-Bit-Gewichten und float8-Aktivierungen zählen, als wären nur die Gewichte quantisiert.",
  "Packed integer weights with quantized activations are counted as weight-only ones.":
    "Gepackte ganzzahlige Gewichte mit quantisierten Aktivierungen zählen, als wären nur die Gewichte quantisiert.",
  "Sparse compressed-tensors weights are not modelled.":
    "Dünn besetzte compressed-tensors-Gewichte sind nicht modelliert.",
  "The quantization method {} is not modelled; weights are counted as 16 bit.":
    "Das Quantisierungsverfahren {1} ist nicht modelliert; Gewichte zählen mit 16 Bit.",
  "This release's ModelOpt mixtures have no {}: it builds those layers unquantized and can't load them.":
    "ModelOpt-Mischungen dieses Release kennen {1} nicht: Die Schichten entstehen unquantisiert und lassen sich nicht laden.",
  "A layer's ModelOpt algorithm is not modelled: {}": "Das ModelOpt-Verfahren einer Schicht ist nicht modelliert: {1}",
  "Quark checkpoints are counted by their global scheme.": "Quark-Checkpoints zählen nach ihrem globalen Schema.",
  "Quantization while loading: weights_bytes is the 16-bit tree before it, loaded_bytes what is left after.":
    "Quantisierung beim Laden: „Tensoren“ sind die 16-Bit-Gewichte davor, „geladen“ ist, was danach bleibt.",
  "This way of quantizing while loading is not modelled: {}":
    "Diese Art, beim Laden zu quantisieren, ist nicht modelliert: {1}",
  "auto-round checkpoints of float types are counted as 4-bit integers.":
    "auto-round-Checkpoints mit Gleitkommatypen zählen als ganze Zahlen mit 4 Bit.",

  // Quantizations: what vLLM refuses.
  part,
  "Without --trust-remote-code Transformers' own class gives the linear layers another head size.":
    "Ohne --trust-remote-code gibt die Klasse von Transformers den linearen Schichten eine andere Kopfgröße.",
  'vLLM {} does not know the quantization method "{}".': "vLLM {1} kennt das Quantisierungsverfahren „{2}“ nicht.",
  'The quantization method "{}" needs a GPU of compute capability {} or more.':
    "Das Quantisierungsverfahren „{1}“ braucht eine GPU mit Compute Capability {2} oder mehr.",
  'The checkpoint is quantized by "{}", not by "{}".': "Der Checkpoint ist mit „{1}“ quantisiert, nicht mit „{2}“.",
  'The checkpoint is not quantized, and "{}" can\'t quantize it while loading.':
    "Der Checkpoint ist nicht quantisiert, und „{1}“ kann es beim Laden nicht nachholen.",
  'The checkpoint\'s quantization names no method that vLLM knows, so "{}" does not match it.':
    "Die Quantisierung des Checkpoints nennt kein Verfahren, das vLLM kennt; „{1}“ passt also nicht dazu.",
  "vLLM finds no quantization method in this checkpoint's settings and would load it as 16 bit.":
    "vLLM findet in den Einstellungen dieses Checkpoints keine Quantisierung und lüde ihn mit 16 Bit.",
  "This release reads no ModelOpt config of the algorithm {}.":
    "Diese Version liest keine ModelOpt-Angaben mit dem Verfahren {1}.",
  'vLLM does not know the ModelOpt algorithm "{}".': "vLLM kennt das ModelOpt-Verfahren „{1}“ nicht.",
  "A MIXED_PRECISION checkpoint has to list its quantized_layers.":
    "Ein MIXED_PRECISION-Checkpoint muss seine quantized_layers nennen.",
  "vLLM starts a {} checkpoint only with --allow-deprecated-quantization.":
    "vLLM startet einen {1}-Checkpoint nur mit --allow-deprecated-quantization.",
  'vLLM has no compressed-tensors scheme for these weights and activations (format "{}").':
    "vLLM hat für diese Gewichte und Aktivierungen kein compressed-tensors-Schema (Format „{1}“).",
  "A config group without weights can't be loaded.": "Eine Config-Gruppe ohne Gewichte lässt sich nicht laden.",
  "Activation ordering by group is refused from 0.30 on.":
    "Ordnung nach Aktivierungen in Gruppen lehnt vLLM ab 0.30 ab.",
  "vLLM no longer loads sparse compressed-tensors checkpoints.":
    "vLLM lädt keine dünn besetzten compressed-tensors-Checkpoints mehr.",
  "The KV cache can only be quantized to symmetric float8 by tensor or head.":
    "Der KV-Cache lässt sich nur zu symmetrischem float8 je Tensor oder Kopf quantisieren.",
  "Only some of the projections that vLLM fuses into {} are ignored.":
    "Nur einige der Projektionen, die vLLM zu {1} verschmilzt, sind ausgenommen.",
  "Only some of the projections that vLLM fuses into {} are quantized.":
    "Nur einige der Projektionen, die vLLM zu {1} verschmilzt, sind quantisiert.",
  "The projections of {} are quantized differently.": "Die Projektionen von {1} sind verschieden quantisiert.",
  "The projections that vLLM fuses into {} are quantized differently.":
    "Die Projektionen, die vLLM zu {1} verschmilzt, sind verschieden quantisiert.",
  'An fp8 checkpoint has to say activation_scheme "static" or "dynamic".':
    "Ein fp8-Checkpoint muss activation_scheme „static“ oder „dynamic“ nennen.",
  "Blocks of fp8 weights have two dimensions and dynamic activations.":
    "Blöcke von fp8-Gewichten haben zwei Dimensionen und dynamische Aktivierungen.",
  'expert_dtype has to be "fp4" or "fp8".': "expert_dtype muss „fp4“ oder „fp8“ sein.",
  "vLLM has no kernel for this checkpoint's auto-round weights.":
    "vLLM hat keinen Kernel für die auto-round-Gewichte dieses Checkpoints.",
  "auto-round weights of other than 4 or 8 bits are counted without their kernel's own.":
    "auto-round-Gewichte mit anderen als 4 oder 8 Bit zählen ohne die Tensoren ihres Kernels.",
  "{} can't be packed integers.": "{1} kann nicht aus gepackten ganzen Zahlen bestehen.",
  "vLLM runs AWQ weights of 4 bits only.": "vLLM betreibt nur AWQ-Gewichte mit 4 Bit.",
  "An AWQ checkpoint has to say its group_size and zero_point.":
    "Ein AWQ-Checkpoint muss group_size und zero_point nennen.",
  "A GPTQ checkpoint has to say its bits, group_size and desc_act.":
    "Ein GPTQ-Checkpoint muss bits, group_size und desc_act nennen.",
  "vLLM runs symmetric GPTQ weights of 4 or 8 bits, not {} with zero points.":
    "vLLM betreibt symmetrische GPTQ-Gewichte mit 4 oder 8 Bit, nicht {1} mit Nullpunkten.",
  "vLLM runs symmetric GPTQ weights of 4 or 8 bits, not {}.":
    "vLLM betreibt symmetrische GPTQ-Gewichte mit 4 oder 8 Bit, nicht {1}.",
  "GPTQ with desc_act and groups is refused from 0.30 on.": "GPTQ mit desc_act und Gruppen lehnt vLLM ab 0.30 ab.",
  "{}: {part} of a rank are {}, which quantization groups of {} don't divide: use fewer tensor-parallel ranks.":
    "{1}: {2} eines Rangs sind {3}, was Quantisierungsgruppen von {4} nicht teilen: Nehmen Sie weniger tensor-parallele Ränge.",
};
