import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.synthetic.apportion import apportion, split_counts, whole_column


@settings(deadline=None)
@given(st.lists(st.floats(0.1, 1000), min_size=2, max_size=30), st.integers(60, 5000))
def test_apportioned_numbers_have_the_sum_and_keep_the_bounds(weights, total):
    shares = apportion(np.array(weights), total=total, lowest=2)
    assert shares.sum() == total
    assert shares.min() >= 2


def test_a_larger_weight_never_gets_less():
    shares = apportion(np.array([1.0, 2.0, 2.5, 40.0]), total=50, lowest=2)
    assert shares.tolist() == sorted(shares.tolist())


def test_apportion_keeps_upper_bounds():
    shares = apportion(np.array([1.0, 1.0, 10.0]), total=9, lowest=1, highest=np.array([5, 5, 3]))
    assert shares.tolist() == [3, 3, 3]


@settings(deadline=None)
@given(
    st.integers(0, 100_000),
    st.lists(st.floats(0.001, 1), min_size=1, max_size=20),
    st.floats(0, 0.999),
)
def test_parts_are_whole_add_up_and_lie_within_one_of_their_share(total, weights, offset):
    shares = np.array([weights]) / sum(weights)
    parts = split_counts(np.array([total], dtype=np.int32), shares, np.array([offset]))
    assert parts.sum() == total
    assert parts.min() >= 0
    assert np.abs(parts - shares * total).max() <= 1 + 1e-6


def test_rounding_a_column_keeps_its_sum():
    column = np.full((10, 1), 0.7)
    assert whole_column(column).sum() == 7
