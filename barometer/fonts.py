"""The barometer's typeface, so that nothing hangs on the fonts that a machine happens to have.

Source Sans Pro of Adobe (SIL Open Font License 1.1) comes with the package font-source-sans-pro.
Pages are sent three weights of it as WOFF2, cut down to Latin and Latin Extended-A. The licence
reserves the name "Source" for the unmodified font, so the cut one has a name of its own.
"""

import hashlib
import importlib.util
import os
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

FAMILY: Final = "Barometer Sans"
STACK: Final = f'"{FAMILY}", system-ui, sans-serif'
WEIGHTS: Final = {400: "Regular", 600: "Semibold", 700: "Bold"}
MEDIA_TYPE: Final = "font/woff2"
_PACKAGE: Final = "font-source-sans-pro"
_RANGES: Final = (
    *((0x20, 0x7E), (0xA0, 0x17F)),  # Latin, Latin-1 and Latin Extended-A
    *((0x391, 0x3C9), (0x2010, 0x203A), (0x20AC, 0x20AC), (0x2122, 0x2122)),
    *((0x2190, 0x2193), (0x2200, 0x2265), (0x25A0, 0x25CF)),
)
_FEATURES: Final = ("ccmp", "kern", "locl", "mark", "tnum")
_KEPT_NAMES: Final = (0, 7, 13, 14)  # copyright, trademark, licence and its address
_CHECKSUM: Final = 12  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Face:
    """One weight as WOFF2; its name holds a checksum of the bytes."""

    weight: int
    data: bytes

    @property
    def name(self) -> str:
        """What the file is called: `sans-400-0123456789ab.woff2`."""
        return f"sans-{self.weight}-{_checksum(self.data)}.woff2"


def source(weight: int = 400) -> Path:
    """The whole font of a weight (400, 600 or 700) as TrueType, for programs that draw text.

    Raises:
        ModuleNotFoundError: the package with the font is not installed.
    """
    spec = importlib.util.find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the package {_PACKAGE} is not installed: run make run again")
    return Path(spec.origin).with_name("files") / f"SourceSansPro-{WEIGHTS[weight]}.ttf"


@cache
def faces(folder: Path) -> tuple[Face, ...]:
    """Both weights as they are sent to browsers, lightest first.

    Packing takes seconds, so the files are kept in `folder` where it can be written to; what lies
    there damaged is packed again.
    """
    return tuple(
        _cached_face(weight, folder) or _keep(_packed(weight), folder) for weight in WEIGHTS
    )


def pack_beside(folder: Path) -> BaseProcess | None:
    """Pack what a folder lacks in a process of its own; wait for it before asking for `faces`."""
    if all(_cached_face(weight, folder) for weight in WEIGHTS):
        return None
    process = get_context("spawn").Process(target=faces, args=(folder,), daemon=True)
    process.start()
    return process


def rules(faces: Iterable[Face], *, address: Callable[[Face], str]) -> str:
    """The CSS that names the faces; `address` says where a browser finds one."""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{face.weight};font-display:swap;'
        f'src:url("{address(face)}") format("woff2")}}'
        for face in faces
    )


def inline(face: Face) -> str:
    """The face as an address that holds it, for documents that must stand alone."""
    return f"data:{MEDIA_TYPE};base64,{b64encode(face.data).decode()}"


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_CHECKSUM]


@cache
def _recipe(weight: int) -> str:
    """Checksum of all that the packed bytes follow from."""
    parts = (_RANGES, _FEATURES, _KEPT_NAMES, FAMILY, version("fonttools"), version("brotli"))
    return _checksum(source(weight).read_bytes() + repr(parts).encode())


def _cached_face(weight: int, folder: Path) -> Face | None:
    """The face that was packed before, from the same font by the same recipe."""
    for path in folder.glob(f"{weight}-{_recipe(weight)}-*.woff2"):
        try:
            face = Face(weight, path.read_bytes())
        except OSError:
            continue
        if path.stem.endswith(f"-{_checksum(face.data)}"):
            return face
    return None


def _keep(face: Face, folder: Path) -> Face:
    """Put the face where `_kept` finds it; a folder that cannot be written to is left alone."""
    name = f"{face.weight}-{_recipe(face.weight)}-{_checksum(face.data)}.woff2"
    try:
        folder.mkdir(exist_ok=True)
        partial = folder / f"{os.getpid()}.part"
        partial.write_bytes(face.data)
        partial.replace(folder / name)
    except OSError:
        pass
    return face


@cache
def _packed(weight: int) -> Face:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(source(weight), recalcTimestamp=False)
    options = subset.Options(layout_features=list(_FEATURES), name_IDs=list(_KEPT_NAMES))
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in _RANGES for code in range(first, last + 1)])
    cutter.subset(font)
    style = WEIGHTS[weight]
    for name_id, text in ((1, FAMILY), (2, style), (4, f"{FAMILY} {style}")):
        font["name"].setName(text, name_id, 3, 1, 0x409)
    font["name"].setName(f"{FAMILY}-{style}".replace(" ", ""), 6, 3, 1, 0x409)
    font.flavor = "woff2"
    packed = BytesIO()
    font.save(packed)
    return Face(weight, packed.getvalue())
