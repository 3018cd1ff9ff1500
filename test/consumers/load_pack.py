"""Loads a packed set as those do who train on it, and checks that it holds what it was packed from.

`python load_pack.py PACKED FOLDER...`, with the folders in the order in which they were packed. What is expected is read
from their JSON lines and from decisions.parquet, so that no code of the writer takes part.
"""

import json
import subprocess
import sys
from pathlib import Path

import datasets
import duckdb
import mlcroissant
import polars
import pyarrow.parquet
import yaml
from load import check_replay, check_same, column, column_of_feature, decoded, read_rows

SPLITS = ["train", "validation", "test"]


def expected_rows(packed, folders, file_name):
    """The rows by split of the records that stay."""
    rows = {split: [] for split in SPLITS}
    for decision in pyarrow.parquet.read_table(packed / "decisions.parquet").to_pylist():
        if decision["decision"] != "kept":
            continue
        identity = decision["trajectory_id"]
        file = folders[decision["source"]] / "data" / identity[:2] / identity / file_name
        for row in read_rows([file]) if file.exists() else []:
            rows[decision["split"]].append({**row, "split": decision["split"]})
    return rows


def check_config(packed, folders, config):
    name = config["config_name"]
    file_name = "trajectory.jsonl" if name == "trajectories" else f"{name}.jsonl"
    expected = expected_rows(packed, folders, file_name)
    declared = {one["split"]: one["path"] for one in config["data_files"]}
    assert set(declared) == {split for split, rows in expected.items() if rows}, "splits without rows are declared"

    plain = datasets.load_dataset(str(packed), name)
    streamed = datasets.load_dataset(str(packed), name, streaming=True)
    assert set(plain) == set(declared)
    schema = json.loads((packed / "schema" / f"{name}.schema.json").read_text("utf-8"))
    for split, pattern in declared.items():
        rows, files = expected[split], sorted(packed.glob(pattern))
        columns = {**column(schema), "split": "string"}
        assert column_of_feature(plain[split].features) == columns
        check_same("datasets", plain[split].to_list(), rows)
        check_same("datasets, streaming", list(streamed[split]), rows)
        relation = duckdb.read_parquet([str(file) for file in files])
        found = {
            "pyarrow": pyarrow.parquet.ParquetDataset(files).read().to_pylist(),
            "polars": polars.read_parquet(files).to_dicts(),
            "duckdb": [dict(zip(relation.columns, row)) for row in relation.fetchall()],
        }
        for reader, texts in found.items():
            check_same(reader, [decoded(row, columns) for row in texts], rows)
        if name == "trajectories":
            for record in plain[split]:
                check_replay(record)
    read = sum(1 for _ in mlcroissant.Dataset(jsonld=str(packed / "croissant.json")).records(name))
    assert read == sum(map(len, expected.values())), f"mlcroissant: {read} rows"
    return f"{name}: " + ", ".join(f"{len(expected[split])} {split}" for split in declared)


def main(packed, folders):
    header = yaml.safe_load((packed / "README.md").read_text("utf-8").split("---\n")[1])
    command = [Path(sys.executable).parent / "mlcroissant", "validate", "--jsonld", packed / "croissant.json"]
    validated = subprocess.run(command, capture_output=True, text=True)
    assert validated.returncode == 0 and "Done." in validated.stderr, validated.stderr
    assert "warning" not in validated.stderr.lower(), validated.stderr
    assert "steps" in next(iter(datasets.load_dataset(str(packed)).values())).features, "the default are no trajectories"
    print(f"{packed.name}: " + "; ".join(check_config(packed, folders, config) for config in header["configs"]))


datasets.disable_progress_bars()
if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]])
