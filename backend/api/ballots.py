"""Ballots of one proposal, by organisation, and the organisations that have handed in none."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response

from backend.api.answers import Model, PageAnswer, Time, answer_from
from backend.api.errors import problems
from backend.api.members import MemberRefResponse
from backend.api.parameters import LIMIT, Cursor, Governor, Limit, NamedProposal, Part, Read
from backend.api.replies import respond
from backend.api.words import ChoiceName
from backend.queries.ballots import list_ballots
from backend.queries.non_voters import page_of_non_voters

router = APIRouter(tags=["proposals"])


class EarlierBallotResponse(Model):
    """A ballot that counted until another took its place."""

    choice: ChoiceName
    cast_by: MemberRefResponse | None
    """The member that cast it by mandate; None for the member itself."""
    cast_at: Time
    transaction_hash: str


class BallotItem(Model):
    """One ballot, as it counts."""

    member: MemberRefResponse
    choice: ChoiceName
    wallet: str
    """The member's wallet of that time; the ballot is the member's, whatever wallet it has now."""
    cast_by: MemberRefResponse | None
    """The member that cast it by mandate; None for the member itself."""
    revision: int
    """How many ballots of its own the member has handed in."""
    cast_at: Time
    block_number: int
    log_index: int
    """Of its `VoteCast` in the block."""
    transaction_hash: str
    reason_commitment: str | None
    """Hash of the salted reason, as on chain; None where no reason was given."""
    reason: str | None
    """The text behind the commitment, where it is at hand, was written for this ballot and was not erased."""
    finality: Literal["provisional", "final"]
    earlier: tuple[EarlierBallotResponse, ...]
    """What it took the place of, oldest first."""


class BallotsResponse(PageAnswer):
    """Ballots of one proposal, by the member's code."""

    items: tuple[BallotItem, ...]


class NonVotersResponse(PageAnswer):
    """Members of the electorate without a ballot, by code."""

    items: tuple[MemberRefResponse, ...]


@router.get(
    "/proposals/{proposal_id}/ballots",
    response_model=BallotsResponse,
    responses=problems("PROPOSAL_NOT_FOUND"),
    summary="List the ballots of a proposal",
)
def get_ballots(
    request: Request,
    read: Read,
    proposal_id: NamedProposal,
    governor: Governor = None,
    limit: Limit = LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Every counted ballot with its member, choice, time and place on chain, and those it took the place of."""
    page = list_ballots(read.session, read.consortium, proposal_id, governor=governor, limit=limit, cursor=cursor)
    return respond(request, answer_from(BallotsResponse, read.as_of, page))


@router.get(
    "/proposals/{proposal_id}/non-voters",
    response_model=NonVotersResponse,
    responses=problems("PROPOSAL_NOT_FOUND"),
    summary="List who has not voted",
)
def get_non_voters(
    request: Request, read: Read, proposal_id: NamedProposal, part: Part, governor: Governor = None
) -> Response:
    """Electors, less the recused, who have handed in no ballot; before the opening, as the roll stands now."""
    page = page_of_non_voters(read.session, read.consortium, proposal_id, read.now, part, governor=governor)
    return respond(request, answer_from(NonVotersResponse, read.as_of, page))
