"""Partitions of containers on two Dask workers, one of which is killed at work."""

import os
import signal
import sys
import threading
import time

from barometer.indices import INDICES
from barometer.indices.cluster import segregation_on_dask
from tests.scale.cases import GROUPS, largest_difference, report, towns
from tests.scale.packages import installed

DASK = "dask[dataframe,distributed]==2026.8.0"
INDEX_IDS = [index.id for index in INDICES if index.kind == "multigroup"]
TOWNS, AREAS = 4_000, 50


def main() -> None:
    """Print how far Dask is from Python, or what is lacking."""
    if installed(DASK) is None:
        return
    from dask import dataframe
    from distributed import Client, LocalCluster

    frame = towns(TOWNS, AREAS).sample(frac=1, random_state=1).reset_index(drop=True)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        parts = dataframe.from_pandas(frame, npartitions=40)
        lost = threading.Thread(target=_lose_one, args=(client, cluster))
        lost.start()
        answer = segregation_on_dask(parts, groups=GROUPS, container="place", indices=INDEX_IDS)
        lost.join()
    print(f"  {len(frame):,} areas in {TOWNS:,} containers; one of two workers was killed")
    report("Dask", {i: largest_difference(i, answer[i], frame) for i in INDEX_IDS})


def _lose_one(client: object, cluster: object) -> None:
    """End the process of one worker as soon as something has been done."""
    for _ in range(2_000):
        if client.run_on_scheduler(_tasks_done):  # type: ignore[attr-defined]
            break
        time.sleep(0.02)
    os.kill(cluster.workers[0].pid, signal.SIGKILL)  # type: ignore[attr-defined]


def _tasks_done(dask_scheduler: object) -> int:
    return sum(s.state == "memory" for s in dask_scheduler.tasks.values())  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
