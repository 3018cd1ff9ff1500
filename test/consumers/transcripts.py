"""Reads transcripts as trainers do: TRL, with the chat templates that it ships, on a tokenizer of single bytes.

Its trainers themselves need PyTorch, gigabytes that are not installed for this: what they do to a dataset before they train
(is it conversational, the template, the mask of what is learned) is called as they call it.
"""

import json
import re
import shlex
import subprocess
from pathlib import Path

import trl
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast
from trl.data_utils import apply_chat_template, is_conversational

TEMPLATES = Path(trl.__file__).parent / "chat_templates"
# What a tokenizer of the model would know without being told.
SPECIAL = ["<|im_start|>", "<|im_end|>", "<|eot_id|>", "<|endoftext|>"]


def tokenizer(template):
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {one: number for number, one in enumerate(alphabet)}
    bytewise = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    bytewise.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytewise.decoder = decoders.ByteLevel()
    made = PreTrainedTokenizerFast(tokenizer_object=bytewise, additional_special_tokens=SPECIAL)
    made.bos_token = "<|endoftext|>"
    made.chat_template = (TEMPLATES / f"{template}.jinja").read_text("utf-8")
    return made


def qwen_calls(text):
    # Qwen 3 puts an empty thought in front of the last.
    turn = r"<\|im_start\|>assistant\n(?:<think>\n\n</think>\n\n)?<tool_call>\n(.*?)\n</tool_call><\|im_end\|>"
    return [json.loads(one) for one in re.findall(turn, text, re.DOTALL)]


def llama_calls(text):
    found = re.findall(r"<\|start_header_id\|>assistant<\|end_header_id\|>\n\n(\{.*?\})<\|eot_id\|>", text, re.DOTALL)
    return [{"name": one["name"], "arguments": one["parameters"]} for one in map(json.loads, found)]


# A column of such a name would be taken for what a trainer makes itself.
RESERVED = {"input_ids", "labels", "attention_mask", "assistant_masks", "completion_mask", "seq_lengths", "position_ids"}


def check_transcripts(rows):
    """`rows`: as `datasets` gives them."""
    readers = [(tokenizer("qwen2_5"), qwen_calls), (tokenizer("qwen3"), qwen_calls), (tokenizer("llama3_1"), llama_calls)]
    masking = tokenizer("qwen2_5_training")
    assert not RESERVED & set(rows.column_names)
    for row in rows:
        assert is_conversational(row)
        check_turns(row["messages"])
        made = [call["function"] for message in row["messages"] for call in message.get("tool_calls", [])]
        for one in made:
            assert isinstance(one["arguments"], dict), f"arguments are {one['arguments']!r}"
            assert None not in one["arguments"].values(), f"nulls in {one['arguments']!r}"
        for reader, calls in readers:
            text = apply_chat_template(row, reader, tools=row["tools"])["text"]
            assert calls(text) == made, f"{calls(text)} is rendered of {made}"
            assert '"execute_bash"' in text, "the tools are not declared"
        check_mask(row, masking, len(made))


def check_turns(messages):
    """One user, then assistant and tool: loaders that want strict turns skip all else."""
    roles = [message["role"] for message in messages]
    assert roles == ["user", *["assistant", "tool"] * len(roles)][: len(roles)], roles


def check_mask(row, masking, calls):
    """With `assistant_only_loss`, what is learned is the calls and nothing else."""
    told = masking.apply_chat_template(
        row["messages"], tools=row["tools"], tokenize=True, return_dict=True, return_assistant_tokens_mask=True
    )
    learned = [number for number, is_learned in zip(told["input_ids"], told["assistant_masks"]) if is_learned]
    assert len(learned) > 0
    assert masking.decode(learned).count("<|im_end|>") == calls, "not all calls are learned, or more than them"


def check_replay_of_calls(row, record, folder):
    """Runs the calls in a folder with the texts of the beginning; commands of the person are not run."""
    for file in record["files"]:
        if file["base_text"] is not None:
            write(folder / file["path"], file["base_text"])
    for message in row["messages"]:
        for call in message.get("tool_calls", []):
            arguments = call["function"]["arguments"]
            if call["function"]["name"] == "str_replace_editor":
                run_editor(folder, **arguments)
            elif call["function"]["name"] == "execute_bash" and message["synthetic"]:
                assert shlex.split(arguments["command"])[0] in ("rm", "mv", "mkdir")
                subprocess.run(["bash", "-c", arguments["command"]], cwd=folder, check=True)
    return folder


def run_editor(folder, command, path, view_range=None, file_text=None, old_str=None, new_str=None, insert_line=None):
    if command == "create":
        return write(folder / path, file_text)
    text = read(folder / path)
    lines = text.split("\n")
    if command == "view":
        assert 1 <= view_range[0] <= view_range[1] <= len(lines)
    elif command == "insert":
        write(folder / path, "\n".join(lines[:insert_line] + new_str.split("\n") + lines[insert_line:]))
    else:
        assert text.count(old_str) == 1, f"{old_str!r} stands {text.count(old_str)} times in {path}"
        write(folder / path, text.replace(old_str, new_str))


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def read(path):
    return path.read_bytes().decode()
