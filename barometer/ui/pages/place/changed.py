"""What is new in the data version about a place: a section, and the same as an Atom feed."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote, urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component
from flask import Flask, Response

from barometer.queries.dictionary import update_log
from barometer.queries.signals import type_changes_of
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.address import site_address
from barometer.ui.base.section import Section
from barometer.ui.context import Context, asked_query
from barometer.ui.downloads import refused
from barometer.ui.pages.place import words
from barometer.ui.pages.place.signals import signals_frame
from barometer.ui.pages.place.state import PlaceState, resolve
from barometer.ui.pages.place.versions import compared
from barometer.wording import CHANGE_KINDS, number
from barometer.wording import signals as wording

FEED: Final = "/plats/andringar.atom"
ATOM: Final = "http://www.w3.org/2005/Atom"
COLUMNS: Final = (
    *("kind", "area_id", "label", "indicator_id", "year", "earlier_value", "later_value", "noise"),
    *("text", "signal_change", "signal_margin"),
)
_PLAIN: Final = ("kind", "area_id", "label", "text", "signal_change", "signal_margin")


def changed_frame(state: PlaceState) -> pd.DataFrame:
    """What is new about the place since the data version before, then the sources.

    Columns: `COLUMNS`; kind is year, values, signal, type, or that of the update log (source, year,
    rows, values, redrawn; without a place). Size and margin, in standard deviations, are those of
    signals, `noise` that of revised shares in percentage points. Where no earlier data version is
    kept, signals and types are held against the year before.
    """
    found = state.once(compared)
    rows = [] if found is None else list(found.rows)
    if found is None:
        rows = [dict(zip(_PLAIN, row, strict=True)) for row in (*_signals(state), *_types(state))]
    rows += [dict(zip(_PLAIN, row, strict=True)) for row in _log(state)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _signals(state: PlaceState) -> Iterator[tuple[Any, ...]]:
    frame = state.once(signals_frame)
    for row in frame.to_dict("records"):
        now, before = row["course"], row["course_before"]
        if pd.isna(now) or pd.isna(before) or now == before:
            continue
        text = wording.turned_sentence(
            row["label"],
            before=int(before),
            now=int(now),
            year=int(row["year"]),
            size=(row["signal_change"], row["signal_margin"]),
            language=state.language,
        )
        yield (
            *("signal", row["area_id"], row["label"], text),
            *(row["signal_change"], row["signal_margin"]),
        )


def _types(state: PlaceState) -> Iterator[tuple[Any, ...]]:
    area_ids = tuple(state.once(signals_frame)["area_id"])
    for area_id, label, year, before, now in type_changes_of(state.reader, area_ids):
        text = words.TYPE_CHANGED[state.language].format(
            label=label, before=before, now=now, year=year
        )
        yield "type", area_id, label, text, float("nan"), float("nan")


def _log(state: PlaceState) -> Iterator[tuple[Any, ...]]:
    for change in state.reader.once(update_log):
        text = change.text[state.language]
        yield change.kind, "", "", text, float("nan"), float("nan")


def feed_address(state: PlaceState) -> str:
    """The address of the place's feed, in the reader's language and by the reader's own rules."""
    query = {"area": state.profile.area} | _own_rules(state)
    query |= {"lang": "en"} if state.language == "en" else {}
    return f"{FEED}?{urlencode(query, safe=':,')}"


def _own_rules(state: PlaceState) -> dict[str, str]:
    """The reader's own weights and limits of signals, as the address has them."""
    return {key: value for key, value in state.profile.signals.to_pairs().items() if value}


