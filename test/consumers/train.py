"""Trains a tiny model for a few steps on each format of a dataset, a packed set or an export, by TRL, with nothing converted:
`python train.py FOLDER...`, where trl and torch are installed. Not part of the tests: PyTorch takes gigabytes.
"""

import itertools
import json
import math
import sys
import tempfile
from pathlib import Path

import datasets
import trl
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

SPECIAL = ["<|im_start|>", "<|im_end|>", "<|endoftext|>"]
TEMPLATE = Path(trl.__file__).parent / "chat_templates/qwen2_5.jinja"


def make_model(rows, folder):
    """Two layers, 64 wide, with a vocabulary of the rows' own."""
    bytewise = Tokenizer(models.BPE())
    bytewise.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytewise.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=2000, special_tokens=SPECIAL, initial_alphabet=alphabet)
    bytewise.train_from_iterator((json.dumps(row) for row in itertools.islice(rows, 200)), trainer)
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=bytewise, eos_token=SPECIAL[1], pad_token=SPECIAL[2])
    tokenizer.chat_template = TEMPLATE.read_text("utf-8")
    heads = {"num_attention_heads": 4, "num_key_value_heads": 2}
    sizes = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "max_position_embeddings": 8192}
    Qwen2ForCausalLM(Qwen2Config(vocab_size=len(tokenizer), **sizes, **heads)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def train(rows, columns):
    few = {"max_steps": 4, "per_device_train_batch_size": 2, "logging_steps": 1, "learning_rate": 1e-3}
    quiet = {"report_to": [], "save_strategy": "no", "use_cpu": True, "bf16": False, "disable_tqdm": True}
    with tempfile.TemporaryDirectory() as folder:
        make_model(rows, folder)
        common = {"output_dir": folder, "max_length": 4096, **few, **quiet}
        if "chosen" in columns:
            trainer = trl.DPOTrainer(folder, args=trl.DPOConfig(**common), train_dataset=rows)
        else:
            config = trl.SFTConfig(assistant_only_loss="messages" in columns, **common)
            trainer = trl.SFTTrainer(folder, args=config, train_dataset=rows)
        trainer.train()
        return [float(one["loss"]) for one in trainer.state.log_history if "loss" in one]


datasets.disable_progress_bars()
for folder in sys.argv[1:]:
    for name in datasets.get_dataset_config_names(folder):
        for streaming in (False, True):
            rows = datasets.load_dataset(folder, name, split="train", streaming=streaming).take(64)
            columns = set(rows.features)
            if columns & {"messages", "prompt"}:
                losses = train(rows, columns)
                assert len(losses) == 4 and all(map(math.isfinite, losses)), losses
                print(f"{folder} {name}{', streaming' if streaming else ''}: loss {losses[0]:.3f} to {losses[-1]:.3f}")
