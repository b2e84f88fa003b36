"""The list of tables: searching it, cutting it into pages, and the links between them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from etl.emulator.problems import NO_PAGE, RefusedError

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Search:
    """What a list call asks for; `base` is the API's own address, for links."""

    language: str
    query: str = ""
    past_days: int | None = None
    discontinued: bool = False
    page: int = 1
    size: int = PAGE_SIZE


def list_tables(
    summaries: Sequence[Mapping[str, Any]], search: Search, *, base: str, now: datetime
) -> dict[str, Any]:
    """One page of the tables that match.

    Raises:
        RefusedError: there are fewer pages than that.
    """
    found = [entry for entry in summaries if _matches(entry, search, now=now)]
    pages = math.ceil(len(found) / search.size)
    if search.page > max(pages, 1):
        raise RefusedError(NO_PAGE)
    start = (search.page - 1) * search.size
    return {
        "language": search.language,
        "tables": [
            describe(entry, search.language, base=base)
            for entry in found[start : start + search.size]
        ],
        "page": {
            "pageNumber": search.page,
            "pageSize": search.size,
            "totalElements": len(found),
            "totalPages": pages,
            "links": _page_links(search, pages, base=base),
        },
        "links": [_link("self", search.language, _address(search, search.page, base=base))],
    }


def describe(entry: Mapping[str, Any], language: str, *, base: str) -> dict[str, Any]:
    """A table's entry in one language, with its links."""
    plain = {key: value for key, value in entry.items() if key not in ("english", "links")}
    translated = entry.get("english", {}) if language == "en" else {}
    address = f"{base}/tables/{entry['id']}"
    other = "en" if language == "sv" else "sv"
    data = f"{address}/data?lang={language}&outputFormat=json-stat2"
    links = [
        _link("self", language, f"{address}?lang={language}"),
        _link("alternate", other, f"{address}?lang={other}"),
        _link("metadata", language, f"{address}/metadata?lang={language}"),
        _link("data", language, data),
    ]
    return {**plain, **translated, "links": links}


def _matches(entry: Mapping[str, Any], search: Search, *, now: datetime) -> bool:
    if entry.get("discontinued") and not search.discontinued:
        return False
    if search.past_days is not None:
        updated = datetime.fromisoformat(entry["updated"])
        if updated < now - timedelta(days=search.past_days):
            return False
    text = _searchable(entry)
    words = (word for word in search.query.split() if word not in ("AND", "OR"))
    return all(word.casefold().removeprefix("title:").rstrip("*") in text for word in words)


def _searchable(entry: Mapping[str, Any]) -> str:
    paths = (step["label"] for path in entry.get("paths", ()) for step in path)
    english = entry.get("english", {})
    texts = [entry["id"], entry["label"], entry.get("description") or "", english.get("label", "")]
    return " ".join([*texts, *entry.get("variableNames", ()), *paths]).casefold()


def _page_links(search: Search, pages: int, *, base: str) -> list[dict[str, str]]:
    steps: list[tuple[str, int]] = []
    if search.page > 1:
        steps += [("first", 1), ("previous", search.page - 1)]
    if search.page < pages:
        steps += [("next", search.page + 1), ("last", pages)]
    return [_link(rel, search.language, _address(search, at, base=base)) for rel, at in steps]


def _address(search: Search, page: int, *, base: str) -> str:
    query = f"&query={quote(search.query)}" if search.query else ""
    past = "" if search.past_days is None else f"&pastDays={search.past_days}"
    every = "&includeDiscontinued=true" if search.discontinued else ""
    page_part = f"&pagesize={search.size}&pageNumber={page}"
    return f"{base}/tables/?lang={search.language}{query}{page_part}{past}{every}"


def _link(rel: str, language: str, href: str) -> dict[str, str]:
    return {"rel": rel, "hreflang": language, "href": href}
