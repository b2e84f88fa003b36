"""How bytes leave the server: compressed once, cached by address, with safe headers."""

import hashlib
import importlib.util
import re
import zlib
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from gzip import compress
from pathlib import Path
from posixpath import dirname, normpath
from threading import Lock
from typing import Final

import brotli
from flask import Flask, Response, request

from barometer.fonts import MEDIA_TYPE, Face
from barometer.queries import Encoding
from barometer.store import Reader
from barometer.ui.context import asked_query, embedded

YEAR_IN_SECONDS: Final = 31_536_000
IMMUTABLE: Final = f"public, max-age={YEAR_IN_SECONDS}, immutable"
LEAST_TO_COMPRESS: Final = 900
STATIC_QUALITY: Final = 9  # brotli 11 saves another 8 % and takes 1.5 s a megabyte
DYNAMIC_QUALITY: Final = 5
STREAM_QUALITY: Final = 4
PIECES_KEPT: Final = 8  # of a stream, until what is packed is sent
PACKAGE: Final = Path(__file__).parents[1]
MODULES: Final = PACKAGE.parent / "assets" / "modules"
_SOME: Final = zlib.Z_SYNC_FLUSH
STATIC_ROOM: Final = 32_000_000  # bytes: every script in two codings, several times over
ASSETS: Final = PACKAGE.parent / "assets"
_IMPORTED: Final = re.compile(r'^import\b[^"]*"(\.[^"]+)"', re.MULTILINE)
_DATED: Final = re.compile(r"((?:/[\w.~-]+)*/assets/[\w./-]+\?m=)[0-9.]+")
STATIC_PREFIXES: Final = ("/_dash-component-suites/", "/assets/")
VENDOR: Final = {"maplibre-gl.js": "text/javascript", "maplibre-gl.css": "text/css"}
_TEXT: Final = (
    *("text/", "application/json", "application/geo+json", "application/javascript"),
    "image/svg+xml",
)


def encode(data: bytes, encoding: Encoding | None, *, quality: int) -> bytes:
    """The data in a coding; None leaves it as it is."""
    if encoding == "br":
        return brotli.compress(data, quality=quality)
    return compress(data, 6, mtime=0) if encoding == "gzip" else data


class AssetStore:
    """Coded bodies by key in so many bytes, the oldest thrown away first; threads may share it."""

    def __init__(self, max_bytes: int) -> None:
        self._room = max_bytes
        self._filled = 0
        self._bodies: dict[tuple[str, Encoding | None], bytes] = {}
        self._lock = Lock()

    @property
    def filled(self) -> int:
        """The bytes that lie on it, keys included."""
        return self._filled

    def get(
        self, key: str, encoding: Encoding | None, make: Callable[[], bytes], *, quality: int
    ) -> bytes:
        """The body under a key in a coding, made when it is not there."""
        body = self._bodies.get((key, encoding))
        if body is None:
            body = encode(make(), encoding, quality=quality)
            with self._lock:
                self._put((key, encoding), body)
        return body

    def _put(self, place: tuple[str, Encoding | None], body: bytes) -> None:
        self._take(place)
        self._bodies[place] = body
        self._filled += len(place[0]) + len(body)
        while self._filled > self._room:
            self._take(next(iter(self._bodies)))

    def _take(self, place: tuple[str, Encoding | None]) -> None:
        """Another thread may have made the same body meanwhile."""
        body = self._bodies.pop(place, None)
        self._filled -= 0 if body is None else len(place[0]) + len(body)


def accepted() -> Encoding | None:
    """The best coding that the client of this request takes."""
    codings = request.accept_encodings
    if codings["br"] > 0:
        return "br"
    return "gzip" if codings["gzip"] > 0 else None


def send(
    data: bytes, encoding: Encoding | None, *, media_type: str, cache: str, etag: str | None = None
) -> Response:
    """A response with a body that is already in the client's coding; 304 when it has it."""
    response = Response(data, mimetype=media_type)
    response.headers["Cache-Control"] = cache
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if etag:
        response.set_etag(etag, weak=True)
        response.make_conditional(request)
    return response


