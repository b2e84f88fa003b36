"""Every table of the made-up country, one declaration each."""

from typing import Final

from etl.synthetic.declaration import Declaration
from etl.synthetic.declared.economy import ECONOMY
from etl.synthetic.declared.homes import HOMES
from etl.synthetic.declared.index import INDEX
from etl.synthetic.declared.integration import INTEGRATION
from etl.synthetic.declared.people import PEOPLE
from etl.synthetic.declared.work import WORK

DECLARATIONS: Final[tuple[Declaration, ...]] = (
    *PEOPLE,
    *HOMES,
    *ECONOMY,
    *WORK,
    *INDEX,
    *INTEGRATION,
)
