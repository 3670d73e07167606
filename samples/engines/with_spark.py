"""Reviews a season in parts with Spark and puts the parts together.

    spark-submit with_spark.py RETURNS OUT PARTS
"""

import subprocess
import sys
import uuid
from pathlib import Path
from typing import Iterator

import pandas
from pyspark.sql import SparkSession


def main() -> int:
    returns, out, parts = str(Path(sys.argv[1]).absolute()), Path(sys.argv[2]), int(sys.argv[3])
    work = str(out.with_name(out.name + ".parts").absolute())

    def review(batches: Iterator[pandas.DataFrame]) -> Iterator[pandas.DataFrame]:
        """Reviews the parts of a task. One that is tried again gets a folder of its own: the first try may still be writing."""
        for batch in batches:
            folders = []
            for part in batch["part"]:
                folder = Path(work) / f"part-{part}-{uuid.uuid4().hex}"
                subprocess.run(["scrutineer", "run", returns, "--shard", f"{part}/{parts}", "--out", folder], check=True)
                folders.append(str(folder))
            yield pandas.DataFrame({"folder": folders})

    spark = SparkSession.builder.appName("scrutineer").getOrCreate()
    numbers = spark.range(1, parts + 1, numPartitions=parts).withColumnRenamed("id", "part")
    rows = numbers.mapInPandas(review, "folder string").collect()
    spark.stop()
    return subprocess.run(["scrutineer", "merge", *(row.folder for row in rows), "--out", out]).returncode


if __name__ == "__main__":
    sys.exit(main())
