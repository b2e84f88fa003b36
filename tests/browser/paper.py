"""What Chromium prints: the sheets of a PDF."""

import re
import zlib

EMPTY = 130  # letters; a footer alone has fewer


def letters(pdf: bytes) -> list[int]:
    """How many letters each sheet has."""
    parts = dict(re.findall(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL))
    sheets = [part for part in parts.values() if re.search(rb"/Type /Page\b", part)]
    inside = [parts[number] for s in sheets for number in re.findall(rb"/Contents (\d+) 0", s)]
    drawn = [part.partition(b"stream\n")[2].rpartition(b"\nendstream")[0] for part in inside]
    return [len(re.findall(rb"T[jJ]\b", zlib.decompress(stream))) for stream in drawn]
