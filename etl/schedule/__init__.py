"""Ready-made ways to refresh on a schedule: systemd, cron and a container.

One process that runs and exits; whoever starts it decides when. Times are those of the machine.
SCB publishes at 08:00 Swedish time, so the early afternoon finds what is new that day.
"""

import shlex
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final, Literal, get_args

Kind = Literal["systemd", "cron", "container"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_FILES: Final[Mapping[Kind, tuple[str, ...]]] = {
    "systemd": ("barometer-refresh.service", "barometer-refresh.timer", "barometer-site.service"),
    "cron": ("barometer.cron",),
    "container": ("Containerfile",),
}


def render_schedule(
    kind: Kind, *, python: Path, project: Path, data_dir: Path, user: str
) -> dict[str, str]:
    """The files of a kind by name, filled with this installation's paths and user."""
    places = {"python": python, "project": project, "data_dir": data_dir}
    words = {name: _word(path, kind=kind) for name, path in places.items()}
    plain = str(project).replace("%", "%%") if kind == "systemd" else str(project)
    folder = resources.files(__name__)
    return {
        name: Template((folder / name).read_text(encoding="utf-8")).substitute(
            words, user=user, plain_project=plain
        )
        for name in _FILES[kind]
    }


def _word(path: Path, *, kind: Kind) -> str:
    """A path as one word of a command: cron and systemd each have a meaning for %."""
    text = str(path)
    if kind == "cron":
        return shlex.quote(text).replace("%", r"\%")
    if kind == "systemd":
        quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
        return f'"{quoted}"'
    return text