def shelved(
    shelf: AssetStore,
    key: str,
    make: Callable[[], bytes],
    *,
    quality: int,
    media_type: str,
    cache: str = IMMUTABLE,
    etag: str | None = None,
) -> Response:
    """A response with the body under a key of a shelf, in the coding that the client takes."""
    encoding = accepted()
    body = shelf.get(key, encoding, make, quality=quality)
    return send(body, encoding, media_type=media_type, cache=cache, etag=etag)


def streamed(pieces: Iterator[bytes], *, media_type: str) -> Response:
    """An answer that is sent while it is made; text is packed on the way."""
    encoding = accepted() if media_type.startswith(_TEXT) else None
    response = Response(_packed(pieces, encoding) if encoding else pieces, content_type=media_type)
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


def _packed(pieces: Iterator[bytes], encoding: Encoding) -> Iterator[bytes]:
    """The pieces in a coding, sent a few at a time, so that the client sees them come."""
    brotli_packer = brotli.Compressor(quality=STREAM_QUALITY)
    gzip_packer = zlib.compressobj(wbits=31)
    pack = brotli_packer.process if encoding == "br" else gzip_packer.compress
    for number, piece in enumerate(pieces):
        packed = pack(piece)
        if number in (0, 1) or number % PIECES_KEPT == 0:
            packed += brotli_packer.flush() if encoding == "br" else gzip_packer.flush(_SOME)
        if packed:
            yield packed
    yield brotli_packer.finish() if encoding == "br" else gzip_packer.flush()


def tag(reader: Reader, *more: str) -> str:
    """An answer's ETag: of its snapshot, of the code that words it and of what else it has."""
    return "-".join((reader.edition, code(), *more))


@cache
def code() -> str:
    """Checksum of the package: other code may give the same figures another shape, other words."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".toml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def unchanged(etag: str, *, cache: str) -> Response | None:
    """A 304 when the client of this request has the answer with this tag; None when not.

    Asked before the answer is made, it spares making it.
    """
    if not request.if_none_match.contains_weak(etag):
        return None
    response = Response(status=304)
    response.headers["Cache-Control"] = cache
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(etag, weak=True)
    return response


@lru_cache(maxsize=1)
def vendor_files() -> dict[str, bytes]:
    """MapLibre's script and style by address, read from the installed package without importing it.

    The address carries a checksum, so that a browser may keep the file for ever.
    """
    spec = importlib.util.find_spec("maplibre")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the package maplibre is not installed: run make run anew")
    folder = Path(spec.submodule_search_locations[0]) / "srcjs"
    return {
        _address(name, data): data for name in VENDOR for data in [(folder / name).read_bytes()]
    }


def vendor_address(name: str) -> str:
    """Where "maplibre-gl.js" or "maplibre-gl.css" is served."""
    stem, _, suffix = name.rpartition(".")
    return next(
        a for a in vendor_files() if a.startswith(f"/static/{stem}-") and a.endswith(suffix)
    )


def font_address(face: Face) -> str:
    """Where a weight of the site's typeface is served."""
    return f"/static/{face.name}"


@lru_cache(maxsize=1)
def module_files() -> dict[str, bytes]:
    """The site's ES modules by address; one checksum over all, for they import each other."""
    files = {path.relative_to(MODULES): path.read_bytes() for path in MODULES.rglob("*.mjs")}
    digest = hashlib.sha256(b"".join(files[path] for path in sorted(files))).hexdigest()[:12]
    return {f"/static/modules-{digest}/{path.as_posix()}": data for path, data in files.items()}


@cache
def module_addresses(name: str) -> tuple[str, ...]:
    """Where a module, "map/main", is served, and after it all that it imports."""
    files = module_files()
    found = [address for address in files if address.endswith(f"/{name}.mjs")]
    for address in found:
        for imported in _IMPORTED.findall(files[address].decode()):
            other = normpath(f"{dirname(address)}/{imported}")
            if other not in found:
                found.append(other)
    return tuple(found)


