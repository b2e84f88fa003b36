"""One value per area, for maps: which areas drive the number.

These functions return one value per area in the table's order (`location_quotient` one per group
and area); NaN in an area without residents.
"""

from __future__ import annotations

import numpy as np

from barometer.indices.containers import CountTable, FloatArray, ratio, surprisal
from barometer.indices.index import BothLanguages, Index


def location_quotient(table: CountTable) -> FloatArray:
    """p_ik / P_k: how many times more common the group is in the area than in the container.

    0: absent. 1: as common as in the whole. 1/P_k: the area has no one else. Isard 1960.
    """
    return ratio(_shares(table), table.spread(table.group_shares()))


def local_entropy(table: CountTable) -> FloatArray:
    """-sum_k p_ik ln p_ik: the diversity of the area itself, in nats.

    0: one group only. ln K: K groups of equal size.
    """
    diversity = (table.shares() * surprisal(table.counts, _some(table.totals))).sum(axis=0)
    return np.where(table.totals > 0, diversity, np.nan)


def local_segregation(table: CountTable) -> FloatArray:
    """ls_i = sum_k p_ik ln(p_ik/P_k): how far the area is from the whole, in nats.

    0: the same mix as the whole. -ln P_k: only group k. M = sum (t_i/T) ls_i. Alonso-Villar and
    del Rio 2010, doi 10.1016/j.mathsocsci.2010.02.001.
    """
    whole = table.spread(surprisal(table.group_totals, table.total))
    own = surprisal(table.counts, _some(table.totals))
    gained: FloatArray = (_shares(table) * (whole - own)).sum(axis=0)
    return gained


def dissimilarity_contribution(table: CountTable) -> FloatArray:
    """1/2 |x_i/X - y_i/Y|: the area's part of D; the parts of a container sum to D.

    0: the area has as large a part of the group as of the rest.
    """
    pair = table.columns(0, 1)
    f, g = ratio(pair.counts, pair.spread(pair.group_totals))
    part: FloatArray = np.abs(f - g) / 2
    return part


def ice(table: CountTable) -> FloatArray:
    """(top_i - bottom_i) / t_i: index of concentration at the extremes.

    -1: only the lowest group. 0: as many of both. 1: only the highest. Massey 2001.
    """
    return ratio(table.counts[-1] - table.counts[0], table.totals)


def _shares(table: CountTable) -> FloatArray:
    return ratio(table.counts, table.totals)


def _some(totals: FloatArray) -> FloatArray:
    return np.where(totals > 0, totals, 1.0)


LOCAL = (
    Index(
        id="location_quotient",
        kind="local",
        dimension="concentration",
        label=BothLanguages("lokaliseringskvot", "location quotient"),
        range=(0.0, float("inf")),
        low=BothLanguages("gruppen saknas i området", "the group is absent from the area"),
        high=BothLanguages("1/P: bara gruppen bor här", "1/P: only the group lives here"),
        formula=r"\frac{p_{ik}}{P_k}",
        reference="Isard 1960",
        sentence=BothLanguages(
            "Gruppen är {value} gånger så vanlig här som på hela platsen.",
            "The group is {value} times as common here as in the whole place.",
        ),
        function=location_quotient,
        decimals=2,
    ),
    Index(
        id="local_entropy",
        kind="local",
        dimension="diversity",
        label=BothLanguages("lokal mångfald", "local diversity"),
        range=(0.0, float("inf")),
        low=BothLanguages("bara en grupp", "one group only"),
        high=BothLanguages("ln K: lika stora grupper", "ln K: groups of equal size"),
        formula=r"-\sum_k p_{ik} \ln p_{ik}",
        reference="Shannon 1948, doi 10.1002/j.1538-7305.1948.tb01338.x",
        sentence=BothLanguages(
            "Områdets mångfald är {value}.", "The diversity of the area is {value}."
        ),
        function=local_entropy,
        unit="nats",
    ),
    Index(
        id="local_segregation",
        kind="local",
        dimension="evenness",
        label=BothLanguages("lokal segregation", "local segregation"),
        range=(0.0, float("inf")),
        low=BothLanguages("samma blandning som på hela platsen", "the same mix as the whole place"),
        high=BothLanguages("bara den ovanligaste gruppen", "only the rarest group"),
        formula=r"ls_i = \sum_k p_{ik} \ln \frac{p_{ik}}{P_k}, M = \sum_i \frac{t_i}{T} ls_i",
        reference="Alonso-Villar & del Río 2010, doi 10.1016/j.mathsocsci.2010.02.001",
        sentence=BothLanguages(
            "Områdets blandning avviker {value} från hela platsens.",
            "The mix of the area deviates {value} from that of the whole place.",
        ),
        function=local_segregation,
        unit="nats",
    ),
    Index(
        id="dissimilarity_contribution",
        kind="local",
        dimension="evenness",
        label=BothLanguages("bidrag till segregationsindex", "contribution to dissimilarity"),
        range=(0.0, 1.0),
        low=BothLanguages(
            "lika stor del av gruppen som av övriga", "as large a part of the group as of others"
        ),
        high=BothLanguages("hela D kommer härifrån", "all of D comes from here"),
        formula=r"\frac{1}{2} \left| \frac{x_i}{X} - \frac{y_i}{Y} \right|",
        reference="Duncan & Duncan 1955, doi 10.2307/2088328",
        sentence=BothLanguages(
            "Området bidrar med {value} till segregationsindex.",
            "The area contributes {value} to the dissimilarity index.",
        ),
        function=dissimilarity_contribution,
        unit="percent",
        decimals=2,
    ),
    Index(
        id="ice",
        kind="local",
        dimension="concentration",
        label=BothLanguages(
            "koncentration i ytterligheterna (ICE)", "concentration at the extremes (ICE)"
        ),
        range=(-1.0, 1.0),
        low=BothLanguages("bara lägsta gruppen", "only the lowest group"),
        high=BothLanguages("bara högsta gruppen", "only the highest group"),
        formula=r"\mathrm{ICE}_i = \frac{\mathrm{top}_i - \mathrm{bottom}_i}{t_i}",
        reference="Massey 2001: Does It Take a Village?, 253–276",
        sentence=BothLanguages(
            "Balansen mellan högsta och lägsta gruppen är {value}.",
            "The balance between the highest and the lowest group is {value}.",
        ),
        function=ice,
        decimals=2,
    ),
)
