"""Every link of the actors page opens a page that understands it whole."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest

from barometer.actors import load_actors
from barometer.catalogue import load_catalogue
from barometer.divisions import Language
from barometer.store import Reader, Store
from barometer.ui.context import Context
from barometer.ui.pages.actors import page as aktorer
from barometer.ui.pages.actors.state import resolve as actors_see
from barometer.ui.pages.area_types.state import resolve as types_see
from barometer.ui.pages.evaluation.state import resolve as efforts_see
from barometer.ui.pages.segregation.state import resolve as measures_see
from tests.pipeline import National

ACTORS = tuple(load_actors(load_catalogue()))


def understood_map(reading: Any) -> Any:
    """The map's reading as the other pages' states have it."""
    return SimpleNamespace(address=reading.view, corrections=reading.misunderstood)


# How each page reads its address, and the words of the address that a preset is about.
READINGS: Mapping[str, Callable[[Context, Reader, str], Any]] = {
    "/karta": lambda *asked: understood_map(Context.read(*asked)),
    "/segregation": measures_see,
    "/omradestyper": types_see,
    "/folj-upp": efforts_see,
}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_preset_of_every_actor_is_understood_and_kept(
    national_snapshot: National, context: Context, language: Language
) -> None:
    store = Store(national_snapshot.data_dir / "published")
    national = Context(context.settings, store, context.catalogue)
    opened: dict[str, int] = {}
    with store.reader() as reader:
        for actor in ACTORS:
            query = f"?actor={actor}&lang={language}"
            state = actors_see(national, reader, query)
            assert all(state.can_open(start) for start in state.actor.starts), actor
            for href in links(national, query):
                page, _, preset = href.partition("?")
                found = READINGS[page](national, reader, f"?{preset}")
                assert found.corrections == (), href
                kept = parse_qs(found.address.to_query().partition("?")[2])
                assert parse_qs(preset).items() <= kept.items(), (href, kept)
                opened[page] = opened.get(page, 0) + 1
    assert set(opened) == set(READINGS)


def links(national: Context, query: str) -> list[str]:
    """The addresses that lead to other pages; all of the actor's questions are among them."""
    parts = list(aktorer.PAGE.content(national, query)._traverse())
    hrefs = [href for part in parts if (href := getattr(part, "href", None))]
    return [href for href in hrefs if href.partition("?")[0] in READINGS]
