"""Acts beside the ballots: who may do them, and when."""

from dataclasses import replace

import pytest

from backend.domain import events
from backend.domain.ballots import Ballot, Choice
from backend.domain.members import MemberStatus
from backend.domain.minutes import NO_MINUTES
from backend.domain.polls import Poll
from backend.domain.proceedings import (
    VetoAttempt,
    refuse_approval,
    refuse_closing,
    refuse_minutes,
    refuse_objection,
    refuse_reconvening,
    refuse_revision,
    refuse_veto,
    refuse_veto_withdrawal,
)
from backend.domain.proposals import MOST_ATTEMPTS, RECONVENE_WITHIN, ProposalFacts
from backend.domain.refusals import Refusal
from backend.domain.rules import Base, PartyEffect, Rule, VetoGround
from backend.domain.values import Ratio
from tests.domain.rolls import ASSEMBLY, ASSOCIATE, BOARD, FOUNDER, PARTNER, STRANGER, founded, moved, told, wallet_of

FOR, AGAINST = Ballot(Choice.FOR, revision=1), Ballot(Choice.AGAINST, revision=1)
COSTS, LIABILITIES = VetoGround.COSTS, VetoGround.LIABILITIES
RULE = Rule(
    45, 15, 10, Ratio(1, 2), Ratio(1, 2), Base.CAST, strict=False, binding=True,
    standstill=40, veto_window=30, veto_grounds=1 << COSTS,
)  # fmt: skip
VOTE = ProposalFacts(opens_at=100, closes_at=200)
POLL = Poll(9, ASSEMBLY, RULE, VOTE, ballots={FOUNDER: FOR})
UNDECIDED = replace(POLL, ballots={})
REJECTED = replace(POLL, ballots={FOUNDER: AGAINST})
WITHDRAWN = replace(VOTE, canceled=True)
QUEUED = replace(VOTE, eta=300)
ROTATED = told(founded(), 120, events.WalletRotated(PARTNER, wallet_of(PARTNER), "0xNew"))


def with_facts(**facts):
    return replace(POLL, facts=replace(VOTE, **facts))


def with_rule(poll=POLL, **terms):
    return replace(poll, rule=replace(RULE, **terms))


# ---------------------------------------------------------------------------------------------------------- vetoes


def veto(poll=POLL, member_id=PARTNER, now=150, ground=COSTS, roll=None):
    return refuse_veto(roll or founded(), poll, VetoAttempt(wallet_of(member_id), ground, now))


@pytest.mark.parametrize(
    ("now", "refusal"),
    [(100, Refusal.VOTING_NOT_OPEN), (101, None), (200, None), (230, None), (231, Refusal.VETO_TOO_LATE)],
)
def test_a_veto_is_raised_from_opening_to_the_end_of_its_window(now, refusal):
    assert veto(now=now) is refusal


def test_without_a_window_a_veto_is_raised_only_while_voting_is_open():
    assert veto(with_rule(veto_window=0), now=200) is None
    assert veto(with_rule(veto_window=0), now=201) is Refusal.VETO_TOO_LATE


def test_a_vote_closed_early_moves_the_window():
    assert veto(with_facts(closed_early_at=150), now=180) is None
    assert veto(with_facts(closed_early_at=150), now=181) is Refusal.VETO_TOO_LATE


@pytest.mark.parametrize("facts", [WITHDRAWN, QUEUED, replace(QUEUED, executed=True)])
def test_what_was_withdrawn_or_has_gone_on_is_not_vetoed(facts):
    assert veto(replace(POLL, facts=facts), now=205) is Refusal.UNEXPECTED_PHASE


def test_a_veto_needs_a_ground_that_the_rule_lists():
    assert veto(ground=LIABILITIES) is Refusal.VETO_NOT_ALLOWED
    assert veto(with_rule(veto_grounds=0)) is Refusal.VETO_NOT_ALLOWED
    assert veto(with_rule(veto_grounds=1 << LIABILITIES), ground=LIABILITIES) is None


def test_partners_veto_in_a_body_they_have_no_seat_in_and_associates_nowhere():
    assert veto(replace(POLL, body_id=BOARD)) is None
    assert veto(member_id=ASSOCIATE) is Refusal.VETO_NOT_ALLOWED


@pytest.mark.parametrize("status", MemberStatus)
def test_only_members_in_good_standing_veto(status):
    roll = told(founded(), 120, moved(PARTNER, MemberStatus.ACTIVE, status))
    assert veto(roll=roll) is (None if status.votes else Refusal.VETO_NOT_ALLOWED)


@pytest.mark.parametrize(
    ("effect", "refusal"),
    [
        (PartyEffect.NONE, None),
        (PartyEffect.BARS_VETO, Refusal.VETO_NOT_ALLOWED),
        (PartyEffect.RECUSES, Refusal.VETO_NOT_ALLOWED),
    ],
)
def test_nobody_vetoes_in_its_own_case(effect, refusal):
    assert veto(replace(POLL, party=PARTNER, party_effect=effect)) is refusal
    assert veto(replace(POLL, party=PARTNER, party_effect=effect), member_id=FOUNDER) is None


