"""Whether an act beside the ballots is allowed: veto, minutes, approval, closing early, a further call. Pure.

Each question answers with a refusal or with None, asked in the order in which a governor asks.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.domain.admissibility import entry_of, in_good_standing, refuse_elector, refuse_proposer, refuse_wallet
from backend.domain.polls import Poll
from backend.domain.proposals import MOST_ATTEMPTS, RECONVENE_WITHIN, ProposalState, veto_until
from backend.domain.refusals import Refusal
from backend.domain.roll import Roll
from backend.domain.rules import PartyEffect
from backend.domain.values import Address, MemberId, Timepoint

_ANSWERED = {ProposalState.ADOPTED, ProposalState.AWAITING_APPROVAL, ProposalState.VETOED}
_GONE = {ProposalState.WITHDRAWN, ProposalState.QUEUED, ProposalState.EXECUTED}


@dataclass(frozen=True, slots=True)
class VetoAttempt:
    """A veto on its way in."""

    wallet: Address
    ground: int
    now: Timepoint


def refuse_veto(roll: Roll, poll: Poll, attempt: VetoAttempt) -> Refusal | None:
    """Say why the member may not veto: not on this ground, not in its own case, not at this moment, not twice."""
    gone = poll.state(roll, attempt.now) in _GONE
    refusal = Refusal.UNEXPECTED_PHASE if gone else refuse_wallet(roll, attempt.wallet)
    if refusal is not None:
        return refusal
    entry = entry_of(roll, attempt.wallet)
    if not in_good_standing(entry) or not poll.rule.veto_grounds >> attempt.ground & 1 or _barred(poll, entry.id):
        return Refusal.VETO_NOT_ALLOWED
    return _refuse_veto_moment(poll, attempt.now) or (Refusal.VETO_STANDS if entry.id in poll.vetoing else None)


def refuse_veto_withdrawal(roll: Roll, poll: Poll, wallet: Address) -> Refusal | None:
    """Say why there is no veto to take back, or why it stands for good."""
    refusal = refuse_wallet(roll, wallet)
    if refusal is not None:
        return refusal
    if entry_of(roll, wallet).id not in poll.vetoing:
        return Refusal.NO_VETO
    return Refusal.UNEXPECTED_PHASE if poll.facts.revised else None


def refuse_closing(roll: Roll, poll: Poll, now: Timepoint) -> Refusal | None:
    """Say why voting may not end before its time: only where the rule allows it and no ballot can change anything."""
    if poll.state(roll, now) is not ProposalState.OPEN or poll.facts.closed_early_at is not None:
        return Refusal.UNEXPECTED_PHASE
    return None if poll.rule.early_close and poll.certain(roll, now) else Refusal.OUTCOME_OPEN


def refuse_minutes(roll: Roll, poll: Poll, now: Timepoint, *, by_office: bool) -> Refusal | None:
    """Say why minutes may not be recorded: by the registrar only, after the deadline and before queueing."""
    if not by_office:
        return Refusal.NOT_AN_OFFICE
    state = poll.state(roll, now)
    return None if state.decided and state not in _GONE else Refusal.UNEXPECTED_PHASE


def refuse_objection(roll: Roll, poll: Poll, wallet: Address, now: Timepoint) -> Refusal | None:
    """Say why nobody objects to the minutes now: electors do, while an adopted decision does not bind yet."""
    refusal = refuse_wallet(roll, wallet) or refuse_elector(roll, poll, entry_of(roll, wallet), now)
    if refusal is not None:
        return refusal
    state = poll.state(roll, now)
    if state in (ProposalState.AWAITING_APPROVAL, ProposalState.BINDING):
        return Refusal.OBJECTION_TOO_LATE
    if state is not ProposalState.ADOPTED:
        return Refusal.UNEXPECTED_PHASE
    return Refusal.ALREADY_OBJECTED if entry_of(roll, wallet).id in poll.objecting else None


def refuse_approval(roll: Roll, poll: Poll, now: Timepoint, *, by_office: bool) -> Refusal | None:
    """Say why the outside authority's answer may not be recorded: the first counts, on what the votes adopted.

    Registrar or approver records it: the registrar alone could keep the members from replacing it.
    """
    if not by_office:
        return Refusal.NOT_AN_OFFICE
    asked = poll.rule.external_approval and poll.facts.approved is None
    return None if asked and poll.state(roll, now) in _ANSWERED else Refusal.UNEXPECTED_PHASE


def refuse_reconvening(roll: Roll, poll: Poll, wallet: Address, now: Timepoint) -> Refusal | None:
    """Say why the question may not be called again: only what had no quorum, soon, and once for each attempt."""
    refusal = refuse_proposer(roll, wallet)
    if refusal is not None:
        return refusal
    if poll.state(roll, now) is not ProposalState.NO_QUORUM:
        return Refusal.UNEXPECTED_PHASE
    if now > poll.facts.deadline + RECONVENE_WITHIN:
        return Refusal.RECONVENED_TOO_LATE
    further = poll.rule.calls > 0 and poll.attempt < MOST_ATTEMPTS and not poll.reconvened
    return None if further else Refusal.NO_FURTHER_CALL


def refuse_revision(roll: Roll, poll: Poll, wallet: Address, now: Timepoint) -> Refusal | None:
    """Say why a revised proposal may not take the place of this one: only of a vetoed one, and once."""
    vetoed = poll.state(roll, now) is ProposalState.VETOED and not poll.facts.revised
    return refuse_proposer(roll, wallet) if vetoed else Refusal.UNEXPECTED_PHASE


def _refuse_veto_moment(poll: Poll, now: Timepoint) -> Refusal | None:
    if now <= poll.facts.opens_at:
        return Refusal.VOTING_NOT_OPEN
    return Refusal.VETO_TOO_LATE if now > veto_until(poll.facts, poll.rule) else None


def _barred(poll: Poll, member_id: MemberId) -> bool:
    return member_id == poll.party and poll.party_effect is not PartyEffect.NONE
