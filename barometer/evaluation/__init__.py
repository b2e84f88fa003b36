"""What happened after an initiative began: chosen areas against areas that were alike before.

Pure functions on counts of persons by area and year. For every area i the share y_it is set beside
a weighted mean of comparison areas j, both measured from their own mean before the start:

    gap_it  = (y_it - mean_before y_i) - sum_j w_ij (y_jt - mean_before y_j)
    effect  = mean over the years from the start of sum_i s_i gap_it

with s_i the area's part of the persons before the start: a difference-in-differences in which the
comparison is weighted. The weights w_ij >= 0, summing to 1, come from the years before alone: the
areas nearest in level, trend and size are candidates (`matching`), and among them the weights
minimise the squared gaps before the start, a two-hundredth of the squared distance in level, and
a penalty on uneven weights (also there). In simulated countries that part of the level halves the
distance to the comparison and costs neither coverage nor width of the interval.

How large a gap arises without any effort is seen by doing the same with areas where nothing was
chosen (`placebo`): the interval is the effect minus the quantiles of those placebo effects, each
scaled to the number of persons of the chosen areas. What all areas of a kommun go through together
is kept together: several areas of one kommun are held against several areas of one other kommun.
The areas around the chosen ones, where the effort may have reached, are nobody's comparison; how
they went themselves is told beside the answer.

References. Comparison by weights: Abadie, Diamond and Hainmueller 2010, doi
10.1198/jasa.2009.ap08746; Abadie 2021, doi 10.1257/jel.20191450 (choice of the pool, spillover,
placebo inference). Difference from the own mean before: Doudchenko and Imbens 2016, doi
10.3386/w22791; Ferman and Pinto 2021, doi 10.3982/QE1596. Penalty on weights: Arkhangelsky et al.
2021, doi 10.1257/aer.20190159. Scaling by size: Ferman and Pinto 2019, doi 10.1162/rest_a_00759.
"""

from barometer.evaluation.estimate import LEVEL, follow_up
from barometer.evaluation.matching import DONORS
from barometer.evaluation.panel import FEWEST_BEFORE, WEAK_POINTS, Evaluation, Panel, Withheld
from barometer.evaluation.placebo import PLACEBOS
