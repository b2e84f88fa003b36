"""The commands of `python -m barometer`: a module each, one registry at the foot."""

from collections.abc import Callable
from typing import Final

from barometer.commands.areas import areas
from barometer.commands.export import export
from barometer.commands.index import index
from barometer.commands.indicators import indicators
from barometer.commands.package import package
from barometer.commands.report import report
from barometer.commands.serve import serve
from barometer.commands.snapshot import snapshot

COMMANDS: Final[tuple[Callable[..., None], ...]] = (
    serve,
    export,
    index,
    areas,
    indicators,
    snapshot,
    package,
    report,
)
"""Every command, in the order of the help: its signature is its options, its docstring its help."""
