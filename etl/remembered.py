"""Files that an operator has given a refresh once, so that a scheduled run uses them too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from etl.fetch.bronze import write_atomically
from etl.workspace import Workspace

FILE: Final = "given.json"


@dataclass(frozen=True, slots=True)
class Given:
    """Folders of boundaries and SCB's file of changes, as absolute paths."""

    boundaries: tuple[Path, ...] = ()
    changes: Path | None = None


def remember(
    workspace: Workspace,
    *,
    boundaries: Sequence[Path] | None,
    changes: Path | None,
    say: Callable[[str], None],
) -> Given:
    """What is given now, else what was given last; kept for the next run.

    `say` hears what is used from before, and of what is gone since: that is left out.
    """
    before = _read(workspace.data_dir / FILE)
    given = Given(
        tuple(path.absolute() for path in boundaries or ()) or before.boundaries,
        changes.absolute() if changes else before.changes,
    )
    if given != before:
        _write(workspace.data_dir / FILE, given)
    used = Given(
        tuple(path for path in given.boundaries if path.is_dir()),
        given.changes if given.changes and given.changes.is_file() else None,
    )
    _report(given, used, new=(bool(boundaries), changes is not None), workspace=workspace, say=say)
    return used


def _report(
    given: Given,
    used: Given,
    *,
    new: tuple[bool, bool],
    workspace: Workspace,
    say: Callable[[str], None],
) -> None:
    paths = [
        *(() if new[0] else given.boundaries),
        *((given.changes,) if given.changes and not new[1] else ()),
    ]
    there = {*used.boundaries, used.changes}
    for path in paths:
        if path in there:
            say(f"Using {path}, given before; remove {workspace.data_dir / FILE} to forget it.")
        else:
            say(f"warning: {path}, given before, is not there: the snapshot is built without it")


def _read(path: Path) -> Given:
    """What is kept; nothing where the file is not there or cannot be read."""
    try:
        kept = orjson.loads(path.read_bytes())
        changes = kept["changes"]
        return Given(tuple(map(Path, kept["boundaries"])), Path(changes) if changes else None)
    except (FileNotFoundError, orjson.JSONDecodeError, KeyError, TypeError):
        return Given()


def _write(path: Path, given: Given) -> None:
    kept = {
        "boundaries": [str(folder) for folder in given.boundaries],
        "changes": str(given.changes) if given.changes else None,
    }
    write_atomically(path, orjson.dumps(kept, option=orjson.OPT_INDENT_2))
