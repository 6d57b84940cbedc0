"""Breach, remedy, default, exclusion: each step only from the one before it."""

import pytest
from brownie import chain
from consortium import ACTIVE, DAY, DEFAULTING, EXCLUDED, IN_BREACH, at
from reverts import refused

MEMBER = 5


@pytest.fixture
def registry(consortium):
    return consortium.registry


@pytest.fixture
def remedy_until(registry):
    return registry.notifyBreach(MEMBER, 30 * DAY).events["BreachNotified"]["remedyUntil"]


@pytest.fixture
def defaulting(registry, remedy_until):
    at(remedy_until + 1)
    return registry.declareDefault(MEMBER)


def test_member_in_breach_keeps_its_vote(registry, remedy_until):
    assert registry.member(MEMBER)[2] == IN_BREACH
    assert registry.member(MEMBER)[4] == 0b101
    assert registry.remedyUntilOf(MEMBER) == remedy_until == chain[-1].timestamp + 30 * DAY


def test_default_takes_the_vote_and_keeps_the_membership(registry, defaulting):
    assert registry.member(MEMBER)[2] == DEFAULTING
    assert defaulting.events["VotingRightsChanged"]["rights"] == 0


def test_default_is_refused_in_the_last_second_of_the_remedy_period(registry, remedy_until):
    at(remedy_until)
    with refused("MemberRegistryRemedyRunning", MEMBER, remedy_until, remedy_until):
        registry.declareDefault(MEMBER)


def test_remedy_gives_the_vote_back(registry, defaulting):
    assert registry.confirmRemedy(MEMBER).events["VotingRightsChanged"]["rights"] == 0b101
    assert registry.member(MEMBER)[2] == ACTIVE
    assert registry.remedyUntilOf(MEMBER) == 0


def test_exclusion_follows_default(registry, defaulting):
    registry.exclude(MEMBER)
    assert registry.member(MEMBER)[2] == EXCLUDED


def test_nothing_leads_back_from_exclusion(registry, defaulting):
    registry.exclude(MEMBER)
    for act in (registry.confirmRemedy, registry.declareDefault, registry.exclude, registry.recordExit):
        with refused("MemberRegistryUnexpectedStatus", MEMBER, EXCLUDED):
            act(MEMBER)
    with refused("MemberRegistryUnexpectedStatus", MEMBER, EXCLUDED):
        registry.notifyBreach(MEMBER, 30 * DAY)


def test_exclusion_of_a_member_not_defaulting_is_refused(registry, remedy_until):
    with refused("MemberRegistryUnexpectedStatus", MEMBER, IN_BREACH):
        registry.exclude(MEMBER)


def test_default_without_a_breach_is_refused(registry):
    with refused("MemberRegistryUnexpectedStatus", MEMBER, ACTIVE):
        registry.declareDefault(MEMBER)


def test_remedy_without_a_breach_is_refused(registry):
    with refused("MemberRegistryUnexpectedStatus", MEMBER, ACTIVE):
        registry.confirmRemedy(MEMBER)


@pytest.mark.parametrize("period", [0, 30 * DAY - 1, 366 * DAY + 1])
def test_remedy_period_out_of_bounds_is_refused(registry, period):
    with refused("MemberRegistryInvalidRemedyPeriod", period, 30 * DAY, 366 * DAY):
        registry.notifyBreach(MEMBER, period)


def test_no_step_is_open_to_anyone_but_the_owner(registry, consortium, stranger):
    for who in (consortium.registrar, consortium.wallet(1), stranger):
        for act in (registry.confirmRemedy, registry.declareDefault, registry.exclude, registry.recordExit):
            with refused("OwnableUnauthorizedAccount", who):
                act(MEMBER, {"from": who})
        with refused("OwnableUnauthorizedAccount", who):
            registry.notifyBreach(MEMBER, 30 * DAY, {"from": who})
