"""The sentences of six places say the numbers and directions of their frames, in both data sets.

All forty places are read by `make bench`.
"""

from pathlib import Path

import pytest

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from tests import page_sentences
from tests.pipeline import National
from tests.said_of_choices import of_evaluation
from tests.sentences import disagreements, n_read, numbers, places_of

N_PLACES = 6


def read(published_dir: Path) -> tuple[list[str], int]:
    with Store(published_dir).reader() as reader:
        found = list(disagreements(reader, catalogue=load_catalogue(), n_places=N_PLACES))
        return found, n_read(reader, n_places=N_PLACES)


def test_of_the_tiny_country(tmp_path: Path) -> None:
    from tests.snapshots import publish_snapshot

    publish_snapshot(tmp_path)
    found, n = read(tmp_path)
    assert found == []
    assert n >= N_PLACES


def test_of_the_made_up_country(national_snapshot: National) -> None:
    found, n = read(national_snapshot.data_dir / "published")
    assert found == []
    assert n >= 5 * N_PLACES


def test_of_follow_ups_of_the_made_up_country(national_snapshot: National) -> None:
    settings = Settings.from_env({"DATA_DIR": str(national_snapshot.data_dir)})
    context = Context(settings, Store(settings.published_dir), load_catalogue())
    with context.store.reader() as reader:
        places = places_of(reader, n=N_PLACES)
    wrong = [w for place in places for w in of_evaluation(context, place, "sv")]
    assert wrong == []


@pytest.mark.real
def test_of_real_figures(real_data: Path) -> None:
    found, n = read(real_data / "published")
    assert found == []
    assert n >= 3 * N_PLACES


@pytest.mark.real
def test_every_sentence_of_pages_and_documents_on_real_figures(real_data: Path) -> None:
    settings = Settings.from_env({"DATA_DIR": str(real_data)})
    context = Context(settings, Store(settings.published_dir), load_catalogue())
    assert list(page_sentences.disagreements(context, n_places=N_PLACES, in_turns=True)) == []


def test_a_number_is_read_as_it_is_written() -> None:
    assert [str(n) for n in numbers("från 1\u00a0234,5 till −2,0, med 33", "sv")] == [
        *("1234.5", "-2.0", "33")
    ]
    assert [str(n) for n in numbers("from 1,234.5 to −2.0", "en")] == ["1234.5", "-2.0"]
