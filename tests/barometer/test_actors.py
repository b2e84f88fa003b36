"""The actors' file: what it holds, and that every fault is told at once."""

from pathlib import Path

import pytest

from barometer.actors import ACTORS_FILE, load_actors, shared
from barometer.catalogue import Catalogue, CatalogueError, load_catalogue
from barometer.ui.factory import PAGES

ACTORS = load_actors(load_catalogue())


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_the_actors_are_those_that_meet_around_segregation() -> None:
    assert set(ACTORS) == {
        *("kommun", "region", "authority", "police", "school"),
        *("civil_society", "business", "research"),
    }


@pytest.mark.parametrize("actor_id", ACTORS)
def test_an_actor_has_a_task_starts_and_children_in_view(
    actor_id: str, catalogue: Catalogue
) -> None:
    actor = ACTORS[actor_id]
    for text in (actor.name, actor.mandate, *(start.question for start in actor.starts)):
        assert text.sv.strip()
        assert text.en.strip()
        assert text.sv != text.en or text.sv == "Region"
    paths = {page.path for page in PAGES}
    assert {f"/{start.page}" for start in actor.starts} <= paths
    assert actor_id == "business" or any(catalogue.indicators[i].children for i in actor.indicators)


@pytest.mark.parametrize("actor_id", ACTORS)
def test_every_actor_shares_with_every_other(actor_id: str) -> None:
    for other in ACTORS.values():
        both = shared(ACTORS[actor_id], other)
        assert set(both) == set(shared(other, ACTORS[actor_id]))
        assert both


def test_every_fault_of_the_file_is_told_at_once(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "actors.toml"
    path.write_text(
        """
        loose = 1
        [kommun]
        name = { sv = "Kommun", en = "Municipality" }
        indicators = ["children", "gone", "children"]
        starts = [{ page = "nowhere", indicator = "lost", level = "gata", sv = "?", en = "?" }]
        mandat = "x"
        [police]
        name = { sv = "Polis" }
        mandate = { sv = "a", en = "b" }
        indicators = []
        """,
        encoding="utf-8",
    )
    with pytest.raises(CatalogueError) as raised:
        load_actors(catalogue, path=path)
    told = str(raised.value)
    for part in (
        "loose: is not a table",
        "kommun: indicators: 'gone' is no indicator of indicators.toml",
        "'children' stands there more than once",
        "mandate: missing",
        "mandat: is not a field",
        "'nowhere' is none of karta, segregation, omradestyper, folj-upp",
        "indicator: 'lost' is no indicator",
        "'gata' is none of",
        "police: name: lacks en",
        "police: indicators: needs at least 1",
        "police: starts: needs at least 1",
    ):
        assert part in told


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "has no actor"), ("[kommun", "is not TOML"), (None, "not found")],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, catalogue: Catalogue, text: str | None, told: str
) -> None:
    path = tmp_path / ACTORS_FILE.name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"actors\.toml: {told}"):
        load_actors(catalogue, path=path)