def test_a_member_has_one_veto():
    assert veto(replace(POLL, vetoing={PARTNER})) is Refusal.VETO_STANDS
    assert veto(replace(POLL, vetoing={PARTNER}), member_id=FOUNDER) is None


def test_whose_wallet_it_is_not_vetoes_nothing():
    assert veto(roll=ROTATED) is Refusal.WALLET_REVOKED
    assert refuse_veto(founded(), POLL, VetoAttempt(STRANGER, COSTS, 150)) is Refusal.NOT_A_MEMBER


def test_a_veto_is_taken_back_by_who_raised_it_until_a_revision_relies_on_it():
    vetoed = replace(POLL, vetoing={PARTNER})
    assert refuse_veto_withdrawal(founded(), vetoed, wallet_of(PARTNER)) is None
    assert refuse_veto_withdrawal(founded(), vetoed, wallet_of(FOUNDER)) is Refusal.NO_VETO
    assert refuse_veto_withdrawal(ROTATED, vetoed, wallet_of(PARTNER)) is Refusal.WALLET_REVOKED
    revised = replace(vetoed, facts=replace(VOTE, revised=True))
    assert refuse_veto_withdrawal(founded(), revised, wallet_of(PARTNER)) is Refusal.UNEXPECTED_PHASE
    assert refuse_veto_withdrawal(founded(), revised, wallet_of(FOUNDER)) is Refusal.NO_VETO


# --------------------------------------------------------------------------------------------------------- closing


def closing(ballots, now=150, **facts):
    poll = replace(with_rule(early_close=True), ballots=ballots, facts=replace(VOTE, **facts))
    return refuse_closing(founded(), poll, now)


def test_a_vote_is_closed_as_soon_as_no_ballot_can_change_the_outcome():
    assert closing({FOUNDER: FOR, PARTNER: FOR}) is None
    assert closing({FOUNDER: FOR}) is None
    assert closing({FOUNDER: AGAINST}) is Refusal.OUTCOME_OPEN
    assert closing({}) is Refusal.OUTCOME_OPEN


def test_a_vote_is_closed_early_only_where_the_rule_allows_it():
    poll = replace(POLL, ballots={FOUNDER: FOR, PARTNER: FOR})
    assert refuse_closing(founded(), poll, 150) is Refusal.OUTCOME_OPEN


@pytest.mark.parametrize(
    ("now", "refusal"),
    [(100, Refusal.UNEXPECTED_PHASE), (101, None), (200, None), (201, Refusal.UNEXPECTED_PHASE)],
)
def test_only_an_open_vote_is_closed(now, refusal):
    assert closing({FOUNDER: FOR, PARTNER: FOR}, now) is refusal


def test_a_vote_is_closed_once():
    assert closing({FOUNDER: FOR, PARTNER: FOR}, 150, closed_early_at=150) is Refusal.UNEXPECTED_PHASE


# --------------------------------------------------------------------------------------------------------- minutes


def minutes(poll, now):
    return refuse_minutes(founded(), poll, now, by_office=True)


def test_minutes_are_the_registrars():
    assert refuse_minutes(founded(), POLL, 201, by_office=False) is Refusal.NOT_AN_OFFICE


@pytest.mark.parametrize("poll", [POLL, REJECTED, UNDECIDED, with_facts(approved=True)])
def test_minutes_are_recorded_after_the_deadline_whatever_the_outcome(poll):
    assert minutes(poll, 200) is Refusal.UNEXPECTED_PHASE
    assert minutes(poll, 201) is None


@pytest.mark.parametrize("facts", [WITHDRAWN, QUEUED, replace(QUEUED, executed=True)])
def test_minutes_are_not_recorded_of_what_was_withdrawn_or_has_gone_on(facts):
    assert minutes(replace(POLL, facts=facts), 400) is Refusal.UNEXPECTED_PHASE


def objection(poll=POLL, now=210, member_id=PARTNER, roll=None):
    return refuse_objection(roll or founded(), poll, wallet_of(member_id), now)


@pytest.mark.parametrize(
    ("now", "refusal"),
    [(200, Refusal.UNEXPECTED_PHASE), (201, None), (240, None), (241, Refusal.OBJECTION_TOO_LATE)],
)
def test_an_elector_objects_as_long_as_the_decision_does_not_bind(now, refusal):
    assert objection(now=now) is refusal


def test_objections_may_follow_one_another_and_corrected_minutes():
    objected = NO_MINUTES.recorded(205).objected()
    assert objection(with_facts(minutes=objected), now=10**9) is None
    corrected = with_facts(minutes=objected.recorded(300))
    assert objection(corrected, now=300 + 15 * 86400) is None
    assert objection(corrected, now=301 + 15 * 86400) is Refusal.OBJECTION_TOO_LATE


