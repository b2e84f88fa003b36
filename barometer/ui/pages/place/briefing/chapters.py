"""The chapters of a lägesbild in their order, each block from the frames of the profile."""

from collections.abc import Callable
from typing import Final

from barometer import wording
from barometer.catalogue import Text
from barometer.documents import Block, Briefing, Chapter, Part
from barometer.export.meaning import CHALLENGED
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.pages.place.briefing import blocks, maps, words
from barometer.ui.pages.place.frames import origin_with
from barometer.ui.pages.place.state import PlaceState
from barometer.wording.profiles import profile_title

Maker = Callable[[PlaceState], list[Part]]
# Key, heading, blocks by key, and what the kommun is asked to write.
_CHAPTERS: Final[tuple[tuple[str, Text, tuple[tuple[str, Maker], ...], Text], ...]] = (
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
        (("differences", blocks.differences),),
        words.CONSEQUENCES_PROMPT,
    ),
    (
        "where",
        words.WHERE,
        (("types", maps.types), ("map", maps.map_of_areas), ("areas", maps.areas)),
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
)
# What is looked up rather than read: after everything else, and on no slide.
_APPENDIX: Final[tuple[tuple[str, Text, tuple[tuple[str, Maker], ...]], ...]] = (
    ("every-indicator", words.EVERY_INDICATOR, (("conditions", blocks.conditions),)),
    ("sources", words.SOURCES, (("sources", blocks.sources), ("definitions", blocks.definitions))),
)


def briefing(state: PlaceState, *, site: str = "") -> Briefing:
    """The whole lägesbild; `site` is the address of the site where its figures can be checked.

    Without a host in it no address is told: a path alone leads nowhere from a document.
    """
    language = state.language
    address = f"{site.rstrip('/')}/plats{state.query}" if "://" in site else ""
    first = Chapter("about", "", (Block("about", tuple(blocks.about(state, address))),))
    chapters = [
        Chapter(key, heading[language], _blocks(state, makers), prompt[language])
        for key, heading, makers, prompt in _CHAPTERS
    ]
    chapters += [
        Chapter(key, heading[language], _blocks(state, makers), appendix=True)
        for key, heading, makers in _APPENDIX
    ]
    year = _last_year(state)
    title = profile_title(state.where, year=year, language=language)
    return Briefing(
        area_id=state.area.area_id,
        language=language,
        snapshot_id=state.reader.snapshot.snapshot_id,
        title=title,
        fields={
            "title": title,
            "place": state.area.label,
            "code": state.area.area_id,
            "year": str(year),
            "cut-off": wording.day(blocks.cut_off(state), language=language),
            "snapshot": state.reader.snapshot.snapshot_id,
            "address": address,
            "source": parts.source_line(origin_with(state, CHALLENGED), language=language),
            "foot": _foot(state),
        },
        chapters=(first, *chapters),
    )


def _last_year(state: PlaceState) -> int:
    """The year of the latest figure of the place, up to the one that was asked for."""
    rows = state.portrait.rows
    years = rows["year"][rows["value"].notna()]
    return int(years.max()) if len(years) else state.profile.year


def _blocks(state: PlaceState, makers: tuple[tuple[str, Maker], ...]) -> tuple[Block, ...]:
    return tuple(Block(name, tuple(make(state))) for name, make in makers)


def _foot(state: PlaceState) -> str:
    """Who says it, of which data: at the foot of every slide."""
    language, snapshot = state.language, state.reader.snapshot
    return (
        words.FOOT[language]
        .format(
            site=site_words.SITE[language],
            day=wording.day(blocks.cut_off(state), language=language),
            snapshot=snapshot.snapshot_id,
            made_up=wording.synthetic_banner(language) if snapshot.synthetic else "",
        )
        .rstrip()
    )
