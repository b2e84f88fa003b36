"""Own areas as a level like the others: what they are made of, and how their figures are summed.

Pure words for the database and plain functions: queries lays them over a snapshot for the areas of
an address, and the pipeline writes those of an operator into one. Both give the same numbers.
"""

from barometer.areas.members import MEMBER_COLUMNS, Register, members_of, read_register
from barometer.areas.panel import INDICES_SQL, own_panel
from barometer.areas.register import FIRST_YEAR_SQL, PARTS_SQL, area_row
from barometer.areas.sums import BOUNDED_UNITS, COUNTS_SQL, RULES_TABLE, VALUES_SQL, Rule, rules_of
