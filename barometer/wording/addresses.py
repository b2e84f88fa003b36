"""What was not understood of a page's address, for pages whose fields are named by themselves."""

from collections.abc import Mapping, Sequence

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.selection.address import Misunderstood


def address_remarks(
    misunderstood: Sequence[Misunderstood],
    *,
    fields: Mapping[str, Text],
    names: Mapping[str, str],
    language: Language,
) -> tuple[str, ...]:
    """One remark per misunderstanding: "År: ”2035” finns inte här; visar 2024."."""
    return tuple(_remark(about, fields, names)[language] for about in misunderstood)


def _remark(about: Misunderstood, fields: Mapping[str, Text], names: Mapping[str, str]) -> Text:
    if about.reason == "key":
        meant = about.choices[0]
        return Text(
            f"Ordet {about.field} i adressen är okänt och gäller inte; menade du {meant}?",
            f"The word {about.field} in the address is not known and has no effect; did you mean"
            f" {meant}?",
        )
    if about.reason == "repeated":
        return Text(
            f"Adressen har flera värden för {about.field} ({about.given}); visar det första.",
            f"The address has several values for {about.field} ({about.given}); showing the first.",
        )
    field = fields.get(about.field, Text(about.field, about.field))
    used = names.get(about.used, about.used)
    if about.reason == "too_many":
        return Text(
            f"{field.sv}: {about.given} är fler än {used}; visar de {used} första.",
            f"{field.en}: {about.given} are more than {used}; showing the first {used}.",
        )
    if not used:
        return Text(
            f"{field.sv}: ”{about.given}” finns inte här och är borttaget.",
            f"{field.en}: “{about.given}” is not available here and has been left out.",
        )
    return Text(
        f"{field.sv}: ”{about.given}” finns inte här; visar {used}.",
        f"{field.en}: “{about.given}” is not available here; showing {used}.",
    )
