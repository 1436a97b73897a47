#!/usr/bin/env python3
"""Writes known_models.inc: of each model's config.json the keys that the core reads.

usage: make_known_models.py VRAM_GAUGE FOLDER… > known_models.inc

VRAM_GAUGE is the native command line. A FOLDER holds config.json files as "organisation--name.json" and an index.json,
a list of {"model_id", "file", "source_repo"}: where each file was seen. Which keys count is not decided here: the command
line says which ones it read (--used-keys) for several releases and layouts, and a null, a false or layer_types are left
out if every report stays the same without. A model that is only estimated keeps all keys but those that never count, so
that its row is right when its family comes. Facts that a copy got wrong are put right in FIXES, with the reason.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

DATE = "2026-11"

# Models that people run today, as the catalogue lists them.
MODELS = """
deepseek-ai/DeepSeek-R1 deepseek-ai/DeepSeek-R1-0528 deepseek-ai/DeepSeek-R1-Distill-Qwen-32B deepseek-ai/DeepSeek-V2-Lite
deepseek-ai/DeepSeek-V3 deepseek-ai/DeepSeek-V3.1 deepseek-ai/DeepSeek-V3.2 deepseek-ai/DeepSeek-V4-Flash
deepseek-ai/DeepSeek-V4-Pro
google/gemma-2-2b-it google/gemma-2-9b google/gemma-2-27b-it google/gemma-3-1b-it google/gemma-3-4b-it
google/gemma-3-27b-it google/gemma-4-12B-it google/gemma-4-26B-A4B google/gemma-4-31B-it google/gemma-4-E2B-it
ibm-granite/granite-3.3-8b-instruct
LGAI-EXAONE/EXAONE-4.0-32B
LiquidAI/LFM2-1.2B LiquidAI/LFM2.5-VL-1.6B
meta-llama/Llama-2-7b-hf meta-llama/Llama-2-13b-hf meta-llama/Llama-2-70b-hf meta-llama/Meta-Llama-3-8B-Instruct
meta-llama/Meta-Llama-3-70B meta-llama/Llama-3.1-8B-Instruct meta-llama/Llama-3.1-70B-Instruct
meta-llama/Meta-Llama-3.1-405B meta-llama/Llama-3.2-1B-Instruct meta-llama/Llama-3.2-3B-Instruct
meta-llama/Llama-3.3-70B-Instruct meta-llama/Llama-4-Maverick-17B-128E-Instruct
meta-llama/Llama-4-Scout-17B-16E-Instruct
microsoft/Phi-3-mini-4k-instruct microsoft/Phi-3-mini-128k-instruct microsoft/Phi-3.5-mini-instruct
microsoft/Phi-3.5-MoE-instruct microsoft/phi-4 microsoft/Phi-4-mini-instruct
MiniMaxAI/MiniMax-M2.5 MiniMaxAI/MiniMax-M2.7
mistralai/Mistral-7B-Instruct-v0.2 mistralai/Mistral-7B-Instruct-v0.3 mistralai/Mistral-Nemo-Instruct-2407
mistralai/Ministral-8B-Instruct-2410 mistralai/Mixtral-8x7B-v0.1
mistralai/Mixtral-8x22B-Instruct-v0.1 mistralai/Devstral-Small-2507 mistralai/Devstral-Small-2-24B-Instruct-2512
mistralai/Devstral-2-123B-Instruct-2512
moonshotai/Kimi-K2-Instruct moonshotai/Kimi-K2.5 moonshotai/Kimi-K2.6 moonshotai/Kimi-Linear-48B-A3B-Instruct
nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16 nvidia/NVIDIA-Nemotron-3-Ultra-550B-A55B-BF16
openai/gpt-oss-20b openai/gpt-oss-120b
Qwen/QwQ-32B Qwen/Qwen2-7B-Instruct Qwen/Qwen2-72B-Instruct Qwen/Qwen2-VL-7B-Instruct Qwen/Qwen2.5-0.5B
Qwen/Qwen2.5-1.5B-Instruct Qwen/Qwen2.5-3B-Instruct Qwen/Qwen2.5-7B-Instruct Qwen/Qwen2.5-14B-Instruct
Qwen/Qwen2.5-32B-Instruct Qwen/Qwen2.5-72B Qwen/Qwen2.5-VL-3B-Instruct Qwen/Qwen2.5-VL-7B-Instruct
Qwen/Qwen3-0.6B Qwen/Qwen3-1.7B Qwen/Qwen3-4B Qwen/Qwen3-4B-Instruct-2507 Qwen/Qwen3-8B Qwen/Qwen3-14B Qwen/Qwen3-32B
Qwen/Qwen3-32B-FP8 Qwen/Qwen3-32B-AWQ Qwen/Qwen3-30B-A3B Qwen/Qwen3-30B-A3B-Instruct-2507
Qwen/Qwen3-Coder-30B-A3B-Instruct Qwen/Qwen3-235B-A22B Qwen/Qwen3-Coder-480B-A35B-Instruct
Qwen/Qwen3-Next-80B-A3B-Instruct Qwen/Qwen3-VL-4B-Instruct Qwen/Qwen3-VL-32B-Instruct
Qwen/Qwen3-VL-30B-A3B-Instruct Qwen/Qwen3-Embedding-0.6B Qwen/Qwen3-Embedding-8B
Qwen/Qwen3.5-0.8B Qwen/Qwen3.5-9B Qwen/Qwen3.5-27B Qwen/Qwen3.5-35B-A3B Qwen/Qwen3.5-122B-A10B Qwen/Qwen3.5-397B-A17B
Qwen/Qwen3.6-27B Qwen/Qwen3.6-35B-A3B
XiaomiMiMo/MiMo-7B-Base
zai-org/GLM-4.1V-9B-Thinking zai-org/GLM-4.5 zai-org/GLM-4.5V zai-org/GLM-4.7-Flash zai-org/GLM-5 zai-org/GLM-5.1
zai-org/GLM-5.2 zai-org/GLM-OCR
BAAI/bge-large-en-v1.5 BAAI/bge-reranker-v2-m3 openai/whisper-large-v3-turbo
""".split()

# Keys that a copy changed for its own ends, and the released value.
FIXES = {
    "mistralai/Mistral-7B-Instruct-v0.2": {"max_position_embeddings": 32768},  # the copy was cut to 512 for a device
    "Qwen/Qwen2.5-32B-Instruct": {"max_position_embeddings": 32768},  # the copy was raised to 131072
    "Qwen/Qwen2.5-VL-3B-Instruct": {"max_position_embeddings": 128000},  # the copy was cut to 2048 for a device
    "Qwen/Qwen3-0.6B": {"max_position_embeddings": 40960, "torch_dtype": "bfloat16"},  # converted for a CPU
    "Qwen/Qwen3-4B": {"max_position_embeddings": 40960},  # the copy is that of the 2507 release
    # The copy was cut down; with the draft layer its count is the published one, 31,221,488,576.
    "zai-org/GLM-4.7-Flash": {"num_nextn_predict_layers": 1},
}

# Models whose config was seen under another name.
SEEN_AS = {"Qwen/Qwen3-4B-Instruct-2507": "Qwen/Qwen3-4B"}

# Keys without a bearing on memory, whatever the family.
IDLE = re.compile(r"(?<!per_)token|dropout|_eps$|epsilon|initializer|_act$|activation(?!_scheme)|use_cache|auto_map|transformers_version|theta|"
                  r"_name_or_path|loss|aux|scaling_factor|softcap|pdrop|_std$|drop_path|id2label|label2id|task_specific|"
                  r"^(top_[pk]|temperature|do_sample|num_beams|max_length|min_length|prefix|torchscript|pruned_heads|"
                  r"repetition_penalty|length_penalty|typical_p|diversity_penalty|return_dict.*|output_.*|bad_words_ids|"
                  r"exponential_decay_length_penalty|suppress_tokens|finetuning_task|sep_token_id|tf_legacy_loss|"
                  r"early_stopping|no_repeat_ngram_size|encoder_no_repeat_ngram_size|num_return_sequences|chunk_size_feed.*|"
                  r"use_bfloat16|cross_attention_hidden_size|tie_encoder_decoder|remove_invalid_values|problem_type)$")

# What is asked of every config: releases and layouts whose rules read different keys.
ASKED = [
    ("0.33.0", {}), ("0.33.0", {"tensor_parallel_size": 8, "pipeline_parallel_size": 2}), ("0.29.0", {}), ("0.25.1", {}),
    ("0.19.1", {}), ("0.10.2", {}), ("0.33.0", {"language_model_only": True}), ("0.33.0", {"disable_sliding_window": True}),
]
GPUS = ["h100-sxm-80gb", "b200-180gb", "l4-24gb"]


def requests():
    for version, engine in ASKED:
        for gpu in GPUS if version == "0.33.0" and not engine else GPUS[:1]:
            yield {"method": "vllm", "vllm_version": version, "engine": {"kv_cache_memory_bytes": 1 << 34, **engine},
                   "hardware": {"gpu": gpu}}
    yield {"method": "rule-of-thumb", "hardware": {"gpu": GPUS[0]}}


def run(binary, arguments, text):
    return subprocess.run([binary, *arguments], input=text, capture_output=True, text=True, check=False).stdout


def used_keys(binary, config, path):
    """The union of what the requests read, in the file's own order."""
    path.write_text(json.dumps(config))
    merged = {}
    for request in requests():
        text = run(binary, ["--request", "-", str(path), "--used-keys"], json.dumps(request))
        merge(merged, json.loads(text))
    add_bases(config, merged)
    return in_order_of(config, merged)


