"""Reviews a season in parts with Dask and puts the parts together.

    python with_dask.py RETURNS OUT PARTS [ADDRESS]

ADDRESS is that of a Dask scheduler; without it, workers are started on this machine.
"""

import subprocess
import sys
import uuid
from pathlib import Path

from dask.distributed import Client, LocalCluster


def review(returns: str, folder: str, part: int, parts: int) -> str:
    """Reviews one part. A part that is tried again gets a folder of its own: the first try may still be writing."""
    out = Path(folder) / f"part-{part}-{uuid.uuid4().hex}"
    subprocess.run(["scrutineer", "run", returns, "--shard", f"{part}/{parts}", "--out", out], check=True)
    return str(out)


def main() -> int:
    returns, out, parts = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    work = out.with_name(out.name + ".parts").absolute()
    cluster = sys.argv[4] if len(sys.argv) > 4 else LocalCluster(processes=True, threads_per_worker=1)
    with Client(cluster) as client:
        tasks = client.map(
            lambda part: review(str(Path(returns).absolute()), str(work), part, parts), range(1, parts + 1), retries=3, pure=False
        )
        folders = client.gather(tasks)
    return subprocess.run(["scrutineer", "merge", *folders, "--out", out]).returncode


if __name__ == "__main__":
    sys.exit(main())
