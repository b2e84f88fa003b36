"""`make scale`: the indices where there is most of everything, each section in its own process."""

import subprocess
import sys

# Section: what it runs. Each is a module here; it says in a sentence what it lacks, or fails.
SECTIONS = {
    "grid": "nearest residents and distances of 10 million people on a 100 m grid",
    "rows": "100 million rows of areas in DuckDB, beside the plain GROUP BY (ROWS=100000000)",
    "postgres": "every index as SQL in PostgreSQL, against the Python engine",
    "spark": "every index as SQL on a local Spark, against the Python engine",
    "dask": "partitions of containers on two Dask workers, one of which is lost",
    "wheel": "the built wheel in an empty environment: what it brings, and how fast it imports",
}


def main(asked: list[str]) -> int:
    """Run the sections asked for, or all; the number of those that failed is the exit code."""
    unknown = [name for name in asked if name not in SECTIONS]
    if unknown:
        print(f"No section {', '.join(unknown)}; there are {', '.join(SECTIONS)}", file=sys.stderr)
        return 2
    return sum(_run(name) for name in asked or SECTIONS)


def _run(name: str) -> bool:
    print(f"\n{name}: {SECTIONS[name]}\n", flush=True)
    return subprocess.run([sys.executable, "-m", f"tests.scale.{name}"], check=False).returncode > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