def add_bases(config, picked):
    """The rotary tables' base: whether a drafter has its target's table hangs on it."""
    for key, value in config.items():
        if key == "rope_theta":
            picked[key] = value
        elif isinstance(value, dict) and (key in picked or "rope_theta" in value):
            add_bases(value, picked.setdefault(key, {}))


def merge(into, other):
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        elif key != "error":
            into.setdefault(key, value)


def in_order_of(config, picked):
    if not isinstance(config, dict):
        return config
    return {key: in_order_of(value, picked[key]) if isinstance(picked[key], dict) else value
            for key, value in config.items() if key in picked}


def reports(binary, config):
    lines = [json.dumps({"id": i, "request": {**request, "config": json.dumps(config)}}) for i, request in enumerate(requests())]
    answers = [json.loads(line)["report"] for line in run(binary, ["--batch"], "\n".join(lines) + "\n").splitlines()]
    for answer in answers:
        answer.pop("notes", None)
    return answers


def without(config, path):
    copy = json.loads(json.dumps(config))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return copy


def without_idle(config):
    return {key: without_idle(value) if isinstance(value, dict) else value
            for key, value in config.items() if not IDLE.search(key)}


def spare_paths(config, path=()):
    for key, value in config.items():
        if value is None or value is False or value in ({}, []) or key == "layer_types":
            yield (*path, key)
        elif isinstance(value, dict):
            yield from spare_paths(value, (*path, key))


