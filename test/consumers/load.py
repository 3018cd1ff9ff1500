"""Loads a dataset folder as those do who train on it, and checks that nothing was lost or changed on the way.

`python load.py FOLDER`. What is expected is read from the JSON lines and the JSON Schemas themselves, so that no code of
the writer takes part.
"""

import hashlib
import io
import json
import sys
import tempfile
from pathlib import Path

import datasets
import duckdb
import polars
import yaml

from patches import check_patches
from transcripts import check_transcripts

SCALARS = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool"}
DUCKDB = {"string": "VARCHAR", "int64": "BIGINT", "float64": "DOUBLE", "bool": "BOOLEAN", "json": "JSON"}
POLARS = {
    "string": polars.String,
    "int64": polars.Int64,
    "float64": polars.Float64,
    "bool": polars.Boolean,
}


def column(schema):
    """The column of a JSON Schema: a name of a type, [column], or {name: column}."""
    if schema.get("column") == "json":
        return "json"
    options = [option for option in schema.get("anyOf", [schema]) if option.get("type") != "null"]
    assert len(options) == 1, schema
    kind = options[0]["type"]
    kind = kind if isinstance(kind, str) else next(one for one in kind if one != "null")
    if kind == "array":
        return [column(options[0]["items"])]
    if kind == "object":
        return {name: column(one) for name, one in options[0]["properties"].items()}
    return SCALARS[kind]


def column_of_feature(feature):
    if isinstance(feature, datasets.Json):
        return "json"
    if isinstance(feature, datasets.Value):
        return feature.dtype
    if isinstance(feature, datasets.List):
        return [column_of_feature(feature.feature)]
    return {name: column_of_feature(one) for name, one in feature.items()}


def duckdb_type(one):
    if isinstance(one, list):
        return f"{duckdb_type(one[0])}[]"
    if isinstance(one, dict):
        return "STRUCT(" + ", ".join(f'"{name}" {duckdb_type(inner)}' for name, inner in one.items()) + ")"
    return DUCKDB[one]


def polars_type(one):
    if isinstance(one, list):
        return polars.List(polars_type(one[0]))
    if isinstance(one, dict):
        return polars.Struct({name: polars_type(inner) for name, inner in one.items()})
    return POLARS[one]


def read_rows(files):
    return [json.loads(line) for file in files for line in file.read_text("utf-8").split("\n") if line]


def decoded(value, column):
    """A value with the JSON in it read, which some readers leave as text."""
    if value is None or column == "json":
        return json.loads(value) if isinstance(value, str) else value
    if isinstance(column, list):
        return [decoded(one, column[0]) for one in value]
    if isinstance(column, dict):
        return {name: decoded(one, column[name]) for name, one in value.items()}
    return value


def holds_json(column):
    inner = column if isinstance(column, list) else column.values() if isinstance(column, dict) else []
    return column == "json" or any(holds_json(one) for one in inner)


def bare(value, column):
    """A value without the nulls and the empty objects inside its JSON."""
    if isinstance(column, dict):
        return {name: bare(one, column[name]) for name, one in value.items()}
    if isinstance(column, list):
        return [bare(one, column[0]) for one in value]
    return without_nulls(value) if column == "json" else value


