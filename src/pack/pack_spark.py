"""Packs on Spark what `understudy pack` packs on one machine: spark-submit pack_spark.py OUT

Stands in a folder that `understudy pack-plan` made, beside plan.json (the dataset folders, the use, the schemas),
decide.sql (the very steps that DuckDB runs) and bench.jsonl (the grams of benchmarks). OUT is a folder that is not there
yet; it gets `decision/`, a row a record, and `data/FORMAT/SPLIT/`, the rows of the records that are kept, all Parquet.
The last line printed is the SHA-256 of the decision table, the same as that in the pack.json of `understudy pack`.

What needs Node does not happen here: the last look at every row. Run `understudy validate` and `understudy audit` on each
folder first. Lines that are broken end the run.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

SPLITS = ["train", "validation", "test"]


def read_steps(text):
    return re.findall(r"^-- \[(\w+)\].*\n([^;]*);", text, re.MULTILINE)


class Folders:
    """The dataset folders, on any file system that Spark reads."""

    def __init__(self, spark, folders):
        self.spark = spark
        self.hadoop = spark._jvm.org.apache.hadoop.fs
        self.conf = spark._jsc.hadoopConfiguration()
        self.paths = []
        for folder in folders:
            path = self.hadoop.Path(folder)
            self.paths.append(path.getFileSystem(self.conf).makeQualified(path))

    def read(self, place, name, schema):
        """The lines of all files of a name below a place in the folders, with `source`, the number of the folder."""
        places = [path.toString() + "/" + place for path in self.paths]
        found = [self.escaped(each) for each in places if self.is_there(each)]
        if not found:
            return self.spark.createDataFrame([], schema + ", source INT")
        options = {"mode": "FAILFAST", "lineSep": "\n", "recursiveFileLookup": True, "pathGlobFilter": name}
        rows = self.spark.read.schema(schema).options(**options).json(found)
        numbers = [(self.uri_of(each), number) for number, each in enumerate(places)]
        sources = self.spark.createDataFrame(numbers, "place STRING, source INT")
        depth = 2 if place == "data" else 0
        file = F.regexp_replace(F.col("_metadata.file_path"), "^file:/+", "file:/")
        prefix = F.regexp_extract(file, "^(.*?)(/[^/]*){%d}$" % (depth + 1), 1)
        return rows.withColumn("place", prefix).join(F.broadcast(sources), "place").drop("place")

    def is_there(self, place):
        path = self.hadoop.Path(place)
        return path.getFileSystem(self.conf).exists(path)

    @staticmethod
    def escaped(place):
        """Names may hold what patterns are written with."""
        return re.sub(r"([\\*?\[\]{}])", r"\\\1", place)

    def uri_of(self, place):
        return re.sub("^file:/+", "file:/", self.hadoop.Path(place).toUri().toString())


def load(spark, plan, folders, here):
    """The tables that decide.sql is given."""
    features = folders.read("data", "features.jsonl", plan["features_schema"])
    if features.isEmpty():
        sys.exit("no records in " + ", ".join(plan["folders"]))
    consents = folders.read("data", "trajectory.jsonl", plan["consent_schema"])
    is_imported = F.col("consent.source") == "imported"
    refusal = (
        F.when(is_imported, F.lit(None if plan["include_imported"] else "imported"))
        .when(F.col("consent.uses." + plan["use"]), F.lit(None))
        .otherwise(F.lit("not_granted"))
    )
    refusals = consents.select("trajectory_id", "source", refusal.cast("string").alias("refusal"))
    record = features.join(refusals, ["trajectory_id", "source"])

    withdrawal = folders.read("consent", "withdrawals.jsonl", "id STRING")
    items = spark.read.schema("bench_id STRING, bench_grams BIGINT, grams ARRAY<STRING>").json(str(here / "bench.jsonl"))
    bench = items.select("bench_id", F.explode("grams").alias("gram"), "bench_grams")
    return {"record": record, "withdrawal": withdrawal.select("id").distinct(), "bench": bench}


def decision_hash(decision):
    digest = hashlib.sha256()
    columns = ["trajectory_id", "revision", "source", "decision", "split"]
    for row in decision.select(*columns).orderBy("trajectory_id").toLocalIterator():
        digest.update(("\t".join(str(value) for value in row) + "\n").encode())
    return digest.hexdigest()


def main(out):
    here = Path(__file__).resolve().parent
    plan = json.loads((here / "plan.json").read_text("utf-8"))
    spark = (
        SparkSession.builder.appName("understudy-pack")
        # Many small files make few large ones.
        .config("spark.sql.files.maxPartitionBytes", str(2 * 1024**3))
        .config("spark.sql.files.openCostInBytes", str(64 * 1024))
        .config("spark.sql.parquet.compression.codec", "zstd")
        .getOrCreate()
    )
    folders = Folders(spark, plan["folders"])
    for name, table in load(spark, plan, folders, here).items():
        table.createOrReplaceTempView(name)
    for name, sql in read_steps((here / "decide.sql").read_text("utf-8")):
        spark.sql(sql).localCheckpoint().createOrReplaceTempView(name)

    decision = spark.table("decision")
    decision.write.parquet(out + "/decision")
    kept = decision.where("decision = 'kept'").select("trajectory_id", "source", "split")
    for name, form in plan["formats"].items():
        rows = folders.read("data", form["file"], form["schema"])
        rows = rows.join(kept, ["trajectory_id", "source"]).select(*form["columns"], "split")
        for split in SPLITS:
            # The split stays a column, so that rows of several files can be told apart.
            part = rows.where(F.col("split") == split).sortWithinPartitions("trajectory_id")
            if not part.isEmpty():
                part.write.parquet(f"{out}/data/{name}/{split}")
    print(decision_hash(decision))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
