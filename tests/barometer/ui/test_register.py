"""The register of efforts: listed with their evaluation, and its faults told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from barometer import queries
from barometer.catalogue import CatalogueError, load_catalogue
from barometer.catalogue.efforts import (
    EFFORTS,
    EFFORTS_CSV,
    load_efforts,
    registered_efforts,
)
from barometer.evaluation import Evaluation
from barometer.ui.breaks import named_by
from barometer.ui.context import Context
from barometer.ui.pages.evaluation.register import faults, form, register_frame
from barometer.ui.pages.evaluation.sections import YEARS
from barometer.ui.pages.evaluation.state import resolve, result_sentences
from barometer.ui.pages.lab.charts import line_charts
from barometer.ui.pages.lab.state import resolve as lab_state
from barometer.ui.pages.place.figures import KEY
from barometer.ui.pages.place.state import resolve as place_state
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


TABLE = f"""what;who;areas;start;indicator
Öppen förskola;Socialförvaltningen;{RAISED};{START};low_standard_children
Läxhjälp;;9999, 5002;{START};low_standard_children
"""
LINE = f"{RAISED};{START};low_standard_children;Öppen förskola;Socialförvaltningen"

LAB = "indicators=low_standard_children&view=lines"


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


def test_a_register_in_the_link_says_the_same(many: Context) -> None:
    with many.store.reader() as reader:
        state = resolve(many, reader, f"?effort={LINE}|5002;1;nothing;x;y")
        frame = register_frame(state)
        query = f"?indicator=low_standard_children&level=kommun&areas={RAISED}&start={START}"
        expected = result_sentences(resolve(many, reader, query))[0]
        assert [(m.field, m.given) for m in state.corrections] == [("effort", "5002;1;nothing;x;y")]
        again = resolve(many, reader, state.query)
        assert again.effort.register == state.effort.register
        assert again.corrections == ()
        assert frame["text"].tolist() == [expected]
        assert LINE in str(form(state))


@pytest.mark.usefixtures("register")
def test_how_the_areas_around_went_stands_beside_the_effect(
    many: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "areas_around", lambda *_: ("5002", "5003"))
    with many.store.reader() as reader:
        frame = register_frame(resolve(many, reader, "?"))
        query = f"?indicator=low_standard_children&level=kommun&areas={RAISED}&start={START}"
        answer = resolve(many, reader, query).answer
    assert isinstance(answer, Evaluation)
    assert answer.around_effect is not None
    assert frame["around_effect"].iloc[0] == pytest.approx(100 * answer.around_effect)
    assert frame["n_around"].tolist() == [2, 0]
    assert frame["around_text"].iloc[0].startswith("Runt omkring, i 2 kommuner, var andelen")
    assert frame["around_text"].iloc[1] == ""


def test_a_table_is_a_register_as_well(tmp_path: Path) -> None:
    known = load_catalogue().indicators
    table = f"{TABLE}Utan nolla;;180;{START};low_standard_children\n"
    (tmp_path / EFFORTS_CSV).write_text(table, encoding="utf-8-sig")
    (tmp_path / EFFORTS).write_text(SOUND, encoding="utf-8-sig")
    efforts = registered_efforts(tmp_path, indicators=known)
    assert [effort.areas for effort in efforts] == [
        (RAISED,),
        ("9999",),
        (RAISED,),
        ("9999", "5002"),
        ("0180",),
    ]
    assert efforts[2] == efforts[0]


def test_every_fault_of_both_files_is_told_with_its_line(tmp_path: Path) -> None:
    known = load_catalogue().indicators
    (tmp_path / EFFORTS).write_text("efforts = 3", encoding="utf-8")
    wrong = TABLE.replace(f"{RAISED};{START}", ";då")
    (tmp_path / EFFORTS_CSV).write_text(wrong, encoding="utf-8")
    with pytest.raises(CatalogueError) as told:
        registered_efforts(tmp_path, indicators=known)
    text = "\n".join(told.value.faults)
    assert "efforts.toml: efforts" in text
    assert "efforts.csv, line 2: areas: missing" in text
    assert "efforts.csv, line 2: start: 'då' is not int" in text
    (tmp_path / EFFORTS_CSV).write_bytes("vad;när\n".encode("utf-16"))
    with pytest.raises(CatalogueError, match=r"efforts\.csv: byte 1 is not UTF-8: save it"):
        load_efforts(tmp_path / EFFORTS_CSV, indicators=known)
    (tmp_path / EFFORTS_CSV).write_text("vad;när\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="the first row lacks areas, start"):
        load_efforts(tmp_path / EFFORTS_CSV, indicators=known)


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


def test_events_concern_the_places_they_name_and_what_these_consist_of() -> None:
    assert {"0380R001", "0380"} <= named_by("0380R001")
    assert "0380R001" not in named_by("0380")
    assert "0380A0010" in named_by("own:0380A0010.0380A0020")


@pytest.mark.usefixtures("register")
def test_efforts_are_marked_and_told_on_the_time_lines_of_their_areas(many: Context) -> None:
    told = f"1: Öppen förskola (Socialförvaltningen), från {START}."
    query = f"?indicator=low_standard_children&level=kommun&areas={RAISED}&start={START}"
    with many.store.reader() as reader:
        followed = said(YEARS.render(resolve(many, reader, query)))
        place = said(KEY.render(place_state(many, reader, f"?area={RAISED}")))
        charted = {
            code: next(line_charts(lab_state(many, reader, f"?{LAB}&areas={code}")))
            for code in (RAISED, "5002")
        }
    assert told in followed
    assert told in place
    assert told in charted[RAISED].notes
    marks = {code: [s["x0"] for s in own.figure.layout.shapes] for code, own in charted.items()}
    assert marks[RAISED] == [*marks["5002"], START - 0.5]
    assert told not in charted["5002"].notes


HEAD = "areas;start;indicator;what;who\n"
ROW = "0180;2022;employed;Insats;Vi\n"


@pytest.mark.parametrize(
    ("table", "areas", "what"),
    [
        ((HEAD.upper() + ROW), ("0180",), "Insats"),
        (f"\n\n {HEAD.replace(';', ' ; ')}{ROW}", ("0180",), "Insats"),
        (HEAD + ROW.replace("Insats", '"Rad 1\nRad 2; mera"'), ("0180",), "Rad 1 Rad 2; mera"),
        (HEAD + ROW.replace("0180", "180 0380,0180"), ("0180", "0380"), "Insats"),
        (
            HEAD + ROW.replace("0180", "own:0180C1010.0180C1020:Norra staden, stadsdelar:12"),
            ("own:0180C1010.0180C1020:Norra staden", "stadsdelar:12"),
            "Insats",
        ),
        (HEAD + ROW.replace("Vi\n", "Vi;;\n"), ("0180",), "Insats"),
    ],
)
def test_a_table_is_read_as_it_is_meant(
    tmp_path: Path, table: str, areas: tuple[str, ...], what: str
) -> None:
    (tmp_path / EFFORTS_CSV).write_text(table, encoding="utf-8")
    (effort,) = registered_efforts(tmp_path, indicators=["employed"])
    assert (effort.areas, effort.what) == (areas, what)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        *((name, None, "no file that can be read") for name in (EFFORTS, EFFORTS_CSV)),
        *((name, Path(name), "no file that can be read") for name in (EFFORTS, EFFORTS_CSV)),
        *((name, Path("gone"), "no file that can be read") for name in (EFFORTS, EFFORTS_CSV)),
        (EFFORTS, f"x = {'[' * 3_000}{']' * 3_000}", "nested too deep"),
        (EFFORTS_CSV, f"{HEAD}{ROW.replace('Insats', chr(34) + 'Insats')}{ROW}", "line 2: cannot"),
        (EFFORTS_CSV, HEAD + ROW.replace("Insats", "x" * 200_000), "line 2: cannot be read"),
        (EFFORTS_CSV, HEAD + ROW.replace("Insats", "x" * 501), "what: is longer than 500"),
        (EFFORTS_CSV, HEAD + ROW.replace("Insats", "a\x1b[2J"), "or has control characters"),
        (
            EFFORTS_CSV,
            HEAD + ROW.replace("Insats", "Bygga; riva"),
            "line 2: 6 cells and 5 headings",
        ),
        (EFFORTS_CSV, f"what;{HEAD}x;{ROW}", "the first row has what twice"),
        (EFFORTS, SOUND.replace("Öppen förskola", " "), "what: is blank"),
    ],
)
def test_what_no_register_can_be_is_told(
    tmp_path: Path, name: str, content: str | Path | None, told: str
) -> None:
    """A folder, a link to itself or to nothing, and texts that would be cut or lost."""
    path = tmp_path / name
    if content is None:
        path.mkdir()
    elif isinstance(content, Path):
        path.symlink_to(content)
    else:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=told):
        registered_efforts(tmp_path, indicators=["employed", "low_standard_children"])
