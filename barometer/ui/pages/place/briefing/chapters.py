"""The chapters of a lägesbild in their order, each block from the frames of the profile."""

from collections.abc import Callable
from typing import Final

from barometer import wording
from barometer.catalogue import Text
from barometer.documents import Block, Briefing, Chapter, Part
from barometer.ui.pages.place.briefing import blocks, words
from barometer.ui.pages.place.state import PlaceState

Maker = Callable[[PlaceState], list[Part]]
# Key, heading, blocks by key, and what the kommun is asked to write.
_CHAPTERS: Final[tuple[tuple[str, Text, tuple[tuple[str, Maker], ...], Text | None], ...]] = (
    (
        "extent",
        words.EXTENT,
        (
            ("extent", blocks.extent),
            ("groups", blocks.groups),
            ("segregation", blocks.segregation),
        ),
        words.EXTENT_PROMPT,
    ),
    (
        "consequences",
        words.CONSEQUENCES,
        (("differences", blocks.differences), ("conditions", blocks.conditions)),
        words.CONSEQUENCES_PROMPT,
    ),
    (
        "where",
        words.WHERE,
        (("map", blocks.map_of_areas), ("types", blocks.types), ("areas", blocks.areas)),
        words.WHERE_PROMPT,
    ),
    (
        "time",
        words.OVER_TIME,
        (("development", blocks.development), ("years", blocks.years)),
        words.TIME_PROMPT,
    ),
    (
        "reference",
        words.REFERENCE,
        (("comparison", blocks.comparison), ("similar", blocks.similar)),
        words.REFERENCE_PROMPT,
    ),
    ("analysis", words.ANALYSIS, (("analysis", blocks.analysis),), words.ANALYSIS_PROMPT),
    ("measures", words.MEASURES, (), words.MEASURES_PROMPT),
    ("follow-up", words.FOLLOW_UP, (("follow-up", blocks.follow_up),), words.FOLLOW_UP_PROMPT),
    (
        "sources",
        words.SOURCES,
        (("sources", blocks.sources), ("definitions", blocks.definitions)),
        None,
    ),
)


def briefing(state: PlaceState, *, site: str = "") -> Briefing:
    """The whole lägesbild; `site` is the address of the site where its figures can be checked."""
    language = state.language
    address = f"{site.rstrip('/')}/plats{state.query}"
    first = Chapter("about", "", (Block("about", tuple(blocks.about(state, address))),))
    chapters = [
        Chapter(
            key,
            heading[language],
            tuple(Block(name, tuple(make(state))) for name, make in makers),
            prompt[language] if prompt else "",
        )
        for key, heading, makers, prompt in _CHAPTERS
    ]
    return Briefing(
        area_id=state.area.area_id,
        language=language,
        snapshot_id=state.reader.snapshot.snapshot_id,
        title=state.title,
        fields={
            "title": state.title,
            "place": state.area.label,
            "code": state.area.area_id,
            "year": str(state.profile.year),
            "cut-off": wording.day(blocks.cut_off(state), language=language),
            "snapshot": state.reader.snapshot.snapshot_id,
            "address": address,
        },
        chapters=(first, *chapters),
    )
