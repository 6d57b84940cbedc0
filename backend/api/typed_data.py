"""The document that a wallet signs for a ballot."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from backend.api.answers import Answer, BigInteger, Time, answer_from, respond
from backend.api.errors import problems
from backend.api.members import MemberRefResponse
from backend.api.parameters import NAME, Governor, Read
from backend.api.words import ChoiceName
from backend.domain.ballots import Choice
from backend.relay.accepting import Desk
from backend.relay.preparing import name_on_record, prepare

router = APIRouter(tags=["relay"])

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
    responses=problems(404, 409),
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

    Whoever has the signature may send it, at `/v1/relay/ballots` or itself; who sends it makes no difference. Mandates
    have a signed form, too, the registry's `setMandateBySig`, which is not prepared here.
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
