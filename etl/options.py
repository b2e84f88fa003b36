"""The options that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from barometer.settings import Settings, unreadable

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from etl.terminal import Terminal
    from etl.workspace import Workspace

DataDir = Annotated[
    Path | None,
    typer.Option(help="Folder with bronze/ and published/.", show_default="DATA_DIR or data"),
]
Api = Annotated[
    str | None,
    typer.Option(help="Address of a PxWebApi 2 server.", show_default="BAROMETER_API or SCB"),
]
Synthetic = Annotated[
    bool, typer.Option("--synthetic", help="Use the made-up country instead of a server.")
]
ProviderAddresses = Annotated[
    list[str] | None,
    typer.Option(
        "--provider",
        help="Address of a provider beside SCB, such as kolada=http://127.0.0.1:8070/v3, or none.",
        show_default="their own, for SCB's own figures",
    ),
]
Kommuner = Annotated[
    str | None,
    typer.Option(help="With --synthetic: only these kommuner, such as 0114,0305,1814."),
]
Extract = Annotated[
    Path | None,
    typer.Option(
        "--from",
        help="Folder of an extract, such as data/sweden, instead of a server.",
        exists=True,
        file_okay=False,
    ),
]
Partial = Annotated[
    bool, typer.Option("--partial", help="Build from what the server has and list what it lacks.")
]
Boundaries = Annotated[
    list[Path] | None,
    typer.Option(
        help="Folder of GeoParquet layers and Parquet keys; may be given several times.",
        exists=True,
        file_okay=False,
    ),
]
Geodata = Annotated[
    str | None,
    typer.Option(
        help="Address of a WFS with SCB's DeSO and RegSO layers; none: packaged outlines.",
        show_default="SCB's, for SCB's own figures",
    ),
]
Changes = Annotated[
    Path | None,
    typer.Option(
        help="SCB's file of changes in DeSO (.xlsx or .csv), for the crosswalk to 2025.",
        exists=True,
        dir_okay=False,
    ),
]
Tables = Annotated[
    str | None, typer.Option(help="Only these tables, such as TAB6574,TAB6571; others are kept.")
]
Years = Annotated[str | None, typer.Option(help="Only these years: 2022, 2015-2024 or 2020,2022.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
IfMissing = Annotated[
    bool, typer.Option("--if-missing", help="Do nothing when a usable snapshot is published.")
]
EvenIfHeld = Annotated[
    bool, typer.Option("--even-if-held", help="Publish also what was rolled back from.")
]
FewerYears = Annotated[
    bool, typer.Option("--fewer-years", help="Publish also when years that are served would go.")
]

Servers = Annotated[
    list[str] | None,
    typer.Option("--server", help="host:port of a server of the site; give it once for each."),
]
Listen = Annotated[str, typer.Option(help="Port (or address:port) of nginx.")]
Source = Annotated[str, typer.Option(help="Where published snapshots lie.")]


def workspace_of(data_dir: Path | None) -> "Workspace":
    """The data folder given, or that of the settings."""
    from etl.workspace import Workspace

    if data_dir is not None and (fault := unreadable(data_dir)):
        raise typer.BadParameter(fault, param_hint="--data-dir")
    return Workspace(data_dir or read_settings().data_dir)


def open_run(command: str, workspace: "Workspace") -> "AbstractContextManager[Terminal]":
    """One run of a command: see `etl.session.open_session`."""
    from etl.session import open_session

    return open_session(command, workspace)


def read_settings() -> Settings:
    """The settings; what cannot be read ends the command with exit code 2."""
    try:
        return Settings.from_env()
    except ValueError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error


def parse_years(text: str | None) -> frozenset[int] | None:
    """Years of "2022", "2015-2024" or "2020,2022".

    >>> sorted(parse_years("2015-2017,2020"))
    [2015, 2016, 2017, 2020]
    """
    if text is None:
        return None
    years: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        last = last if dash else first
        if not (first.isdecimal() and last.isdecimal()):
            raise typer.BadParameter(f"{part!r} is no year and no span such as 2015-2024")
        years.update(range(int(first), int(last) + 1))
    return frozenset(years)
