"""What was not understood of the address of a segregation measure, and what is shown instead."""

from collections.abc import Mapping, Sequence
from typing import Final

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.selection import Misunderstood
from barometer.wording.own import own_remark
from barometer.wording.peers import peers_remark

_FIELDS: Final = {
    "grouping": Text("Indelningen", "The grouping"),
    "index": Text("Måttet", "The measure"),
    "units": Text("Områdesnivån", "The level of areas"),
    "area": Text("Platsen", "The place"),
    "year": Text("Året", "The year"),
    "since": Text("Startåret", "The first year"),
    "among": Text("Urvalet", "The choice"),
    "peers": Text("Jämförelseplatsen", "The place to compare with"),
    "population": Text("Gränsen för antal personer", "The limit for persons"),
    "caution": Text("Valet om försiktighet", "The choice about caution"),
    "lang": Text("Språket", "The language"),
    "embed": Text("Värdet för embed", "The value of embed"),
}


def measure_remarks(
    misunderstood: Sequence[Misunderstood], *, names: Mapping[str, str], language: Language
) -> tuple[str, ...]:
    """One remark per misunderstanding of the address: "Året ”2035” finns inte; visar 2024."."""
    return tuple(_remark(about, names=names)[language] for about in misunderstood)


def _remark(about: Misunderstood, *, names: Mapping[str, str]) -> Text:
    if own := own_remark(about) or peers_remark(about):
        return own
    if about.reason == "key":
        return Text(
            f"Länken innehåller ”{about.field}”, som inte betyder något här. Menade du "
            f"{about.choices[0]}?",
            f"The link contains “{about.field}”, which means nothing here. Did you mean "
            f"{about.choices[0]}?",
        )
    if about.reason == "repeated":
        return Text(
            f"Länken har flera värden för {about.field} ({about.given}); visar det första.",
            f"The link has several values for {about.field} ({about.given}); showing the first.",
        )
    if about.reason == "not_together":
        return Text(
            "Riket och län innehåller också det som skiljer kommuner åt och jämförs inte med en"
            " kommun; de är borttagna.",
            "Sweden and counties also contain what lies between municipalities and are not compared"
            " with one; they are left out.",
        )
    if about.reason == "too_many":
        return Text(
            "Högst fyra platser kan jämföras; visar de fyra första.",
            "At most four places can be compared; showing the first four.",
        )
    field, used = _FIELDS[about.field], names.get(about.used, about.used)
    if about.reason == "other_division":
        return Text(
            f"{field.sv} {about.given} kan inte jämföras med slutåret; visar {used}. Områdenas"
            " gränser måste vara desamma.",
            f"{field.en} {about.given} cannot be compared with the last year; showing {used}. The"
            " borders of the areas must be the same.",
        )
    return Text(
        f"{field.sv} ”{about.given}” finns inte här; visar {used}.",
        f"{field.en} “{about.given}” is not available here; showing {used}.",
    )
