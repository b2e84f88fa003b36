"""What an own area of an address does without, and what to do about it."""

from collections.abc import Mapping
from typing import Final

from barometer.catalogue import Text
from barometer.selection.address import Misunderstood, Reason

_OWN: Final[Mapping[Reason, Text]] = {
    "own_unreadable": Text(
        "Det egna området: ”{}” är ingen områdeskod och är borttaget. Skriv koder som 0180C1010,"
        " med punkt emellan.",
        "The own area: “{}” is no area code and has been left out. Write codes such as 0180C1010,"
        " with full stops between them.",
    ),
    "own_unknown": Text(
        "Det egna området: {} finns inte i den här datamängden och är borttaget. Kontrollera koden"
        " och indelningens år.",
        "The own area: {} is not in this data set and has been left out. Check the code and the"
        " year of the division.",
    ),
    "own_doubled": Text(
        "Det egna området: {} står flera gånger och räknas en gång.",
        "The own area: {} stands there more than once and is counted once.",
    ),
    "own_other_division": Text(
        "Det egna området: {} hör till en annan nivå eller indelning än det första området och är"
        " borttaget. Välj koder från en och samma indelning.",
        "The own area: {} belongs to another level or division than the first area and has been"
        " left out. Choose codes of one division.",
    ),
    "own_too_many": Text(
        "Det egna området: {} är borttaget, för ett eget område har högst 500 koder. Välj RegSO i"
        " stället för DeSO.",
        "The own area: {} has been left out, since an own area has at most 500 codes. Choose RegSO"
        " instead of DeSO.",
    ),
}


def own_remark(about: Misunderstood) -> Text | None:
    """A remark on an own area's codes; None for anything else."""
    said = _OWN.get(about.reason)
    return said and Text(said.sv.format(about.given), said.en.format(about.given))
