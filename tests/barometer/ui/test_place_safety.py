"""Safety and crime on Plats: the kommun's figures, and a line where there are none."""

import duckdb
import pytest

from barometer.catalogue import load_catalogue
from barometer.pointer import current_snapshot, point_to
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.pages.place import words
from barometer.ui.pages.place.safety import SAFETY, safety_frame
from barometer.ui.pages.place.state import resolve
from tests.snapshots import publish_snapshot

FIGURES = [
    ("00", "riket", 2018, 900.0),
    ("0380", "kommun", 2018, 1000.0),
    ("0380", "kommun", 2024, 1200.0),
    ("0180", "kommun", 2024, 1500.0),
    ("0114", "kommun", 2024, 700.0),
    ("00", "riket", 2024, 1000.0),
]


@pytest.fixture(scope="module")
def with_crime(tmp_path_factory):
    """The tiny country with made-up figures of reported violence by kommun."""
    folder = tmp_path_factory.mktemp("crime")
    path = publish_snapshot(folder / "published", origin="scb")
    path.chmod(0o644)
    with duckdb.connect(str(path)) as con:
        con.executemany(
            "INSERT INTO indicator_values (indicator_id, background, area_id, division, level, "
            "year, value) VALUES ('reported_violence', 'all', ?, 'admin', ?, ?, ?)",
            FIGURES,
        )
    path.chmod(0o444)
    point_to(path)
    assert current_snapshot(folder / "published").path == path
    settings = Settings(folder, "127.0.0.1", 8050, 1, "")
    return Context(settings, Store(settings.published_dir), load_catalogue())


def section(context, area, language="sv"):
    query = f"?area={area}&lang={language}"
    with context.store.reader() as reader:
        state = resolve(context, reader, query)
        made = SAFETY.render(state)
        return str(made).replace("\\xa0", "\u00a0"), state.once(
            safety_frame
        ) if made is not None else None


def test_a_kommun_stands_against_riket_others_and_time(with_crime):
    shown, frame = section(with_crime, "0380")
    rows = frame.set_index("year")
    assert rows.loc[2024, ["value", "riket", "median", "n_kommuner"]].tolist() == [
        1200.0,
        1000.0,
        1200.0,
        3,
    ]
    assert rows.loc[2018, "value"] == 1000.0
    assert rows.loc[2024, "agency"] == "Kolada"
    assert words.SAFETY_OWN["sv"].format(kommun="Uppsala") in shown
    assert "1\u00a0000\u00a0per\u00a0100\u00a0000 (2018)" in shown


def test_a_small_area_has_its_kommun_s_figures_and_says_so(with_crime):
    for language in ("sv", "en"):
        shown, frame = section(with_crime, "0380R002_SYN_RegSO2025", language)
        assert words.SAFETY_KOMMUN[language].format(kommun="Uppsala") in shown
        assert words.SAFETY_LEVEL[language] in shown
        assert set(frame["value"]) == {1000.0, 1200.0}


def test_without_figures_a_line_says_where_they_come_from(context):
    shown, frame = section(context, "0380")
    assert words.SAFETY_NONE["sv"] in shown
    assert frame.empty


def test_riket_and_lan_have_no_such_section(with_crime):
    assert section(with_crime, "00") == ("None", None)
    assert section(with_crime, "03") == ("None", None)
