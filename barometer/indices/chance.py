"""What an index shows when residents are placed by chance alone, with all margins fixed.

Small groups and small areas look segregated by arithmetic: the expected value says by how much.
Closed forms, no simulation. Persons are whole here; estimated fractions are rounded.
"""

from __future__ import annotations

import math

import numpy as np

from barometer.indices.containers import CountTable, FloatArray, ratio, surprisal, weighted_mean

_HALF_LOG_TWO_PI = 0.5 * math.log(2 * math.pi)
_TABULATED = 16
_STIRLING_ERRORS = np.array(
    [0.0]
    + [
        math.lgamma(n + 1) - (n + 0.5) * math.log(n) + n - _HALF_LOG_TWO_PI
        for n in range(1, _TABULATED)
    ]
)


def expected_dissimilarity(table: CountTable) -> FloatArray:
    """D to expect by chance: 0 in one area, above 0.2 for a very small group in small areas.

    E0[D] = T / (2XY) * sum_i E|K_i - mu_i|, K_i hypergeometric(T, X, t_i), mu_i = t_i X / T, by
    the hypergeometric form of de Moivre's mean deviation. The probability is computed as a ratio
    of binomials (Loader 2000), which stays exact where differences of log-gammas lose all digits
    (T in the billions).
    """
    x, y = np.rint(table.counts)
    excess = table.spread(table.sum(x) - table.sum(y))
    minor, totals = np.where(excess > 0, y, x), x + y
    group, total = table.sum(minor), table.sum(totals)
    deviation = _mean_deviation(totals, table.spread(group), table.spread(total))
    return ratio(total * table.sum(deviation), 2 * group * (total - group))


def expected_correlation_ratio(table: CountTable) -> FloatArray:
    """eta2 to expect by chance: (n+ - 1) / (T - 1), exactly, whatever the size of the group."""
    defined = np.where((table.group_totals > 0).sum(axis=0) > 1, table.total, np.nan)
    return ratio(table.n_areas() - 1, defined - 1)


def expected_isolation(table: CountTable) -> FloatArray:
    """Isolation xPx to expect by chance: P + (1 - P) E0[eta2], exactly."""
    share, rest = table.group_shares()
    expected: FloatArray = share + rest * expected_correlation_ratio(table)
    return expected


def expected_interaction(table: CountTable) -> FloatArray:
    """Interaction xPy to expect by chance: 1 - E0[xPx], exactly."""
    expected: FloatArray = 1 - expected_isolation(table)
    return expected


def expected_gorard(table: CountTable) -> FloatArray:
    """GS to expect by chance: (1 - P) E0[D], exactly."""
    expected: FloatArray = table.group_shares()[1] * expected_dissimilarity(table)
    return expected


def expected_mutual_information(table: CountTable) -> FloatArray:
    """M to expect by chance: about (n+ - 1)(K+ - 1) / (2T) nats (Miller 1955)."""
    n_groups = (table.group_totals > 0).sum(axis=0)
    return ratio((table.n_areas() - 1) * (n_groups - 1), 2 * table.total)


def expected_information_theory(table: CountTable) -> FloatArray:
    """H to expect by chance: E0[M] / E, for two groups or more."""
    entropy = (table.group_shares() * surprisal(table.group_totals, table.total)).sum(axis=0)
    return ratio(expected_mutual_information(table), entropy)


def expected_dissimilarity_multi(table: CountTable) -> FloatArray:
    """Multigroup D to expect by chance: the mean of E0[D_k] with weights P_k (1 - P_k), exactly."""
    split = table.one_against_rest()
    return weighted_mean(expected_dissimilarity(split), split.group_shares().prod(axis=0))


def expected_ordinal_information_theory(table: CountTable) -> FloatArray:
    """Ordinal H to expect by chance: sum_k E0[M_k] / sum_k E_k over the thresholds."""
    split = table.at_thresholds()
    entropy = (split.group_shares() * surprisal(split.group_totals, split.total)).sum(axis=0)
    return weighted_mean(expected_information_theory(split), entropy)


def expected_top_bottom_dissimilarity(table: CountTable) -> FloatArray:
    """D between the first and the last group to expect by chance, exactly."""
    return expected_dissimilarity(table.columns(0, -1))


def _mean_deviation(drawn: FloatArray, group: FloatArray, total: FloatArray) -> FloatArray:
    """E|K - mu| of K hypergeometric: 2 m (T - X - t + m) / T * Pr(K = m), m = floor(mu) + 1."""
    mean = ratio(drawn * group, total)
    m = np.floor(mean) + 1
    outside = (m > drawn) | (m > group)
    log_probability = _log_hypergeometric(m, drawn=drawn, group=group, total=total)
    probability = np.exp(np.where(outside, -np.inf, log_probability))
    return ratio(2 * m * (total - group - drawn + m), total) * probability


def _log_hypergeometric(
    k: FloatArray, *, drawn: FloatArray, group: FloatArray, total: FloatArray
) -> FloatArray:
    share = ratio(group, total)
    return (
        _log_binomial(k, n=drawn, p=share)
        + _log_binomial(group - k, n=total - drawn, p=share)
        - _log_binomial(group, n=total, p=share)
    )


def _log_binomial(k: FloatArray, *, n: FloatArray, p: FloatArray) -> FloatArray:
    """Log of the binomial probability by Loader's saddle point; exact also for n in billions."""
    rest = n - k
    edge = (k <= 0) | (rest <= 0)
    k_in, rest_in, n_in = (np.where(edge, 1.0, part) for part in (k, rest, n))
    inner = (
        _stirling_error(n_in)
        - _stirling_error(k_in)
        - _stirling_error(rest_in)
        - _deviance(k_in, n_in * p)
        - _deviance(rest_in, n_in * (1 - p))
        + 0.5 * np.log(n_in / (k_in * rest_in))
        - _HALF_LOG_TWO_PI
    )
    inside = (p > 0) & (p < 1)
    log_share, log_rest = np.log(np.where(inside, p, 1.0)), np.log1p(-np.where(inside, p, 0.0))
    return np.where(edge, k * log_share + rest * log_rest, inner)


def _stirling_error(n: FloatArray) -> FloatArray:
    """Log of n! beyond Stirling's formula, for whole n > 0."""
    large = np.maximum(n, _TABULATED - 1)
    inverse = 1 / (large * large)
    series = 1 / 1680 - inverse / 1188
    series = 1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * series))
    small = np.clip(np.nan_to_num(n), 0, _TABULATED - 1).astype(np.intp)
    return np.where(n < _TABULATED, _STIRLING_ERRORS[small], series / large)


def _deviance(k: FloatArray, mean: FloatArray) -> FloatArray:
    """Returns k ln(k / mean) + mean - k, without cancellation where k is near the mean."""
    safe = np.where(mean > 0, mean, 1.0)
    excess = k - mean
    return k * np.log1p(excess / safe) - excess
