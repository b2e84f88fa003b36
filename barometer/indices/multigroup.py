"""Several groups at once, and the diversity they make.

Apart from the information measures, each is a mean over the groups of the two-group value of the
group against the rest; only the weights differ. At two groups they equal the two-group values.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from barometer.indices.chance import (
    expected_correlation_ratio,
    expected_dissimilarity_multi,
    expected_information_theory,
    expected_mutual_information,
)
from barometer.indices.containers import CountTable, FloatArray, weighted_mean
from barometer.indices.exposure import correlation_ratio
from barometer.indices.index import BothLanguages, Index
from barometer.indices.information import entropy, information_theory, mutual_information
from barometer.indices.two_group import dissimilarity, gini


def dissimilarity_multi(table: CountTable) -> FloatArray:
    """D = sum_k sum_i t_i |p_ik - P_k| / (2TI): the share that would move, of the most possible.

    0: the same mix everywhere. 1: no area has two groups. Morgan 1975; Sakoda 1981,
    doi 10.2307/2061096; Reardon and Firebaugh 2002, doi 10.1111/1467-9531.00110.
    """
    return _mean_against_rest(table, dissimilarity)


def gini_multi(table: CountTable) -> FloatArray:
    """G = sum_k sum_i sum_j t_i t_j |p_ik - p_jk| / (2 T^2 I).

    0: the same mix everywhere. 1: no area has two groups. Reardon and Firebaugh 2002,
    doi 10.1111/1467-9531.00110.
    """
    return _mean_against_rest(table, gini)


def relative_diversity(table: CountTable) -> FloatArray:
    """R = sum_ik t_i (p_ik - P_k)^2 / (TI): how much rarer unlike neighbours are than in the whole.

    0: the same mix everywhere. 1: no area has two groups. Reardon and Firebaugh 2002,
    doi 10.1111/1467-9531.00110.
    """
    return _mean_against_rest(table, correlation_ratio)


def normalised_exposure(table: CountTable) -> FloatArray:
    """P = sum_k sum_i t_i (p_ik - P_k)^2 / (T (1 - P_k)): mean isolation beyond group shares.

    0: the same mix everywhere. 1: no area has two groups. Weighs groups by their size. James 1986;
    Reardon and Firebaugh 2002, doi 10.1111/1467-9531.00110.
    """
    split = table.one_against_rest()
    return weighted_mean(correlation_ratio(split), _present(split, split.group_shares()[0]))


def squared_cv(table: CountTable) -> FloatArray:
    """C = sum_ik t_i (p_ik - P_k)^2 / (T (K+ - 1) P_k): squared coefficient of variation.

    0: the same mix everywhere. 1: no area has two groups. Weighs small groups most. Reardon and
    Firebaugh 2002, doi 10.1111/1467-9531.00110.
    """
    split = table.one_against_rest()
    return weighted_mean(correlation_ratio(split), _present(split, split.group_shares()[1]))


def simpson(table: CountTable) -> FloatArray:
    """I = sum P_k (1 - P_k): the chance that two residents belong to different groups.

    0: one group only. 1 - 1/K: K groups of equal size. Diversity, not segregation. Simpson 1949,
    doi 10.1038/163688a0.
    """
    unlike: FloatArray = table.one_against_rest().group_shares().prod(axis=0).sum(axis=0)
    return unlike


def _mean_against_rest(table: CountTable, index: Callable[[CountTable], FloatArray]) -> FloatArray:
    split = table.one_against_rest()
    return weighted_mean(index(split), split.group_shares().prod(axis=0))


def _present(split: CountTable, weights: FloatArray) -> FloatArray:
    """Weights of the groups that are there and not alone; 0 for the others."""
    return np.where(np.any(split.group_totals == 0, axis=0), 0.0, weights)


_SAME_MIX = BothLanguages("samma blandning i alla områden", "the same mix in every area")
_ONE_EACH = BothLanguages("inget område har två grupper", "no area has two groups")
_REARDON = "Reardon & Firebaugh 2002, doi 10.1111/1467-9531.00110"

MULTIGROUP = (
    Index(
        id="dissimilarity_multi",
        kind="multigroup",
        dimension="evenness",
        label=BothLanguages("segregationsindex, flera grupper", "multigroup dissimilarity"),
        range=(0.0, 1.0),
        low=_SAME_MIX,
        high=_ONE_EACH,
        formula=r"D = \frac{1}{2TI} \sum_k \sum_i t_i \left| p_{ik} - P_k \right|,"
        r" I = \sum_k P_k (1 - P_k)",
        reference=_REARDON,
        sentence=BothLanguages(
            "För en jämn blandning krävs {value} av de flyttningar som skulle krävas om grupperna"
            " bodde helt åtskilda.",
            "An even mix would take {value} of the moves that it would take if the groups lived"
            " completely apart.",
        ),
        function=dissimilarity_multi,
        unit="percent",
        decimals=1,
        expected=expected_dissimilarity_multi,
    ),
    Index(
        id="gini_multi",
        kind="multigroup",
        dimension="evenness",
        label=BothLanguages("ginikoefficient, flera grupper", "multigroup Gini coefficient"),
        range=(0.0, 1.0),
        low=_SAME_MIX,
        high=_ONE_EACH,
        formula=r"G = \frac{1}{2 T^2 I} \sum_k \sum_i \sum_j t_i t_j"
        r" \left| p_{ik} - p_{jk} \right|",
        reference=_REARDON,
        sentence=BothLanguages(
            "Ojämnheten i gruppernas andelar är {value} på en skala från 0 till 1.",
            "The unevenness of the groups' shares is {value} on a scale of 0 to 1.",
        ),
        function=gini_multi,
    ),
    Index(
        id="mutual_information",
        kind="multigroup",
        dimension="evenness",
        label=BothLanguages("ömsesidig information (M)", "mutual information (M)"),
        range=(0.0, float("inf")),
        low=_SAME_MIX,
        high=BothLanguages(
            "mångfalden E (högst ln K): området avslöjar gruppen",
            "the diversity E (at most ln K): the area tells the group",
        ),
        formula=r"M = \sum_i \sum_k \frac{n_{ik}}{T} \ln \frac{p_{ik}}{P_k}",
        reference="Mora & Ruiz-Castillo 2011, doi 10.1111/j.1467-9531.2011.01237.x",
        sentence=BothLanguages(
            "Att veta var någon bor minskar osäkerheten om gruppen med {value} nats.",
            "Knowing where somebody lives reduces the uncertainty about their group by {value}"
            " nats.",
        ),
        function=mutual_information,
        unit="nats",
        expected=expected_mutual_information,
    ),
    Index(
        id="information_theory_multi",
        kind="multigroup",
        dimension="evenness",
        label=BothLanguages(
            "informationsindex (H), flera grupper", "multigroup information theory (H)"
        ),
        range=(0.0, 1.0),
        low=_SAME_MIX,
        high=_ONE_EACH,
        formula=r"H = \frac{M}{E}, E = -\sum_k P_k \ln P_k",
        reference="Theil & Finizza 1971, doi 10.1080/0022250X.1971.9989795; " + _REARDON,
        sentence=BothLanguages(
            "Områdena är i genomsnitt {value} mindre blandade än hela platsen.",
            "Areas are on average {value} less mixed than the whole place.",
        ),
        function=information_theory,
        unit="percent",
        decimals=1,
        expected=expected_information_theory,
        interval=True,
    ),
    Index(
        id="relative_diversity",
        kind="multigroup",
        dimension="evenness",
        label=BothLanguages("relativ mångfald (R)", "relative diversity (R)"),
        range=(0.0, 1.0),
        low=_SAME_MIX,
        high=_ONE_EACH,
        formula=r"R = \frac{1}{TI} \sum_i \sum_k t_i (p_{ik} - P_k)^2",
        reference=_REARDON,
        sentence=BothLanguages(
            "Två grannar tillhör olika grupper {value} mer sällan än två invånare på hela platsen.",
            "Two neighbours belong to different groups {value} less often than any two residents.",
        ),
        function=relative_diversity,
        unit="percent",
        decimals=1,
        expected=expected_correlation_ratio,
    ),
    Index(
        id="normalised_exposure",
        kind="multigroup",
        dimension="exposure",
        label=BothLanguages("normaliserad exponering (P)", "normalised exposure (P)"),
        range=(0.0, 1.0),
        low=_SAME_MIX,
        high=_ONE_EACH,
        formula=r"P = \sum_k \sum_i \frac{t_i (p_{ik} - P_k)^2}{T (1 - P_k)}",
        reference=_REARDON,
        sentence=BothLanguages(
            "Grannar ur den egna gruppen är fler än vid en jämn blandning: {value} av det största"
            " möjliga överskottet.",
            "Neighbours of one's own group are more than in an even mix: {value} of the greatest"
            " possible excess.",
        ),
        function=normalised_exposure,
        unit="percent",
        decimals=1,
        expected=expected_correlation_ratio,
    ),
    Index(
        id="squared_cv",
        kind="multigroup",
        dimension="evenness",
        label=BothLanguages(
            "kvadrerad variationskoefficient (C)", "squared coefficient of variation (C)"
        ),
        range=(0.0, 1.0),
        low=_SAME_MIX,
        high=_ONE_EACH,
        formula=r"C = \sum_k \sum_i \frac{t_i (p_{ik} - P_k)^2}{T (K^+ - 1) P_k}",
        reference=_REARDON,
        sentence=BothLanguages(
            "Gruppernas andelar varierar {value} på en skala från 0 till 1; små väger mest.",
            "The groups' shares vary {value} on a scale of 0 to 1; small ones weigh most.",
        ),
        function=squared_cv,
        expected=expected_correlation_ratio,
    ),
    Index(
        id="entropy",
        kind="diversity",
        dimension="diversity",
        label=BothLanguages("mångfald (entropi)", "diversity (entropy)"),
        range=(0.0, float("inf")),
        low=BothLanguages("bara en grupp", "one group only"),
        high=BothLanguages("ln K: lika stora grupper", "ln K: groups of equal size"),
        formula=r"E = -\sum_k P_k \ln P_k",
        reference="Shannon 1948, doi 10.1002/j.1538-7305.1948.tb01338.x",
        sentence=BothLanguages("Mångfalden är {value}.", "The diversity is {value}."),
        function=entropy,
        unit="nats",
    ),
    Index(
        id="simpson",
        kind="diversity",
        dimension="diversity",
        label=BothLanguages("mångfald (Simpson)", "diversity (Simpson)"),
        range=(0.0, 1.0),
        low=BothLanguages("bara en grupp", "one group only"),
        high=BothLanguages("1 − 1/K: lika stora grupper", "1 − 1/K: groups of equal size"),
        formula=r"I = \sum_k P_k (1 - P_k)",
        reference="Simpson 1949, doi 10.1038/163688a0",
        sentence=BothLanguages(
            "Sannolikheten att två invånare tillhör olika grupper är {value}.",
            "The chance that two residents belong to different groups is {value}.",
        ),
        function=simpson,
        unit="percent",
        decimals=1,
    ),
)
