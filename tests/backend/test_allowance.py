"""What one client may ask in a minute, with the clock as an argument."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.allowance import Allowance, client_of


def test_a_client_may_ask_all_at_once_and_then_waits():
    allowance = Allowance(60)

    assert [allowance.take("a", 0.0).admitted for _ in range(61)] == [True] * 60 + [False]
    refused = allowance.take("a", 0.5)
    assert (refused.admitted, refused.left, refused.wait) == (False, 0, 1)
    assert allowance.take("a", 1.0).admitted


def test_one_client_takes_nothing_from_another():
    allowance = Allowance(1)
    allowance.take("a", 0.0)

    assert not allowance.take("a", 0.0).admitted
    assert allowance.take("b", 0.0).admitted


@given(st.integers(1, 50), st.lists(st.floats(0, 20), max_size=120))
def test_no_more_than_a_bucket_and_what_flows_in_is_ever_granted(per_minute, pauses):
    allowance, now, granted = Allowance(per_minute), 0.0, 0
    for pause in pauses:
        now += pause
        granted += allowance.take("a", now).admitted
    assert granted <= per_minute + now * per_minute / 60 + 1e-6


def test_a_client_that_waits_as_long_as_it_is_told_is_admitted():
    allowance = Allowance(7)
    while (grant := allowance.take("a", 3.0)).admitted:
        pass

    assert allowance.take("a", 3.0 + grant.wait).admitted


def test_attack_of_ever_new_addresses_fills_no_memory():
    allowance = Allowance(5, most_clients=100)
    for number in range(1_000):
        allowance.take(f"client {number}", 0.0)

    assert len(allowance._buckets) == 100


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_client_is_an_address_or_the_network_it_may_choose_addresses_from(host, client):
    assert client_of(host) == client
