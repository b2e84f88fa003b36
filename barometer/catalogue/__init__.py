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
    Break,
    CatalogueError,
    Counted,
    Derived,
    Grouping,
    GroupingKind,
    GroupingPart,
    Indicator,
    Part,
    Source,
    Term,
    Text,
    Unit,
    known_ids,
    local_id,
)
from barometer.catalogue.whole import Catalogue, Need
