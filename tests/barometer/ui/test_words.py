"""Both languages have every word, and pages take them from one place."""

import re
from pathlib import Path

import pytest

from barometer.catalogue import SECTORS, Text, load_catalogue
from barometer.divisions import LEVELS
from barometer.selection import FEWEST_CLASSES, METHODS, MOST_CLASSES, Selection
from barometer.ui import components, words

UI = Path(words.__file__).parent
TEXTS = {name: text for name, text in vars(words).items() if isinstance(text, Text)}


@pytest.mark.parametrize("name", TEXTS)
def test_a_word_is_there_in_both_languages(name: str) -> None:
    text = TEXTS[name]
    assert text.sv.strip()
    assert text.en.strip()
    assert re.findall(r"\{\w+\}", text.sv) == re.findall(r"\{\w+\}", text.en)


def test_every_sector_has_a_name() -> None:
    assert set(words.SECTORS) == set(SECTORS)


def test_every_topic_is_an_indicator() -> None:
    assert {topic for topic, _ in words.TOPICS} <= set(load_catalogue().indicators)


def test_swedish_stands_in_words_only() -> None:
    spoken = re.compile(r'"[^"]*[åäöÅÄÖ][^"]*"')
    strays = {
        path.name: found
        for path in UI.rglob("*.py")
        if path.name != "words.py" and (found := spoken.findall(_code(path)))
    }
    assert strays == {}


def _code(path: Path) -> str:
    return re.sub(r'"""[\s\S]*?"""', "", path.read_text(encoding="utf-8"))


def test_the_last_year_has_a_label() -> None:
    marks = components.year_marks(tuple(range(2011, 2025)))
    assert marks[-1] == {"value": 2024, "label": "2024"}
    assert len(marks) == 14
    assert sum("label" in mark for mark in marks) <= components.MOST_YEAR_LABELS


def test_controls_offer_what_a_selection_can_hold() -> None:
    selection = Selection("population", LEVELS[-1], 2024)
    methods = [item["value"] for item in components.method_select(selection).data]
    assert methods == list(METHODS)
    (classes,) = [
        part for part in components.classes_control(selection)._traverse() if hasattr(part, "data")
    ]
    assert classes.data == [str(n) for n in range(FEWEST_CLASSES, MOST_CLASSES + 1)]
