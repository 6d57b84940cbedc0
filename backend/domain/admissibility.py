"""Whether a ballot, a recusal or a proposal may be handed in, asked in the order in which a governor asks. Pure.

Each question answers with a refusal or with None. A ballot is judged by the member whose it is and, where another casts
it by mandate, by that member as well; never by who sent it. No poll means that there is no such proposal.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.domain.ballots import MOST_REVISIONS, Choice, ballot_nonce
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.polls import Poll
from backend.domain.proposals import earliest_opening, latest_further_opening, latest_opening
from backend.domain.refusals import Refusal
from backend.domain.roll import Entry, Roll
from backend.domain.rules import Rule
from backend.domain.values import Address, MemberId, Timepoint


@dataclass(frozen=True, slots=True)
class BallotAttempt:
    """A ballot on its way in."""

    voter: Address
    """The wallet that casts or signs it."""
    support: int
    now: Timepoint
    principal_id: MemberId | None = None
    """Whose ballot it is, where the voter casts it by mandate."""


def refuse_ballot(roll: Roll, poll: Poll | None, attempt: BallotAttempt) -> Refusal | None:
    """Find the first reason to refuse a member's own ballot; None if it counts."""
    if poll is None:
        return Refusal.NONEXISTENT_PROPOSAL
    return _refuse_voter(roll, poll, attempt) or _refuse_another(poll, entry_of(roll, attempt.voter).id)


def refuse_signed_ballot(roll: Roll, poll: Poll | None, attempt: BallotAttempt, nonce: int) -> Refusal | None:
    """Find the first reason to refuse a ballot that its voter signed with that nonce, alone or in a batch.

    Whoever relays it, the signature is looked at last: checking it is what costs.
    """
    refusal = refuse_ballot(roll, poll, attempt)
    if refusal is not None or poll is None:
        return refusal
    return None if nonce == nonce_of(roll, poll, attempt.voter) else Refusal.INVALID_SIGNATURE


def refuse_mandated_ballot(roll: Roll, poll: Poll | None, attempt: BallotAttempt) -> Refusal | None:
    """Find the first reason to refuse a ballot that the voter casts for its principal; None if it counts."""
    if poll is None:
        return Refusal.NONEXISTENT_PROPOSAL
    return (
        _refuse_voter(roll, poll, attempt)
        or _refuse_recused(poll, entry_of(roll, attempt.voter).id)
        or _refuse_mandate(roll, poll, attempt)
    )


def refuse_recusal(roll: Roll, poll: Poll | None, wallet: Address, now: Timepoint) -> Refusal | None:
    """Say why the member may not declare an interest: members that vote here do, as long as they have not voted."""
    if poll is None:
        return Refusal.NONEXISTENT_PROPOSAL
    if poll.facts.canceled or now > poll.facts.deadline:
        return Refusal.UNEXPECTED_PHASE
    refusal = refuse_wallet(roll, wallet)
    if refusal is not None:
        return refusal
    entry = entry_of(roll, wallet)
    voted = Refusal.ALREADY_VOTED if entry.id in poll.ballots else None
    return refuse_elector(roll, poll, entry, now) or _refuse_recused(poll, entry.id) or voted


def refuse_wallet(roll: Roll, wallet: Address) -> Refusal | None:
    """Say why nobody speaks through this wallet, if so."""
    if roll.member_of(wallet) is None:
        return Refusal.NOT_A_MEMBER
    return Refusal.WALLET_REVOKED if roll.revoked(wallet) else None


def refuse_elector(roll: Roll, poll: Poll, entry: Entry, now: Timepoint) -> Refusal | None:
    """Say why the member is none of those who decide: by where it stands now, or by what it was at the snapshot.

    Before the snapshot those decide who vote in the body now.
    """
    if entry.status is MemberStatus.DEFAULTING:
        return Refusal.MEMBER_DEFAULTING
    if not entry.status.votes:
        return Refusal.NO_VOTING_RIGHT
    if roll.may_vote_at(entry.id, poll.body_id, min(poll.facts.opens_at, now)):
        return None
    votes_now = roll.may_vote_at(entry.id, poll.body_id, now)
    return Refusal.NOT_IN_ELECTORATE if votes_now else Refusal.NO_VOTING_RIGHT


def refuse_proposer(roll: Roll, wallet: Address) -> Refusal | None:
    """Say why this wallet may not put a proposal: founding members and partners in good standing may, in any body."""
    refusal = refuse_wallet(roll, wallet)
    if refusal is not None:
        return refusal
    return None if in_good_standing(entry_of(roll, wallet)) else Refusal.MAY_NOT_PROPOSE


