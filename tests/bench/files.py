"""Large files: seconds to the first byte and to the last, and what the worker's memory grows by.

Each file comes from a server of its own that has answered one small question. Linux tells the peak.
"""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.bench.build import family
from tests.pipeline import CACHE, national
from tests.server import serving

# An indicator with every DeSO in every year, and the one with the most rows; what has boundaries.
VALUES = "/api/v1/values.{}?indicator=low_standard&level=deso"
LAB = "/export/labb/{}?indicators=low_standard&areas=deso"
MAP = "/export/{}?indicator=low_standard&level=deso&year=2024"
FILES = {
    **{f"API, all DeSO and years, {f}": VALUES.format(f) for f in ("csv", "parquet")},
    "API, all DeSO and years, xlsx": VALUES.format("xlsx"),
    **{
        f"lab, all DeSO and years, {f}": LAB.format(f)
        for f in ("csv", "excel-csv", "xlsx", "json", "parquet")
    },
    **{f"map of DeSO, {f}": MAP.format(f) for f in ("geojson", "gpkg", "xlsx")},
    "areas with boundaries, geojson": "/api/v1/areas.geojson",
    "areas with boundaries, gpkg": "/api/v1/areas.gpkg",
    "the whole data set, package": "/api/v1/package.zip",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a file cost."""

    status: int
    first: float
    last: float
    megabytes: float
    grown_mb: float


def main(data_dir: Path | None) -> None:
    """Fetch every file once."""
    folder = data_dir or national(CACHE).data_dir
    print(f"{'':36}{'first byte s':>14}{'whole s':>9}{'MB':>8}{'grown MB':>10}")
    for name, path in FILES.items():
        sent = fetched(folder, path)
        fault = "" if sent.status == 200 else f"  answer {sent.status}"
        print(
            f"{name:36}{sent.first:14.2f}{sent.last:9.1f}{sent.megabytes:8.1f}"
            f"{sent.grown_mb:10.0f}{fault}",
            flush=True,
        )


def fetched(folder: Path, path: str) -> Sent:
    """One file from a worker that has just begun."""
    with serving(folder) as address, httpx.Client(base_url=address, timeout=600) as client:
        client.get("/values?indicator=low_standard&level=deso&year=2023").raise_for_status()
        worker = Path(f"/proc/{family(os.getpid())[-1]}")
        (worker / "clear_refs").write_text("5")  # the peak is counted from now
        before, start = memory_mb(worker, "VmRSS"), time.perf_counter()
        size, first = 0, 0.0
        with client.stream("GET", path) as answer:
            for piece in answer.iter_raw():
                first = first or time.perf_counter() - start
                size += len(piece)
        last = time.perf_counter() - start
        grown = memory_mb(worker, "VmHWM") - before
        return Sent(answer.status_code, first, last, size / 1e6, grown)


def memory_mb(process: Path, field: str) -> float:
    """A line of what Linux tells of a process, in megabytes."""
    lines = (process / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1e3


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