def reduced(binary, model, config, path):
    full = reports(binary, config)
    estimated = full[0].get("model", {}).get("confidence") != "exact"
    small = without_idle(config) if estimated else used_keys(binary, config, path)
    if reports(binary, small) != full:
        sys.exit(f"{model}: a key that counts is left out")
    for spare in list(spare_paths(small)):
        smaller = without(small, spare)
        if not estimated and reports(binary, smaller) == full:
            small = smaller
    return small


def find(folders, model):
    for folder in folders:
        for entry in json.loads((folder / "index.json").read_text()):
            if entry["model_id"] == model:
                return json.loads((folder / entry["file"]).read_text()), entry.get("source_repo")
    sys.exit(f"no config for {model}")


def main(binary, *folders):
    scratch = Path("known_model.tmp.json")
    print(HEAD)
    for model in sorted(MODELS, key=str.lower):
        config, source = find([Path(folder) for folder in folders], SEEN_AS.get(model, model))
        config.update(FIXES.get(model, {}))
        text = json.dumps(reduced(binary, model, config, scratch), separators=(",", ":"))
        source = f"{source.split()[0] if source else 'a published copy'}, {DATE}"
        print(f'MODEL("{model}", "{source}",\n      R"j({text})j")')
    scratch.unlink(missing_ok=True)


HEAD = """// Models that people run, by their id on the hub: MODEL(id, where its config.json was seen and when, the keys of it that
// are read, as JSON). Written by make_known_models.py; to add a model, add its id there. In the order of the ids, whatever
// the case."""

if __name__ == "__main__":
    main(*sys.argv[1:])
