"""What the area tells about the group, measured as information (natural logarithms)."""

from __future__ import annotations

import numpy as np

from barometer.indices.containers import CountTable, FloatArray, ratio, surprisal

_NEARLY_ABSENT = 1e-15 - 1  # below this relative excess, share * ln(share / P) is 0 in float64


def entropy(table: CountTable) -> FloatArray:
    """E = -sum P_k ln P_k: the diversity of the whole container, not its segregation.

    0: one group only. ln K: K groups of equal size. Shannon 1948,
    doi 10.1002/j.1538-7305.1948.tb01338.x.
    """
    mean = table.group_shares() * surprisal(table.group_totals, table.total)
    summed: FloatArray = mean.sum(axis=0)
    return summed


def mutual_information(table: CountTable) -> FloatArray:
    """M = sum_i sum_k (n_ik/T) ln(p_ik/P_k): information on group given by area, in nats.

    0: the same mix everywhere. E (at most ln K): area tells group. Symmetric in areas and groups,
    and decomposable in both. Each area adds p ln(p/P) - p + P >= 0 per group (the last two sum to
    nothing), so that rounding cannot drown a small group. Mora and Ruiz-Castillo 2011,
    doi 10.1111/j.1467-9531.2011.01237.x; Frankel and Volij 2011, doi 10.1016/j.jet.2010.10.008.
    """
    share, whole = table.shares(), table.group_shares()
    excess = share - table.spread(whole)
    relative = excess * table.spread(1 / np.where(whole > 0, whole, 1.0))
    np.maximum(relative, _NEARLY_ABSENT, out=relative)
    gained = np.log1p(relative, out=relative)
    gained *= share
    gained -= excess
    return ratio(table.sum(table.totals * gained.sum(axis=0)), table.total)


def information_theory(table: CountTable) -> FloatArray:
    """H = M / E: how much less diverse areas are than the whole.

    0: every area as diverse as the whole. 1: no area has two groups. With two groups it is
    1 - sum t_i E(p_i) / (T E(P)). Theil and Finizza 1971, doi 10.1080/0022250X.1971.9989795;
    Reardon and Firebaugh 2002, doi 10.1111/1467-9531.00110.
    """
    return ratio(mutual_information(table), entropy(table))
