from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.values import Ratio

SHARES = st.builds(Ratio, st.integers(0, 2**32), st.integers(1, 2**32))


def fraction_of(ratio):
    return Fraction(ratio.numerator, ratio.denominator)


@given(SHARES, SHARES)
def test_at_least_agrees_with_fractions(left, right):
    assert left.at_least(right) == (fraction_of(left) >= fraction_of(right))


@given(SHARES, SHARES)
def test_more_than_agrees_with_fractions(left, right):
    assert left.more_than(right) == (fraction_of(left) > fraction_of(right))


def test_a_share_is_shown_as_it_was_counted():
    assert str(Ratio(16, 24)) == "16/24"


def test_sixteen_of_twentyfour_is_two_thirds_where_a_rounded_decimal_would_fail():
    assert Ratio(16, 24).at_least(Ratio(2, 3))
    assert not Ratio(16, 24).more_than(Ratio(2, 3))
    assert not Ratio(16, 24).at_least(Ratio(6667, 10000))
