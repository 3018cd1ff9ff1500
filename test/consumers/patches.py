"""Applies every patch with git, to the files for which it was made."""

import subprocess
import tempfile
from pathlib import Path

from transcripts import check_replay_of_calls, read, write


def files_before(record, index):
    """Texts in front of a step, by the path that a file has then; null where a file is not there."""
    paths = [file["path"] for file in record["files"]]
    texts = [file["base_text"] for file in record["files"]]
    for step in record["steps"][:index]:
        file, action = step["file_id"], step["action"]
        if step["kind"] == "file" and action == "delete" and file is not None:
            texts[file] = None
        if step["kind"] == "resync" or (step["kind"] == "file" and action == "create" and file is not None):
            texts[file] = texts[file] or ""
        for change in step["changes"]:
            at = change["offset"]
            texts[file] = texts[file][:at] + change["inserted"] + texts[file][at + change["deleted"] :]
        if action != "rename" or step["to_path"] is None:
            continue
        if file is not None:
            paths[file] = step["to_path"]
        elif step["path"] is not None:
            old = step["path"] + "/"
            paths = [step["to_path"] + "/" + one[len(old) :] if one.startswith(old) else one for one in paths]
    return dict(zip(paths, texts))


def final_files(record):
    return files_before(record, len(record["steps"]))


def check_patches(name, rows, records):
    for row in rows:
        record = records[row["trajectory_id"]]
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            if name == "repair":
                check_repair(row, folder)
            elif name == "next_edit":
                check_next_edit(row, record, folder)
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


def check_next_edit(row, record, folder):
    path = row["input"]["path"]
    before, after = (files_before(record, index)[path] for index in (row["step_start"], row["step_end"] + 1))
    apply(folder, {path: before}, row["target"]["patch"])
    assert read(folder / path) == after, f"next_edit: {row['target']['patch']!r} leads elsewhere"


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
