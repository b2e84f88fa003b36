"""The live state of every table that the catalogue needs: its `updated`, variables and codes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Final, TypeVar

from barometer.catalogue import Need
from etl.errors import (
    BronzeDamagedError,
    RequestRefusedError,
    SourceUnavailableError,
    TableMissingError,
)
from etl.fetch.bronze import Bronze, Entry, Lack, Origin
from etl.fetch.metadata import TableInfo, TableMetadata, parse_metadata
from etl.fetch.needs import resolve_need
from etl.fetch.plan import DataRequest
from etl.network.answers import BadAnswerError
from etl.providers.provider import Provider

_CANDIDATES: Final = 5
_UNDATED: Final = "undated, asked "  # with the day: a release without a stamp is asked for daily
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class SurveyedTable:
    """A live table: what to ask it for, and what it lacks."""

    needs: tuple[Need, ...]
    info: TableInfo
    metadata: TableMetadata
    entry: Entry
    requests: tuple[DataRequest, ...]
    lacks: tuple[Lack, ...]
    gaps: tuple[Lack, ...] = ()  # that stop nothing: another agency's series need not be whole

    @property
    def counts(self) -> dict[str, bool]:
        """The codes of ContentsCode whose values are counts, and whether those are whole."""
        units = (unit for variable in self.metadata.variables for unit in variable.units)
        whole = {unit.code for unit in units if not unit.decimals}
        return {code: code in whole for need in self.needs for code in need.counts}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A table that is unverified in the catalogue, and that the server does not have as it says."""

    table_id: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Silent:
    """A table of a provider beside SCB that gave no usable answer: the others go on without it."""

    table_id: str
    provider: str
    message: str


@dataclass(frozen=True, slots=True)
class Survey:
    """All tables that the catalogue needs.

    `missing` are those that are gone, `unknown` those that nobody has verified: they are left out.
    """

    tables: tuple[SurveyedTable, ...]
    missing: tuple[Lack, ...]
    unknown: tuple[Unknown, ...] = ()
    silent: tuple[Silent, ...] = ()

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """Everything the catalogue wants and the server does not have."""
        return self.missing + tuple(lack for table in self.tables for lack in table.lacks)


def survey_tables(
    client: Provider,
    bronze: Bronze,
    needs: Sequence[Need],
    *,
    workers: int = 4,
    surveyed: Callable[[str], None] | None = None,
    recheck: bool = True,
) -> Survey:
    """Ask for every table's `updated`, and for its metadata where bronze has not this release's.

    `surveyed` hears each table's id when it is done. Metadata answers are kept in bronze; with
    `recheck` a kept one that lacks something is asked for anew, since SCB may mend codes without a
    new release.
    """
    by_table: dict[str, list[Need]] = defaultdict(list)
    for need in needs:
        by_table[need.source_id].append(need)

    def look(table_id: str) -> SurveyedTable | Lack | Unknown | Silent:
        provider = by_table[table_id][0].provider
        try:
            table: SurveyedTable | Lack | Unknown | Silent = _survey_table(
                client, bronze, table_id, needs=by_table[table_id], recheck=recheck
            )
        except (SourceUnavailableError, RequestRefusedError) as error:
            if provider == "scb":
                raise
            table = Silent(table_id, provider, str(error))
        if surveyed:
            surveyed(table_id)
        return table

    found = list(run_in_parallel(look, by_table, workers=workers))
    tables = [item for item in found if isinstance(item, SurveyedTable)]
    missing = [item for item in found if isinstance(item, Lack)]
    unknown = [item for item in found if isinstance(item, Unknown)]
    silent = [item for item in found if isinstance(item, Silent)]
    return Survey(
        tuple(sorted(tables, key=lambda table: table.info.id)),
        tuple(sorted(missing, key=lambda lack: lack.table_id)),
        tuple(sorted(unknown, key=lambda table: table.table_id)),
        tuple(sorted(silent, key=lambda table: table.table_id)),
    )


def run_in_parallel(
    function: Callable[[_Item], _Result], items: Iterable[_Item], *, workers: int
) -> Iterator[_Result]:
    """Results as they come; at the first failure or interrupt nothing more is started."""
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(function, item) for item in items]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            for future in futures:
                future.cancel()


def origin_of(client: Provider) -> Origin:
    """Whether the server's figures are SCB's own, an extract of them, or made up."""
    if client.config.synthetic:
        return "synthetic"
    return "scb-extract" if client.config.extract else "scb"


