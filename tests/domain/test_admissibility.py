from dataclasses import replace

import pytest

from backend.domain import events
from backend.domain.admissibility import (
    BallotAttempt,
    nonce_of,
    refuse_ballot,
    refuse_further_opening,
    refuse_opening,
    refuse_proposer,
    refuse_signed_ballot,
)
from backend.domain.ballots import MOST_REVISIONS, Ballot, Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.polls import Poll
from backend.domain.proposals import ProposalFacts
from backend.domain.refusals import Refusal
from backend.domain.rules import Base, Rule
from backend.domain.values import Ratio
from tests.domain.rolls import (
    ASSEMBLY,
    ASSOCIATE,
    BOARD,
    CONSULTATION,
    FOUNDER,
    PARTNER,
    STRANGER,
    admitted,
    entered,
    founded,
    moved,
    told,
    wallet_of,
)

FOR = 1
VOTE = ProposalFacts(opens_at=100, closes_at=200)
NEWCOMER = 4
OWN = Ballot(Choice.FOR, revision=1)
MANDATED = Ballot(Choice.FOR, by_mandate=True)
RULE = Rule(45, 15, 10, Ratio(2, 3), Ratio(2, 3), Base.CAST, strict=False, binding=True)
REVISABLE = replace(RULE, revisable=True)
POLL = Poll(9, ASSEMBLY, RULE, VOTE)


def refused(roll, member_id=PARTNER, poll=POLL, support=FOR, now=150):
    return refuse_ballot(roll, poll, BallotAttempt(wallet_of(member_id), support, now))


def with_status(status, at=120):
    return told(founded(), at, moved(PARTNER, MemberStatus.ACTIVE, status))


@pytest.mark.parametrize("support", [0, 1, 2])
def test_a_member_of_the_electorate_may_choose_for_against_or_abstain(support):
    assert refused(founded(), support=support) is None


@pytest.mark.parametrize("support", [3, 255, -1])
def test_there_is_no_other_choice(support):
    assert refused(founded(), support=support) is Refusal.INVALID_CHOICE


def test_a_proposal_that_is_not_there_takes_no_ballot():
    assert refused(founded(), poll=None) is Refusal.NONEXISTENT_PROPOSAL


@pytest.mark.parametrize(
    ("now", "refusal"),
    [
        (100, Refusal.VOTING_NOT_OPEN),
        (101, None),
        (200, None),
        (201, Refusal.VOTING_CLOSED),
    ],
)
def test_ballots_count_after_the_snapshot_and_up_to_the_deadline(now, refusal):
    assert refused(founded(), now=now) is refusal


@pytest.mark.parametrize("now", [100, 150, 201])
def test_a_withdrawn_proposal_takes_no_ballot_at_any_time(now):
    assert refused(founded(), poll=replace(POLL, facts=replace(VOTE, canceled=True)), now=now) is Refusal.VOTING_CLOSED


def test_a_stranger_has_no_ballot():
    attempt = BallotAttempt(STRANGER, FOR, 150)
    assert refuse_ballot(founded(), POLL, attempt) is Refusal.NOT_A_MEMBER


def test_a_revoked_wallet_is_refused_and_the_new_one_speaks():
    roll = told(founded(), 120, events.WalletRotated(PARTNER, wallet_of(PARTNER), "0xNew"))
    assert refused(roll) is Refusal.WALLET_REVOKED
    assert refuse_ballot(roll, POLL, BallotAttempt("0xNew", FOR, 150)) is None


def test_a_member_that_voted_cannot_vote_again_from_its_new_wallet():
    roll = told(founded(), 120, events.WalletRotated(PARTNER, wallet_of(PARTNER), "0xNew"))
    poll = replace(POLL, ballots={PARTNER: OWN})
    assert refuse_ballot(roll, poll, BallotAttempt("0xNew", FOR, 150)) is Refusal.ALREADY_VOTED


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (MemberStatus.IN_BREACH, None),
        (MemberStatus.DEFAULTING, Refusal.MEMBER_DEFAULTING),
        (MemberStatus.EXCLUDED, Refusal.NO_VOTING_RIGHT),
        (MemberStatus.LEFT, Refusal.NO_VOTING_RIGHT),
    ],
)
def test_a_member_that_lost_its_vote_after_the_snapshot_is_refused(status, refusal):
    assert refused(with_status(status)) is refusal


