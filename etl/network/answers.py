"""A server's answer: unpacked within limits, decoded, and read as JSON of the expected shape."""

import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from etl.text import clean_label, excerpt

# Level 1 packs 1.2 MB in 11 ms to 0.49 MB; 6 takes 98 ms for 0.43 MB (150,000 cells, measured).
_GZIP_LEVEL: Final = 1
LONGEST_LABEL: Final = 1_000  # characters: SCB's longest is about 200
LONGEST_CODE: Final = 100
_BOM: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_HTML: Final = re.compile(r"<(html|!doctype html|head|body)\b", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_KEY: Final = re.compile(rb'"[ \t\r\n]*:')  # the end of a key, or of what looks like one
_NESTED: Final = frozenset({dict, list})
_MEMBER: Final = 31  # zlib's word for one member of a gzip file


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's bytes, and the same gzipped: as they came over the wire when they came so."""

    raw: bytes
    packed: bytes


class BadAnswerError(ValueError):
    """The server answered 200 with something else than what was asked for."""


class TooLargeError(BadAnswerError):
    """The answer is larger, packed or unpacked, than any that was asked for can be."""


def read_answer(wire: bytes, *, encoding: str, charset: str = "", max_bytes: int = 2**28) -> Answer:
    """An answer as it came, with its Content-Encoding and charset in whatever case.

    SCB's own gzip is kept rather than packed again: packing costs more than all the checks.

    Raises:
        BadAnswerError: it cannot be unpacked or decoded.
        TooLargeError: unpacked it has more than `max_bytes`.
    """
    packing = encoding.strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise BadAnswerError(f"packed as {excerpt(encoding)!r}, which was not asked for")
    plain = packing in ("", "identity")
    raw = wire if plain else unpack(wire, max_bytes=max_bytes)
    if len(raw) > max_bytes:
        raise TooLargeError(f"more than {max_bytes / 1e6:.0f} MB")
    decoded = _as_utf_8(raw, charset=charset)
    if plain or decoded is not raw:
        return Answer(decoded, gzip.compress(decoded, _GZIP_LEVEL, mtime=0))
    return Answer(raw, wire)


def unpack(wire: bytes, *, max_bytes: int) -> bytes:
    """The content of a gzip file; a few bytes that unpack to gigabytes are refused.

    Raises:
        BadAnswerError: it is not gzip, or cut off.
        TooLargeError: unpacked it has more than `max_bytes`.
    """
    pieces: list[bytes] = []
    left, rest = max_bytes, wire
    while rest or not pieces:
        member = zlib.decompressobj(_MEMBER)
        try:
            piece = member.decompress(rest, left + 1)
        except zlib.error as error:
            raise BadAnswerError(f"{len(wire)} bytes that are not gzip ({error})") from error
        left -= len(piece)
        if left < 0:
            raise TooLargeError(
                f"{len(wire)} bytes of gzip that hold over {max_bytes / 1e6:.0f} MB"
            )
        if not member.eof:
            raise BadAnswerError(f"{len(wire)} bytes that are not gzip (cut off)")
        pieces.append(piece)
        rest = member.unused_data.lstrip(b"\0")
    return b"".join(pieces)


def _as_utf_8(raw: bytes, *, charset: str) -> bytes:
    """The same text in UTF-8; the bytes themselves when they are that already."""
    name = charset.strip().strip("\"'").lower()
    if raw.startswith(_UTF_16):
        name = "utf-16"
    elif name in ("", "utf-8", "utf8", "us-ascii", "ascii") or _is_utf_8(raw):
        return raw
    try:
        return raw.decode(name).encode()
    except (LookupError, UnicodeError) as error:
        raise BadAnswerError(
            f"{len(raw)} bytes in {excerpt(charset)!r} that cannot be decoded"
        ) from error


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def parse_json(raw: bytes) -> Any:
    """The JSON value of an answer; BadAnswerError says what else it is."""
    content = raw.removeprefix(_BOM)
    if not content.strip():
        raise BadAnswerError(f"empty ({len(raw)} bytes) where JSON was expected")
    if page := web_page(content):
        raise BadAnswerError(f"{page} where JSON was expected")
    try:
        value = orjson.loads(content)
        if len(_KEY.findall(content)) != _keys_in(value):
            _refuse_twins(content)
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise BadAnswerError(f"{len(raw)} bytes that are not JSON ({error})") from error
    return value


def _keys_in(value: Any) -> int:
    """How many keys all objects of a JSON value have together."""
    count, left = 0, [value] if type(value) in _NESTED else []
    while left:
        each = left.pop()
        if isinstance(each, dict):
            count += len(each)
            each = each.values()
        left += [part for part in each if type(part) in _NESTED]
    return count


def _refuse_twins(content: bytes) -> None:
    """Refuse a key that one object has twice: the later would stand for both unnoticed."""
    left: list[tuple[str, Any]] = [("", json.loads(content, object_pairs_hook=tuple))]
    while left:
        place, value = left.pop()
        if isinstance(value, list):
            left += [(place, part) for part in value if isinstance(part, list | tuple)]
        elif isinstance(value, tuple):
            for key, times in Counter(key for key, _ in value).most_common(1):
                if times > 1:
                    what = f"{excerpt(key, longest=40)!r} is written {times} times"
                    raise BadAnswerError(f"{excerpt(place) or 'the answer'}: {what}")
            left += [(f"{place}/{key}".lstrip("/"), part) for key, part in value]


def web_page(raw: bytes) -> str:
    """A few words for HTML, with its title, as proxies answer; "" for anything else."""
    text = raw[:20_000].removeprefix(_BOM).lstrip().decode("utf-8", "replace")
    if not text.startswith("<") or not _HTML.search(text[:2_000]):
        return ""
    title = _TITLE.search(text)
    words = excerpt(title[1], longest=100) if title else ""
    return f"a web page ({words})" if words else "a web page"


def parse_object(raw: bytes) -> dict[str, Any]:
    """The JSON object of an answer; BadAnswerError when it is anything else."""
    answer = parse_json(raw)
    if not isinstance(answer, dict):
        raise BadAnswerError(f"{kind_of(answer)} where a JSON object was expected")
    return answer


def kind_of(value: object) -> str:
    """A JSON value's kind for a sentence.

    >>> kind_of([1]), kind_of(None)
    ('a list', 'null')
    """
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return "null" if value is None else kinds.get(type(value), "a number")


def object_at(fields: Mapping[str, Any], key: str, *, place: str) -> dict[str, Any]:
    """The object under a key; BadAnswerError names the place when it is anything else."""
    value = fields.get(key)
    if not isinstance(value, dict):
        raise BadAnswerError(f"{place}: {key} is {kind_of(value)} where an object was expected")
    return value


def optional_object(fields: Mapping[str, Any], key: str, *, place: str) -> dict[str, Any]:
    """The same, empty where there is none."""
    return object_at(fields, key, place=place) if fields.get(key) not in (None, [], "") else {}


def list_at(fields: Mapping[str, Any], key: str, *, place: str) -> list[Any]:
    """The list under a key; BadAnswerError names the place when it is anything else."""
    value = fields.get(key)
    if not isinstance(value, list):
        raise BadAnswerError(f"{place}: {key} is {kind_of(value)} where a list was expected")
    return value


def label_of(value: object, *, instead: str, place: str) -> str:
    """A label as a name on one line; `instead` where there is none.

    Raises:
        BadAnswerError: it is neither text nor number, or of an unreasonable length.
    """
    if value is None:
        return instead
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadAnswerError(f"{place}: a label is {kind_of(value)} where a text was expected")
    text = str(value)
    if len(text) > LONGEST_LABEL:
        raise BadAnswerError(
            f"{place}: a label of {len(text):,} characters ({excerpt(text, longest=40)!r}) where "
            f"at most {LONGEST_LABEL:,} were expected"
        )
    return clean_label(text) or instead


def code_of(value: object, *, place: str) -> str:
    """A code as text, unchanged: it is sent back to the server.

    Raises:
        BadAnswerError: it is no text, of an unreasonable length, or holds control characters.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise BadAnswerError(f"{place}: a code is {kind_of(value)} where a text was expected")
    if len(value) > LONGEST_CODE or not value.isprintable():
        raise BadAnswerError(
            f"{place}: the code {excerpt(value, longest=40)!r} has {len(value):,} characters or "
            "control characters where a short code was expected"
        )
    return value
