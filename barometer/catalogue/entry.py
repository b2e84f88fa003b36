"""Reads one TOML entry field by field and remembers every fault with its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from barometer.catalogue.model import Break, Text
from barometer.divisions import LEVELS, Level

T = TypeVar("T")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONGEST = 2_000  # letters of a text; the longest of the catalogue's own has 300


@dataclass(slots=True)
class CatalogueEntry:
    """One table of a TOML file; a missing or wrong field becomes a fault and a harmless value.

    `close` reports the fields that nobody asked for, so a misspelt key never passes in silence.
    """

    place: str
    fields: Mapping[str, Any]
    faults: list[str]
    asked: set[str] = field(default_factory=set)

    def fault(self, key: str, problem: str) -> None:
        """Remember a fault of one field."""
        self.faults.append(f"{self.place}: {key}: {problem}" if key else f"{self.place}: {problem}")

    def has(self, key: str) -> bool:
        """Whether the entry states a field."""
        return key in self.fields

    def get(self, key: str, kind: type[T], *, default: T | None = None) -> T:
        """A field of a plain type; without a default it must be there."""
        self.asked.add(key)
        value = self.fields.get(key, default)
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        self.fault(
            key,
            f"missing, expected {kind.__name__}"
            if value is None
            else f"{value!r} is not {kind.__name__}",
        )
        return kind() if default is None else default

    def number(self, key: str, *, default: float) -> float:
        """A number, whole or not."""
        self.asked.add(key)
        value = self.fields.get(key, default)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
        self.fault(key, f"{value!r} is not a number")
        return default

    def year(self, key: str) -> int | None:
        """A year, or None where none is stated."""
        return self.get(key, int) if self.has(key) else None

    def one_of(self, key: str, allowed: Any, *, default: str | None = None) -> Any:
        """A word out of a Literal type or of a tuple of words."""
        words = get_args(allowed) or tuple(allowed)
        value = self.get(key, str, default=default)
        if value not in words:
            self.fault(key, f"{value!r} is none of {', '.join(words)}")
        return value

    def text(self, key: str) -> Text:
        """Words in both languages: { sv = "…", en = "…" }."""
        value = self.get(key, dict)
        missing = [
            lang
            for lang in ("sv", "en")
            if not isinstance(value.get(lang), str) or not value[lang].strip()
        ]
        if missing and self.has(key):
            self.fault(key, f"lacks {' and '.join(missing)}")
        elif not all(_is_readable(str(text)) for text in value.values()):
            self.fault(key, f"is longer than {_LONGEST:,} letters, or has control characters")
        return Text(str(value.get("sv", "")), str(value.get("en", "")))

    def optional_text(self, key: str) -> Text | None:
        """Words in both languages, or None where none are stated."""
        return self.text(key) if self.has(key) else None

    def words(self, key: str, *, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of words; one word stands for a list of one."""
        self.asked.add(key)
        value = self.fields.get(key, default)
        found = (value,) if isinstance(value, str) else value
        if isinstance(found, (list, tuple)) and all(isinstance(word, str) for word in found):
            return tuple(found)
        self.fault(
            key,
            "missing, expected a list of words"
            if value is None
            else f"{value!r} is not a list of words",
        )
        return default or ()

    def entry(self, key: str) -> "CatalogueEntry":
        """A table inside the entry."""
        return CatalogueEntry(f"{self.place}.{key}", self.get(key, dict), self.faults)

    def entries(self, key: str, *, least: int = 0) -> tuple["CatalogueEntry", ...]:
        """A list of tables inside the entry."""
        value = self.get(key, list, default=[])
        if len(value) < least:
            self.fault(key, f"needs at least {least}")
        wrong = [item for item in value if not isinstance(item, dict)]
        for item in wrong:
            self.fault(key, f"{item!r} is not a table")
        return tuple(
            CatalogueEntry(f"{self.place}.{key}[{number}]", item, self.faults)
            for number, item in enumerate(value)
            if isinstance(item, dict)
        )

    def breaks(self) -> tuple[Break, ...]:
        """The breaks: [{ year = 2020, severs = true, levels = ["deso"], sv = "…", en = "…" }]."""
        return tuple(item.single_break() for item in self.entries("breaks"))

    def single_break(self) -> Break:
        """One of the breaks; closes its entry."""
        found = Break(
            year=self.get("year", int),
            note=Text(self.get("sv", str), self.get("en", str)),
            severs=self.get("severs", bool, default=False),
            levels=self.levels() if self.has("levels") else LEVELS,
        )
        self.close()
        return found

    def levels(self, known: tuple[Level, ...] = LEVELS) -> tuple[Level, ...]:
        """The levels that it names of those known, from the largest areas to the smallest."""
        levels = self.words("levels")
        for level in levels:
            if level not in known:
                self.fault("levels", f"{level!r} is none of {', '.join(known)}")
        return tuple(level for level in known if level in levels)

    def close(self) -> None:
        """Report the fields that nobody asked for."""
        for key in self.fields:
            if key not in self.asked:
                self.fault(key, "is not a field of such an entry; misspelt?")


def _is_readable(text: str) -> bool:
    """Whether a text can stand on a page: somebody reads it all, and nothing in it is a control."""
    return len(text) <= _LONGEST and not _CONTROLS.search(text)
