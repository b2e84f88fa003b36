"""The sentences of forty places in both languages, read back and held against their frames.

On the made-up country, and on a folder with another published country when one is named:
python -m tests.bench.sentences data/published
"""

import sys
from pathlib import Path

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from tests import page_sentences
from tests.pipeline import CACHE, national
from tests.sentences import disagreements, n_read

N_PLACES = 40


def main(asked: list[str]) -> int:
    """Print what disagrees, folder by folder; the exit code is 1 when anything does."""
    folders = [Path(name) for name in asked] or [national(CACHE).data_dir / "published"]
    return int(sum(_read(folder) for folder in folders) > 0)


def _read(folder: Path) -> int:
    catalogue, settings = load_catalogue(), Settings.from_env({"DATA_DIR": str(folder.parent)})
    context = Context(settings, Store(folder), catalogue)
    with context.store.reader() as reader:
        wrong = list(disagreements(reader, catalogue=catalogue, n_places=N_PLACES))
        n = n_read(reader, n_places=N_PLACES)
    wrong += page_sentences.disagreements(context, n_places=N_PLACES)
    what = f"{n} pairs of place and indicator, and every page, report and agenda"
    print(f"{folder}: {what} read, {len(wrong)} disagree")
    for sentence in wrong:
        print(f"  {sentence}")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
