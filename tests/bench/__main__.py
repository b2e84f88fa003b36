"""`make bench`: measurements beside named alternatives, each section in a process of its own."""

import sys

from barometer.streams import run_program
from tests.sections import run_sections

# Section: what it measures. Each is a module here that prints a table when it is run.
SECTIONS = {
    "house": "the code: lines, sizes of functions, names, and how often an address is read",
    "build": "the made-up country: time and peak memory of a refresh, and of one with nothing new",
    "page": "the map page: first load, and changes of year and indicator, beside Plotly's",
    "pages": "the pages of a place: the server's time for a kommun and for Stockholm",
    "etl": "rows per second through the emulator, beside pxwebpy",
    "load": "200 readers at once on 2 workers, slow clients and abandoned requests among them",
    "fuzz": "20,000 altered callbacks and 20,000 odd addresses: faults, and what a worker keeps",
    "files": "large files: the first byte, the whole, and what the worker grows by",
    "own_areas": "own areas: a profile beside a kommun's, and 36 areas as Excel",
    "indices": "segregation indices, beside plain NumPy and PySAL",
    "sentences": "what forty places are said to be, read back and held against the figures",
    "readers": "every state of every page in both languages, dark and light, held against axe",
    "bias": "which estimate of D holds its level in small areas, by simulation",
}

if __name__ == "__main__":
    run_program(lambda: run_sections("tests.bench", SECTIONS, sys.argv[1:]))
