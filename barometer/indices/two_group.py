"""Evenness of one group against the rest, or of two groups against each other."""

from __future__ import annotations

import numpy as np

from barometer.indices.chance import (
    expected_correlation_ratio,
    expected_dissimilarity,
    expected_gorard,
    expected_information_theory,
)
from barometer.indices.containers import CountTable, FloatArray, ratio
from barometer.indices.index import BothLanguages, Index
from barometer.indices.information import information_theory

_ROUNDING = 1e-12  # one person per area leaves no room but this between chance and separation


def dissimilarity(table: CountTable) -> FloatArray:
    """D = 1/2 sum |x_i/X - y_i/Y|: the share of either group that would have to move.

    0: the same mix in every area. 1: no area has both. Duncan and Duncan 1955,
    doi 10.2307/2088328. Times 100 it is SCB's boendesegregationsindex.
    """
    f, g = _profiles(table)
    f -= g
    return table.sum(np.abs(f, out=f)) / 2


def gini(table: CountTable) -> FloatArray:
    """G = sum_{i<j} |x_i t_j - x_j t_i| / (XY): mean difference of shares between two residents.

    0: the same share everywhere. 1: complete separation. Areas are sorted by share, so the double
    sum is one pass. The area between the segregation curve and the diagonal, times two: James and
    Taeuber 1985, doi 10.2307/270845.
    """
    profiles = _profiles(table)
    undefined = np.isnan(table.sum(profiles.sum(axis=0)))
    f, g = np.nan_to_num(profiles)
    container = np.repeat(np.arange(table.starts.size), table.sizes)
    order = np.lexsort((table.shares()[0], np.broadcast_to(container, f.shape)), axis=-1)
    f, g = np.take_along_axis(f, order, axis=-1), np.take_along_axis(g, order, axis=-1)
    crossed = table.sum(f * _sum_before(table, g) - g * _sum_before(table, f))
    return np.where(undefined, np.nan, np.maximum(crossed, 0.0))


def atkinson(table: CountTable, *, shape: float = 0.5) -> FloatArray:
    """A_b = 1 - P/(1-P) |sum (1-p_i)^(1-b) p_i^b t_i / (PT)|^(1/(1-b)), 0 < b < 1.

    0: even. 1: separate. A shape below one half weighs areas where the group is rare, above it
    areas where it is common. James and Taeuber 1985, doi 10.2307/270845.
    """
    f, g = _profiles(table)
    overlap = table.sum(f**shape * g ** (1 - shape))
    apart: FloatArray = 1 - overlap ** (1 / (1 - shape))
    return apart


def hutchens(table: CountTable) -> FloatArray:
    """R = 1 - sum sqrt(x_i y_i / (XY)), here as 1/2 sum (sqrt(x_i/X) - sqrt(y_i/Y))^2.

    0: even. 1: separate. Hutchens 2004, doi 10.1111/j.1468-2354.2004.00136.x.
    """
    f, g = _profiles(table)
    return table.sum(np.square(np.sqrt(f) - np.sqrt(g))) / 2


def gorard(table: CountTable) -> FloatArray:
    """GS = 1/2 sum |x_i/X - t_i/T| = (1 - P) D: the share of the group that would have to move.

    0: even. 1 - P: separate. Gorard and Taylor 2002.
    """
    moving: FloatArray = table.group_shares()[1] * dissimilarity(table)
    return moving


def adjusted_dissimilarity(table: CountTable) -> FloatArray:
    """D beyond chance: (D - E0) / (1 - E0) when D >= E0, else (D - E0) / E0.

    0: as even as chance alone would give. 1: separate. -1: more even than any lottery. Carrington
    and Troske 1997, doi 10.1080/07350015.1997.10524718.
    """
    observed, chance = dissimilarity(table), expected_dissimilarity(table)
    room = np.where(observed >= chance, 1 - chance, chance)
    return ratio(observed - chance, np.where(room < _ROUNDING, 0.0, room))


def _profiles(table: CountTable) -> FloatArray:
    """x_i/X and y_i/Y; NaN where either group is absent from the container."""
    absent = np.any(table.group_totals == 0, axis=0)
    totals = np.where(absent, np.nan, table.group_totals)
    profiles: FloatArray = table.counts / table.spread(totals)
    return profiles


