"""The lägesbild of one place, or of every place of a level, as Word documents and slides."""

import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from barometer.commands.options import MISUNDERSTOOD, stop

if TYPE_CHECKING:
    from barometer.documents import Briefing
    from barometer.ui.pages.place.state import PlaceState

HOPELESS: Final = 3  # failures in a row after which the next would fail too


@dataclass(frozen=True, slots=True)
class Targets:
    """Where to write: files for one place, folders for many."""

    docx: Path | None
    pptx: Path | None
    template: Path | None

    def faults(self, *, place: str | None, level: str | None) -> list[str]:
        """Every fault of the command line."""
        found = []
        if level not in (None, "riket", "lan", "kommun"):
            found.append(f"--level {level} is not a level of reports: riket, lan or kommun")
        if bool(place) == bool(level):
            found.append("give the code of a place (00, 03, 0380 …) or --level, one of them")
        if self.template is not None and not self.template.is_file():
            found.append(f"--template {self.template} is not a file: give one in .docx or .pptx")
        if self.template is not None and self._path_like(self.template) is None:
            found.append(f"--template {self.template} needs --docx or --pptx, as its name ends")
        return found

    def _path_like(self, template: Path) -> Path | None:
        return {".docx": self.docx, ".pptx": self.pptx}.get(template.suffix.lower())

    def template_for(self, kind: str) -> Path | None:
        """The template, if it is of a kind."""
        own = self.template is not None and self.template.suffix.lower() == kind
        return self.template if own else None


def write_briefing(state: "PlaceState", targets: Targets, *, site: str) -> list[str]:
    """Write one place's files, renewing those that are there; says what was done of each."""
    from barometer.documents import DocumentError
    from barometer.ui.pages.place.briefing import briefing
    from barometer.ui.pages.place.state import has_figures

    if not has_figures(state):
        raise DocumentError("the place has no figures in this data: nothing is written")
    made = briefing(state, site=site)
    done = []
    for path, kind in ((targets.docx, ".docx"), (targets.pptx, ".pptx")):
        if path is not None:
            done.append(_write(made, path, kind, template=targets.template_for(kind)))
    return done


def write(
    states: "Iterator[PlaceState]", targets: Targets, *, total: int, many: bool, site: str | None
) -> None:
    """Write every place's files; of many, into folders, passing over those of the same data."""
    from barometer.documents import DocumentError

    failed, in_a_row = list[str](), 0
    for number, state in enumerate(states, start=1):
        named, done = f"{state.area.area_id} {state.area.name}", ""
        try:
            done = _make(state, targets, many=many, site=site or "")
            in_a_row = 0
        except DocumentError as error:
            failed.append(f"{named}: {error}")
            done, in_a_row = "FAILED", in_a_row + 1
        print(f"{number}/{total} {named}: {done}", file=sys.stderr, flush=True)
        if in_a_row == HOPELESS:
            break
    if failed and many:
        again = "give the same command again for those that are not there"
        failed.append(f"{len(failed)} of {total} failed: {again}")
    if failed:
        stop("\n".join(failed))


def _make(state: "PlaceState", targets: Targets, *, many: bool, site: str) -> str:
    if not many:
        return "; ".join(write_briefing(state, targets, site=site))
    own = replace(
        targets,
        docx=_in_folder(targets.docx, state, ".docx"),
        pptx=_in_folder(targets.pptx, state, ".pptx"),
    )
    wanted = _identifier(state)
    left = replace(own, docx=_undone(own.docx, wanted), pptx=_undone(own.pptx, wanted))
    if left.docx is None and left.pptx is None:
        return "is there already"
    return "; ".join(write_briefing(state, left, site=site))


def check(targets: Targets, *, place: str | None, level: str | None) -> None:
    """Stop with every fault of the command line."""
    faults = targets.faults(place=place, level=level)
    if faults:
        stop("\n".join(faults), code=MISUNDERSTOOD)


def _write(briefing: "Briefing", path: Path, kind: str, *, template: Path | None) -> str:
    from barometer.documents import DocumentError, check_writable, save
    from barometer.documents.slides import slides_file
    from barometer.documents.word import word_file

    if path.suffix.lower() != kind:
        raise DocumentError(f"{path} must end with {kind}: choose another name")
    check_writable(path)
    existing = path if path.exists() else None
    if existing is not None and template is not None:
        raise DocumentError(
            f"{path} is there and would be renewed: leave out --template, or choose another file"
        )
    write = word_file if kind == ".docx" else slides_file
    copy = save(write(briefing, existing=existing, template=template), path)
    return f"{path} renewed, as it was: {copy}" if copy else f"{path} made"


def _in_folder(folder: Path | None, state: "PlaceState", kind: str) -> Path | None:
    """A name without year and snapshot, so that the next run renews the same file."""
    if folder is None:
        return None
    area, language = state.area, state.language
    return folder / f"{area.area_id}_{plain_name(area.name)}_{language}{kind}"


def plain_name(name: str) -> str:
    """A place's name as part of a file's: "Upplands-Vasby"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(plain.split())


def _identifier(state: "PlaceState") -> str:
    """What a document of this data, place, year and language says of itself."""
    from barometer.documents import identifier

    return identifier(
        state.area.area_id,
        language=state.language,
        year=state.profile.year,
        snapshot_id=state.reader.snapshot.snapshot_id,
    )


def _undone(path: Path | None, briefing_id: str) -> Path | None:
    """The file, unless it is there and is that briefing: one that was made is left as it is."""
    from barometer.documents import briefing_id_of

    done = path is not None and path.is_file() and briefing_id_of(path) == briefing_id
    return None if done else path
