"""Data och metod says of every table only what is known: its number, whose it is, which years."""

from dataclasses import replace

import pytest
from dash import html

from barometer.divisions import Language
from barometer.queries import dictionary
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.pages.method import page as data
from barometer.ui.pages.method import status, words
from tests.barometer.ui.test_data import CATALOGUE, LANGUAGES, parts, section
from tests.barometer.ui.test_site import said
from tests.snapshots import publish_snapshot


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """A snapshot of an extract into which none of the unverified tables has come."""
    folder = tmp_path_factory.mktemp("bare")
    catalogue = replace(
        CATALOGUE, sources={k: s for k, s in CATALOGUE.sources.items() if not s.unverified}
    )
    publish_snapshot(folder / "published", catalogue=catalogue)
    settings = Settings(folder, "127.0.0.1", 8050, 1, "")
    return Context(settings, Store(settings.published_dir), CATALOGUE)


def test_no_number_of_another_agency_is_printed_before_it_is_confirmed(
    bare: Context, language: Language
) -> None:
    page = data.layout(bare, f"?lang={language}")
    told = said(page)
    links = " ".join(str(getattr(part, "href", "")) for part in parts(page))
    unsure = [s for s in CATALOGUE.sources.values() if s.unverified]
    assert len(unsure) > 20
    assert "UNVERIFIED" not in told
    for source in unsure:
        entry = said(section(page, f"source-{source.source_id}"))
        assert words.UNCONFIRMED_NOTE[language] in entry
        if source.provider != "scb" or not source.has_known_id:
            assert source.source_id not in told
            assert f"/{source.source_id}" not in links
    pupils = said(section(page, "indicator-pupils_foreign_background"))
    assert words.UNCONFIRMED[language] in pupils
    assert words.HOLES[language] not in pupils
    assert words.UNCONFIRMED[language] not in said(section(page, "indicator-foreign_background"))


def test_what_a_source_publishes_is_said_of_that_source(bare: Context) -> None:
    page = data.layout(bare, "?lang=sv")
    assert "som Kolada publicerar" in said(section(page, "indicator-merit_rating"))
    assert "som SCB publicerar" in said(section(page, "indicator-population"))
    for indicator in CATALOGUE.indicators.values():
        if {CATALOGUE.sources[s].agency for s in indicator.source_ids} == {"Kolada"}:
            told = said(section(page, f"indicator-{indicator.indicator_id}"))
            assert "SCB" not in told
            assert "2024" not in told


def test_an_extract_says_that_tables_are_not_in_it_and_blames_no_source(
    context: Context,
) -> None:
    with context.store.reader() as reader:
        snapshot = replace(reader.snapshot, origin="scb-extract", lacking=("TAB1 has no 2011",))
    told = said(status.snapshot_facts(snapshot, CATALOGUE, {}, language="sv"))
    n = len(CATALOGUE.sources)
    assert f"{n} av {n} tabeller ingår inte i utdraget." in told
    assert "kom inte med" not in told


def test_a_single_year_of_a_table_is_a_year_and_no_span(context: Context) -> None:
    with context.store.reader() as reader:
        found = reader.once(dictionary.fetched)["TAB6574"]
    one = replace(found, first_year=2022, last_year=2022)
    told = said(status.source_entry(CATALOGUE.sources["TAB6574"], CATALOGUE, one, language="sv"))
    assert "2022–2022" not in told
    assert "2022" in told


def test_links_in_the_footnotes_of_a_source_are_links(context: Context) -> None:
    with context.store.reader() as reader:
        found = reader.once(dictionary.fetched)["TAB6574"]
    notes = (
        "Se <a href = 'https://example.org/a'>RegSO</a>.",
        "<a href=https://example.org/b>B</a>",
    )
    entry = status.source_entry(
        CATALOGUE.sources["TAB6574"], CATALOGUE, replace(found, notes=notes), language="sv"
    )
    assert "<a" not in said(entry)
    links = [part for part in parts(entry) if isinstance(part, html.A)]
    assert [link.children for link in links if link.href.startswith("https://example.org")] == [
        "RegSO",
        "B",
    ]
