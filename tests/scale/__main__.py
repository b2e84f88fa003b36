"""`make scale`: the indices where there is most of everything, each section in its own process."""

import sys

from barometer.streams import run_program
from tests.sections import run_sections

# Section: what it runs. Each is a module here; it says in a sentence what it lacks, or fails.
SECTIONS = {
    "grid": "nearest residents and distances of 10 million people on a 100 m grid",
    "rows": "100 million rows of areas in DuckDB, beside the plain GROUP BY (ROWS=100000000)",
    "postgres": "every index as SQL in PostgreSQL, against the Python engine",
    "spark": "every index as SQL on two Spark workers, one of which is lost (needs a Java)",
    "dask": "partitions of containers on two Dask workers, one of which is lost",
    "wheel": "the built wheel in an empty environment: what it brings, and how fast it imports",
}

if __name__ == "__main__":
    run_program(lambda: run_sections("tests.scale", SECTIONS, sys.argv[1:]))