def _address(name: str, data: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"/static/{stem}-{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"


def install(
    server: Flask,
    *,
    script_hashes: Callable[[], tuple[str, ...]],
    may_embed: Callable[[str], bool],
    faces: Callable[[], tuple[Face, ...]],
) -> None:
    """Serve vendor files and fonts, compress every text and set the security headers.

    `may_embed` says of a path whether other sites may frame it at embed=1.
    """
    shelf = AssetStore(max_bytes=STATIC_ROOM)

    def module(folder: str, name: str) -> Response | tuple[str, int]:
        data = module_files().get(f"/static/{folder}/{name}")
        if data is None:
            return "no such file", 404
        key = f"{folder}/{name}"
        kind = "text/javascript"
        return shelved(shelf, key, lambda: data, quality=STATIC_QUALITY, media_type=kind)

    def vendor(name: str) -> Response | tuple[str, int]:
        if name.endswith(".woff2"):
            return _font(name, faces())
        data = vendor_files().get(f"/static/{name}")
        if data is None:
            return "no such file", 404
        kind = VENDOR["maplibre-gl.js" if name.endswith(".js") else "maplibre-gl.css"]
        return shelved(shelf, name, lambda: data, quality=STATIC_QUALITY, media_type=kind)

    def finish(response: Response) -> Response:
        _compress(response, shelf)
        framed = embedded(asked_query()) and may_embed(request.path)
        _protect(response, script_hashes(), framed=framed)
        return response

    server.add_url_rule("/static/<name>", "vendor", vendor)
    server.add_url_rule("/static/<folder>/<path:name>", "module", module)
    server.after_request(finish)


def _font(name: str, faces: tuple[Face, ...]) -> Response | tuple[str, int]:
    face = next((face for face in faces if face.name == name), None)
    if face is None:
        return "no such file", 404
    return send(face.data, None, media_type=MEDIA_TYPE, cache=IMMUTABLE)


def _compress(response: Response, shelf: AssetStore) -> None:
    static = request.path.startswith(STATIC_PREFIXES)
    if static and response.status_code == 200 and _names_its_checksum():
        response.headers["Cache-Control"] = IMMUTABLE
    if not _compressible(response):
        return
    response.vary.add("Accept-Encoding")
    encoding = accepted()
    if encoding is None:
        return
    response.direct_passthrough = False
    if static:
        # Not the query, of which there is no end.
        key = f"{request.path} {response.headers.get('ETag', '')}"
        data = shelf.get(key, encoding, response.get_data, quality=STATIC_QUALITY)
    elif len(response.get_data()) < LEAST_TO_COMPRESS:
        return
    else:
        data = encode(response.get_data(), encoding, quality=DYNAMIC_QUALITY)
    response.set_data(data)
    response.headers["Content-Encoding"] = encoding


def fingerprinted(html: str) -> str:
    """A document whose assets have their checksums in their addresses, for Dash's times of change.

    A server with another release answers such an address with "no-cache", so that no browser keeps
    the wrong file.
    """
    return _DATED.sub(lambda found: f"{found[1]}{asset_checksum(found[1])}", html)


def asset_checksum(address: str) -> str:
    """The checksum of the file behind "…/assets/NAME?m="; empty when there is none."""
    name = address.partition("/assets/")[2].partition("?")[0]
    path = (ASSETS / name).resolve()
    if not path.is_relative_to(ASSETS) or not path.is_file():
        return ""
    return _checksum(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=200)
def _checksum(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _names_its_checksum() -> bool:
    given = request.args.get("m")
    return bool(given) and given == asset_checksum(request.path)


def _compressible(response: Response) -> bool:
    return (
        response.status_code in (200, 404)
        and "Content-Encoding" not in response.headers
        and (response.mimetype or "").startswith(_TEXT)
        and (not response.is_streamed or request.path.startswith(STATIC_PREFIXES))
    )


def _protect(response: Response, script_hashes: tuple[str, ...], *, framed: bool) -> None:
    """What a browser may do with the answer; `framed` when any site may frame it."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if not framed:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    if response.mimetype != "text/html":
        if not request.path.startswith((*STATIC_PREFIXES, "/static/")):
            # Nothing that is neither a page nor a part of one may run or be shown as one.
            nothing = "default-src 'none'; frame-ancestors 'none'"
            response.headers["Content-Security-Policy"] = nothing
        return
    response.headers["Content-Security-Policy"] = "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' {' '.join(script_hashes)}".strip(),
            "style-src 'self' 'unsafe-inline'",  # the component library writes styles
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",  # MapLibre's worker
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {'*' if framed else chr(39) + 'self' + chr(39)}",
        ]
    )
