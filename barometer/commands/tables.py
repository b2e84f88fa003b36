"""The commands that write one of the tables: each is its table, its help and its own options."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, Signature
from typing import Annotated, Any, Final

import typer

from barometer.commands.options import DataDir, Lang, Out, SnapshotFile
from barometer.commands.taking import Format_, Limit, take

Indicator = Annotated[
    str, typer.Option(help="Indicators, with commas between them; `indicators` lists them.")
]
Background = Annotated[str | None, typer.Option(help="all, sex:women …; else everybody.")]
Level = Annotated[str | None, typer.Option(help="riket, lan, kommun, regso, deso.")]
Year = Annotated[str | None, typer.Option(help="2024, or 2015-2024; else every year.")]
Area = Annotated[str | None, typer.Option(help="Codes of the areas themselves: 0180,0380.")]
Within = Annotated[str | None, typer.Option(help="Codes of what they lie in: 01, 0180.")]
Grouping = Annotated[str | None, typer.Option(help="Groupings: low_standard, birth_region …")]
Index = Annotated[str | None, typer.Option(help="Measures: dissimilarity, isolation …")]
Units = Annotated[str | None, typer.Option(help="Areas measured between: regso, deso.")]


@dataclass(frozen=True, slots=True)
class TableCommand:
    """A command: `options` have its own questions by name, those of `required` first."""

    name: str
    table_id: str
    help: str
    options: tuple[tuple[str, Any], ...] = ()
    required: frozenset[str] = frozenset()


_COMMON: Final[tuple[tuple[str, Any, Any], ...]] = (
    ("file_format", Format_, None),
    ("out", Out, None),
    ("data_dir", DataDir, None),
    ("snapshot", SnapshotFile, None),
)
_PLACES: Final = (
    ("level", Level),
    ("year", Year),
    ("area", Area),
    ("within", Within),
)
_EXPORT: Final = """Write indicator values, an area and year a row.

    Examples: `python -m barometer export --indicator low_standard --level deso --out a.csv`,
    `python -m barometer export --indicator employed --within 0180 --year 2020-2024 --out b.xlsx`

    Every month, from cron:
    `0 6 2 * * python -m barometer export --indicator employed --data-dir /srv/b --out /srv/a.csv`
    """
_TABLES: Final = (
    TableCommand(
        "export",
        "values",
        _EXPORT,
        (("indicator", Indicator), ("background", Background), *_PLACES),
        required=frozenset({"indicator"}),
    ),
    TableCommand(
        "index",
        "indices",
        """Write segregation measures, with interval, what chance gives and caution.

        Examples: `python -m barometer index --grouping birth_region --area 0180,0380 --out c.csv`,
        `python -m barometer index --grouping low_standard --index dissimilarity --level kommun`
        """,
        (("grouping", Grouping), ("index", Index), ("units", Units), *_PLACES),
    ),
    TableCommand(
        "areas",
        "areas",
        """Write the register of areas; with boundaries as geojson or gpkg.

        Examples: `python -m barometer areas --level kommun`,
        `python -m barometer areas --level regso --year 2024 --within 0180 --out stockholm.gpkg`
        """,
        _PLACES,
    ),
    TableCommand(
        "indicators",
        "indicators",
        """Write what there is: every indicator with definition, unit, levels and years.

        Examples: `python -m barometer indicators --format json`,
        `python -m barometer indicators --lang en --out indicators.csv`
        """,
    ),
    TableCommand(
        "snapshot",
        "snapshot",
        """Write which data set is read: id, origin, when it was built and what it lacks.

        Examples: `python -m barometer snapshot`, `python -m barometer snapshot --format json`
        """,
    ),
)


def command_of(table: TableCommand) -> Callable[..., None]:
    """The function of a command: its signature is its options, its docstring its help."""

    def command(**given: Any) -> None:
        file_format, out, data_dir, snapshot = (given.pop(name) for name, _, _ in _COMMON)
        take(
            table.table_id,
            given,
            format_id=file_format,
            out=out,
            data_dir=data_dir,
            snapshot=snapshot,
        )

    options = [
        *(
            (name, kind, Parameter.empty if name in table.required else None)
            for name, kind in table.options
        ),
        ("limit", Limit, None),
        ("lang", Lang, "sv"),
        *_COMMON,
    ]
    parameters = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, kind, default in options
    ]
    command.__name__, command.__doc__ = table.name, table.help
    command.__annotations__ = {name: kind for name, kind, _ in options}
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return command


COMMANDS: Final = tuple(command_of(table) for table in _TABLES)
