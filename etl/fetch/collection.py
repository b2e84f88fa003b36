"""From what the catalogue needs to a complete collection of raw answers."""

from collections import defaultdict
from collections.abc import Collection as Some
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial as bind
from typing import Final, Protocol

from barometer.catalogue import Need
from etl.doctor import list_drift, require_fit
from etl.errors import (
    CatalogueMismatchError,
    ReleaseChangedError,
    SourceUnavailableError,
    TooManyCellsError,
)
from etl.fetch.bronze import Bronze, CollectedTable, Collection, Entry
from etl.fetch.parse import read_dataset
from etl.fetch.plan import DataRequest, halve_request, split_request
from etl.fetch.scb import Config
from etl.fetch.survey import (
    Silent,
    Survey,
    SurveyedTable,
    is_undated,
    origin_of,
    run_in_parallel,
    survey_tables,
    table_info,
    utc_now,
)
from etl.journal import log_event
from etl.providers.provider import Provider

_HALVINGS: Final = 2  # when the server calls a request too large that its own limit allows
_ROUNDS: Final = 3  # a table republished while it is downloaded is downloaded anew


class Progress(Protocol):
    """Hears how a fetch goes; the terminal draws it. Called from several threads."""

    def surveyed(self, *, table_id: str, n_tables: int) -> None:
        """One of `n_tables` tables has been compared with the catalogue."""

    def planned(self, *, calls: int, cells: int, unchanged: int) -> None:
        """All calls are known: `calls` to make, `kept` answers already in bronze."""

    def noted(self, message: str) -> None:
        """Something about a table that stops nothing: a new year, a table that was closed."""

    def arrived(self, *, table_id: str, cells: int) -> None:
        """One answer is kept."""


class Silence:
    """Progress that nobody watches."""

    def surveyed(self, *, table_id: str, n_tables: int) -> None:
        """Say nothing."""

    def planned(self, *, calls: int, cells: int, unchanged: int) -> None:
        """Say nothing."""

    def noted(self, message: str) -> None:
        """Say nothing."""

    def arrived(self, *, table_id: str, cells: int) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What a fetch would do for one table: calls to make, and answers that are kept."""

    table_id: str
    label: str
    updated: str
    calls: int
    cells: int
    kept: int


@dataclass(frozen=True, slots=True)
class FetchPlan:
    """What a fetch would do; `minutes` is what the server's rate limit alone takes."""

    tables: tuple[TablePlan, ...]
    calls: int
    cells: int
    kept: int
    minutes: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """One call of the plan, with the answer if bronze has it."""

    table: SurveyedTable
    request: DataRequest
    kept: Entry | None


def plan_fetch(
    client: Provider,
    bronze: Bronze,
    needs: Sequence[Need],
    *,
    progress: Progress | None = None,
    partial: bool = False,
    only: Some[str] | None = None,
) -> FetchPlan:
    """Ask for `updated` and metadata only, and count the calls that remain; as `fetch_tables`."""
    watch = progress or Silence()
    last = bronze.collection() if only is not None else None
    over = _taken_over(last, needs, only=only, client=client)
    asked = [need for need in needs if need.source_id not in over]
    survey = _survey(client, bronze, asked, progress=watch, partial=partial)
    pieces = _pieces(client, bronze, survey)
    tables = tuple(
        _table_plan(table, [piece for piece in pieces if piece.table is table])
        for table in survey.tables
    )
    calls = sum(table.calls for table in tables)
    return FetchPlan(
        tables=tables,
        calls=calls,
        cells=sum(table.cells for table in tables),
        kept=sum(table.kept for table in tables),
        minutes=_minutes(calls, config=client.config),
    )


def _minutes(calls: int, *, config: Config) -> float:
    if not config.calls_per_window:
        return 0.0
    return calls / config.calls_per_window * config.window_seconds / 60


