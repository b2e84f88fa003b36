"""What of the follow-up's address could not be followed, one remark each."""

from collections.abc import Sequence
from typing import Final

from barometer.catalogue import Text
from barometer.selection import MOST_AREAS, Effort, Misunderstood
from barometer.selection.evaluation import MOST_EFFORTS
from barometer.wording.own import own_remark

_FIELDS: Final = {
    "indicator": Text("Indikatorn", "The indicator"),
    "level": Text("Nivån", "The level"),
    "start": Text("Startåret", "The first year"),
    "lang": Text("Språket", "The language"),
    "embed": Text("Värdet för embed", "The value of embed"),
}


def evaluation_remarks(
    misunderstood: Sequence[Misunderstood], *, effort: Effort, indicator: str
) -> tuple[str, ...]:
    """One remark per misunderstanding of the address."""
    return tuple(_remark(m, indicator)[effort.language] for m in misunderstood)


def _remark(about: Misunderstood, indicator: str) -> Text:
    if own := own_remark(about):
        return own
    if about.reason == "key":
        meant = about.choices[0]
        return Text(
            f"Länken innehåller ”{about.field}”, som inte betyder något här. Menade du {meant}?",
            f"The link contains “{about.field}”, which means nothing here. Did you mean {meant}?",
        )
    if about.field == "areas":
        return _area_remark(about)
    if about.field == "effort":
        return _effort_remark(about)
    if about.reason == "repeated":
        return Text(
            f"Länken har flera värden för {about.field} ({about.given}); visar det första.",
            f"The link has several values for {about.field} ({about.given}); showing the first.",
        )
    field = _FIELDS[about.field]
    used = indicator if about.field == "indicator" else about.used
    return Text(
        f"{field.sv} ”{about.given}” finns inte här; visar {used}.",
        f"{field.en} “{about.given}” is not available here; showing {used}.",
    )


def _area_remark(about: Misunderstood) -> Text:
    why = {
        "not_offered": Text("hör till en annan nivå", "is of another level"),
        "other_division": Text(
            "hör till en annan indelning än det första", "is of another division than the first"
        ),
        "repeated": Text(
            f"är fler än de {MOST_AREAS} som kan väljas",
            f"is beyond the {MOST_AREAS} that can be chosen",
        ),
    }.get(about.reason, Text("finns inte", "does not exist"))
    return Text(
        f"Området ”{about.given}” {why.sv} och är inte med.",
        f"The area “{about.given}” {why.en} and is left out.",
    )


def _effort_remark(about: Misunderstood) -> Text:
    if about.reason == "too_many":
        return Text(
            f"Länkens register har fler än {MOST_EFFORTS} insatser; ”{about.given}” är inte med.",
            f"The link's register has more than {MOST_EFFORTS} efforts; “{about.given}” is left"
            " out.",
        )
    if about.reason == "not_offered":
        return Text(
            f"Insatsen ”{about.given}” är inte med: {about.used} kan inte följas över åren i"
            " dataversionen.",
            f"The effort “{about.given}” is left out: {about.used} cannot be followed over the"
            " years in the data version.",
        )
    return Text(
        f"Insatsen ”{about.given}” kan inte läsas och är inte med. Skriv områdeskoder;startår;"
        "indikator;vad som görs;vem, som i 0380R001;2019;employed;Öppen förskola;Kommunen.",
        f"The effort “{about.given}” cannot be read and is left out. Write area codes;first year;"
        "indicator;what is done;who, as in 0380R001;2019;employed;Open preschool;Municipality.",
    )
