"""Applies every patch with git, to the files for which it was made."""

import subprocess
import tempfile
from pathlib import Path

from transcripts import check_replay_of_calls, read, write


def final_files(record):
    """Texts in the end, by the path that a file has then."""
    paths = [file["path"] for file in record["files"]]
    for step in record["steps"]:
        if step["action"] != "rename" or step["to_path"] is None:
            continue
        if step["file_id"] is not None:
            paths[step["file_id"]] = step["to_path"]
        elif step["path"] is not None:
            old = step["path"] + "/"
            paths = [step["to_path"] + "/" + one[len(old) :] if one.startswith(old) else one for one in paths]
    return {path: file["final_text"] for path, file in zip(paths, record["files"])}


def check_patches(name, rows, records):
    for row in rows:
        record = records[row["trajectory_id"]]
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            if name == "repair":
                check_repair(row, folder)
            elif name.startswith("agent_trajectory"):
                begin = {file["path"]: file["base_text"] for file in record["files"]}
                apply(folder / "patched", begin, row["afterwards"]["patch"])
                check_replay_of_calls(row, record, folder / "replayed")
                for path, text in final_files(record).items():
                    for place in ("patched", "replayed"):
                        file = folder / place / path
                        found = read(file) if file.exists() else None
                        assert found == text, f"{name}: {path} is {found!r} in {place}, not {text!r}"


def check_repair(row, folder):
    files = row["input"]["files"] + row["hidden_files"]
    apply(folder, {file["path"]: file["text"] for file in files}, row["target"]["patch"])


def apply(folder, files, patch):
    folder.mkdir(exist_ok=True)
    for path, text in files.items():
        if text is not None:
            write(folder / path, text)
    if patch == "":
        return
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    applied = subprocess.run(
        ["git", "apply", "--whitespace=nowarn"], cwd=folder, input=patch.encode(), capture_output=True
    )
    assert applied.returncode == 0, f"git does not apply {patch!r}: {applied.stderr.decode()}"
