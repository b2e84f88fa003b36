"""Signals on Plats: what is said of planted declines, rules in the link, files, and the feed."""

import os
import shutil
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.pointer import current_snapshot, point_to
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.factory import create_app
from barometer.ui.pages.place import sections
from barometer.ui.pages.place.changed import changed_frame, feed, feed_address
from barometer.ui.pages.place.rules import form
from barometer.ui.pages.place.signals import backtest_frame, signals_frame
from barometer.ui.pages.place.state import resolve
from barometer.ui.pages.place.versions import noise_of
from barometer.wording.signals import NOT
from etl.snapshot.signals import build_signals
from tests.barometer.ui.callbacks import said
from tests.barometer.ui.conftest import settings_of
from tests.snapshots import publish_snapshot

N, DECLINING, LATE = 40, 2, 2
YEARS = range(2015, 2024)
AREAS = [f"0380R1{n:02}_SYN" for n in range(N)]
PLACE = "?area=0380&year=2023"


def add_areas(con: duckdb.DuckDBPyConnection) -> None:
    """Forty RegSO in Uppsala; two decline by six points a year, a third in 2023 only."""
    rng = np.random.default_rng(3)
    rows = []
    for indicator in ("low_standard_children", "lower_secondary"):
        for n, area_id in enumerate(AREAS):
            level = rng.uniform(0.1, 0.3)
            for year in YEARS:
                share = level + (0.06 * max(0, year - 2017) if n < DECLINING else 0)
                share += 0.15 if n == LATE and year == 2023 else 0
                count = float(rng.binomial(2000, min(share, 0.9)))
                place = (area_id, "2018", "regso", year)
                rows.append((indicator, "all", *place, count / 20, count, 2000.0))
    names = (
        "indicator_id, background, area_id, division, level, year, value, numerator, denominator"
    )
    con.register("rows", pd.DataFrame(rows, columns=names.split(", ")))
    con.execute(
        "DELETE FROM indicator_values WHERE level = 'regso' AND indicator_id IN"
        " ('low_standard_children', 'lower_secondary')"
    )
    con.execute(f"INSERT INTO indicator_values ({names}) SELECT * FROM rows")
    con.executemany(
        "INSERT INTO areas (area_id, division, level, name, label, parent_id, kommun_id, lan_id,"
        " valid_from) VALUES (?, '2018', 'regso', ?, ?, '0380', '0380', '03', 2018)",
        [(area_id, f"Område {area_id[4:8]}", f"Område {area_id[4:8]}") for area_id in AREAS],
    )
    build_signals(con, load_catalogue())


@pytest.fixture(scope="module")
def declining(tmp_path_factory: pytest.TempPathFactory) -> Context:
    published = tmp_path_factory.mktemp("signals") / "published"
    path = publish_snapshot(published)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as con:
        add_areas(con)
    assert current_snapshot(published).path == path
    settings = settings_of(published.parent)
    return Context(settings, Store(settings.published_dir), load_catalogue())


@pytest.fixture(scope="module")
def client(declining: Context) -> FlaskClient:
    site = create_app(declining.settings, declining.store, declining.catalogue)
    return site.server.test_client()


def shown(context: Context, query: str, key: str) -> str:
    with context.store.reader() as reader:
        parts = sections.BOXES[0].fill(resolve(context, reader, query))
    return said([part for part in parts if getattr(part, "id", "") == f"plats-{key}"])


def test_planted_declines_come_first_with_their_reason(declining: Context) -> None:
    with declining.store.reader() as reader:
        state = resolve(declining, reader, PLACE)
        frame = signals_frame(state)
        stored = reader.cursor.execute(
            "SELECT area_id, status, course, score, change FROM signals WHERE year = 2023"
        ).df()
    assert set(frame["area_id"][: LATE + 1]) == set(AREAS[: LATE + 1])
    assert (frame["course"] == 1).sum() == LATE + 1
    both = frame.merge(stored, on="area_id")
    assert len(both) == N
    assert both["signal_status"].tolist() == both["status"].tolist()
    assert both["signal_change"].tolist() == pytest.approx(both["change"].tolist())
    text = shown(declining, PLACE, "signals")
    assert f"År 2023 går 3 av {N} RegSO åt det sämre hållet" in text
    assert "procentenheter 2020–2023, alla områden i genomsnitt" in text
    assert NOT.sv in text


def test_the_test_of_the_signals_stands_beside_them(declining: Context) -> None:
    text = shown(declining, PLACE, "signals")
    assert "Prövat i efterhand på 2018–2020" in text
    with declining.store.reader() as reader:
        frame = backtest_frame(resolve(declining, reader, PLACE))
    ours = frame[(frame["rule"] == "signals") & (frame["year"] == 2020)].iloc[0]
    assert (ours["n_pointed"], ours["n_hits"]) == (DECLINING, DECLINING)
    assert "Falska larm" in shown(declining, PLACE, "signal-tests")


