"""Addresses as readers make them, of what a snapshot holds, and every section of the pages there.

From a seed: several places of every level beside one another, own areas, each measure, indicator
and year, also where the snapshot has no figures.
"""

import importlib
import pkgutil
import random
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from barometer.ui import pages
from barometer.ui.base.page import LivePage
from barometer.ui.context import Context

LARGE = ("0180", "1280", "1480", "0380", "1780", "2584", "0980")
YEARS = tuple(map(str, range(2011, 2026)))
INDICES = ("dissimilarity", "gini", "information_theory", "isolation", "mutual_information")
CHARTS = ("lines", "bars", "scatter", "map", "table")


def live_pages() -> dict[str, LivePage[Any]]:
    """Every page whose state is its address, by path."""
    names = [module.name for module in pkgutil.iter_modules(pages.__path__) if module.ispkg]
    found = [importlib.import_module(f"{pages.__name__}.{name}.page") for name in names]
    return {
        page.path: page
        for module in found
        for page in vars(module).values()
        if isinstance(page, LivePage)
    }


@dataclass(frozen=True, slots=True)
class Words:
    """What addresses are made of: areas by level, indicators and groupings of a snapshot."""

    areas: dict[str, list[str]]
    indicators: tuple[str, ...]
    groupings: tuple[str, ...]

    @classmethod
    def of(cls, context: Context) -> "Words":
        """Those of the published snapshot."""
        areas: dict[str, list[str]] = {}
        with context.store.reader() as reader:
            rows = reader.cursor.execute("SELECT level, area_id FROM areas ORDER BY area_id")
            for level, code in rows.fetchall():
                areas.setdefault(level, []).append(code)
        catalogue = context.catalogue
        return cls(areas, tuple(catalogue.indicators), tuple(catalogue.groupings))

    def place(self, chance: random.Random) -> str:
        """A place of any level, or some small areas of one kommun together."""
        kind = chance.choice(("large", "riket", "lan", "kommun", "regso", "deso", "own", "own"))
        if kind == "large":
            return chance.choice(LARGE)
        if kind != "own":
            return chance.choice(self.areas[kind])
        kommun = chance.choice(self.areas["kommun"])
        inside = [c for c in self.areas[chance.choice(("regso", "deso"))] if c[:4] == kommun]
        plain = [code for code in inside if "_" not in code][: chance.randint(1, 9)]
        return "own:" + ".".join(plain) if plain else kommun

    def places(self, chance: random.Random, most: int) -> str:
        """Some places with commas between."""
        return ",".join(dict.fromkeys(self.place(chance) for _ in range(chance.randint(1, most))))

    def query(self, chance: random.Random) -> str:
        """An address's query: most keys that any page has, each as often left out as not."""
        level = chance.choice(("kommun", "lan", "regso", "deso"))
        every = {
            "area": self.places(chance, 4),
            "peers": self.places(chance, 3),
            "year": chance.choice(YEARS),
            "since": chance.choice(YEARS),
            "start": chance.choice(YEARS),
            "units": chance.choice(("regso", "deso")),
            "level": level,
            "areas": ",".join(chance.sample(self.areas[level], 2)),
            "grouping": chance.choice(self.groupings),
            "index": chance.choice(INDICES),
            "indicator": chance.choice(self.indicators),
            "indicators": ",".join(chance.sample(self.indicators, 3)),
            "view": chance.choice(CHARTS),
            "marked": "out",
            "lang": "en",
        }
        kept = {key: word for key, word in every.items() if chance.random() < 0.6}
        return "?" + urlencode(kept, safe=",:")


def faults(
    page: LivePage[Any], context: Context, *, words: Words, n: int, seed: int
) -> Iterator[tuple[str, str, str]]:
    """What cannot be made of `n` addresses of a page: address, what, and where it failed."""
    chance = random.Random(seed)
    for _ in range(n):
        query = words.query(chance)
        with context.reader(query) as reader:
            state = page.resolve(context, reader, query)
            made = {"body": page.body} | dict(page.frames)
            made |= {box.component: box.fill for box in page.boxes}
            if page.opening is not None:
                made["opening"] = page.opening
            made |= {
                f"picture of {section.key}": lambda own, s=section: s.chart(own, own.once(s.frame))
                for section in page.sections
                if section.chart and section.applies(state)
            }
            for name, make in made.items():
                try:
                    make(state)
                except Exception:  # each of them is what is looked for
                    yield f"{page.path}{query}", name, traceback.format_exc(limit=-2)
