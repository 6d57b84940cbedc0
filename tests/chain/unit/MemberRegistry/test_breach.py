"""Breach, remedy, default, exclusion: each step only from the one before it."""

import pytest
from brownie import chain
from consortium import ACTIVE, ADMITTED, DAY, DEFAULTING, EXCLUDED, IN_BREACH, LEFT, PARTNER, admission, at
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


@pytest.fixture
def excluded(registry, defaulting):
    registry.exclude(MEMBER)


def test_only_an_appeal_leads_back_from_exclusion(registry, excluded):
    for act in (registry.confirmRemedy, registry.declareDefault, registry.exclude, registry.recordExit):
        with refused("MemberRegistryUnexpectedStatus", MEMBER, EXCLUDED):
            act(MEMBER)
    with refused("MemberRegistryUnexpectedStatus", MEMBER, EXCLUDED):
        registry.notifyBreach(MEMBER, 30 * DAY)
    assert registry.reinstate(MEMBER).events["VotingRightsChanged"]["rights"] == 0b101
    assert registry.member(MEMBER)[2] == ACTIVE


def test_appeal_lifts_a_default(registry, defaulting):
    assert registry.reinstate(MEMBER).events["VotingRightsChanged"]["rights"] == 0b101
    assert registry.remedyUntilOf(MEMBER) == 0
    with refused("MemberRegistryUnexpectedStatus", MEMBER, ACTIVE):
        registry.declareDefault(MEMBER)


def test_seats_of_an_excluded_member_do_not_come_back_with_it(registry):
    remedy_until = registry.notifyBreach(1, 30 * DAY).events["BreachNotified"]["remedyUntil"]
    at(remedy_until + 1)
    registry.declareDefault(1)
    registry.exclude(1)
    assert registry.reinstate(1).events["VotingRightsChanged"]["rights"] == 0b101


@pytest.mark.parametrize("status", [ACTIVE, IN_BREACH, LEFT])
def test_appeal_is_for_who_is_in_default_or_excluded_only(registry, status):
    if status == IN_BREACH:
        registry.notifyBreach(MEMBER, 30 * DAY)
    if status == LEFT:
        registry.recordExit(MEMBER)
    with refused("MemberRegistryUnexpectedStatus", MEMBER, status):
        registry.reinstate(MEMBER)


def test_who_was_admitted_only_is_not_made_active_by_appeal(registry):
    registry.admit(admission(11, PARTNER))
    with refused("MemberRegistryUnexpectedStatus", 11, ADMITTED):
        registry.reinstate(11)


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
    steps = (registry.confirmRemedy, registry.declareDefault, registry.exclude, registry.reinstate, registry.recordExit)
    for who in (consortium.registrar, consortium.approver, consortium.wallet(1), stranger):
        for act in steps:
            with refused("OwnableUnauthorizedAccount", who):
                act(MEMBER, {"from": who})
        with refused("OwnableUnauthorizedAccount", who):
            registry.notifyBreach(MEMBER, 30 * DAY, {"from": who})