def utc_now() -> str:
    """The present moment as manifests write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _survey_table(
    client: Provider, bronze: Bronze, table_id: str, *, needs: Sequence[Need], recheck: bool
) -> SurveyedTable | Lack | Unknown | Silent:
    words = next((need.unverified for need in needs if need.unverified), "")
    if client.config.extract:
        words = ""  # an extract has few of SCB's tables: what it lacks is listed, not searched for
    try:
        info = table_info(client, table_id)
    except TableMissingError as error:
        beside = needs[0].provider != "scb"
        if words:
            reason = str(error) if beside else "the server has no such table"
            return _unknown(client, table_id, reason, words=words)
        if beside:
            return Silent(table_id, needs[0].provider, str(error))
        return Lack(table_id, "", "", str(error))
    table = _survey_known(client, bronze, info, needs=needs, recheck=recheck)
    if needs[0].provider != "scb" and table.requests:
        return replace(table, lacks=(), gaps=table.lacks)
    if table.lacks and not words and needs[0].provider != "scb":
        lacks = "; ".join(dict.fromkeys(lack.message for lack in table.lacks))
        return Silent(table_id, needs[0].provider, lacks)
    if words and table.lacks:
        lacks = "; ".join(dict.fromkeys(lack.message for lack in table.lacks))
        return _unknown(client, table_id, lacks, words=words)
    return table


def table_info(client: Provider, table_id: str) -> TableInfo:
    """The table's entry with a stamp of its release: `updated`, else its metadata's, else the day.

    The entry comes from the server's search index: a table may be missing there, or have no
    `updated`, and be there all the same.

    Raises:
        TableMissingError: the server has neither an entry nor a description of the table.
    """
    try:
        info = client.table_info(table_id)
        if info.updated:
            return info
    except TableMissingError as missing:
        info = None
        try:
            raw = client.metadata_answer(table_id).raw
        except TableMissingError:
            raise missing from None
    else:
        raw = client.metadata_answer(table_id, exists=True).raw
    metadata = parse_metadata(raw, table_id=table_id)
    info = info or TableInfo(table_id, metadata.label, "", "", "", False, ())
    return replace(info, updated=metadata.updated or _UNDATED + utc_now()[:10])


def is_undated(info: TableInfo) -> bool:
    """Whether neither entry nor metadata says when the table was published."""
    return info.updated.startswith(_UNDATED)


def _unknown(client: Provider, table_id: str, reason: str, *, words: str) -> Unknown:
    """What could be the table, by SCB's own search; never taken for it without somebody's look."""
    try:
        found = [
            f"{t.id} ({t.label})" for t in islice(client.search(words, near=table_id), _CANDIDATES)
        ]
    except (RequestRefusedError, SourceUnavailableError) as error:
        found, reason = [], f"{reason}; the search was refused too ({error})"
    return Unknown(
        table_id,
        f"{table_id} is unverified in the catalogue and cannot be read: {reason}. "
        "What is made of it is left out",
        f"searching its provider's tables for {words!r} finds "
        f"{', '.join(found) or 'nothing: search with other words'}. Look at the table there, put "
        f"its id and codes in place of {table_id} in barometer/sources.toml, and remove the "
        "entry's line unverified",
    )


def _survey_known(
    client: Provider, bronze: Bronze, info: TableInfo, *, needs: Sequence[Need], recheck: bool
) -> SurveyedTable:
    kept = _stored_metadata(client, bronze, info)
    table = _compare(needs, info, *(kept or _live_metadata(client, bronze, info)))
    if kept and table.lacks and recheck:
        return _compare(needs, info, *_live_metadata(client, bronze, info))
    return table


def _compare(needs: Sequence[Need], info: TableInfo, entry: Entry, raw: bytes) -> SurveyedTable:
    metadata = parse_metadata(raw, table_id=info.id)
    resolved = [resolve_need(need, metadata=metadata) for need in needs]
    requests = tuple(request for part in resolved for request in part.requests)
    lacks = tuple(dict.fromkeys(lack for part in resolved for lack in part.lacks))
    return SurveyedTable(tuple(needs), info, metadata, entry, requests, lacks)


def _stored_metadata(
    client: Provider, bronze: Bronze, info: TableInfo
) -> tuple[Entry, bytes] | None:
    request = DataRequest(info.id, ())
    kept = bronze.find(request, updated=info.updated, origin=origin_of(client), kind="metadata")
    if kept:
        with suppress(BronzeDamagedError, BadAnswerError):  # set aside by read, or of an older code
            raw = bronze.read(kept)
            parse_metadata(raw, table_id=info.id)
            return kept, raw
    return None


def _live_metadata(client: Provider, bronze: Bronze, info: TableInfo) -> tuple[Entry, bytes]:
    answer = client.metadata_answer(info.id, release=info.updated, exists=True)
    entry = bronze.put(
        DataRequest(info.id, ()),
        answer,
        updated=info.updated,
        origin=origin_of(client),
        retrieved=utc_now(),
        kind="metadata",
    )
    return entry, answer.raw