def _sum_before(table: CountTable, values: FloatArray) -> FloatArray:
    before = np.cumsum(values, axis=-1) - values
    return before - table.spread(before[..., table.starts])


_EVEN = BothLanguages(
    "jämnt fördelad: samma andel i alla områden", "even: the same share in every area"
)
_SEPARATE = BothLanguages("helt åtskild: inget område har båda", "separate: no area has both")

TWO_GROUP = (
    Index(
        id="dissimilarity",
        kind="two-group",
        dimension="evenness",
        label=BothLanguages("segregationsindex (D)", "dissimilarity index (D)"),
        range=(0.0, 1.0),
        low=_EVEN,
        high=_SEPARATE,
        formula=r"D = \frac{1}{2} \sum_i \left| \frac{x_i}{X} - \frac{y_i}{Y} \right|",
        reference="Duncan & Duncan 1955, doi 10.2307/2088328",
        sentence=BothLanguages(
            "{value} av gruppen skulle behöva byta område för att vara lika spridd som övriga.",
            "{value} of the group would need to move to be spread as evenly as everyone else.",
        ),
        function=dissimilarity,
        unit="percent",
        decimals=1,
        expected=expected_dissimilarity,
        interval=True,
        note=BothLanguages(
            "Följ hellre en plats över tid än jämför platser med olika många områden.",
            "Follow one place over time rather than comparing places with different numbers of"
            " areas.",
        ),
    ),
    Index(
        id="gini",
        kind="two-group",
        dimension="evenness",
        label=BothLanguages("ginikoefficient (G)", "Gini coefficient (G)"),
        range=(0.0, 1.0),
        low=_EVEN,
        high=_SEPARATE,
        formula=r"G = \frac{1}{XY} \sum_{i<j} \left| x_i t_j - x_j t_i \right|",
        reference="James & Taeuber 1985, doi 10.2307/270845",
        sentence=BothLanguages(
            "Ojämnheten i gruppens andel mellan områden är {value} på en skala från 0 till 1.",
            "The unevenness of the group's share between areas is {value} on a scale of 0 to 1.",
        ),
        function=gini,
    ),
    Index(
        id="information_theory",
        kind="two-group",
        dimension="evenness",
        label=BothLanguages("informationsindex (H)", "information theory index (H)"),
        range=(0.0, 1.0),
        low=_EVEN,
        high=_SEPARATE,
        formula=r"H = 1 - \frac{\sum_i t_i E(p_i)}{T E(P)}, E(p) = -p \ln p - (1-p) \ln(1-p)",
        reference="Theil & Finizza 1971, doi 10.1080/0022250X.1971.9989795",
        sentence=BothLanguages(
            "Områdena är i genomsnitt {value} mindre blandade än hela platsen.",
            "Areas are on average {value} less mixed than the whole place.",
        ),
        function=information_theory,
        unit="percent",
        decimals=1,
        expected=expected_information_theory,
    ),
    Index(
        id="atkinson",
        kind="two-group",
        dimension="evenness",
        label=BothLanguages("Atkinsons index (b = 0,5)", "Atkinson index (b = 0.5)"),
        range=(0.0, 1.0),
        low=_EVEN,
        high=_SEPARATE,
        formula=r"A_b = 1 - \frac{P}{1-P} \left| \sum_i \frac{(1-p_i)^{1-b} p_i^b t_i}{PT}"
        r" \right|^{1/(1-b)}",
        reference="James & Taeuber 1985, doi 10.2307/270845",
        sentence=BothLanguages(
            "Ojämnheten enligt Atkinson är {value} på en skala från 0 till 1.",
            "Unevenness by Atkinson's measure is {value} on a scale of 0 to 1.",
        ),
        function=atkinson,
    ),
    Index(
        id="hutchens",
        kind="two-group",
        dimension="evenness",
        label=BothLanguages("Hutchens kvadratrotsindex (R)", "Hutchens square root index (R)"),
        range=(0.0, 1.0),
        low=_EVEN,
        high=_SEPARATE,
        formula=r"R = 1 - \sum_i \sqrt{\frac{x_i}{X} \frac{y_i}{Y}}",
        reference="Hutchens 2004, doi 10.1111/j.1468-2354.2004.00136.x",
        sentence=BothLanguages(
            "Ojämnheten enligt Hutchens är {value} på en skala från 0 till 1.",
            "Unevenness by Hutchens's measure is {value} on a scale of 0 to 1.",
        ),
        function=hutchens,
    ),
    Index(
        id="gorard",
        kind="two-group",
        dimension="evenness",
        label=BothLanguages("Gorards segregationsindex (GS)", "Gorard's segregation index (GS)"),
        range=(0.0, 1.0),
        low=_EVEN,
        high=BothLanguages(
            "1 minus gruppens andel: helt åtskild", "1 minus the group's share: complete separation"
        ),
        formula=r"GS = \frac{1}{2} \sum_i \left| \frac{x_i}{X} - \frac{t_i}{T} \right| = (1-P) D",
        reference="Gorard & Taylor 2002",
        sentence=BothLanguages(
            "{value} av gruppen bor utöver vad en jämn fördelning skulle ge.",
            "{value} of the group live beyond what an even distribution would give.",
        ),
        function=gorard,
        unit="percent",
        decimals=1,
        expected=expected_gorard,
    ),
    Index(
        id="adjusted_dissimilarity",
        kind="two-group",
        dimension="evenness",
        label=BothLanguages("segregationsindex utöver slumpen", "dissimilarity beyond chance"),
        range=(-1.0, 1.0),
        low=BothLanguages(
            "−1: helt jämnt fördelad; 0: som slumpen", "−1: perfectly even; 0: as chance"
        ),
        high=_SEPARATE,
        formula=r"\frac{D - E_0}{1 - E_0} \text{ if } D \ge E_0 \text{ else } \frac{D - E_0}{E_0}",
        reference="Carrington & Troske 1997, doi 10.1080/07350015.1997.10524718",
        sentence=BothLanguages(
            "När slumpen räknats bort återstår {value} av största möjliga ojämnhet.",
            "With chance removed, {value} of the greatest possible unevenness remains.",
        ),
        below_zero=BothLanguages(
            "Gruppen bor jämnare fördelad än slumpen ensam skulle ge: {value} av vägen från slumpen"
            " till en helt jämn fördelning.",
            "The group is spread more evenly than chance alone would give: {value} of the way from"
            " chance to a completely even distribution.",
        ),
        function=adjusted_dissimilarity,
        unit="percent",
        decimals=1,
    ),
    Index(
        id="expected_dissimilarity",
        kind="two-group",
        dimension="chance",
        label=BothLanguages("segregationsindex av slump", "dissimilarity by chance"),
        range=(0.0, 1.0),
        low=BothLanguages("stora grupper och områden", "large groups and areas"),
        high=BothLanguages("mycket små grupper eller områden", "very small groups or areas"),
        formula=r"E_0[D] = \frac{T}{2XY} \sum_i E \left| K_i - \mu_i \right|,"
        r" K_i \sim \mathrm{Hyp}(T, X, t_i), \mu_i = t_i X / T",
        reference="Carrington & Troske 1997, doi 10.1080/07350015.1997.10524718; Loader 2000",
        sentence=BothLanguages(
            "Slumpen ensam skulle ge ett segregationsindex på {value}.",
            "Chance alone would give a dissimilarity index of {value}.",
        ),
        function=expected_dissimilarity,
        unit="percent",
        decimals=1,
    ),
    Index(
        id="expected_correlation_ratio",
        kind="two-group",
        dimension="chance",
        label=BothLanguages("korrelationskvot av slump", "correlation ratio by chance"),
        range=(0.0, 1.0),
        low=BothLanguages("stora områden", "large areas"),
        high=BothLanguages("en person per område", "one person per area"),
        formula=r"E_0[\eta^2] = \frac{n^+ - 1}{T - 1}",
        reference="Hyp(T, X, t)",
        sentence=BothLanguages(
            "Slumpen ensam skulle ge en korrelationskvot på {value}.",
            "Chance alone would give a correlation ratio of {value}.",
        ),
        function=expected_correlation_ratio,
    ),
)
