"""Files that people have, each shape with its parser: bytes in, figures or every fault out."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from etl.providers.parsers.offences import parse_offences
from etl.providers.parsers.pxweb_export import parse_pxweb_export
from etl.providers.parsers.rows import FileContext, FileFaultError, FileFigure, KnownArea
from etl.providers.parsers.salsa import parse_salsa
from etl.providers.parsers.tidy import parse_tidy

Parser = Callable[[bytes, str, FileContext], list[FileFigure]]
"""From a file's bytes, its name and what it is read with to its figures; raises FileFaultError."""

PARSERS: Final[Mapping[str, Parser]] = MappingProxyType(
    {
        "tidy": parse_tidy,
        "bra_offences": parse_offences,
        "pxweb_export": parse_pxweb_export,
        "skolverket_salsa": parse_salsa,
    }
)

__all__ = ["PARSERS", "FileContext", "FileFaultError", "FileFigure", "KnownArea", "Parser"]
