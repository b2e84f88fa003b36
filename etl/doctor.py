"""Drift: how the catalogue and SCB's live metadata differ, with the edit that would mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

from etl.fetch import TableNeed
from etl.scb import Client


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference; `severity` "stop" would stop a fetch, "note" is news (a new year or code)."""

    table_id: str
    variable: str
    code: str
    severity: str
    message: str
    suggestion: str


def compare_catalogue(client: Client, needs: Sequence[TableNeed]) -> tuple[Drift, ...]:
    """Every configured table, variable, code, level and year against live metadata."""
    raise NotImplementedError
