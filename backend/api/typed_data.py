"""The documents that a wallet signs: for a ballot, and for a mandate."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from backend.api.answers import Answer, BigInteger, Time, answer_from
from backend.api.errors import problems
from backend.api.members import MemberRefResponse
from backend.api.parameters import NAME, PROPOSAL_ID, Governor, Instant, Read
from backend.api.replies import respond
from backend.api.words import ChoiceName
from backend.domain.ballots import Choice
from backend.relay.accepting import Desk
from backend.relay.mandates import WantedMandate, prepare_mandate
from backend.relay.preparing import name_on_record, prepare

router = APIRouter(tags=["relay"])

LATER = "2027-12-31T00:00:00Z"
COMMITMENT = r"^0x[0-9a-f]{64}$"
OpenProposal = Annotated[
    int,
    Path(
        ge=0,
        lt=1 << 192,
        description="Id on chain, as a decimal string, of a proposal on which voting is open.",
        examples=["1006"],
    ),
]
Member = Annotated[str, Query(pattern=NAME, description="Number or code of the member that votes.", examples=["3"])]
Commitment = Annotated[
    str | None,
    Query(
        pattern=COMMITMENT,
        description="SHA-256 of the salted reason in its canonical form; only this goes on chain, and it is signed.",
    ),
]


class BallotDocumentResponse(Answer):
    """A ballot ready to be signed."""

    typed_data: dict[str, Any] = Field(
        description="EIP-712 document for `eth_signTypedData_v4`, made from the governors' fixed types: `Ballot`, or"
        " `ExtendedBallot` where a reason is committed to. Its nonce is the proposal's id followed by 64 bits that"
        " count the member's own ballots on it."
    )
    digest: str
    """The 32 bytes that are signed; a client that hashes the document itself must come to the same."""
    meaning: str
    """What the ballot says, in a sentence."""
    proposal_id: BigInteger
    reference: str
    body: str
    member: MemberRefResponse
    signer: str
    """The wallet whose signature counts: the member's of today. A contract answers by ERC-1271."""
    choice: ChoiceName
    replaces: ChoiceName | None
    """The choice so far that this ballot would take the place of."""
    opens_at: Time
    deadline: Time
    """Last second in which the ballot counts. The signature has no other end: it counts once, and on this proposal."""


@router.get(
    "/proposals/{proposal_id}/ballot",
    response_model=BallotDocumentResponse,
    responses=problems("PROPOSAL_NOT_FOUND", "MEMBER_NOT_FOUND", 409),
    summary="Prepare a ballot for signing",
)
def get_ballot_document(
    request: Request,
    read: Read,
    proposal_id: OpenProposal,
    member: Member,
    choice: Annotated[
        Literal["for", "against", "abstain"],
        Query(description="What the member says to the question.", examples=["for"]),
    ],
    reason_commitment: Commitment = None,
    governor: Governor = None,
) -> Response:
    """The EIP-712 document of the member's next ballot; 409 with the governor's refusal where none would count now.

    Whoever has the signature may send it, at `/v1/relay/ballots` or itself; who sends it makes no difference.
    """
    desk: Desk | None = request.app.state.desk
    prepared = prepare(
        read,
        desk.name_of if desk else name_on_record,
        proposal_id,
        member,
        Choice[choice.upper()],
        reason_commitment=reason_commitment or "",
        governor=governor,
    )
    return respond(request, answer_from(BallotDocumentResponse, read.as_of, prepared))


class MandateQuery(BaseModel):
    """What the mandate shall say."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    principal: Annotated[str, Field(pattern=NAME, examples=["4"])]
    """Number or code of the member whose ballots are meant."""
    holder: Annotated[str | None, Field(pattern=NAME)] = None
    """The member that may cast them; left out, the mandate is taken back."""
    body: Annotated[str, Field(pattern=NAME, examples=["general_assembly"])]
    """The body in which the holder may vote."""
    proposal_id: Annotated[str | None, Field(pattern=PROPOSAL_ID)] = None
    """Only this proposal; left out, every one of the body."""
    until: Annotated[Instant, Field(examples=[LATER])]
    """Last second of the mandate."""
    deadline: Annotated[Instant, Field(examples=[LATER])]
    """Last second to hand it in."""


class MandateDocumentResponse(Answer):
    """A mandate, or its end, ready to be signed."""

    typed_data: dict[str, Any] = Field(
        description="EIP-712 document for `eth_signTypedData_v4`, for the registry's `setMandateBySig`. Its nonce"
        " counts the member's acts on its mandates: each voids what it had signed before and not handed in."
    )
    digest: str
    """The 32 bytes that are signed."""
    meaning: str
    """What the mandate says, in a sentence."""
    principal: MemberRefResponse
    holder: MemberRefResponse | None
    """None where the mandate is taken back."""
    body: str
    proposal_id: BigInteger | None
    """None for every proposal of the body."""
    signer: str
    """The wallet whose signature counts: the principal's of today."""
    until: Time
    """Last second in which the holder may use it."""
    deadline: Time
    """Last second in which the signature can be handed in."""


@router.get(
    "/mandates/document",
    response_model=MandateDocumentResponse,
    responses=problems("MEMBER_NOT_FOUND", "BODY_NOT_FOUND", "PROPOSAL_NOT_FOUND"),
    summary="Prepare a mandate for signing",
)
def get_mandate_document(request: Request, read: Read, asked: Annotated[MandateQuery, Query()]) -> Response:
    """The EIP-712 document of a mandate. Anybody may send the signature to the registry; the relay does not."""
    wanted = WantedMandate(
        principal=asked.principal,
        holder=asked.holder,
        body=asked.body,
        proposal_id=None if asked.proposal_id is None else int(asked.proposal_id),
        until=int(asked.until.timestamp()),
        deadline=int(asked.deadline.timestamp()),
    )
    return respond(request, answer_from(MandateDocumentResponse, read.as_of, prepare_mandate(read, wanted)))
