"""The catalogue: every source, indicator and grouping that the barometer knows.

Everything people see and everything the pipeline fetches is derived from three TOML files
beside this package.
"""

from barometer.catalogue.loader import CATALOGUE_DIR, CATALOGUE_FILES, load_catalogue
from barometer.catalogue.local import OwnEntries, extend_catalogue
from barometer.catalogue.model import (
    ALL,
    LOCAL,
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
    Provider,
    Source,
    Term,
    Text,
    Unit,
    Variable,
    known_ids,
    local_id,
)
from barometer.catalogue.whole import Catalogue, Need

__all__ = [
    "ALL",
    "CATALOGUE_DIR",
    "CATALOGUE_FILES",
    "LOCAL",
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
    "OwnEntries",
    "Part",
    "Provider",
    "Source",
    "Term",
    "Text",
    "Unit",
    "Variable",
    "extend_catalogue",
    "known_ids",
    "load_catalogue",
    "local_id",
]
