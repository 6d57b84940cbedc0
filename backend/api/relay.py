"""Votes without coins: hand in a signed ballot, see how far it is, see how the relay fares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.api.answers import Answer, BigInteger, Time, answer_from
from backend.api.errors import problems
from backend.api.members import MemberRefResponse
from backend.api.parameters import NAME, Read
from backend.api.replies import respond
from backend.api.words import ChoiceName
from backend.documents.reasons import MOST_TEXT
from backend.queries.members import find_member_record
from backend.queries.mirror import Mirror, Reading
from backend.queries.relay import DAY, accepted_since, find_relayed_ballot, read_relay
from backend.queries.views.relay import WayStatus
from backend.relay.accepting import Desk
from backend.relay.handed import LONGEST_SIGNATURE, Words
from backend.relay.reading import read_ballot
from backend.relay.refusals import RelayOffError

router = APIRouter(prefix="/relay", tags=["relay"])

BallotId = Annotated[
    str,
    Path(
        pattern=r"^[0-9a-f]{32}$",
        description="Id that was given out when the ballot was taken in.",
        examples=["0" * 31 + "1"],
    ),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        pattern=r"^[!-~]{1,200}$",
        description="The client's own name for this request. The same key with the same ballot gives the same answer;"
        " with another ballot it is refused.",
    ),
]


@dataclass(frozen=True, slots=True)
class _Quota:
    daily_ballots: int | None
    left_today: int | None


class ReasonBody(BaseModel):
    """Why the member votes so. Kept off chain, shown with the ballot, and erasable."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    language: Annotated[str, StringConstraints(max_length=20)]
    """Language tag (BCP 47)."""
    text: Annotated[str, StringConstraints(min_length=1, max_length=MOST_TEXT)]
    salt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """32 random bytes, drawn by the client, in hexadecimal digits."""


class BallotBody(BaseModel):
    """A signed ballot."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    typed_data: dict[str, Any] = Field(description="The EIP-712 document that was signed, whole and unchanged.")
    signature: Annotated[str, StringConstraints(pattern=r"^0x([0-9a-fA-F]{2})+$", max_length=2 + 2 * LONGEST_SIGNATURE)]
    reason: ReasonBody | None = None
    """The words behind the commitment that was signed; leave it out where they are kept elsewhere."""


class RelayedBallotResponse(Answer):
    """A ballot on its way."""

    id: str
    status: WayStatus
    """accepted: waits; sent: in a transaction that is in no block yet; included: counted, in a block that may still be
    reorganised; final: counted for good; failed: will not count, see `failure`."""
    body: str
    governor: str
    proposal_id: BigInteger
    member: MemberRefResponse
    wallet: str
    choice: ChoiceName
    nonce: BigInteger
    reason_commitment: str | None
    accepted_at: Time
    transaction_hash: str | None
    """The transaction that counted it, or that it was last sent with; it may be offered again under another hash."""
    block_number: int | None
    failure: str | None
    """Code of the refusal; `/v1/problems` says what to do."""


class RelayResponse(Answer):
    """How the relay fares."""

    status: Literal["off", "away", "empty", "waiting", "ready"]
    """off: none runs here; away: no sign of life; empty: out of money; waiting: see `problem`; ready."""
    address: str | None
    """The account that pays."""
    balance: BigInteger | None
    """Wei."""
    ballots_left: int | None
    """How many the balance pays for as fees are now; None where ballots cost nothing."""
    problem: str | None
    """Why nothing is sent now: FEES_TOO_HIGH, RELAY_EMPTY."""
    waiting: int
    """Ballots that were taken in and not sent yet."""
    in_flight: int
    """Ballots in transactions that are in no block yet."""
    daily_ballots: int | None
    """Most ballots of one member in 24 hours; None where none are taken in."""
    left_today: int | None
    """How many more ballots of the member that is asked for are taken in now; None where none is asked for."""
    seen_at: Time | None
    """Last sign of life."""


Member = Annotated[
    str | None, Query(pattern=NAME, description="Also say how many more ballots of this member are taken in.")
]


@router.get("", response_model=RelayResponse, responses=problems("MEMBER_NOT_FOUND"), summary="See how the relay fares")
def get_relay(request: Request, read: Read, member: Member = None) -> Response:
    """Whether ballots can be handed in, what the relay has, and how much it has to do."""
    mirror: Mirror = request.app.state.mirror
    desk: Desk | None = request.app.state.desk
    view = read_relay(read.session, read.consortium, mirror.wall_clock())
    answer = answer_from(RelayResponse, read.as_of, view, _quota(read, desk, member, mirror.wall_clock()))
    return respond(request, answer)


def _quota(read: Reading, desk: Desk | None, member: str | None, wall: int) -> _Quota:
    most = desk.most_a_day if desk else None
    if member is None:
        return _Quota(most, None)
    number = find_member_record(read.session, read.consortium, member).member_id
    return _Quota(most, most and max(0, most - accepted_since(read.session, read.consortium, number, wall - DAY)))


@router.post(
    "/ballots",
    response_model=RelayedBallotResponse,
    status_code=202,
    responses={200: {"model": RelayedBallotResponse, "description": "Taken in before"}, **problems(404, 409, 413, 429)},
    summary="Hand in a signed ballot",
)
def post_ballot(request: Request, handed: BallotBody, idempotency_key: IdempotencyKey = None) -> Response:
    """Takes a ballot in for sending, after trying it out on the chain. The signature is the authority: no sign-in.

    The same ballot again, however often, is one ballot; the answer is then 200. Where it is refused nothing is kept.
    """
    desk: Desk | None = request.app.state.desk
    if desk is None:
        raise RelayOffError
    words = None if handed.reason is None else Words(**handed.reason.model_dump())
    taken = desk.take_in(read_ballot(handed.typed_data, handed.signature, words), idempotency_key)
    with desk.mirror.reading() as reading:
        response = respond(request, answer_from(RelayedBallotResponse, reading.as_of, taken.ballot))
    response.headers["cache-control"] = "no-store"
    response.headers["location"] = f"/v1/relay/ballots/{taken.ballot.id}"
    response.status_code = 202 if taken.new else 200
    return response


@router.get(
    "/ballots/{ballot_id}",
    response_model=RelayedBallotResponse,
    responses=problems("RELAYED_BALLOT_NOT_FOUND"),
    summary="See how far a ballot is",
)
def get_relayed_ballot(request: Request, read: Read, ballot_id: BallotId) -> Response:
    """From taken in to final, or why it failed. What is `included` here is in the tally of the same `as_of`."""
    return respond(
        request,
        answer_from(RelayedBallotResponse, read.as_of, find_relayed_ballot(read.session, read.consortium, ballot_id)),
    )
