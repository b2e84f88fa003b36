"""The commands of `python -m barometer`: a table each in one loop, and the others."""

from collections.abc import Callable
from typing import Final

from barometer.commands.report import report
from barometer.commands.serve import serve
from barometer.commands.tables import COMMANDS as TABLE_COMMANDS
from barometer.commands.taking import package

COMMANDS: Final[tuple[Callable[..., None], ...]] = (serve, *TABLE_COMMANDS, package, report)
"""Every command, in the order of the help: its signature is its options, its docstring its help."""
