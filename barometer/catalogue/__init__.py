"""The catalogue: every source, indicator and grouping that the barometer knows.

Everything people see and everything the pipeline fetches is derived from three TOML files
beside this package.
"""

from barometer.catalogue.loader import CATALOGUE_DIR, CATALOGUE_FILES, load_catalogue
from barometer.catalogue.model import (
    ALL,
    REST,
    SECTORS,
    TITLE,
    Background,
    Break,
    CatalogueError,
    Counted,
    Derived,
    Direction,
    Group,
    Grouping,
    GroupingKind,
    GroupingPart,
    Indicator,
    Part,
    Source,
    Term,
    Text,
    Unit,
    Variable,
    known_ids,
)
from barometer.catalogue.whole import Catalogue, Need

__all__ = [
    "ALL",
    "CATALOGUE_DIR",
    "CATALOGUE_FILES",
    "REST",
    "SECTORS",
    "TITLE",
    "Background",
    "Break",
    "Catalogue",
    "CatalogueError",
    "Counted",
    "Derived",
    "Direction",
    "Group",
    "Grouping",
    "GroupingKind",
    "GroupingPart",
    "Indicator",
    "Need",
    "Part",
    "Source",
    "Term",
    "Text",
    "Unit",
    "Variable",
    "known_ids",
    "load_catalogue",
]