def test_a_member_that_had_no_vote_at_the_snapshot_and_has_it_now_is_not_in_the_electorate():
    roll = told(
        with_status(MemberStatus.DEFAULTING, at=90), 120, moved(PARTNER, MemberStatus.DEFAULTING, MemberStatus.ACTIVE)
    )
    assert refused(roll) is Refusal.NOT_IN_ELECTORATE


@pytest.mark.parametrize(("joined", "refusal"), [(99, None), (100, None), (101, Refusal.NOT_IN_ELECTORATE)])
def test_the_electorate_is_that_of_the_snapshots_second(joined, refusal):
    roll = told(founded(), joined, *entered(NEWCOMER, MemberClass.PARTNER))
    assert refused(roll, member_id=NEWCOMER) is refusal


def test_an_admitted_member_whose_accession_is_not_recorded_has_no_vote():
    roll = told(founded(), 50, admitted(NEWCOMER, MemberClass.PARTNER))
    assert refused(roll, member_id=NEWCOMER) is Refusal.NO_VOTING_RIGHT


@pytest.mark.parametrize(
    ("member_id", "body", "refusal"),
    [
        (ASSOCIATE, ASSEMBLY, Refusal.NO_VOTING_RIGHT),
        (ASSOCIATE, CONSULTATION, None),
        (PARTNER, BOARD, Refusal.NO_VOTING_RIGHT),
        (FOUNDER, BOARD, None),
    ],
)
def test_a_member_votes_in_its_bodies_only(member_id, body, refusal):
    assert refused(founded(), member_id=member_id, poll=replace(POLL, body_id=body)) is refusal


def test_the_moment_is_asked_about_before_the_choice_and_the_choice_before_the_wallet():
    attempt = BallotAttempt(STRANGER, 9, 201)
    assert refuse_ballot(founded(), POLL, attempt) is Refusal.VOTING_CLOSED
    assert refuse_ballot(founded(), POLL, replace(attempt, now=150)) is Refusal.INVALID_CHOICE


def test_the_standing_is_asked_about_before_whether_it_has_voted():
    roll = with_status(MemberStatus.DEFAULTING)
    assert refused(roll, poll=replace(POLL, ballots={PARTNER: OWN})) is Refusal.MEMBER_DEFAULTING


@pytest.mark.parametrize(
    ("member_id", "refusal"),
    [(FOUNDER, None), (PARTNER, None), (ASSOCIATE, Refusal.MAY_NOT_PROPOSE)],
)
def test_founding_members_and_partners_put_proposals_and_associates_do_not(member_id, refusal):
    assert refuse_proposer(founded(), wallet_of(member_id)) is refusal


@pytest.mark.parametrize("status", [status for status in MemberStatus if not status.votes])
def test_a_member_without_a_vote_puts_no_proposal(status):
    assert refuse_proposer(with_status(status), wallet_of(PARTNER)) is Refusal.MAY_NOT_PROPOSE


def test_a_member_in_breach_may_still_put_a_proposal():
    assert refuse_proposer(with_status(MemberStatus.IN_BREACH), wallet_of(PARTNER)) is None


def test_neither_a_stranger_nor_a_revoked_wallet_puts_a_proposal():
    roll = told(founded(), 120, events.WalletRotated(PARTNER, wallet_of(PARTNER), "0xNew"))
    assert refuse_proposer(roll, STRANGER) is Refusal.NOT_A_MEMBER
    assert refuse_proposer(roll, wallet_of(PARTNER)) is Refusal.WALLET_REVOKED


@pytest.mark.parametrize(
    ("opens_at", "extraordinary", "refusal"),
    [
        (1044, False, Refusal.NOTICE_TOO_SHORT),
        (1045, False, None),
        (1014, True, Refusal.NOTICE_TOO_SHORT),
        (1015, True, None),
        (1000 + 366 * 86400, False, None),
        (1001 + 366 * 86400, False, Refusal.OPENS_TOO_LATE),
    ],
)
def test_a_vote_opens_neither_too_soon_nor_too_late(opens_at, extraordinary, refusal):
    assert refuse_opening(RULE, 1000, opens_at, extraordinary=extraordinary) is refusal