def without_nulls(value):
    if isinstance(value, list):
        return [without_nulls(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {name: without_nulls(one) for name, one in value.items()}
    return {name: one for name, one in kept.items() if one is not None and one != {} and one != []}


def in_order(rows):
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def check_same(reader, found, expected):
    assert len(found) == len(expected), f"{reader}: {len(found)} rows, not {len(expected)}"
    for one, other in zip(in_order(found), in_order(expected)):
        for name in other:
            assert one[name] == other[name], f"{reader}: {name} is {one[name]!r}, not {other[name]!r}"
        assert set(one) == set(other), f"{reader}: columns {set(one) ^ set(other)}"


def check_replay(record):
    texts = [file["base_text"] for file in record["files"]]
    for step in record["steps"]:
        file = step["file_id"]
        if step["kind"] == "file" and step["action"] == "delete":
            texts[file] = None
        if step["kind"] == "resync" or (step["kind"] == "file" and step["action"] == "create"):
            texts[file] = texts[file] or ""
        for change in step["changes"]:
            end = change["offset"] + change["deleted"]
            assert end <= len(texts[file]), f"step {step['index']} changes what is not there"
            texts[file] = texts[file][: change["offset"]] + change["inserted"] + texts[file][end:]
    for file, text in zip(record["files"], texts):
        assert text == file["final_text"], f"{record['trajectory_id']}: file {file['file_id']} does not replay"
        for which in ("base", "final"):
            text, digest = file[f"{which}_text"], file[f"{which}_sha256"]
            assert digest == (None if text is None else hashlib.sha256(text.encode()).hexdigest())


def check_config(folder, config):
    name = config["config_name"]
    [data_files] = config["data_files"]
    files = sorted(folder.glob(data_files["path"]))
    schema_name = "trajectory" if name == "trajectories" else name
    columns = column(json.loads((folder / "schema" / f"{schema_name}.schema.json").read_text()))
    expected = read_rows(files)

    plain = datasets.load_dataset(str(folder), name)
    assert list(plain) == ["train"]
    assert column_of_feature(plain["train"].features) == columns, "features differ from the JSON Schema"
    check_same("datasets", plain["train"].to_list(), expected)
    streamed = datasets.load_dataset(str(folder), name, split="train", streaming=True)
    check_same("datasets, streaming", list(streamed), expected)

    pattern = str(folder / data_files["path"])
    relation = duckdb.read_json(
        pattern,
        format="newline_delimited",
        columns={key: duckdb_type(one) for key, one in columns.items()},
        maximum_object_size=4 * 1024 * 1024,
    )
    rows = [dict(zip(relation.columns, row)) for row in relation.fetchall()]
    check_same("duckdb", [decoded(row, columns) for row in rows], expected)

    # Polars has no type for JSON: as text it would lose escapes. What it finds in all rows holds the keys of all, as
    # nulls; of several files it would look at the first alone.
    lines = io.BytesIO(b"".join(file.read_bytes() for file in files))
    inferred = polars.read_ndjson(lines, infer_schema_length=None).schema if holds_json(columns) else {}
    schema = {key: inferred[key] if holds_json(one) else polars_type(one) for key, one in columns.items()}
    rows = polars.read_ndjson(files, schema=schema).to_dicts()
    check_same("polars", [bare(row, columns) for row in rows], [bare(row, columns) for row in expected])

    if name == "trajectories":
        for record in plain["train"]:
            check_replay(record)
    if "messages" in columns:
        check_transcripts(plain["train"])
    records = {row["trajectory_id"]: row for row in read_rows(sorted(folder.glob("data/*/*/trajectory.jsonl")))}
    check_patches(name, plain["train"], records)
    return f"{name}: {len(expected)} rows"


def check_warning(card):
    """The card warns that `datasets` rewrites what looks like dates. Once it does not any more, the warning can go."""
    assert "guesses dates" in card
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "dates.jsonl"
        file.write_text('{"inserted": "2024-01-01"}\n')
        features = datasets.Features({"inserted": datasets.Value("string")})
        [row] = datasets.load_dataset("json", data_files=str(file), features=features, split="train")
    assert row["inserted"] == "2024-01-01 00:00:00", "datasets leaves dates alone: take the warning off the card"


def main(folder):
    card = (folder / "README.md").read_text("utf-8")
    header = yaml.safe_load(card.split("---\n")[1])
    check_warning(card)
    default = datasets.load_dataset(str(folder), split="train")
    assert "steps" in default.features, "the default config does not hold the trajectories"
    print(f"{folder.name}: " + ", ".join(check_config(folder, config) for config in header["configs"]))


datasets.disable_progress_bars()
if __name__ == "__main__":
    main(Path(sys.argv[1]))
