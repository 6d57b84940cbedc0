"""Ballots that one member casts for another."""

from dataclasses import replace

import pytest

from backend.domain import events
from backend.domain.admissibility import BallotAttempt, refuse_mandated_ballot
from backend.domain.ballots import Ballot, Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.polls import Poll
from backend.domain.proposals import ProposalFacts
from backend.domain.refusals import Refusal
from backend.domain.rules import Base, Rule
from backend.domain.values import Ratio
from tests.domain.rolls import (
    ASSEMBLY,
    ASSOCIATE,
    CONSULTATION,
    FOUNDER,
    PARTNER,
    entered,
    founded,
    moved,
    told,
    wallet_of,
)

FOR = 1
NEWCOMER = 4
OWN = Ballot(Choice.FOR, revision=1)
MANDATED = Ballot(Choice.FOR, by_mandate=True)
RULE = Rule(45, 15, 10, Ratio(2, 3), Ratio(2, 3), Base.CAST, strict=False, binding=True)
PROXY = replace(RULE, mandates=1)
PROXY_POLL = Poll(9, ASSEMBLY, PROXY, ProposalFacts(opens_at=100, closes_at=200))


def with_mandate(until=180, proposal_id=None, at=120):
    granted = events.MandateGranted(PARTNER, FOUNDER, ASSEMBLY, proposal_id, until)
    return told(founded(), at, *entered(NEWCOMER, MemberClass.PARTNER), granted)


def carried(roll=None, poll=PROXY_POLL, holder=FOUNDER, principal=PARTNER, now=150, support=FOR):
    attempt = BallotAttempt(wallet_of(holder), support, now, principal)
    return refuse_mandated_ballot(with_mandate() if roll is None else roll, poll, attempt)


def test_a_holder_casts_the_ballot_of_its_principal():
    assert carried() is None
    assert carried(poll=None) is Refusal.NONEXISTENT_PROPOSAL


@pytest.mark.parametrize(("now", "refusal"), [(180, None), (181, Refusal.NO_MANDATE)])
def test_a_mandate_lasts_up_to_its_last_second(now, refusal):
    assert carried(now=now) is refusal


@pytest.mark.parametrize(("proposal_id", "refusal"), [(None, None), (9, None), (8, Refusal.NO_MANDATE)])
def test_a_mandate_is_for_the_body_or_for_one_proposal(proposal_id, refusal):
    assert carried(with_mandate(proposal_id=proposal_id)) is refusal


def test_nobody_casts_a_ballot_that_was_not_entrusted_to_it():
    assert carried(founded()) is Refusal.NO_MANDATE
    assert carried(holder=PARTNER, principal=FOUNDER) is Refusal.NO_MANDATE
    assert carried(principal=77) is Refusal.NO_MANDATE
    assert carried(principal=None) is Refusal.NO_MANDATE


def test_a_mandate_in_one_body_is_none_in_another():
    assert carried(poll=replace(PROXY_POLL, body_id=CONSULTATION)) is Refusal.NO_MANDATE


def test_a_mandate_taken_back_is_gone():
    assert carried(told(with_mandate(), 130, events.MandateRevoked(PARTNER, ASSEMBLY))) is Refusal.NO_MANDATE


def test_the_moment_and_the_choice_bind_a_holder_as_well():
    assert carried(now=100) is Refusal.VOTING_NOT_OPEN
    assert carried(now=201) is Refusal.VOTING_CLOSED
    assert carried(support=3) is Refusal.INVALID_CHOICE


def test_holder_and_principal_must_both_be_electors():
    defaulting = told(with_mandate(), 130, moved(FOUNDER, MemberStatus.ACTIVE, MemberStatus.DEFAULTING))
    assert carried(defaulting) is Refusal.MEMBER_DEFAULTING
    defaulting = told(with_mandate(), 130, moved(PARTNER, MemberStatus.ACTIVE, MemberStatus.DEFAULTING))
    assert carried(defaulting) is Refusal.MEMBER_DEFAULTING
    assert carried(poll=replace(PROXY_POLL, recused={FOUNDER})) is Refusal.RECUSED
    assert carried(poll=replace(PROXY_POLL, recused={PARTNER})) is Refusal.RECUSED


def test_a_revoked_wallet_holds_nothing():
    roll = told(with_mandate(), 130, events.WalletRotated(FOUNDER, wallet_of(FOUNDER), "0xNew"))
    assert carried(roll) is Refusal.WALLET_REVOKED


def test_a_ballot_by_mandate_never_overrides_the_principals_own():
    poll = replace(PROXY_POLL, rule=replace(PROXY, revisable=True), ballots={PARTNER: OWN})
    assert carried(poll=poll) is Refusal.OWN_BALLOT_STANDS


@pytest.mark.parametrize(("revisable", "refusal"), [(True, None), (False, Refusal.ALREADY_VOTED)])
def test_a_ballot_by_mandate_is_changed_only_where_ballots_may_be(revisable, refusal):
    rule = replace(PROXY, revisable=revisable)
    poll = replace(PROXY_POLL, rule=rule, ballots={PARTNER: MANDATED}, carried={FOUNDER: {PARTNER}})
    assert carried(poll=poll) is refusal


@pytest.mark.parametrize(("limit", "refusal"), [(0, Refusal.PROXY_LIMIT), (1, Refusal.PROXY_LIMIT), (2, None)])
def test_a_holder_carries_as_many_as_the_rule_allows(limit, refusal):
    poll = replace(PROXY_POLL, rule=replace(RULE, mandates=limit), carried={FOUNDER: {NEWCOMER}})
    assert carried(poll=poll) is refusal


def test_a_principal_that_overrides_does_not_give_the_place_back():
    poll = replace(PROXY_POLL, ballots={NEWCOMER: OWN}, carried={FOUNDER: {NEWCOMER}})
    assert carried(poll=poll) is Refusal.PROXY_LIMIT


def test_another_holders_burden_is_its_own():
    assert carried(poll=replace(PROXY_POLL, carried={NEWCOMER: {ASSOCIATE}})) is None
