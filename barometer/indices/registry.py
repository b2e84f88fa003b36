"""Every index there is, family by family. A new index is one function and one entry."""

from barometer.indices.exposure import EXPOSURE
from barometer.indices.index import Index
from barometer.indices.local import LOCAL
from barometer.indices.multigroup import MULTIGROUP
from barometer.indices.ordinal import ORDINAL
from barometer.indices.two_group import TWO_GROUP

INDICES: tuple[Index, ...] = (*TWO_GROUP, *EXPOSURE, *MULTIGROUP, *ORDINAL, *LOCAL)
