"""What was not understood of a page's address, for pages whose fields are named by themselves."""

from collections.abc import Mapping, Sequence

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.selection.address import Misunderstood
from barometer.wording.own import own_remark


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
    if own := own_remark(about):
        return own
    if about.reason == "key":
        meant = about.choices[0]
        return Text(
            f"Länken innehåller ”{about.field}”, som inte betyder något här. Menade du {meant}?",
            f"The link contains “{about.field}”, which means nothing here. Did you mean {meant}?",
        )
    if about.reason == "repeated":
        return Text(
            f"Länken har flera värden för {about.field} ({about.given}); visar det första.",
            f"The link has several values for {about.field} ({about.given}); showing the first.",
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
