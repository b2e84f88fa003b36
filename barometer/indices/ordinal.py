"""Groups in order, lowest first: income quarters, levels of education.

Every threshold between two groups cuts the residents in two; an ordinal index is the mean of the
two-group index over the thresholds, weighted by how evenly each threshold cuts. Reardon 2009,
doi 10.1108/S1049-2585(2009)0000017011.
"""

from __future__ import annotations

import numpy as np

from barometer.indices.chance import (
    expected_correlation_ratio,
    expected_ordinal_information_theory,
    expected_top_bottom_dissimilarity,
)
from barometer.indices.containers import CountTable, FloatArray, ratio, weighted_mean
from barometer.indices.exposure import correlation_ratio
from barometer.indices.index import BothLanguages, Index
from barometer.indices.information import entropy, information_theory
from barometer.indices.rank_order import RANK_ORDER
from barometer.indices.two_group import dissimilarity, hutchens


def ordinal_information_theory(table: CountTable) -> FloatArray:
    """Ordinal H: f(c) = binary entropy; the two-group H of each threshold, weighted by entropy.

    0: the same distribution in every area. 1: nobody in an area differs from another, and the
    whole is polarised or spread. Reardon 2009, doi 10.1108/S1049-2585(2009)0000017011.
    """
    split = table.at_thresholds()
    return weighted_mean(information_theory(split), entropy(split))


def ordinal_variance_ratio(table: CountTable) -> FloatArray:
    """Ordinal R: f(c) = 4c(1-c); the correlation ratio of each threshold, weighted by f.

    0: the same distribution in every area. 1: no variation within any area. Reardon 2009,
    doi 10.1108/S1049-2585(2009)0000017011.
    """
    split = table.at_thresholds()
    return weighted_mean(correlation_ratio(split), split.group_shares().prod(axis=0))


def ordinal_square_root(table: CountTable) -> FloatArray:
    """Ordinal S: f(c) = 2 sqrt(c(1-c)); Hutchens's index of each threshold, weighted by f.

    0: the same distribution in every area. 1: no variation within any area. Reardon 2009,
    doi 10.1108/S1049-2585(2009)0000017011.
    """
    split = table.at_thresholds()
    return weighted_mean(hutchens(split), np.sqrt(split.group_shares().prod(axis=0)))


def ordinal_absolute(table: CountTable) -> FloatArray:
    """Ordinal A: f(c) = 1 - |2c - 1|, twice the smaller side of each threshold.

    0: in every area the smaller side is the one that is smaller in the whole. 1: no variation
    within any area. Reardon 2009, doi 10.1108/S1049-2585(2009)0000017011.
    """
    split = table.at_thresholds()
    whole = split.group_totals.min(axis=0)
    left = table.sum(split.counts.min(axis=0))
    return ratio((whole - left).sum(axis=0), whole.sum(axis=0))


def top_bottom_dissimilarity(table: CountTable) -> FloatArray:
    """D between the last and the first group, the others left out.

    0: both spread alike. 1: no area has both. With national income quarters it is the
    "ojämlikhetsindex (kvartil)"; Boverket's index uses fifths and is another number.
    """
    return dissimilarity(table.columns(0, -1))


def ice_spread(table: CountTable) -> FloatArray:
    """Standard deviation over residents of their area's ICE, (top_i - bottom_i) / t_i.

    0: the same balance of top and bottom everywhere. 1: half live in areas with only the top, half
    in areas with only the bottom. Massey 2001.
    """
    bottom, top = table.counts[0], table.counts[-1]
    ice = (top - bottom) / np.where(table.totals == 0, 1.0, table.totals)
    mean = ratio(table.group_totals[-1] - table.group_totals[0], table.total)
    squares = table.sum(table.totals * np.square(ice - table.spread(mean)))
    return np.sqrt(ratio(squares, table.total))


_ALIKE = BothLanguages("samma fördelning i alla områden", "the same distribution in every area")
_APART = BothLanguages("ingen spridning inom något område", "no variation within any area")
_REARDON = "Reardon 2009, doi 10.1108/S1049-2585(2009)0000017011"
_FORMULA = r"\frac{\sum_i t_i (v - v_i)}{T v}, v(c) = \sum_{k<K} f(c_k), "

