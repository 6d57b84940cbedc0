"""The document that a member's wallet signs for a mandate. The relay sends none: whoever has the signature does."""

from __future__ import annotations

from dataclasses import dataclass

from backend.chain.typed_mandates import TypedMandate
from backend.database.records import MemberRecord
from backend.domain.members import MemberStatus
from backend.domain.values import Address
from backend.errors import InvalidRequestError
from backend.queries.bodies import find_body
from backend.queries.filed import find_filed
from backend.queries.mandates import has_mandate, mandate_nonce
from backend.queries.members import find_member_record
from backend.queries.mirror import Reading
from backend.queries.refs import member_ref
from backend.queries.views import MemberRef

ENDED = (MemberStatus.EXCLUDED, MemberStatus.LEFT)


@dataclass(frozen=True, slots=True)
class WantedMandate:
    """A mandate as it is asked for."""

    principal: str
    """Number or code of the member whose ballots are meant."""
    holder: str | None
    """Of the member that may cast them; None takes the mandate back."""
    body: str
    proposal_id: int | None
    """None for every proposal of the body."""
    until: int
    deadline: int


@dataclass(frozen=True, slots=True)
class PreparedMandate:
    """A mandate ready to be signed."""

    typed_data: dict[str, object]
    digest: str
    meaning: str
    principal: MemberRef
    holder: MemberRef | None
    body: str
    proposal_id: int | None
    signer: str
    until: int
    deadline: int


def prepare_mandate(reading: Reading, wanted: WantedMandate) -> PreparedMandate:
    """Make the document.

    Raises:
        NotFoundError: no such member, body or proposal.
        InvalidRequestError: the registry would not take it.
    """
    session, consortium = reading.session, reading.consortium
    principal = find_member_record(session, consortium, wanted.principal)
    holder = None if wanted.holder is None else find_member_record(session, consortium, wanted.holder)
    body = find_body(session, consortium, wanted.body, reading.now)
    if wanted.proposal_id is not None:
        find_filed(session, consortium, wanted.proposal_id, body.governor)
    _require_use(reading, wanted, principal, holder, body.id)
    mandate = TypedMandate(
        chain_id=consortium.chain_id,
        registry=Address(consortium.registry),
        principal_id=principal.member_id,
        holder_id=holder.member_id if holder else 0,
        body_id=body.id,
        proposal_id=wanted.proposal_id or 0,
        until=wanted.until,
        nonce=mandate_nonce(session, consortium, principal.member_id),
        deadline=wanted.deadline,
    )
    return PreparedMandate(
        typed_data=mandate.document,
        digest=mandate.digest,
        meaning=_meaning(principal, holder, wanted),
        principal=member_ref(principal),
        holder=None if holder is None else member_ref(holder),
        body=body.name,
        proposal_id=wanted.proposal_id,
        signer=principal.wallet,
        until=wanted.until,
        deadline=wanted.deadline,
    )


def _require_use(
    reading: Reading, wanted: WantedMandate, principal: MemberRecord, holder: MemberRecord | None, body_id: int
) -> None:
    if principal.status in ENDED:
        raise InvalidRequestError("principal", "its membership has ended")
    if wanted.deadline < reading.now:
        raise InvalidRequestError("deadline", "is over")
    if holder is None:
        if not has_mandate(reading.session, reading.consortium, principal.member_id, body_id):
            raise InvalidRequestError("holder", "must be named: there is no mandate in this body to take back")
        return
    if holder.status in ENDED or holder.member_id == principal.member_id:
        raise InvalidRequestError("holder", "must be another member whose membership has not ended")
    if wanted.until < reading.now:
        raise InvalidRequestError("until", "is over")


def _meaning(principal: MemberRecord, holder: MemberRecord | None, wanted: WantedMandate) -> str:
    where = f"in {wanted.body}" if wanted.proposal_id is None else f"on proposal {wanted.proposal_id} in {wanted.body}"
    if holder is None:
        return f"{principal.name} takes back its mandate in {wanted.body}."
    return f"{holder.name} may cast the ballots of {principal.name} {where}. Its own ballot overrides it."
