"""The commands of `python -m barometer`: a module each, one registry at the foot."""

from collections.abc import Callable
from typing import Final

from barometer.commands.serve import serve

COMMANDS: Final[tuple[Callable[..., None], ...]] = (serve,)
"""Every command, in the order of the help: its signature is its options, its docstring its help."""
