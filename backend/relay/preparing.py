"""The document that a member's wallet signs for a ballot: made from what the mirror knows, or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backend.chain.typed_ballots import TypedBallot
from backend.database.records import BodyRecord, MemberRecord
from backend.domain.ballots import Choice
from backend.domain.bodies import reference_of
from backend.domain.refusals import Refusal
from backend.domain.values import Address, ProposalId
from backend.errors import ProposalNotFoundError
from backend.queries.members import find_member_record
from backend.queries.mirror import Reading
from backend.queries.positions import Position, read_position
from backend.queries.refs import member_ref
from backend.queries.views import MemberRef
from backend.relay.refusals import error_of

NameOf = Callable[[BodyRecord], str]
"""Gives the name that a body's governor has in its signing domain."""


@dataclass(frozen=True, slots=True)
class PreparedBallot:
    """A ballot ready to be signed."""

    typed_data: dict[str, object]
    digest: str
    """What the wallet signs; for a client that checks the document."""
    meaning: str
    """What it says, in a sentence."""
    proposal_id: int
    reference: str
    body: str
    member: MemberRef
    signer: str
    """The wallet whose signature counts."""
    choice: str
    replaces: str | None
    """The choice that this ballot would take the place of."""
    opens_at: int
    deadline: int
    """Last second in which it counts; the signature itself has no other end."""


def name_on_record(body: BodyRecord) -> str:
    """Take the name from the roll, as all bodies of a deployment have it."""
    return body.name


def prepare(
    reading: Reading,
    name_of: NameOf,
    proposal_id: int,
    member_key: str,
    choice: Choice,
    *,
    reason_commitment: str = "",
    governor: str | None = None,
) -> PreparedBallot:
    """Make the document for the member's next ballot on the proposal.

    Raises:
        NotFoundError: no such proposal or member.
        BallotRefusedError: the governor would not count it now.
    """
    member = find_member_record(reading.session, reading.consortium, member_key)
    position = read_position(
        reading.session, reading.consortium, proposal_id, member.wallet, reading.now, governor=governor
    )
    require_counted(position.refusal(choice, reading.now), proposal_id)
    ballot = typed_ballot(reading, position, name_of, choice, reason_commitment)
    return _prepared(position, member, ballot, choice)


def require_counted(refusal: Refusal | None, proposal_id: int) -> None:
    """Raise the governor's refusal, if there is one."""
    if refusal is Refusal.NONEXISTENT_PROPOSAL:
        raise ProposalNotFoundError(proposal_id)
    if refusal is not None:
        raise error_of(refusal.value)


def typed_ballot(
    reading: Reading, position: Position, name_of: NameOf, choice: Choice, reason_commitment: str
) -> TypedBallot:
    """Put together what the member's next signature has to cover."""
    body = position.filed.body
    return TypedBallot(
        chain_id=reading.consortium.chain_id,
        governor=Address(body.governor),
        body=name_of(body),
        proposal_id=ProposalId(position.filed.proposal.proposal_id),
        support=int(choice),
        voter=position.wallet,
        own_ballots=position.own_ballots,
        reason=reason_commitment,
    )


def _prepared(position: Position, member: MemberRecord, ballot: TypedBallot, choice: Choice) -> PreparedBallot:
    filed, vote = position.filed, position.vote
    reference = reference_of(filed.body.name, filed.proposal.number)
    replaces = None if vote is None else Choice(vote.choice).label
    return PreparedBallot(
        typed_data=ballot.document,
        digest=ballot.digest,
        meaning=_meaning(member.name, choice, reference, replaces, with_reason=bool(ballot.reason)),
        proposal_id=ballot.proposal_id,
        reference=reference,
        body=filed.body.name,
        member=member_ref(member),
        signer=member.wallet,
        choice=choice.label,
        replaces=replaces,
        opens_at=position.poll.facts.opens_at,
        deadline=position.poll.facts.deadline,
    )


def _meaning(name: str, choice: Choice, reference: str, replaces: str | None, *, with_reason: bool) -> str:
    said = {Choice.FOR: "votes for", Choice.AGAINST: "votes against", Choice.ABSTAIN: "abstains on"}[choice]
    parts = [f"{name} {said} {reference}."]
    if replaces is not None:
        parts.append(f"This takes the place of its ballot so far ({replaces}).")
    if with_reason:
        parts.append("The fingerprint of its reason is signed with it.")
    return " ".join(parts)