def test_the_rules_stand_in_the_link(declining: Context) -> None:
    own = f"{PLACE}&weights=lower_secondary:-1&limits=0,1,2&span=2"
    with declining.store.reader() as reader:
        state = resolve(declining, reader, own)
        assert state.corrections == ()
        assert resolve(declining, reader, state.query).profile == state.profile
        frame = signals_frame(state)
    assert set(frame[frame["course"] == -1]["area_id"]) == set(AREAS[: LATE + 1])
    assert frame["signal_status"].max() == 4 or frame["signal_score"].max() < 2
    assert (frame["since"].dropna() == 2021).all()
    assert "Provet gäller barometerns regler, inte dina." in shown(declining, own, "signals")


def test_the_form_sends_what_it_shows(declining: Context) -> None:
    with declining.store.reader() as reader:
        state = resolve(declining, reader, f"{PLACE}&i=lower_secondary&w=-0,5&i=&w=&limits=0,1,2")
        shown = str(form(state))
        assert state.corrections == ()
        assert state.profile.signals.weights == (("lower_secondary", -0.5),)
    chosen = "Option(children='Förgymnasial utbildning', selected='selected'"
    assert chosen in shown
    assert "value='-0,5'" in shown
    assert "lower_secondary:" not in shown


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("weights=lower_secondry:1", "Vikten ”lower_secondry:1” gäller inte. Skriv indikator:vikt"),
        (
            "weights=lower_secondary:x",
            "Vikten ”lower_secondary:x” gäller inte. Skriv indikator:vikt",
        ),
        ("limits=3,1,2", "Gränserna ”3,1,2” gäller inte. Skriv tre tal"),
        ("span=99", "Antalet år ”99” finns inte här."),
    ],
)
def test_rules_that_cannot_be_used_are_remarked_on(
    declining: Context, wrong: str, told: str
) -> None:
    from barometer.ui.pages.place.page import _remarks

    with declining.store.reader() as reader:
        state = resolve(declining, reader, f"{PLACE}&{wrong}")
        (remark,) = _remarks(state)
        assert remark.startswith(told)
        assert not state.profile.signals.is_own


def test_without_years_to_test_on_it_says_so(context: Context) -> None:
    text = shown(context, "?area=0380R001_SYN_RegSO2025", "signals")
    assert "Inte prövat på dessa siffror" in text
    assert shown(context, "?area=0380R001_SYN_RegSO2025", "signal-tests") == ""


def test_the_files_have_what_the_table_has(client: FlaskClient) -> None:
    answer = client.get(f"/export/plats/signals/csv{PLACE}")
    assert answer.status_code == 200
    lines = answer.get_data(as_text=True).splitlines()
    assert sum("Område R1" in line for line in lines) == N
    assert client.get(f"/export/plats/signal-tests/xlsx{PLACE}").status_code == 200


def test_what_is_new_is_a_section_and_a_feed(declining: Context, client: FlaskClient) -> None:
    with declining.store.reader() as reader:
        frame = changed_frame(resolve(declining, reader, PLACE))
    assert frame["text"].iloc[-1] == "Första bygget."
    signals = frame[frame["kind"] == "signal"]
    assert AREAS[LATE] in set(signals["area_id"])
    assert not set(AREAS[:DECLINING]) & set(signals["area_id"])  # told the year before already
    assert "Område R102: sämre 2023, året innan ingen säker riktning" in " ".join(signals["text"])
    assert (signals["signal_margin"] > 0).all()
    answer = client.get(f"/plats/andringar.atom{PLACE}")
    assert answer.mimetype == "application/atom+xml"
    root = ElementTree.fromstring(answer.get_data())
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(set(ids)) == len(ids) == len(frame)
    assert root.findtext(f"{atom}updated") == "2026-11-22T12:00:00+00:00"
    links = [link.get("href") for link in root.findall(f"{atom}link")]
    assert links[0] == "http://localhost/plats/andringar.atom?area=0380"
    assert client.get(f"/plats/andringar.atom{PLACE}").get_data() == answer.get_data()


