"""How many areas a reader's own limits find, in a sentence or three."""

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.wording.numbers import number


def screen_sentence(
    limits: str, *, n_within: int, n_uncertain: int, n_near: int, language: Language
) -> str:
    """How many areas are within the limits, and of how many chance may decide that.

    `n_uncertain` of those within lie so near a limit that they may be outside, `n_near` outside so
    near that they may be within.
    """
    within, uncertain, near = (
        number(n, decimals=0, language=language) for n in (n_within, n_uncertain, n_near)
    )
    one = n_within == 1
    said = [
        Text(
            f"{within if n_within else 'Inget'} {'område' if n_within < 2 else 'områden'} ligger"
            f" inom gränserna: {limits}.",
            f"{within if n_within else 'No'} {'area is' if one else 'areas are'} within the limits:"
            f" {limits}.",
        )
    ]
    if n_uncertain:
        said.append(
            Text(
                f"{uncertain} av dem ligger så nära en gräns att slumpen kan ha fört"
                f" dit {'det' if n_uncertain == 1 else 'dem'}.",
                f"{uncertain} of them {'lies' if n_uncertain == 1 else 'lie'} so near a limit that"
                " chance may have brought them there.",
            )
        )
    if n_near:
        said.append(
            Text(
                f"Ytterligare {near} {'område' if n_near == 1 else 'områden'} missar en gräns med"
                " mindre än sin osäkerhet.",
                f"{near} more {'area misses' if n_near == 1 else 'areas miss'} a limit by less than"
                " the uncertainty.",
            )
        )
    return " ".join(text[language] for text in said)
