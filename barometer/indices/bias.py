"""D freed of the bias of small areas, when the placing of every resident has a part of chance.

D of observed counts is too large by what chance alone adds: every |x_i/X - y_i/Y| is a distance
from 0 of something that varies. Carrington and Troske take away what D would be if there were no
segregation at all; that is too much where there is some. Allen, Burgess, Davidson and Windmeijer
2015 (doi 10.1111/ectj.12039) correct each area by its own distance from 0 instead. Both of their
corrections are here, without draws: the difference in an area is taken as normal with the variance
of the two shares.
"""

from __future__ import annotations

import math

import numpy as np

from barometer.indices.containers import CountTable, FloatArray, ratio

_STEPS = 60
_SETTLED = 1e-12


def bias_corrected_dissimilarity(table: CountTable) -> FloatArray:
    """2 D - E*[D*]: D minus the bias that the same chance would add once more.

    E*[D*] is the mean of D when residents are placed anew by the observed shares of each area: half
    the sum of means of folded normals. The value may be slightly below 0 where there is no
    segregation; NaN where either group is absent.
    """
    apart, spread = _differences(table)
    again = table.sum(_folded_mean(apart, spread)) / 2
    corrected: FloatArray = table.sum(apart) - again
    return corrected


def density_corrected_dissimilarity(table: CountTable) -> FloatArray:
    """Half the sum of the most likely distances: the better one where areas are small.

    The true distance m of an area with observed distance d and standard deviation s is the m that
    makes d most likely in the folded normal: 0 when d <= s, else the solution of
    m / s = (d / s) tanh(d m / s^2). 0 to 1; NaN where either group is absent.
    """
    apart, spread = _differences(table)
    z = ratio(apart, spread)
    likely = np.where(spread > 0, spread * _most_likely(np.nan_to_num(z)), apart)
    corrected: FloatArray = table.sum(likely) / 2
    return corrected


def _differences(table: CountTable) -> tuple[FloatArray, FloatArray]:
    """|x_i/X - y_i/Y| and the standard deviation of the difference, by area."""
    absent = np.any(table.group_totals == 0, axis=0)
    totals = table.spread(np.where(absent, np.nan, table.group_totals))
    shares = table.counts / totals
    variance = (shares * (1 - shares) / totals).sum(axis=0)
    return np.abs(shares[0] - shares[1]), np.sqrt(variance)


def _folded_mean(mean: FloatArray, spread: FloatArray) -> FloatArray:
    """E|Z| of a normal Z: s sqrt(2/pi) exp(-z^2/2) + m (2 Phi(z) - 1)."""
    z = np.nan_to_num(ratio(mean, spread))
    inner = np.array([math.erf(value / math.sqrt(2)) for value in z.ravel()]).reshape(z.shape)
    folded = spread * math.sqrt(2 / math.pi) * np.exp(-z * z / 2) + mean * inner
    return np.where(spread > 0, folded, mean)


def _most_likely(z: FloatArray) -> FloatArray:
    """The m >= 0 that maximises the density of |N(m, 1)| at z: m = z tanh(z m), 0 when z <= 1."""
    m = z.copy()
    for _ in range(_STEPS):  # Newton's step on z tanh(z m) - m, falling from above to the root
        t = np.tanh(z * m)
        slope = z * z * (1 - t * t) - 1
        step = (z * t - m) / np.where(slope == 0, -1.0, slope)
        m = np.where(z > 1, m - step, 0.0)
        if np.max(np.abs(step[z > 1]), initial=0.0) < _SETTLED:
            break
    return np.maximum(m, 0.0)