def refuse_opening(rule: Rule, published: Timepoint, opens_at: Timepoint, *, extraordinary: bool) -> Refusal | None:
    """Say why voting on a proposal published now may not open then."""
    if opens_at < earliest_opening(rule, published, extraordinary=extraordinary):
        return Refusal.NOTICE_TOO_SHORT
    return Refusal.OPENS_TOO_LATE if opens_at > latest_opening(published) else None


def refuse_further_opening(rule: Rule, published: Timepoint, opens_at: Timepoint) -> Refusal | None:
    """Say why a further call published now may not open then: with the short notice, and soon after it."""
    early = refuse_opening(rule, published, opens_at, extraordinary=True)
    late = opens_at > latest_further_opening(rule, published)
    return early or (Refusal.OPENS_TOO_LATE if late else None)


def in_good_standing(entry: Entry) -> bool:
    """Whether it is a founding member or partner that votes: such a member puts proposals and vetoes, in any body."""
    return entry.member_class in {MemberClass.FOUNDING, MemberClass.PARTNER} and entry.status.votes


def entry_of(roll: Roll, wallet: Address) -> Entry:
    """Find the member a wallet belongs or belonged to; there must be one."""
    return roll.members[roll.wallets[wallet]]


def nonce_of(roll: Roll, poll: Poll, wallet: Address) -> int:
    """Work out the nonce that the wallet's next signed ballot on the proposal must carry."""
    entry = roll.member_of(wallet)
    return ballot_nonce(poll.id, poll.ballots.get(entry.id) if entry else None)


def _refuse_voter(roll: Roll, poll: Poll, attempt: BallotAttempt) -> Refusal | None:
    return (
        _refuse_moment(poll, attempt.now)
        or _refuse_choice(attempt.support)
        or refuse_wallet(roll, attempt.voter)
        or refuse_elector(roll, poll, entry_of(roll, attempt.voter), attempt.now)
    )


def _refuse_moment(poll: Poll, now: Timepoint) -> Refusal | None:
    if poll.facts.canceled or now > poll.facts.deadline:
        return Refusal.VOTING_CLOSED
    return Refusal.VOTING_NOT_OPEN if now <= poll.facts.opens_at else None


def _refuse_choice(support: int) -> Refusal | None:
    return None if support in {choice.value for choice in Choice} else Refusal.INVALID_CHOICE


def _refuse_recused(poll: Poll, member_id: MemberId) -> Refusal | None:
    return Refusal.RECUSED if member_id in poll.recused else None


def _refuse_another(poll: Poll, member_id: MemberId) -> Refusal | None:
    """A ballot cast by mandate is no obstacle: the member's own overrides it, under any rule."""
    ballot = poll.ballots.get(member_id)
    if member_id in poll.recused or ballot is None or ballot.revision == 0:
        return _refuse_recused(poll, member_id)
    if not poll.rule.revisable:
        return Refusal.ALREADY_VOTED
    return Refusal.TOO_MANY_REVISIONS if ballot.revision >= MOST_REVISIONS else None


def _refuse_mandate(roll: Roll, poll: Poll, attempt: BallotAttempt) -> Refusal | None:
    holder, principal = entry_of(roll, attempt.voter), roll.members.get(attempt.principal_id or MemberId(0))
    if principal is None or roll.holder_of(principal.id, poll.body_id, poll.id, attempt.now) != holder.id:
        return Refusal.NO_MANDATE
    return (
        _refuse_one_more(poll, holder.id, principal.id)
        or refuse_elector(roll, poll, principal, attempt.now)
        or _refuse_override(poll, principal.id)
    )


def _refuse_one_more(poll: Poll, holder_id: MemberId, principal_id: MemberId) -> Refusal | None:
    carried = {*poll.carried.get(holder_id, ()), principal_id}
    return Refusal.PROXY_LIMIT if len(carried) > poll.rule.mandates else None


def _refuse_override(poll: Poll, principal_id: MemberId) -> Refusal | None:
    ballot = poll.ballots.get(principal_id)
    if principal_id in poll.recused or ballot is None:
        return _refuse_recused(poll, principal_id)
    if not ballot.by_mandate:
        return Refusal.OWN_BALLOT_STANDS
    return None if poll.rule.revisable else Refusal.ALREADY_VOTED