def feed(state: PlaceState, *, site: str) -> bytes:
    """The changes as Atom (RFC 4287): an entry a change; the same data version gives the same."""
    snapshot, language = state.reader.snapshot, state.language
    updated = snapshot.built_at.isoformat()
    own = "".join(f":{quote(key + value)}" for key, value in _own_rules(state).items())
    urn = f"urn:segregationsbarometern:{quote(state.profile.area)}{own}"
    page = f"{site}/plats{state.query}"
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _texts(root, title=words.FEED_TITLE[language].format(place=state.area.label), id=urn)
    _texts(root, updated=updated)
    ET.SubElement(root, "link", {"rel": "self", "href": f"{site}{feed_address(state)}"})
    ET.SubElement(root, "link", {"rel": "alternate", "href": page})
    _texts(ET.SubElement(root, "author"), name=site_words.SITE[language])
    for n, row in enumerate(state.once(changed_frame).to_dict("records")):
        entry = ET.SubElement(root, "entry")
        title = CHANGE_KINDS[row["kind"]][language]
        named = f"{title}: {row['label']}" if row["label"] else title
        _texts(entry, title=named, id=f"{urn}:{snapshot.snapshot_id}:{n}", updated=updated)
        _texts(entry, summary=row["text"])
        ET.SubElement(entry, "link", {"href": f"{page}#plats-changed"})
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _texts(parent: ET.Element, **texts: str) -> None:
    for tag, text in texts.items():
        ET.SubElement(parent, tag).text = text


def register(server: Flask, context: Context) -> None:
    """The feed: one address a place, which any reader or a line in cron can follow."""

    def answer() -> Response:
        with context.reader(asked_query()) as reader:
            state = resolve(context, reader, asked_query())
            if any(about.field == "area" for about in state.corrections):
                told = words.FEED_UNKNOWN[state.language]
                return Response(told, status=404, mimetype="text/plain")
            if state.corrections:
                return refused(state.corrections)
            response = Response(feed(state, site=site_address()), mimetype="application/atom+xml")
        response.headers["Cache-Control"] = "no-cache"
        return response

    server.add_url_rule(FEED, "plats_feed", answer)


def _sentences(state: PlaceState, frame: pd.DataFrame) -> list[str]:
    language, found = state.language, state.once(compared)
    counts = frame["kind"][frame["area_id"] != ""].value_counts()
    years, values, signals, types = (
        int(counts.get(kind, 0)) for kind in ("year", "values", "signal", "type")
    )
    version = state.reader.snapshot.snapshot_id
    if found is None:
        lead = words.CHANGED_LEAD[language].format(
            version=version,
            signals=_turned(state, signals),
            types=_other_types(state, types),
        )
        return [f"{words.CHANGED_ALONE[language]} {lead}"]
    own = [words.CHANGED_BY_OWN[language]] if state.profile.signals.is_own else []
    return [
        words.CHANGED_SINCE[language].format(
            version=version,
            before=found.before,
            years=years,
            values=values,
            signals=signals,
            types=types,
        ),
        *own,
    ]


def _turned(state: PlaceState, n: int) -> str:
    """How many directions are others than the year before; that none can be told where so."""
    known = state.once(signals_frame)["course"].notna().any()
    text = words.CHANGED_SIGNALS if known else words.NO_DIRECTIONS
    return text[state.language].format(n=_counted(state, n))


def _counted(state: PlaceState, n: int) -> str:
    return number(n, language=state.language)


def _other_types(state: PlaceState, n: int) -> str:
    """How many types are others than the year before, or why that cannot be said."""
    n_years = len(state.offer.years_of("area_type", "regso"))
    few = (words.NO_TYPES, words.ONE_YEAR_OF_TYPES)
    text = few[n_years] if n_years < 2 else words.CHANGED_TYPES
    return text[state.language].format(n=_counted(state, n))


def _table(state: PlaceState, frame: pd.DataFrame) -> Component:
    language = state.language
    rows: list[list[parts.Cell]] = [
        [CHANGE_KINDS[row["kind"]][language], row["text"]] for row in frame.to_dict("records")
    ]
    label = words.CHANGED[language]
    heads = [words.CHANGED_KIND[language], words.CHANGED_WHAT[language]]
    follow = html.P(html.A(words.FEED[language], href=feed_address(state)))
    return html.Div([parts.table(heads, rows, label=label, texts=(0, 1)), follow])


CHANGED: Final = Section(
    key="changed",
    heading=words.CHANGED,
    frame=changed_frame,
    applies=lambda state: not state.once(signals_frame).empty,
    sentences=_sentences,
    table=_table,
)