@pytest.mark.parametrize(
    ("wait", "refusal"),
    [(-1, Refusal.NOTICE_TOO_SHORT), (0, None), (30 * 86_400, None), (30 * 86_400 + 1, Refusal.OPENS_TOO_LATE)],
)
def test_a_further_call_opens_after_the_short_notice_and_within_thirty_days_of_it(wait, refusal):
    assert refuse_further_opening(RULE, 1000, 1000 + RULE.short_notice + wait) is refusal


# ------------------------------------------------------------------------------------------------- changed ballots


def test_a_ballot_cannot_be_changed_where_the_rule_does_not_say_so():
    assert refused(founded(), poll=replace(POLL, ballots={PARTNER: OWN})) is Refusal.ALREADY_VOTED


@pytest.mark.parametrize(
    ("revision", "refusal"),
    [(1, None), (MOST_REVISIONS - 1, None), (MOST_REVISIONS, Refusal.TOO_MANY_REVISIONS)],
)
def test_a_ballot_may_be_changed_as_often_as_a_governor_can_count(revision, refusal):
    poll = replace(POLL, rule=REVISABLE, ballots={PARTNER: replace(OWN, revision=revision)})
    assert refused(founded(), poll=poll) is refusal


@pytest.mark.parametrize("rule", [RULE, REVISABLE])
def test_a_members_own_ballot_overrides_one_cast_for_it_under_any_rule(rule):
    assert refused(founded(), poll=replace(POLL, rule=rule, ballots={PARTNER: MANDATED})) is None


def test_a_recused_member_has_no_ballot():
    assert refused(founded(), poll=replace(POLL, recused={PARTNER})) is Refusal.RECUSED
    assert refused(founded(), FOUNDER, poll=replace(POLL, recused={PARTNER})) is None


def test_voting_ends_at_once_when_it_was_closed_early():
    poll = replace(POLL, facts=replace(VOTE, closed_early_at=140))
    assert refused(founded(), poll=poll, now=140) is None
    assert refused(founded(), poll=poll, now=141) is Refusal.VOTING_CLOSED


# -------------------------------------------------------------------------------------------------- signed ballots


def signed(poll, nonce, member_id=PARTNER):
    return refuse_signed_ballot(founded(), poll, BallotAttempt(wallet_of(member_id), FOR, 150), nonce)


def test_a_signed_ballot_carries_the_proposal_and_the_revision():
    assert nonce_of(founded(), POLL, wallet_of(PARTNER)) == 9 << 64
    assert nonce_of(founded(), replace(POLL, ballots={PARTNER: OWN}), wallet_of(PARTNER)) == 9 << 64 | 1
    assert nonce_of(founded(), POLL, STRANGER) == 9 << 64


def test_a_signed_ballot_counts_once_and_is_void_afterwards():
    assert signed(POLL, 9 << 64) is None
    assert signed(replace(POLL, rule=REVISABLE, ballots={PARTNER: OWN}), 9 << 64) is Refusal.INVALID_SIGNATURE


def test_a_signed_ballot_for_one_proposal_is_void_on_another():
    assert signed(replace(POLL, id=8), 9 << 64) is Refusal.INVALID_SIGNATURE


def test_a_ballot_by_mandate_leaves_the_signed_ballot_of_its_principal_good():
    assert signed(replace(POLL, ballots={PARTNER: MANDATED}), 9 << 64) is None


def test_a_good_signature_is_judged_by_the_member_who_signed():
    assert signed(POLL, 9 << 64, member_id=ASSOCIATE) is Refusal.NO_VOTING_RIGHT
    assert signed(None, 9 << 64) is Refusal.NONEXISTENT_PROPOSAL


def test_the_signature_is_looked_at_last():
    assert signed(POLL, 0, member_id=ASSOCIATE) is Refusal.NO_VOTING_RIGHT
    assert signed(POLL, 0) is Refusal.INVALID_SIGNATURE
