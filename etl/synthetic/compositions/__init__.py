"""What the made-up country's tables are made of, by the ids of their entries in the catalogue."""

from typing import Final

from etl.synthetic.compositions.economy import ECONOMY
from etl.synthetic.compositions.homes import HOMES
from etl.synthetic.compositions.index import INDEX
from etl.synthetic.compositions.integration import INTEGRATION
from etl.synthetic.compositions.people import PEOPLE
from etl.synthetic.compositions.work import WORK
from etl.synthetic.declaration import Composition

COMPOSITIONS: Final[dict[str, Composition]] = {
    **PEOPLE,
    **HOMES,
    **ECONOMY,
    **WORK,
    **INDEX,
    **INTEGRATION,
}
