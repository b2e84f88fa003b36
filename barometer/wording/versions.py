"""What is new about a place since the data version before, each finding in a sentence."""

from collections.abc import Sequence

from barometer import wording
from barometer.catalogue import Indicator, Text
from barometer.divisions import Language
from barometer.wording.numbers import enumerated, number
from barometer.wording.signals import COURSE, signed


def new_years_sentence(
    indicator: Indicator, years: Sequence[int], *, amounts: tuple[float, float], language: Language
) -> str:
    """The years that an indicator has got; `amounts` are the last value before and the newest."""
    before, now = (wording.value(a, indicator=indicator, language=language) for a in amounts)
    named = enumerated([str(year) for year in years], language=language)
    return Text(
        f"{indicator.name.sv}: nytt år {named}, {now} (senaste värdet förut {before}).",
        f"{indicator.name.en}: new year {named}, {now} (the last value before: {before}).",
    )[language]


def revised_sentence(
    indicator: Indicator,
    *,
    n: int,
    year: int,
    amounts: tuple[float, float],
    noise: float | None,
    language: Language,
) -> str:
    """How many years' values are other than before, the largest of them, and against noise.

    `noise` is what disturbance and rounding of both figures give, half a 95 % interval in the
    value's unit; None where it is not known.
    """
    before, now = (wording.value(a, indicator=indicator, language=language) for a in amounts)
    if noise is None:
        against = Text("hur mycket brus som ryms i den är inte känt", "its noise is not known")
    elif noise == 0:
        against = Text(
            "talen är varken störda eller avrundade, så det är en rättelse",
            "the figures are neither perturbed nor rounded, so it is a correction",
        )
    else:
        size = number(noise, decimals=2, language=language)
        inside = abs(amounts[1] - amounts[0]) <= noise
        against = (
            Text(
                f"inom vad störning och avrundning ger, ±{size}",
                f"within what perturbation and rounding give, ±{size}",
            )
            if inside
            else Text(
                f"mer än störning och avrundning ger, ±{size}",
                f"more than perturbation and rounding give, ±{size}",
            )
        )
    values = Text("ändrat värde" if n == 1 else "ändrade värden", "revised value")
    plural = "" if n == 1 else "s"
    return Text(
        f"{indicator.name.sv}: {n} {values.sv}, mest {year}: {before} har blivit {now}"
        f" ({against.sv}).",
        f"{indicator.name.en}: {n} {values.en}{plural}, most in {year}: {before} has become {now}"
        f" ({against.en}).",
    )[language]


def signal_turned_sentence(
    label: str,
    *,
    courses: tuple[int, int],
    year: int,
    size: tuple[float, float],
    language: Language,
) -> str:
    """A signal that came, went or turned; `courses` before and now, `size` change and margin."""
    change, margin = (signed(size[0], language=language, decimals=2), size[1])
    around = number(margin, decimals=2, language=language)
    before, now = (COURSE[course][language] for course in courses)
    if courses[0] == 0:
        what = Text("ny signal", "new signal")
    elif courses[1] == 0:
        what = Text("signalen har försvunnit", "the signal has gone")
    else:
        what = Text("signalen har vänt", "the signal has turned")
    return Text(
        f"{label}: {what.sv}, {now} {year}, förut {before} (förändring {change}, osäkerhet"
        f" ±{around} standardavvikelser).",
        f"{label}: {what.en}, {now} in {year}, {before} before (change {change}, uncertainty"
        f" ±{around} standard deviations).",
    )[language]
