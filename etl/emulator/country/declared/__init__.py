"""Every table of the made-up country, one declaration each."""

from typing import Final

from etl.emulator.country.declaration import Declaration
from etl.emulator.country.declared.economy import ECONOMY
from etl.emulator.country.declared.homes import HOMES
from etl.emulator.country.declared.index import INDEX
from etl.emulator.country.declared.integration import INTEGRATION
from etl.emulator.country.declared.people import PEOPLE
from etl.emulator.country.declared.work import WORK

DECLARATIONS: Final[tuple[Declaration, ...]] = (
    *PEOPLE,
    *HOMES,
    *ECONOMY,
    *WORK,
    *INDEX,
    *INTEGRATION,
)
