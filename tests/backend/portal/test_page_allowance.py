"""Whoever asks for very many pages is told to wait, in words, and takes nothing from the others."""

import asyncio
from types import SimpleNamespace

import pytest

from backend.portal.page_allowance import TooManyPagesError, pages_within


@pytest.fixture(scope="module")
def hurried(visitor, mirror):
    """A portal that gives three pages a minute."""
    return visitor(mirror, requests_per_minute=3)


def test_attack_many_pages_at_once_are_refused_with_a_page_that_says_when_to_come_back(hurried):
    answers = [hurried("/status", **{"accept-language": "sl"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert "Preveč strani naenkrat" in answers[-1].text


def test_the_allowance_flows_in_again_and_each_client_has_its_own():
    now = [0.0]
    within = pages_within(2, lambda: now[0])

    def ask(host):
        asyncio.run(within(SimpleNamespace(client=SimpleNamespace(host=host))))

    ask("192.0.2.1")
    ask("192.0.2.1")
    with pytest.raises(TooManyPagesError):
        ask("192.0.2.1")
    ask("192.0.2.2")
    now[0] = 31.0
    ask("192.0.2.1")
