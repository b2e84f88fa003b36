"""`python -m barometer report`."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, cast
from urllib.parse import quote, urlencode, urlsplit

import typer

from barometer.commands import briefings
from barometer.commands.options import MISUNDERSTOOD, DataDir, Lang, SnapshotFile, reading, stop
from barometer.own_codes import plain_id

if TYPE_CHECKING:
    from barometer.ui.context import Context
    from barometer.ui.pages.place.state import PlaceState

HOPELESS: Final = 3  # failures in a row after which the next would fail too
Place = Annotated[str | None, typer.Argument(help="Code of the place: 00, 03, 0380 …")]
Pdf = Annotated[Path | None, typer.Option(help="File to write, for one place.")]
Every = Annotated[bool, typer.Option("--all-kommuner", help="One report a kommun, into --out.")]
Folder = Annotated[Path | None, typer.Option(help="Folder for many reports.")]
Year = Annotated[int | None, typer.Option(help="Latest year to tell of; else the latest there is.")]
Docx = Annotated[Path | None, typer.Option(help="Word file to write or renew; a folder if many.")]
Pptx = Annotated[Path | None, typer.Option(help="Slides to write or renew; a folder if many.")]
Template = Annotated[Path | None, typer.Option(help="Your own .docx or .pptx with placeholders.")]
Level = Annotated[str | None, typer.Option(help="Word or slides of every place: lan, kommun.")]
First = Annotated[str | None, typer.Option(help="Indicators to show first, comma-separated.")]
Peers = Annotated[
    str | None,
    typer.Option(
        help="Places to compare with instead of similar ones: codes, own areas or the name of a "
        "group in peers.toml, comma-separated."
    ),
]
Site = Annotated[
    str | None, typer.Option(help="Address of your site, so that links in the report lead there.")
]


def report(
    place: Place = None,
    pdf: Pdf = None,
    docx: Docx = None,
    pptx: Pptx = None,
    template: Template = None,
    level: Level = None,
    every: Every = False,
    out: Folder = None,
    year: Year = None,
    first: First = None,
    peers: Peers = None,
    site: Site = None,
    lang: Lang = "sv",
    data_dir: DataDir = None,
    snapshot: SnapshotFile = None,
) -> None:
    """Write the lägesbild of a place, or of every kommun, as PDF in A4, Word or slides.

    Examples: `python -m barometer report 0180 --pdf stockholm.pdf`,
    `python -m barometer report --all-kommuner --out reports/`,
    `python -m barometer report 0180 --docx stockholm.docx`,
    `python -m barometer report --level kommun --docx reports/`

    A Word or slides file that is there is renewed: its figures change, what people wrote stays,
    and a copy of it as it was is left beside it (.bak). `--template` fills {{barometer:key}}.

    Many reports can be broken off and begun again: those that are there already, of the same data
    and the same choices, are not made anew. One that fails is named and the others are made; after
    three failures in a row it stops. PDF needs Chromium, Chrome or Edge on this machine.
    """
    from barometer.ui.pages.place.printing import PrintError

    documents = docx is not None or pptx is not None
    faults = _general_faults(lang=lang, site=site)
    if documents or template is not None or level is not None:
        faults += _faults_of_documents(pdf=pdf, every=every, out=out, documents=documents)
    else:
        faults += _faults_of_pdf(place=place, pdf=pdf, every=every, out=out)
    if faults:
        stop("\n".join(faults), code=MISUNDERSTOOD)
    asked = {"year": year, "first": first, "peers": peers, "lang": lang}
    query = "&" + urlencode({key: given for key, given in asked.items() if given is not None})
    if documents:
        targets = briefings.Targets(docx, pptx, template)
        briefings.check(targets, place=place, level=level)
        with reading(data_dir=data_dir, snapshot=snapshot) as reader:
            codes = (place or "",) if level is None else _places(reader, level)
            chosen = _states(codes, query, reader, data_dir=data_dir)
            briefings.write(chosen, targets, total=len(codes), many=level is not None, site=site)
        return
    choices = " ".join(filter(None, (first, peers)))
    try:
        with reading(data_dir=data_dir, snapshot=snapshot) as reader:
            codes = _places(reader, "kommun") if every else (place or "",)
            chosen = _states(codes, query, reader, data_dir=data_dir)
            total = len(codes)
            made, failed = _print(chosen, total, folder=out, pdf=pdf, site=site, choices=choices)
    except PrintError as error:
        stop(str(error))
    if failed:
        again = "give the same command again for those that are not there"
        stop("\n".join((*failed, f"{made} of {total} made, {len(failed)} failed: {again}")))
    print(f"{made} of {total} made, {total - made} were there already", file=sys.stderr)


def _general_faults(*, lang: str, site: str | None) -> list[str]:
    """What is wrong with the options that every report has."""
    faults = []
    if lang not in ("sv", "en"):
        faults.append(f"--lang {lang} is not a language of the report: sv or en")
    if site is not None and not _is_address(site):
        faults.append(f"--site {site} is no address of a site: begin it with https:// or http://")
    return faults


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(text.split()) == 1


def _faults_of_pdf(
    *, place: str | None, pdf: Path | None, every: bool, out: Path | None
) -> list[str]:
    """Every fault of a command line for PDF."""
    faults = []
    if every and (place or pdf):
        faults.append("--all-kommuner takes no place and no --pdf: give --out with a folder")
    if every and out is None:
        faults.append("--all-kommuner needs --out with the folder for the reports")
    if not every and not place:
        faults.append("give the code of a place (00, 03, 0380 …) or --all-kommuner")
    if not every and pdf is None:
        faults.append("one report needs --pdf with the file to write")
    if not every and out is not None:
        faults.append("--out is for --all-kommuner: name the file with --pdf")
    return faults


def _faults_of_documents(
    *, pdf: Path | None, every: bool, out: Path | None, documents: bool
) -> list[str]:
    """Every fault of a command line for Word or slides."""
    faults = []
    if pdf is not None or every or out is not None:
        faults.append("--pdf, --all-kommuner and --out are for PDF: give --docx or --pptx alone")
    if not documents:
        faults.append("--template and --level need --docx or --pptx with the file or folder")
    return faults


def _places(reader: object, level: str) -> tuple[str, ...]:
    """The codes of riket, every län or every kommun."""
    from barometer import queries
    from barometer.divisions import parse_area_code
    from barometer.store import Reader

    names = cast(Reader, reader).once(queries.offer).names
    found = ((code, parse_area_code(code)) for code in names)
    return tuple(code for code, area in found if area is not None and area.level == level)


def _states(
    codes: tuple[str, ...], query: str, reader: object, *, data_dir: Path | None
) -> "Iterator[PlaceState]":
    """Each place as the page understands it; stops where it would have to guess."""
    from barometer.queries.own_areas import with_own_areas
    from barometer.selection.own import own_tokens
    from barometer.store import Reader
    from barometer.ui.context import language_of
    from barometer.ui.pages.place.state import resolve
    from barometer.wording import question_faults

    context = _context(data_dir)
    for code in codes:
        asked = f"?area={quote(code, safe=':')}{query}"
        with with_own_areas(
            cast(Reader, reader),
            own_tokens(asked, context.preset_areas),
            catalogue=context.catalogue,
            language=language_of(asked),
        ) as own:
            place = resolve(context, own, asked)
            if said := question_faults(place.corrections, language=place.language):
                stop("\n".join(said), code=MISUNDERSTOOD)
            yield place


def _context(data_dir: Path | None) -> "Context":
    from dataclasses import replace

    from barometer.catalogue import load_catalogue
    from barometer.settings import Settings
    from barometer.store import Store
    from barometer.ui.context import Context

    settings = Settings.from_env()
    used = replace(settings, data_dir=data_dir) if data_dir else settings
    return Context(used, Store(used.published_dir), load_catalogue())


def _print(
    places: "Iterator[PlaceState]",
    total: int,
    *,
    folder: Path | None,
    pdf: Path | None,
    site: str | None,
    choices: str,
) -> tuple[int, list[str]]:
    """Print each place that is not there already, and tell how far it is.

    Returns how many were made, and of each that failed what was said.
    """
    from barometer.ui.pages.place.printing import (
        PrintError,
        desk,
        find_browser,
        print_pdf,
    )
    from barometer.ui.pages.place.report import report as document

    browser, today = find_browser(), datetime.now(UTC).date()
    made, in_a_row, failed = 0, 0, list[str]()
    with desk() as open_desk:
        for number, place in enumerate(places, start=1):
            out = pdf or (folder or Path()) / file_name(place, choices=choices)
            done = "is there already"
            if pdf is not None or not out.is_file():
                text = document(place, today=today, site=site.rstrip("/") if site else None)
                try:
                    print_pdf(text, out, browser=browser, on=open_desk)
                    made, in_a_row, done = made + 1, 0, "made"
                except PrintError as error:
                    failed.append(f"{place.area.area_id} {place.area.name}: {error}")
                    in_a_row, done = in_a_row + 1, "FAILED"
            print(f"{number}/{total} {out} {done}", file=sys.stderr, flush=True)
            if in_a_row == HOPELESS:
                break
    return made, failed


def file_name(place: "PlaceState", *, choices: str = "") -> str:
    """What a report of many is called: place, year, language, choices and data set."""
    profile = place.profile
    parts = [
        plain_id(profile.area),
        briefings.plain_name(place.area.name),
        str(profile.year),
        profile.language,
    ]
    parts += [choices.replace(",", "-")] if choices else []
    return "_".join([*parts, place.reader.snapshot.snapshot_id]) + ".pdf"
