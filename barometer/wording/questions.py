"""What was wrong in a question for a file, and what could be asked instead."""

from collections.abc import Sequence
from typing import Final

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.selection import Misunderstood

_MOST: Final = 20  # choices that are named
_WHY: Final = {
    "repeated": Text("har flera värden", "has several values"),
    "not_offered": Text("finns inte här", "is not available here"),
    "other_division": Text("hör till en annan områdesindelning", "is of another area version"),
    "not_together": Text("går inte ihop med resten", "does not go with the rest"),
    "itself": Text("är samma som det jämförs med", "is the same as what it is compared with"),
    "too_many": Text("är för många", "is too many"),
}
_UNKNOWN: Final = Text("är okänt", "is unknown")


def question_faults(faults: Sequence[Misunderstood], *, language: Language) -> tuple[str, ...]:
    """A line for each fault: the key, what was given, why it cannot be followed, what can be."""
    return tuple(_fault(fault)[language] for fault in faults)


def _fault(fault: Misunderstood) -> Text:
    near = ", ".join(fault.choices[:_MOST]) + (" …" if len(fault.choices) > _MOST else "")
    if fault.reason == "key":
        return Text(
            f"”{fault.field}” betyder inget i frågan. Menade du {near}?",
            f"“{fault.field}” means nothing in the question. Did you mean {near}?",
        )
    why = _WHY.get(fault.reason, _UNKNOWN)
    nearest = (
        Text(f" Närmast: {fault.used}.", f" Nearest: {fault.used}.") if fault.used else Text("", "")
    )
    choices = Text(f" Att välja på: {near}.", f" Choices: {near}.") if near else Text("", "")
    return Text(
        f"{fault.field}: ”{fault.given}” {why.sv}.{nearest.sv}{choices.sv}",
        f"{fault.field}: “{fault.given}” {why.en}.{nearest.en}{choices.en}",
    )