def test_a_member_objects_once_or_it_could_put_a_decision_off_for_ever():
    corrected = with_facts(minutes=NO_MINUTES.recorded(205).objected().recorded(300))
    assert objection(replace(corrected, objecting={PARTNER}), now=301) is Refusal.ALREADY_OBJECTED
    assert objection(replace(corrected, objecting={FOUNDER}), now=301) is None
    assert objection(replace(POLL, objecting={PARTNER}), now=241) is Refusal.OBJECTION_TOO_LATE


def test_what_only_waits_for_an_answer_is_not_objected_to():
    assert objection(with_rule(external_approval=True), now=241) is Refusal.OBJECTION_TOO_LATE


@pytest.mark.parametrize("poll", [REJECTED, UNDECIDED, replace(POLL, vetoing={FOUNDER}), with_facts(canceled=True)])
def test_only_what_was_adopted_is_objected_to(poll):
    assert objection(poll) is Refusal.UNEXPECTED_PHASE


def test_only_electors_object():
    assert objection(member_id=ASSOCIATE) is Refusal.NO_VOTING_RIGHT
    assert objection(roll=ROTATED) is Refusal.WALLET_REVOKED
    defaulting = told(founded(), 120, moved(PARTNER, MemberStatus.ACTIVE, MemberStatus.DEFAULTING))
    assert objection(roll=defaulting) is Refusal.MEMBER_DEFAULTING


# -------------------------------------------------------------------------------------------------------- approval

ASKED = with_rule(external_approval=True)


def approval(poll=ASKED, now=210):
    return refuse_approval(founded(), poll, now, by_office=True)


def test_an_answer_is_recorded_by_an_office_once_the_votes_have_adopted():
    assert refuse_approval(founded(), ASKED, 210, by_office=False) is Refusal.NOT_AN_OFFICE
    assert approval(now=200) is Refusal.UNEXPECTED_PHASE
    assert approval(now=201) is None
    assert approval(now=10**9) is None
    assert approval(replace(ASKED, vetoing={FOUNDER})) is None


def test_only_the_first_answer_that_was_asked_for_counts():
    assert approval(POLL) is Refusal.UNEXPECTED_PHASE
    assert approval(replace(ASKED, facts=replace(VOTE, approved=True))) is Refusal.UNEXPECTED_PHASE
    assert approval(replace(ASKED, facts=replace(VOTE, approved=False))) is Refusal.UNEXPECTED_PHASE
    assert approval(replace(ASKED, ballots={FOUNDER: AGAINST})) is Refusal.UNEXPECTED_PHASE


# ------------------------------------------------------------------------------------------------- calls, revisions

MISSED = with_rule(UNDECIDED, calls=3)


def reconvening(poll=MISSED, now=201, member_id=PARTNER, roll=None):
    return refuse_reconvening(roll or founded(), poll, wallet_of(member_id), now)


@pytest.mark.parametrize(
    ("now", "refusal"),
    [
        (200, Refusal.UNEXPECTED_PHASE),
        (201, None),
        (200 + RECONVENE_WITHIN, None),
        (201 + RECONVENE_WITHIN, Refusal.RECONVENED_TOO_LATE),
    ],
)
def test_what_had_no_quorum_is_called_again_within_fifteen_days(now, refusal):
    assert reconvening(now=now) is refusal
    assert RECONVENE_WITHIN == 15 * 86400


@pytest.mark.parametrize("poll", [POLL, REJECTED, replace(UNDECIDED, facts=WITHDRAWN)])
def test_nothing_else_is_called_again(poll):
    assert reconvening(with_rule(poll, calls=3)) is Refusal.UNEXPECTED_PHASE


def test_a_question_is_called_again_once_for_each_attempt_and_only_where_the_rule_counts_calls():
    assert reconvening(replace(MISSED, reconvened=True)) is Refusal.NO_FURTHER_CALL
    assert reconvening(UNDECIDED) is Refusal.NO_FURTHER_CALL
    assert reconvening(replace(with_rule(UNDECIDED, calls=16), attempt=MOST_ATTEMPTS - 1)) is None
    assert reconvening(replace(with_rule(UNDECIDED, calls=16), attempt=MOST_ATTEMPTS)) is Refusal.NO_FURTHER_CALL
    assert MOST_ATTEMPTS == 15


def test_who_may_not_propose_calls_nothing_again():
    assert reconvening(member_id=ASSOCIATE) is Refusal.MAY_NOT_PROPOSE
    assert reconvening(roll=ROTATED) is Refusal.WALLET_REVOKED


def revision(poll, member_id=FOUNDER, now=201):
    return refuse_revision(founded(), poll, wallet_of(member_id), now)


def test_a_revised_proposal_takes_the_place_of_a_vetoed_one_once():
    vetoed = replace(POLL, vetoing={PARTNER})
    assert revision(vetoed) is None
    assert revision(vetoed, now=200) is Refusal.UNEXPECTED_PHASE
    assert revision(POLL) is Refusal.UNEXPECTED_PHASE
    assert revision(replace(vetoed, facts=replace(VOTE, revised=True))) is Refusal.UNEXPECTED_PHASE
    assert revision(vetoed, member_id=ASSOCIATE) is Refusal.MAY_NOT_PROPOSE
