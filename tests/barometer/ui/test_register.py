"""The register of efforts: listed with their evaluation, and its faults told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from barometer.catalogue import CatalogueError, load_catalogue
from barometer.catalogue.efforts import EFFORTS, load_efforts
from barometer.ui.context import Context
from barometer.ui.pages.evaluation.register import faults, register_frame
from barometer.ui.pages.evaluation.state import resolve, result_sentences
from tests.barometer.ui.callbacks import said
from tests.hundred import RAISED, START

SOUND = f"""
[[efforts]]
what = "Öppen förskola"
who = "Socialförvaltningen"
areas = ["{RAISED}"]
start = {START}
indicator = "low_standard_children"

[[efforts]]
what = "Läxhjälp"
areas = ["9999"]
start = {START}
indicator = "low_standard_children"
"""


@pytest.fixture
def register(many: Context) -> Iterator[Path]:
    path = many.settings.data_dir / EFFORTS
    path.write_text(SOUND, encoding="utf-8")
    yield path
    path.unlink()


@pytest.mark.usefixtures("register")
def test_efforts_are_listed_with_what_the_follow_up_says(many: Context) -> None:
    with many.store.reader() as reader:
        frame = register_frame(resolve(many, reader, "?"))
        asked = f"?indicator=low_standard_children&level=kommun&areas={RAISED}&start={START}"
        expected = result_sentences(resolve(many, reader, asked))[0]
    assert frame["text"].iloc[0] == expected
    assert frame["who"].tolist() == ["Socialförvaltningen", ""]
    assert frame["text"].iloc[1].startswith("Kan inte följas upp")
    assert frame["effort_link"].iloc[0] == (
        f"/folj-upp?indicator=low_standard_children&areas={RAISED}&start={START}"
    )


def test_a_register_with_faults_is_told_and_shows_nothing(many: Context, register: Path) -> None:
    register.write_text(SOUND.replace("low_standard_children", "low_standrd"), encoding="utf-8")
    with many.store.reader() as reader:
        state = resolve(many, reader, "?")
        assert register_frame(state).empty
        told = faults(state)
    assert told is not None
    assert "'low_standrd' is no indicator of indicators.toml" in said(told)


@pytest.mark.parametrize(
    "text", ["efforts = 3", "[[efforts]]", "not toml", "[[effort]]\nwhat = ''"]
)
def test_other_files_are_no_register(tmp_path: Path, text: str) -> None:
    path = tmp_path / EFFORTS
    assert load_efforts(path, indicators=load_catalogue().indicators) == ()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=EFFORTS):
        load_efforts(path, indicators=load_catalogue().indicators)
