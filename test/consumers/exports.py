"""Reads exports as those do for whom they are made. `python exports.py FOLDER`: one folder a format."""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import atif
import datasets

SWE_BENCH = [
    *["repo", "instance_id", "base_commit", "patch", "test_patch", "problem_statement", "hints_text", "created_at"],
    *["version", "FAIL_TO_PASS", "PASS_TO_PASS", "environment_setup_commit"],
]
BESIDES = ["setup_files", "test_command", "test_directory"]


def rows_of(file):
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]


def check_card(folder):
    """What has a card loads as it is, plain and streaming, and nothing is added to it."""
    expected = rows_of(folder / f"{folder.name}.jsonl")
    plain = datasets.load_dataset(str(folder), split="train").to_list()
    streamed = list(datasets.load_dataset(str(folder), split="train", streaming=True))
    for found in (plain, streamed):
        assert found == expected, f"{folder.name}: what is loaded differs from what was written"
    return expected


def check_atif(folder):
    for file in folder.glob("*.json"):
        document = json.loads(file.read_text("utf-8"))
        read = atif.Trajectory.model_validate(document)
        assert read.schema_version == "ATIF-v1.7" and read.agent.name == "human-developer"
        assert all(step.timestamp is None for step in read.steps)


def check_openai(folder):
    for row in check_card(folder):
        open_calls = set()
        for message in row["messages"]:
            for call in message.get("tool_calls", []):
                assert isinstance(json.loads(call["function"]["arguments"]), dict)
                open_calls.add(call["id"])
            if message["role"] == "tool":
                open_calls.remove(message["tool_call_id"])
        # Nothing answers to the end.
        assert len(open_calls) <= 1


def check_swe_bench(folder):
    for row in check_card(folder):
        assert list(row) == SWE_BENCH + BESIDES
        assert all(isinstance(row[name], str) for name in SWE_BENCH)
        assert len(json.loads(row["FAIL_TO_PASS"])) > 0 and isinstance(json.loads(row["PASS_TO_PASS"]), list)


def check_tasks(folder):
    for row in check_card(folder):
        with tempfile.TemporaryDirectory() as scratch:
            for file in row["setup_files"]:
                path = Path(scratch, file["path"])
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file["text"].encode())
            git_apply(scratch, row["test_patch"])
            git_apply(scratch, row["patch"])


def check_commits(folder):
    for row in check_card(folder):
        with tempfile.TemporaryDirectory() as scratch:
            old, new = Path(scratch, row["old_file"] or row["new_file"]), Path(scratch, row["new_file"] or row["old_file"])
            if row["old_file"]:
                old.parent.mkdir(parents=True, exist_ok=True)
                old.write_bytes(row["old_contents"].encode())
            git_apply(scratch, row["patch"])
            assert new.exists() == (row["new_file"] != "")
            assert not new.exists() or new.read_bytes().decode() == row["new_contents"]


def check_preferences(folder):
    for row in check_card(folder):
        assert all(isinstance(row[name], str) and row[name] for name in ("prompt", "chosen", "rejected"))
        assert row["chosen"] != row["rejected"]


def check_harbor(folder):
    """The tests fail on the state and pass on the solution, in a plain shell. Only for records of our own."""
    for task in (one for one in folder.iterdir() if one.is_dir()):
        config = tomllib.loads((task / "task.toml").read_text("utf-8"))
        assert config["schema_version"] == "1.4" and config["metadata"]["built"] is False
        assert (task / "instruction.md").read_text("utf-8").strip()
        if config["metadata"]["closure"] != "record":
            continue
        with tempfile.TemporaryDirectory() as scratch:
            app, logs = Path(scratch, "app"), Path(scratch, "logs")
            subprocess.run(["cp", "-R", task / "environment/files", app], check=True)
            env = {**os.environ, "APP_DIR": str(app), "LOGS_DIR": str(logs)}
            run = lambda script: subprocess.run(["bash", task / script], env=env, check=True, capture_output=True)
            for before, reward in (None, "0"), ("solution/solve.sh", "1"):
                if before:
                    run(before)
                run("tests/test.sh")
                assert (logs / "reward.txt").read_text().strip() == reward


def git_apply(folder, patch):
    if patch:
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
        subprocess.run(["git", "apply", "--whitespace=nowarn"], cwd=folder, input=patch.encode(), check=True)


CHECKS = {
    "atif": check_atif,
    "openai": check_openai,
    "swe-bench": check_swe_bench,
    "task": check_tasks,
    "commit": check_commits,
    "preference": check_preferences,
    "harbor": check_harbor,
}


def main(parent):
    told = []
    for folder in sorted(parent.iterdir()):
        rows = len(rows_of(folder / "sources.jsonl"))
        assert rows > 0, f"{folder.name} has no rows"
        if folder.name in CHECKS:
            CHECKS[folder.name](folder)
        else:
            check_card(folder)
        told.append(f"{folder.name}: {rows}")
    print("exports: " + ", ".join(told))


datasets.disable_progress_bars()
main(Path(sys.argv[1]))
