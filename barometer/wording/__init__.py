"""Numbers and sentences for people, in Swedish and English."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from barometer.catalogue import Catalogue, Indicator
from barometer.divisions import Language, Level
from barometer.selection import Method, Offer, Reading, Selection


def number(value: float, *, decimals: int, language: Language) -> str:
    """A number: "1 234,5" (no-break spaces, real minus) or "1,234.5"."""
    raise NotImplementedError


def value(amount: float | None, *, indicator: Indicator, language: Language) -> str:
    """A value with its unit: "12,3 %", "254,0 tkr", the category's name; "–" where there is none."""
    raise NotImplementedError


def value_range(low: float, high: float, *, indicator: Indicator, language: Language) -> str:
    """Two values with one unit: "24,1–45,4 %"."""
    raise NotImplementedError


def difference(amount: float, *, indicator: Indicator, language: Language) -> str:
    """A difference without direction: "12,3 procentenheter"."""
    raise NotImplementedError


def unit_name(indicator: Indicator, *, language: Language) -> str:
    """The unit for a heading: "procent", "antal", "tkr"."""
    raise NotImplementedError


def day(moment: date, *, language: Language) -> str:
    """A date: "4 juni 2025", "4 June 2025"."""
    raise NotImplementedError


def year_list(years: Sequence[int]) -> str:
    """Years, runs joined: "2011–2018, 2020"."""
    raise NotImplementedError


def missing_reason(status: str, *, language: Language) -> str:
    """Why there is no value: "skyddad", "ej publicerad", "för få invånare"."""
    raise NotImplementedError


def method_name(method: Method, *, language: Language) -> str:
    """The class method: "kvantiler", "lika steg", "Jenks", "standardavvikelser"."""
    raise NotImplementedError


def background_name(background: str, *, catalogue: Catalogue, language: Language) -> str:
    """The background: "alla", "kvinnor"."""
    raise NotImplementedError


def map_title(selection: Selection, *, catalogue: Catalogue) -> str:
    """What the map shows: "Utländsk bakgrund, kvinnor, i RegSO 2025 år 2024"."""
    raise NotImplementedError


def class_labels(
    ranges: Sequence[tuple[float, float]], *, indicator: Indicator, language: Language
) -> tuple[str, ...]:
    """One label per class of `classes.Classification.ranges`, lowest first."""
    raise NotImplementedError


def legend_sentence(
    ranges: Sequence[tuple[float, float]],
    counts: Sequence[int],
    *,
    indicator: Indicator,
    language: Language,
) -> str:
    """The legend in words: "I de mörkaste områdena är andelen 24,1–45,4 %, i de ljusaste …"."""
    raise NotImplementedError


def area_sentences(
    comparison: pd.DataFrame, *, indicator: Indicator, language: Language
) -> tuple[str, ...]:
    """An area against its kommun, län and riket and among its like (`queries.area_comparison`)."""
    raise NotImplementedError


def series_sentence(series: pd.DataFrame, *, indicator: Indicator, language: Language) -> str:
    """How the area's value has moved within its division (`queries.area_series`)."""
    raise NotImplementedError


def misunderstood_sentences(
    reading: Reading, *, catalogue: Catalogue, offer: Offer
) -> tuple[str, ...]:
    """One sentence per misunderstanding: "Året 2035 finns inte; visar 2024. …"."""
    raise NotImplementedError


def missing_sentence(
    missing: Sequence[tuple[str, int]], *, n_areas: int, language: Language
) -> str:
    """How many areas lack a value and why; empty when none does."""
    raise NotImplementedError


def boundary_sentence(n: int, *, level: Level, language: Language) -> str:
    """How many areas are in the table but not on the map; empty when none is."""
    raise NotImplementedError


def synthetic_banner(language: Language) -> str:
    """That the figures are made up and what to do about it."""
    raise NotImplementedError


def lacking_sentence(lacking: Sequence[str], *, language: Language) -> str:
    """What a partial snapshot did without; empty when nothing."""
    raise NotImplementedError


def source_line(
    tables: Mapping[str, date | None],
    *,
    retrieved: date,
    snapshot_id: str,
    synthetic: bool,
    language: Language,
) -> str:
    """ "Källa: SCB, tabell TAB6571 (uppdaterad 4 juni 2025). Hämtad 22 november 2026. …"."""
    raise NotImplementedError
