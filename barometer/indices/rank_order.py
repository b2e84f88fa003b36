"""Income segregation freed from where the class limits happen to lie.

The two-group index is read at every threshold, a polynomial in the percentile is fitted through
the readings, and its weighted mean over all percentiles is taken. Reardon 2011; Reardon and
Bischoff 2011, doi 10.1086/657114.
"""

from __future__ import annotations

from math import comb

import numpy as np

from barometer.indices.chance import expected_correlation_ratio
from barometer.indices.containers import CountTable, FloatArray
from barometer.indices.exposure import correlation_ratio
from barometer.indices.index import BothLanguages, Index
from barometer.indices.information import entropy, information_theory

_ROUNDING = 1e-9
MAX_DEGREE = 4  # the degree Reardon and Bischoff use with 15 to 16 thresholds


def rank_order_information_theory(table: CountTable, *, max_degree: int = MAX_DEGREE) -> FloatArray:
    """H^R: the two-group H at each percentile, weighted by its entropy.

    0: incomes spread alike in every area. 1: no variation within any area. With quartiles it rests
    on three thresholds and the fit is exact. Reardon and Bischoff 2011, doi 10.1086/657114.
    """
    split = table.at_thresholds()
    moments = [_information_moment(m) for m in range(max_degree + 1)]
    return _integrated_fit(
        split, information_theory(split), weight=entropy(split), moments=np.array(moments)
    )


def rank_order_variance_ratio(table: CountTable, *, max_degree: int = MAX_DEGREE) -> FloatArray:
    """R^R: the correlation ratio at each percentile, weighted by 4p(1-p).

    0: incomes spread alike in every area. 1: no variation within any area. Reardon 2011.
    """
    split = table.at_thresholds()
    moments = [6 / ((m + 2) * (m + 3)) for m in range(max_degree + 1)]
    weight = split.group_shares().prod(axis=0)
    return _integrated_fit(
        split, correlation_ratio(split), weight=weight, moments=np.array(moments)
    )


def _information_moment(m: int) -> float:
    """Mean of p^m under the entropy weight: 1, 1/2, 11/36, 5/24, 137/900, ..."""
    signs = (1.0, -1.0)
    tail = sum(signs[(m - n) % 2] * comb(m, n) / (m - n + 2) ** 2 for n in range(m + 1))
    return 2 / (m + 2) ** 2 + 2 * tail


def _integrated_fit(
    split: CountTable, readings: FloatArray, *, weight: FloatArray, moments: FloatArray
) -> FloatArray:
    """Fits sum b_m p^m to readings (thresholds, containers) and returns sum b_m d_m.

    Least squares with squared weights, at the highest degree the usable thresholds allow. NaN
    where the polynomial overshoots, which says that the thresholds lie too close together.
    """
    p = split.group_shares()[0]
    usable = (p > 0) & (p < 1)
    n_usable = usable.sum(axis=0)
    result = np.full(readings.shape[-1], np.nan)
    for n in np.unique(n_usable[n_usable > 0]):
        here = n_usable == n
        powers = np.arange(min(n, moments.size))
        root = np.where(usable, weight, 0.0)[:, here].T
        design = root[..., None] * p[:, here].T[..., None] ** powers
        target = root * np.where(usable, readings, 0.0)[:, here].T
        coefficients = np.linalg.pinv(design) @ target[..., None]
        result[here] = coefficients[..., 0] @ moments[powers]
    overshot = (result < -_ROUNDING) | (result > 1 + _ROUNDING)
    return np.where(overshot, np.nan, result)


_ALIKE = BothLanguages(
    "inkomster lika fördelade i alla områden", "incomes spread alike in every area"
)
_APART = BothLanguages("ingen spridning inom något område", "no variation within any area")
_THREE = BothLanguages(
    "Med kvartiler: baserat på tre trösklar.", "With quartiles: based on three thresholds."
)

RANK_ORDER: tuple[Index, ...] = (
    Index(
        id="rank_order_information_theory",
        kind="ordinal",
        dimension="evenness",
        label=BothLanguages(
            "rangordnat informationsindex (H^R)", "rank-order information theory (H^R)"
        ),
        range=(0.0, 1.0),
        low=_ALIKE,
        high=_APART,
        formula=r"H^R = 2 \ln 2 \int_0^1 E(p) H(p) dp, H(p) \approx \sum_m b_m p^m",
        reference="Reardon & Bischoff 2011, doi 10.1086/657114",
        sentence=BothLanguages(
            "Inkomstspridningen inom områdena är {value} mindre än på hela platsen.",
            "Income variation within areas is {value} less than in the whole place.",
        ),
        function=rank_order_information_theory,
        unit="percent",
        decimals=1,
        note=_THREE,
    ),
    Index(
        id="rank_order_variance_ratio",
        kind="ordinal",
        dimension="evenness",
        label=BothLanguages("rangordnad varianskvot (R^R)", "rank-order variance ratio (R^R)"),
        range=(0.0, 1.0),
        low=_ALIKE,
        high=_APART,
        formula=r"R^R = 6 \int_0^1 p(1-p) R(p) dp, R(p) \approx \sum_m b_m p^m",
        reference="Reardon 2011; Reardon & Bischoff 2011, doi 10.1086/657114",
        sentence=BothLanguages(
            "Området förklarar {value} av variationen i inkomstrang.",
            "The area explains {value} of the variation in income rank.",
        ),
        function=rank_order_variance_ratio,
        unit="percent",
        decimals=1,
        expected=expected_correlation_ratio,
        note=_THREE,
    ),
)
