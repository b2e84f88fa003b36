"""A table or the whole data set as a file or on standard output."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from barometer.commands.options import (
    FAILED,
    MISUNDERSTOOD,
    DataDir,
    Out,
    SnapshotFile,
    reading,
    stop,
)
from barometer.drafts import whole
from barometer.streams import CLOSED_PIPE

if TYPE_CHECKING:
    from barometer.catalogue import Catalogue
    from barometer.export import Format, Sheet
    from barometer.selection.wanted import TableRequest
    from barometer.tables import Fault, Table

Format_ = Annotated[
    str | None,
    typer.Option("--format", help="csv, excel-csv, xlsx, json, parquet …; else as --out ends."),
]
Limit = Annotated[int | None, typer.Option(min=1, help="At most so many rows.")]


def take(
    table_id: str,
    given: Mapping[str, object],
    *,
    format_id: str | None,
    out: Path | None,
    data_dir: Path | None,
    snapshot: Path | None,
) -> None:
    """Write the table's rows, or stop with every fault of the command line."""
    from barometer.catalogue import load_catalogue
    from barometer.export import find_format
    from barometer.queries import contents_of
    from barometer.queries.own_areas import with_own_areas
    from barometer.selection.own import own_of_texts
    from barometer.tables import faults_of_contents, faults_of_rows, find_table, table_sheet

    table, asked = find_table(table_id), _format_id(format_id, out)
    file_format = find_format(asked)
    if table is None or file_format is None or file_format.format_id not in table.formats:
        known = ", ".join(table.formats) if table else ""
        stop(f"--format {asked} is not among {known}: choose one", code=MISUNDERSTOOD)
    with reading(data_dir=data_dir, snapshot=snapshot) as reader:
        catalogue = reader.catalogue(load_catalogue())
        wanted, faults = _request(table, given, catalogue)
        with with_own_areas(
            reader,
            own_of_texts(wanted.area, wanted.within),
            catalogue=catalogue,
            language=wanted.lang,
        ) as own:
            faults += faults_of_contents(wanted, contents_of(own))
            _stop_at(faults)
            sheet, rows = table_sheet(own, table, wanted, catalogue=catalogue)
            _stop_at(faults_of_rows(rows, own, table, wanted, catalogue=catalogue))
            write(sheet, file_format, out=out)


def write(sheet: "Sheet", file_format: "Format", *, out: Path | None) -> None:
    """The sheet to a file that is there whole or not at all, or to standard output."""
    write_pieces(file_format.write(sheet), out=out)


def write_pieces(pieces: Iterator[bytes], *, out: Path | None) -> None:
    """Bytes to a file that is there whole or not at all, or to standard output."""
    if out is None:
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
        return
    try:
        with whole(out) as draft, draft.open("wb") as file:
            file.writelines(_watched(pieces, out.name))
    except BrokenPipeError as error:
        raise typer.Exit(CLOSED_PIPE) from error
    except OSError as error:
        stop(f"{out} cannot be written ({error.strerror}): choose another --out")


def _watched(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    """The pieces, with how far they have come on the terminal of whoever waits for them."""
    from rich.console import Console
    from rich.progress import FileSizeColumn, Progress, SpinnerColumn, TextColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), FileSizeColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(name, total=None)
        for piece in pieces:
            bar.advance(task, len(piece))
            yield piece


def _format_id(format_id: str | None, out: Path | None) -> str:
    """The format asked for, else the one that the file's name ends with, else CSV."""
    ending = out.suffix.removeprefix(".") if out else ""
    return (format_id or ending or "csv").lower()


def _request(
    table: "Table", given: Mapping[str, object], catalogue: "Catalogue"
) -> "tuple[TableRequest, tuple[Fault, ...]]":
    from barometer.tables import read_request

    said = {name: [str(value)] for name, value in given.items() if value is not None}
    return read_request(table.parameters, said, catalogue=catalogue)


def _stop_at(faults: "tuple[Fault, ...]") -> None:
    """Stop with every fault of the command line, if there is any."""
    if faults:
        lines = (f"--{f.parameter} {f.given} {f.detail}".replace("  ", " ") for f in faults)
        absent = all(fault.missing for fault in faults)
        stop("\n".join(lines), code=FAILED if absent else MISUNDERSTOOD)


def package(out: Out = None, data_dir: DataDir = None, snapshot: SnapshotFile = None) -> None:
    """Write the whole data set as a Frictionless data package: a zip of described CSV files.

    Examples: `python -m barometer package --out barometer.zip`,
    `python -m barometer package --snapshot barometer-x.duckdb --out x.zip`
    """
    from barometer.catalogue import load_catalogue
    from barometer.export.package import write_package

    with reading(data_dir=data_dir, snapshot=snapshot) as reader:
        write_pieces(write_package(reader, catalogue=reader.catalogue(load_catalogue())), out=out)