@pytest.fixture
def renewed(declining: Context, tmp_path: Path) -> Context:
    """The same snapshot with one before it: other figures, signals and types."""
    now = current_snapshot(declining.settings.published_dir).path
    assert now is not None
    published = tmp_path / "published"
    published.mkdir()
    before = Path(shutil.copy(now, published / "barometer-20260101-synthetic-old.duckdb"))
    with duckdb.connect(str(before)) as con:
        con.execute("UPDATE snapshot SET snapshot_id = '20260101-synthetic-old'")
        con.execute(
            "UPDATE indicator_values SET value = value + 2, numerator = numerator + 2 * denominator"
            " / 100 WHERE area_id = '0380' AND indicator_id = 'foreign_background'"
        )
        con.execute(
            "DELETE FROM indicator_values WHERE area_id = '0380' AND indicator_id = 'population'"
            " AND year = (SELECT max(year) FROM indicator_values WHERE area_id = '0380' AND"
            " indicator_id = 'population')"
        )
        con.execute("UPDATE signals SET course = 0 WHERE area_id = ?", [AREAS[0]])
        con.execute("UPDATE signals SET course = 1 WHERE area_id = ?", [AREAS[9]])
        con.execute(
            "UPDATE indicator_values SET value = value + 30, numerator = numerator + 600"
            " WHERE area_id = ? AND indicator_id = 'lower_secondary' AND year = 2023",
            [AREAS[20]],
        )
    after = Path(shutil.copy(now, published / now.name))
    for path, moment in ((before, 1), (after, 2)):
        path.chmod(0o444)
        os.utime(path, (moment, moment))
    point_to(after)
    settings = settings_of(tmp_path)
    return Context(settings, Store(settings.published_dir), load_catalogue())


def test_what_is_new_is_held_against_the_data_version_before(renewed: Context) -> None:
    with renewed.store.reader() as reader:
        frame = changed_frame(resolve(renewed, reader, PLACE))
    place = frame[frame["area_id"] != ""]
    by_kind = dict(list(place.groupby("kind")))
    assert by_kind["values"]["indicator_id"].tolist() == ["foreign_background"]
    revised = by_kind["values"].iloc[0]
    assert revised["later_value"] - revised["earlier_value"] == pytest.approx(-2)
    assert revised["noise"] >= 0
    assert "ändrade värden, mest" in revised["text"]
    assert by_kind["year"]["indicator_id"].tolist() == ["population"]
    texts = by_kind["signal"].set_index("area_id")["text"]
    assert set(texts.index) == {AREAS[0], AREAS[9]}
    assert "ny signal, sämre 2023" in texts[AREAS[0]]
    assert "signalen har försvunnit" in texts[AREAS[9]]
    text = shown(renewed, PLACE, "changed")
    assert "jämförd med 20260101-synthetic-old: indikatorer med nya år 1" in text


def test_the_rules_of_the_link_hold_in_both_data_versions(renewed: Context) -> None:
    own = f"{PLACE}&weights=lower_secondary:1"
    with renewed.store.reader() as reader:
        state = resolve(renewed, reader, own)
        frame = changed_frame(state)
        signals = frame[frame["kind"] == "signal"].set_index("area_id")["text"]
        assert not {AREAS[0], AREAS[9]} & set(signals.index)  # only stored signals differ
        assert "signalen har vänt, bättre 2023, förut sämre" in signals[AREAS[20]]
        assert feed_address(state).endswith("?area=0380&weights=lower_secondary:1")
        plain = resolve(renewed, reader, PLACE)
        ids = {read_feed(feed(own_or_not, site="")) for own_or_not in (state, plain)}
    assert len(ids) == 2
    text = shown(renewed, own, "changed")
    assert "Signalerna följer dina vikter och gränser i båda dataversionerna." in text


def read_feed(body: bytes) -> str | None:
    return ElementTree.fromstring(body).findtext("{http://www.w3.org/2005/Atom}id")


def test_a_revised_share_is_beside_what_perturbation_gives() -> None:
    row = {"year": 2025, "denominator": 1000.0, "numerator": 100.0, "value": 10.0}
    row |= {f"{name}_before": own for name, own in row.items() if name != "year"}
    assert noise_of(row, perturbed_from=2025) == pytest.approx(
        100 * 1.96 * np.sqrt(2) * 0.00201, rel=0.01
    )
    assert noise_of(row | {"year": 2024}, perturbed_from=2025) == 0
    assert noise_of(row, perturbed_from=None) == 0
    rounded = row | {"year": 2024, "numerator": np.nan, "numerator_before": np.nan}
    assert noise_of(rounded, perturbed_from=2025) == pytest.approx(
        100 * 1.96 * np.sqrt(2) * 0.01 / np.sqrt(12), rel=0.01
    )
    assert noise_of(row | {"denominator": np.nan}, perturbed_from=2025) is None


@pytest.mark.parametrize("rule", ["limits=1,1,1", "weights=zz:1", "span=99", "lang=fi"])
def test_a_feed_never_follows_other_rules_than_those_asked_for(
    client: FlaskClient, rule: str
) -> None:
    answer = client.get(f"/plats/andringar.atom{PLACE}&{rule}")
    assert answer.status_code == 400
    assert answer.text.startswith(rule.partition("=")[0])


def test_a_feed_of_no_place_is_a_sentence(client: FlaskClient) -> None:
    answer = client.get("/plats/andringar.atom?area=9999")
    assert answer.status_code == 404
    assert answer.get_data(as_text=True).startswith("Platsen finns inte i dataversionen")
