"""Whether a ballot or a proposal may be handed in, asked in the order in which a governor asks. Pure.

Each question answers with a refusal or with None. A ballot is judged by the member who cast it, never by who sent it.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from backend.domain.ballots import Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.proposals import ProposalFacts, earliest_opening, latest_opening
from backend.domain.refusals import Refusal
from backend.domain.roll import Entry, Roll
from backend.domain.rules import Rule
from backend.domain.values import Address, BodyId, MemberId, Timepoint


@dataclass(frozen=True, slots=True)
class BallotAttempt:
    """A ballot on its way in."""

    voter: Address
    """The wallet that casts or signs it."""
    support: int
    now: Timepoint


@dataclass(frozen=True, slots=True)
class Poll:
    """The vote it is meant for."""

    body_id: BodyId
    facts: ProposalFacts
    voted: Container[MemberId] = frozenset()
    """Members whose ballot is already counted."""


def refuse_ballot(roll: Roll, poll: Poll | None, attempt: BallotAttempt) -> Refusal | None:
    """Find the first reason to refuse the ballot; None if it counts. No poll: there is no such proposal."""
    if poll is None:
        return Refusal.NONEXISTENT_PROPOSAL
    return (
        _refuse_moment(poll.facts, attempt.now)
        or _refuse_choice(attempt.support)
        or refuse_wallet(roll, attempt.voter)
        or _refuse_voter(roll, poll, attempt)
    )


def refuse_wallet(roll: Roll, wallet: Address) -> Refusal | None:
    """Say why nobody speaks through this wallet, if so."""
    if roll.member_of(wallet) is None:
        return Refusal.NOT_A_MEMBER
    return Refusal.WALLET_REVOKED if roll.revoked(wallet) else None


def refuse_proposer(roll: Roll, wallet: Address) -> Refusal | None:
    """Say why this wallet may not put a proposal: founding members and partners in good standing may, in any body."""
    refusal = refuse_wallet(roll, wallet)
    if refusal is not None:
        return refusal
    entry = _entry(roll, wallet)
    counted = entry.member_class in {MemberClass.FOUNDING, MemberClass.PARTNER}
    return None if counted and entry.status.votes else Refusal.MAY_NOT_PROPOSE


def refuse_opening(rule: Rule, published: Timepoint, opens_at: Timepoint, *, extraordinary: bool) -> Refusal | None:
    """Say why voting on a proposal published now may not open then."""
    if opens_at < earliest_opening(rule, published, extraordinary=extraordinary):
        return Refusal.NOTICE_TOO_SHORT
    return Refusal.OPENS_TOO_LATE if opens_at > latest_opening(published) else None


def _refuse_moment(facts: ProposalFacts, now: Timepoint) -> Refusal | None:
    if facts.canceled or now > facts.closes_at:
        return Refusal.VOTING_CLOSED
    return Refusal.VOTING_NOT_OPEN if now <= facts.opens_at else None


def _refuse_choice(support: int) -> Refusal | None:
    return None if support in {choice.value for choice in Choice} else Refusal.INVALID_CHOICE


def _refuse_voter(roll: Roll, poll: Poll, attempt: BallotAttempt) -> Refusal | None:
    entry = _entry(roll, attempt.voter)
    if entry.status is MemberStatus.DEFAULTING:
        return Refusal.MEMBER_DEFAULTING
    if not entry.status.votes:
        return Refusal.NO_VOTING_RIGHT
    if not roll.may_vote_at(entry.id, poll.body_id, poll.facts.opens_at):
        votes_now = roll.may_vote_at(entry.id, poll.body_id, attempt.now)
        return Refusal.NOT_IN_ELECTORATE if votes_now else Refusal.NO_VOTING_RIGHT
    return Refusal.ALREADY_VOTED if entry.id in poll.voted else None


def _entry(roll: Roll, wallet: Address) -> Entry:
    return roll.members[roll.wallets[wallet]]