ORDINAL = (
    Index(
        id="ordinal_information_theory",
        kind="ordinal",
        dimension="evenness",
        label=BothLanguages("ordinalt informationsindex (H)", "ordinal information theory (H)"),
        range=(0.0, 1.0),
        low=_ALIKE,
        high=_APART,
        formula=_FORMULA + r"f(c) = -c \log_2 c - (1-c) \log_2 (1-c)",
        reference=_REARDON,
        sentence=BothLanguages(
            "Spridningen inom områdena är i genomsnitt {value} mindre än på hela platsen.",
            "Variation within areas is on average {value} less than in the whole place.",
        ),
        function=ordinal_information_theory,
        unit="percent",
        decimals=1,
        expected=expected_ordinal_information_theory,
        interval=True,
    ),
    Index(
        id="ordinal_variance_ratio",
        kind="ordinal",
        dimension="evenness",
        label=BothLanguages("ordinal varianskvot (R)", "ordinal variance ratio (R)"),
        range=(0.0, 1.0),
        low=_ALIKE,
        high=_APART,
        formula=_FORMULA + r"f(c) = 4c(1-c)",
        reference=_REARDON,
        sentence=BothLanguages(
            "Området förklarar {value} av variationen mellan nivåerna.",
            "The area explains {value} of the variation between levels.",
        ),
        function=ordinal_variance_ratio,
        unit="percent",
        decimals=1,
        expected=expected_correlation_ratio,
    ),
    Index(
        id="ordinal_square_root",
        kind="ordinal",
        dimension="evenness",
        label=BothLanguages("ordinalt kvadratrotsindex (S)", "ordinal square root index (S)"),
        range=(0.0, 1.0),
        low=_ALIKE,
        high=_APART,
        formula=_FORMULA + r"f(c) = 2 \sqrt{c(1-c)}",
        reference=_REARDON,
        sentence=BothLanguages(
            "Åtskillnaden mellan nivåerna är {value} på en skala från 0 till 1.",
            "The separation of the levels is {value} on a scale of 0 to 1.",
        ),
        function=ordinal_square_root,
    ),
    Index(
        id="ordinal_absolute",
        kind="ordinal",
        dimension="evenness",
        label=BothLanguages("ordinalt absolutindex (A)", "ordinal absolute difference (A)"),
        range=(0.0, 1.0),
        low=BothLanguages(
            "samma nivå dominerar i alla områden", "the same levels dominate in every area"
        ),
        high=_APART,
        formula=_FORMULA + r"f(c) = 1 - \left| 2c - 1 \right|",
        reference=_REARDON,
        sentence=BothLanguages(
            "Åtskillnaden mellan nivåerna är {value} på en skala från 0 till 1.",
            "The separation of the levels is {value} on a scale of 0 to 1.",
        ),
        function=ordinal_absolute,
    ),
    Index(
        id="top_bottom_dissimilarity",
        kind="ordinal",
        dimension="evenness",
        label=BothLanguages(
            "segregationsindex, högsta mot lägsta", "dissimilarity, highest against lowest"
        ),
        label_of_quarters=BothLanguages(
            "ojämlikhetsindex (kvartil)", "inequality index (quartile)"
        ),
        range=(0.0, 1.0),
        low=BothLanguages("högsta och lägsta fördelade lika", "highest and lowest spread alike"),
        high=BothLanguages("inget område har båda", "no area has both"),
        formula=r"D = \frac{1}{2} \sum_i \left| \frac{n_{i1}}{X_1} - \frac{n_{iK}}{X_K} \right|",
        reference="Duncan & Duncan 1955, doi 10.2307/2088328",
        sentence=BothLanguages(
            "{value} av den lägsta gruppen skulle behöva flytta för att bo som den högsta.",
            "{value} of the lowest group would need to move to be spread as the highest is.",
        ),
        function=top_bottom_dissimilarity,
        unit="percent",
        decimals=1,
        expected=expected_top_bottom_dissimilarity,
        interval=True,
        note=BothLanguages(
            "Inte Boverkets ojämlikhetsindex, som jämför femtedelar: talen ska inte jämföras.",
            "Not Boverket's inequality index, which compares fifths: never compare the two.",
        ),
    ),
    Index(
        id="ice_spread",
        kind="ordinal",
        dimension="concentration",
        label=BothLanguages("spridning i ICE", "spread of ICE"),
        range=(0.0, 1.0),
        low=BothLanguages("samma balans i alla områden", "the same balance in every area"),
        high=BothLanguages(
            "hälften bor bara med högsta, hälften bara med lägsta",
            "half live only with the highest, half only with the lowest",
        ),
        formula=r"\sqrt{\sum_i \frac{t_i}{T} (\mathrm{ICE}_i - \mathrm{ICE})^2}",
        reference="Massey 2001: Does It Take a Village?, 253–276",
        sentence=BothLanguages(
            "Områdenas balans mellan högsta och lägsta skiljer sig typiskt med {value}.",
            "The balance of highest and lowest typically differs between areas by {value}.",
        ),
        function=ice_spread,
    ),
    *RANK_ORDER,
)
