"""Whom the group lives among, and how much land it lives on."""

from __future__ import annotations

import numpy as np

from barometer.indices.chance import (
    expected_correlation_ratio,
    expected_interaction,
    expected_isolation,
)
from barometer.indices.containers import CountTable, FloatArray, ratio
from barometer.indices.index import BothLanguages, Index


def isolation(table: CountTable) -> FloatArray:
    """Isolation xPx = sum (x_i/X)(x_i/t_i): own group's share where its average member lives.

    P (the group's share of all): spread evenly. 1: members meet only members. Bell 1954,
    doi 10.2307/2574118; Lieberson 1981.
    """
    return ratio(table.sum(table.counts[0] * table.shares()[0]), table.group_totals[0])


def interaction(table: CountTable) -> FloatArray:
    """Interaction xPy = sum (x_i/X)(y_i/t_i): the rest's share where the average member lives.

    0: members meet only members. 1 - P: spread evenly. Bell 1954, doi 10.2307/2574118.
    """
    return ratio(table.sum(table.counts[0] * table.shares()[1]), table.group_totals[0])


def correlation_ratio(table: CountTable) -> FloatArray:
    """Correlation ratio eta2 = (xPx - P) / (1 - P): isolation beyond the group's share.

    0: the same share everywhere. 1: complete separation. Computed as the variance of membership
    that areas explain, sum t_i (p_i - P)^2 / (T P (1 - P)). James and Taeuber 1985,
    doi 10.2307/270845.
    """
    share, rest = table.group_shares()
    squares = table.sum(table.totals * np.square(table.shares()[0] - table.spread(share)))
    return ratio(squares, table.total * share * rest)


def delta(table: CountTable) -> FloatArray:
    """1/2 sum |x_i/X - a_i/A|: the share of the group that would move for equal density on land.

    0: equal density everywhere. Near 1: all on very little land. The land of areas without
    residents counts. Duncan, Cuzzort and Duncan 1961; Massey and Denton 1988,
    doi 10.1093/sf/67.2.281.
    """
    if table.land is None:
        raise ValueError("delta needs the land area of every area: pass land_area")
    group = table.counts[0] / table.spread(_positive(table.group_totals[0]))
    land = table.land / table.spread(_positive(table.sum(table.land)))
    return table.sum(np.abs(group - land)) / 2


def _positive(values: FloatArray) -> FloatArray:
    return np.where(values == 0, np.nan, values)


EXPOSURE = (
    Index(
        id="isolation",
        kind="two-group",
        dimension="exposure",
        label=BothLanguages("isoleringsindex (xPx)", "isolation index (xPx)"),
        range=(0.0, 1.0),
        low=BothLanguages(
            "gruppens andel av alla: jämnt fördelad", "the group's share of all: evenly spread"
        ),
        high=BothLanguages("gruppen bor helt för sig själv", "the group lives entirely by itself"),
        formula=r"{}_xP_x = \sum_i \frac{x_i}{X} \frac{x_i}{t_i}",
        reference="Bell 1954, doi 10.2307/2574118",
        sentence=BothLanguages(
            "I området där gruppens genomsnittliga medlem bor tillhör {value} samma grupp.",
            "Where the group's average member lives, {value} belong to the same group.",
        ),
        function=isolation,
        unit="percent",
        decimals=1,
        expected=expected_isolation,
    ),
    Index(
        id="interaction",
        kind="two-group",
        dimension="exposure",
        label=BothLanguages("exponeringsindex (xPy)", "interaction index (xPy)"),
        range=(0.0, 1.0),
        low=BothLanguages("gruppen bor helt för sig själv", "the group lives entirely by itself"),
        high=BothLanguages(
            "övrigas andel av alla: jämnt fördelad", "the others' share of all: evenly spread"
        ),
        formula=r"{}_xP_y = \sum_i \frac{x_i}{X} \frac{y_i}{t_i}",
        reference="Bell 1954, doi 10.2307/2574118",
        sentence=BothLanguages(
            "I området där gruppens genomsnittliga medlem bor tillhör {value} övriga.",
            "Where the group's average member lives, {value} belong to the rest.",
        ),
        function=interaction,
        unit="percent",
        decimals=1,
        expected=expected_interaction,
        falls=True,
    ),
    Index(
        id="correlation_ratio",
        kind="two-group",
        dimension="evenness",
        label=BothLanguages("korrelationskvot (eta²)", "correlation ratio (eta²)"),
        range=(0.0, 1.0),
        low=BothLanguages("samma andel i alla områden", "the same share in every area"),
        high=BothLanguages("helt åtskild", "complete separation"),
        formula=r"\eta^2 = \frac{{}_xP_x - P}{1 - P}",
        reference="James & Taeuber 1985, doi 10.2307/270845",
        sentence=BothLanguages(
            "Området förklarar {value} av variationen i grupptillhörighet.",
            "The area explains {value} of the variation in group membership.",
        ),
        function=correlation_ratio,
        unit="percent",
        decimals=1,
        expected=expected_correlation_ratio,
    ),
    Index(
        id="delta",
        kind="two-group",
        dimension="concentration",
        label=BothLanguages("koncentrationsindex (delta)", "concentration index (delta)"),
        range=(0.0, 1.0),
        low=BothLanguages("lika tätt på all mark", "equally dense on all land"),
        high=BothLanguages("alla på mycket liten yta", "all on very little land"),
        formula=r"\frac{1}{2} \sum_i \left| \frac{x_i}{X} - \frac{a_i}{A} \right|",
        reference="Massey & Denton 1988, doi 10.1093/sf/67.2.281",
        sentence=BothLanguages(
            "{value} av gruppen skulle behöva flytta för att bo lika tätt på all mark.",
            "{value} of the group would have to move to live equally dense on all land.",
        ),
        function=delta,
        unit="percent",
        decimals=1,
        needs_land=True,
    ),
)
