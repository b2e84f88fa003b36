"""Drift: how the catalogue and SCB's live metadata differ, with the edit that would mend it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from barometer.catalogue import Need
from etl.errors import CatalogueMismatchError
from etl.fetch.bronze import Bronze, Lack, Origin
from etl.fetch.metadata import TableVariable
from etl.fetch.needs import REGION, TIME, year_of
from etl.fetch.plan import nearest, show_codes
from etl.fetch.survey import Survey, SurveyedTable, origin_of, survey_tables
from etl.providers.provider import Provider
from etl.snapshot.areas import region_labels

_TOTAL: Final = re.compile(r"\b(totalt?|samtliga|alla|män och kvinnor)\b", re.IGNORECASE)

Severity = Literal["stop", "note"]


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference between catalogue and server.

    "stop" would stop a fetch; "note" is news that stops nothing (a new year, a closed table), and
    with `edit` goes on being told until somebody has edited the catalogue.
    `variable` is "" for the table itself; `code` is the code, the year or the level.
    """

    table_id: str
    variable: str
    code: str
    severity: Severity
    message: str
    suggestion: str
    edit: bool = False


def compare_catalogue(
    client: Provider, bronze: Bronze, needs: Sequence[Need], *, workers: int = 4
) -> tuple[Drift, ...]:
    """Every configured table, variable, code, level and year against live metadata."""
    return list_drift(survey_tables(client, bronze, needs, workers=workers), origin_of(client))


def list_drift(survey: Survey, origin: Origin = "scb") -> tuple[Drift, ...]:
    """The differences of a survey already made: those that stop a fetch first.

    `origin` is of what the server serves: a table that our own emulator lacks has no successor.
    """
    stops = [_from_lack(lack, suggestion=_successor(lack, origin)) for lack in survey.missing]
    notes = [
        Drift(table.table_id, "", "", "note", table.message, table.suggestion, edit=True)
        for table in survey.unknown
    ]
    notes += [
        Drift(
            table.table_id,
            "",
            "",
            "note",
            f"{table.table_id}: {table.provider} gave no usable answer ({table.message})",
            "run again later; what was fetched before goes on being published",
        )
        for table in survey.silent
    ]
    notes += [
        Drift("", "Region", "", "note", conflict, "the newest table's name is used")
        for conflict in region_labels([table.metadata for table in survey.tables])[1]
    ]
    for table in survey.tables:
        lacks = _joined(table.lacks)
        stops += [_from_lack(lack, suggestion=_edit(lack, table=table)) for lack in lacks]
        notes += [
            replace(_from_lack(lack, suggestion=_edit(lack, table=table)), severity="note")
            for lack in _joined(table.gaps)
        ]
        notes += _news(table)
    return (*stops, *notes)


def require_fit(drifts: Sequence[Drift]) -> None:
    """Raise CatalogueMismatchError naming all that would stop a fetch, each with its edit."""
    lines = [
        f"- {drift.message}\n  {drift.suggestion}" for drift in drifts if drift.severity == "stop"
    ]
    if lines:
        raise CatalogueMismatchError(
            "The catalogue asks for what the server does not have; nothing was downloaded and the "
            "published snapshot stays:\n" + "\n".join(lines) + "\n"
            "Edit the catalogue, or build with --partial from what there is"
        )


def _joined(lacks: Sequence[Lack]) -> Iterator[Lack]:
    """One lack for all that share a message (the years of a table)."""
    by_message: dict[str, list[Lack]] = {}
    for lack in lacks:
        by_message.setdefault(lack.message, []).append(lack)
    for message, same in by_message.items():
        codes = ", ".join(lack.code for lack in same)
        yield Lack(same[0].table_id, same[0].variable, codes, message)


def _from_lack(lack: Lack, *, suggestion: str) -> Drift:
    return Drift(lack.table_id, lack.variable, lack.code, "stop", lack.message, suggestion)


def _successor(lack: Lack, origin: Origin) -> str:
    if origin == "synthetic":
        return (
            f"the made-up country has no such table: compose {lack.table_id} in "
            "etl/synthetic/compositions/, or hold it against SCB with python -m etl doctor"
        )
    if origin == "scb-extract":
        return "the extract has no such table: hold it against SCB with python -m etl doctor"
    return (
        f"find the table that replaced {lack.table_id} (GET /tables?query=<its title>) and "
        f"put its id in place of {lack.table_id}, or delete the entry of {lack.table_id}"
    )


def _edit(lack: Lack, *, table: SurveyedTable) -> str:
    """The edit of the catalogue that would mend a lack."""
    entry = f"in {_asking(lack, table=table)}"
    variable = table.metadata.variable(lack.variable)
    if variable is None:
        codes = [variable.code for variable in table.metadata.variables]
        return (
            f"{entry} rename {lack.variable!r} to {show_codes(nearest(lack.variable, codes)[:1])}"
        )
    if lack.variable == TIME:
        return f"{entry} leave {lack.code} out of the years"
    if lack.variable == REGION:
        return f"{entry} leave {lack.code} out of the levels, or end its years before them"
    if not lack.code:
        codes = [variable.elimination_value or _total(variable)]
        return (
            f"{entry} select {lack.variable!r}: for example {show_codes(codes, variable=variable)}"
        )
    if lack.code in variable.codes:
        return f"{entry} put the code that is meant in place of {lack.code!r}, or mend its meaning"
    likely = nearest(lack.code, variable.codes)[:1]
    return f"{entry} replace {lack.code!r} by {show_codes(likely, variable=variable)}"


def _asking(lack: Lack, *, table: SurveyedTable) -> str:
    """The file and the entry that ask for what is lacking."""
    asked = lack.variable not in (TIME, REGION) and lack.code
    places = {
        place
        for need in table.needs
        for variable, code, place in need.asked_by
        if asked and (variable, code) == (lack.variable, lack.code)
    }
    return ", ".join(sorted(places)) or f"sources.toml: {lack.table_id}"


def _total(variable: TableVariable) -> str:
    """The code that most likely stands for everybody, by its label; else the first."""
    labelled = zip(variable.codes, variable.labels, strict=True)
    totals = [code for code, label in labelled if _TOTAL.search(label)]
    return totals[0] if totals else variable.codes[0]


def _news(table: SurveyedTable) -> Iterator[Drift]:
    info = table.info
    open_ended = any(need.open_ended for need in table.needs)
    if info.discontinued and open_ended:
        yield Drift(
            info.id,
            "",
            "",
            "note",
            f"{info.id} is no longer updated",
            f"find the table that replaces {info.id} and add it",
        )
    time = table.metadata.variable(TIME)
    last = max(year + need.ahead for need in table.needs for year in need.years)
    if time is None:
        return
    for year in sorted({year for code in time.codes if (year := year_of(code)) and year > last}):
        message = f"{info.id} has a new year, {year}" + (", fetched too" if open_ended else "")
        yield Drift(info.id, time.code, str(year), "note", message, "none needed")