def fetch_tables(
    client: Provider,
    bronze: Bronze,
    needs: Sequence[Need],
    *,
    progress: Progress | None = None,
    partial: bool = False,
    only: Some[str] | None = None,
    workers: int = 4,
) -> Collection:
    """Download what changed or is missing, and record the collection that a build reads.

    All tables are compared with live metadata before the first download: CatalogueMismatchError
    names every gone table, code, year and level; with `partial` they are left out and listed in
    `Collection.lacking`. With `only`, the other tables are taken over from the last collection.
    """
    watch = progress or Silence()
    last = bronze.collection() if only is not None else None
    over = _taken_over(last, needs, only=only, client=client)
    asked = [need for need in needs if need.source_id not in over]
    changed = ""
    for _ in range(_ROUNDS):
        try:
            survey = _survey(
                client, bronze, asked, progress=watch, partial=partial, workers=workers
            )
            pieces = _pieces(client, bronze, survey)
            answers = _download(client, bronze, pieces, progress=watch, workers=workers)
        except ReleaseChangedError as error:
            changed = str(error)
            watch.noted(f"{changed}: the tables are compared again")
            continue
        changed = _republished(client, pieces, workers=workers)
        if not changed:
            break
    else:
        raise SourceUnavailableError(
            f"{client.base_url} republished tables in each of {_ROUNDS} rounds of download, the "
            f"last: {changed}. Run the same command again later; what has arrived is kept"
        )
    over = {**over, **_previous_tables(client, bronze, survey.silent)}
    collection = _collection(client, survey, answers, over=over, last=last)
    bronze.keep_collection(collection)
    return collection


def _survey(
    client: Provider,
    bronze: Bronze,
    needs: Sequence[Need],
    *,
    progress: Progress,
    partial: bool,
    workers: int = 4,
) -> Survey:
    n_tables = len({need.source_id for need in needs})

    def surveyed(table_id: str) -> None:
        progress.surveyed(table_id=table_id, n_tables=n_tables)

    survey = survey_tables(
        client, bronze, needs, workers=workers, surveyed=surveyed, recheck=not partial
    )
    drifts = list_drift(survey, origin_of(client))
    for drift in drifts:
        log_event("drift", **asdict(drift))
    if not partial:
        require_fit(drifts)
    for drift in drifts:
        if drift.severity == "note":
            progress.noted(f"{drift.message}: {drift.suggestion}" if drift.edit else drift.message)
    return survey


def _pieces(client: Provider, bronze: Bronze, survey: Survey) -> list[_Piece]:
    """Every call of the survey's requests, those in bronze with their answer."""
    origin = origin_of(client)
    pieces = []
    for table in survey.tables:
        updated, counts = table.info.updated, table.counts
        for request in table.requests:
            for part in split_request(request, max_cells=client.config.max_cells):
                read = bind(read_dataset, request=part, counts=counts)
                kept = bronze.find_readable(part, updated=updated, origin=origin, read=read)
                pieces.append(_Piece(table, part, kept))
    return pieces


def _table_plan(table: SurveyedTable, pieces: Sequence[_Piece]) -> TablePlan:
    missing = [piece for piece in pieces if piece.kept is None]
    return TablePlan(
        table_id=table.info.id,
        label=table.info.label,
        updated=table.info.updated,
        calls=len(missing),
        cells=sum(piece.request.cells for piece in missing),
        kept=len(pieces) - len(missing),
    )


def _download(
    client: Provider,
    bronze: Bronze,
    pieces: Sequence[_Piece],
    *,
    progress: Progress,
    workers: int,
) -> dict[str, list[Entry]]:
    """The answers of every piece by table id, in the order of the plan."""
    missing = [piece for piece in pieces if piece.kept is None]
    progress.planned(
        calls=len(missing),
        cells=sum(piece.request.cells for piece in missing),
        unchanged=len(pieces) - len(missing),
    )

    def fetch(piece: _Piece) -> tuple[DataRequest, list[Entry]]:
        entries = _ask(client, bronze, piece.request, table=piece.table)
        progress.arrived(table_id=piece.request.table_id, cells=piece.request.cells)
        return piece.request, entries

    arrived = dict(run_in_parallel(fetch, missing, workers=workers))
    answers: dict[str, list[Entry]] = defaultdict(list)
    for piece in pieces:
        answers[piece.request.table_id] += [piece.kept] if piece.kept else arrived[piece.request]
    for table in {piece.table.info.id: piece.table for piece in pieces}.values():
        if is_undated(table.info):
            _require_one_release(bronze, table.info.id, answers[table.info.id])
    return answers


