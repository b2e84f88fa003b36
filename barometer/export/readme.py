"""The README of the data package: what it is, how to read it, and on which terms, for people."""

from typing import Any, Final

from barometer import wording
from barometer.snapshot import Snapshot
from barometer.wording.notes import lacking_in_words

_LINES: Final = (
    "# {title}: {version}",
    "",
    "{description}",
    "",
    "- Data version: {version}, built {created}, origin `{origin}`",
    "{made_up}- `datapackage.json` describes every file and column (Frictionless Data Package);",
    "  `hash` is the SHA-256 of each file.",
    "- Files are CSV in UTF-8 with a comma between columns and a full stop for decimals. An empty",
    "  cell is a missing value, never 0; `status` or `caution` says why.",
    "- Units: `indicator_values` as `unit` in `indicators`, per cent as 0-100; `index_values` as",
    "  its column `value` says, shares as 0-1.",
    "- Divisions: `2018` is DeSO 2018 and RegSO 2020, `2025` is DeSO and RegSO 2025, `admin` is",
    "  kommun, län and riket.",
    "- Terms: {terms}",
    "- Cite as: Segregationsbarometern, data version {version}.",
    "{lacking}",
    "## På svenska",
    "",
    "Hela dataversionen som CSV-filer. `datapackage.json` beskriver varje fil och kolumn, på",
    "engelska. En tom cell är en uppgift som saknas, aldrig 0. Andelar i `indicator_values` är",
    "procent (0–100), index i `index_values` är andelar (0–1) om inget annat sägs.",
    "{lacking_sv}",
    "## Files",
    "",
    "{files}",
    "",
)


def readme(about: dict[str, Any], snapshot: Snapshot, *, tables: tuple[str, ...]) -> str:
    """The text, of the package's description; `tables` are those that were fetched."""
    files = "\n".join(f"- `{own['path']}`: {own['description']}" for own in about["resources"])
    en, sv = (
        lacking_in_words(snapshot.lacking, tables, language=language) for language in ("en", "sv")
    )
    made_up = f"- {wording.synthetic_banner('en')}\n" if snapshot.synthetic else ""
    terms = ", ".join(dict.fromkeys(own["title"] for own in about["licenses"]))
    return "\n".join(_LINES).format(
        **{key: about[key] for key in ("title", "version", "created", "origin", "description")},
        made_up=made_up,
        terms=terms,
        lacking=f"- Lacking: {en}\n" if en else "",
        lacking_sv=f"\n{sv}\n" if sv else "",
        files=files,
    )