def _require_one_release(bronze: Bronze, table_id: str, entries: Iterable[Entry]) -> None:
    """Forget the answers of a table whose release nobody dates when they date themselves apart."""
    stamps = {read_dataset(bronze.read(entry)).updated for entry in entries}
    if len(stamps) > 1:
        bronze.forget(table_id)
        raise ReleaseChangedError(
            f"{table_id}: its answers are of the releases {', '.join(sorted(stamps))}"
        )


def _ask(
    client: Provider,
    bronze: Bronze,
    request: DataRequest,
    *,
    table: SurveyedTable,
    halvings: int = _HALVINGS,
) -> list[Entry]:
    """The kept answers to a request: one, or several when the server calls it too large."""
    origin, updated, counts = origin_of(client), table.info.updated, table.counts
    read = bind(read_dataset, request=request, counts=counts)
    kept = bronze.find_readable(request, updated=updated, origin=origin, read=read)
    if kept:
        return [kept]
    try:
        answer = client.data_answer(request, release=updated, counts=counts)
    except TooManyCellsError:
        halves = halve_request(request)
        if not halvings or len(halves) < 2:
            raise
        again = bind(_ask, client, bronze, table=table, halvings=halvings - 1)
        return [entry for half in halves for entry in again(half)]
    return [bronze.put(request, answer, updated=updated, origin=origin, retrieved=utc_now())]


def _republished(client: Provider, pieces: Iterable[_Piece], *, workers: int) -> str:
    """The tables just downloaded that got a new `updated` meanwhile: their answers may be mixed."""
    before = {piece.table.info.id: piece.table.info.updated for piece in pieces if not piece.kept}
    now = run_in_parallel(bind(table_info, client), before, workers=workers)
    return ", ".join(info.id for info in now if info.updated != before[info.id])


def _taken_over(
    last: Collection | None, needs: Sequence[Need], *, only: Some[str] | None, client: Provider
) -> dict[str, CollectedTable]:
    """The tables that this run does not ask about, as the last fetch left them."""
    if only is None:
        return {}
    wanted = {need.source_id for need in needs}
    unknown = sorted(set(only) - wanted)
    if unknown:
        raise CatalogueMismatchError(
            f"No table {', '.join(unknown)} in the catalogue; it has {', '.join(sorted(wanted))}"
        )
    if last is None or last.origin != origin_of(client):
        return {}
    return {
        table.table_id: table
        for table in last.tables
        if table.table_id in wanted and table.table_id not in only
    }


def _previous_tables(
    client: Provider, bronze: Bronze, silent: Sequence[Silent]
) -> dict[str, CollectedTable]:
    """What the last fetch had of the tables whose provider is silent now."""
    last = bronze.collection() if silent else None
    if last is None or last.origin != origin_of(client):
        return {}
    wanted = {table.table_id for table in silent}
    return {table.table_id: table for table in last.tables if table.table_id in wanted}


def _gaps(silent: Sequence[Silent], previous: Some[str]) -> Iterator[str]:
    """A sentence for each provider that gave nothing usable, with its tables."""
    by_provider: dict[str, list[Silent]] = defaultdict(list)
    for table in silent:
        by_provider[table.provider].append(table)
    for provider, tables in by_provider.items():
        of_before = ", ".join(t.table_id for t in tables if t.table_id in previous)
        lost = ", ".join(t.table_id for t in tables if t.table_id not in previous)
        parts = [f"figures of an earlier fetch are kept of {of_before}"] * bool(of_before)
        parts += [f"there are none of {lost}"] * bool(lost)
        yield f"{provider} gave no usable answer: {'; '.join(parts)} ({tables[0].message})"


def _collection(
    client: Provider,
    survey: Survey,
    answers: dict[str, list[Entry]],
    *,
    over: dict[str, CollectedTable],
    last: Collection | None,
) -> Collection:
    asked = {
        table.info.id: CollectedTable(
            table.info.id, table.info.updated, table.entry, tuple(answers[table.info.id])
        )
        for table in survey.tables
        if answers.get(table.info.id)
    }
    tables = sorted({**over, **asked}.values(), key=lambda table: table.table_id)
    old = tuple(lack for lack in last.lacking if lack.table_id in over) if last else ()
    return Collection(
        origin=origin_of(client),
        api=client.base_url,
        fetched=utc_now(),
        tables=tuple(tables),
        lacking=old + survey.lacks,
        gaps=tuple(_gaps(survey.silent, over)),
    )
