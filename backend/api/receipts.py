"""Receipts of ballots: where on the chain each of them is, so that anyone can look it up with any node."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response

from backend.api.answers import Model, PageAnswer, Time, answer_from
from backend.api.errors import problems
from backend.api.members import MemberRefResponse
from backend.api.parameters import Governor, MemberKey, NamedProposal, Part, Read
from backend.api.refs import ProposalRefResponse
from backend.api.replies import respond
from backend.api.words import ChoiceName
from backend.queries.parts import part_of
from backend.queries.receipts import read_receipts
from backend.queries.views import ReceiptView

router = APIRouter(tags=["proposals"])


class ReceiptItem(Model):
    """Where one ballot is. Whether its member sent it itself or signed it for another to send, no event says."""

    proposal: ProposalRefResponse
    body: str
    governor: str
    """The contract that logged it."""
    member: MemberRefResponse
    choice: ChoiceName
    wallet: str
    cast_by: MemberRefResponse | None
    """The member that cast it by mandate; None for the member itself."""
    revision: int
    """How many ballots of its own the member had handed in by then."""
    reason_commitment: str | None
    counts: bool
    """False for a ballot that another took the place of."""
    cast_at: Time
    chain: str
    """CAIP-2."""
    block_number: int
    block_hash: str
    transaction_hash: str
    log_index: int
    """Of its `VoteCast` in the block."""
    finality: Literal["provisional", "final"]
    """provisional while a reorganisation may still take it back."""
    confirmations: int
    """Blocks mirrored since, the ballot's own among them."""


class ReceiptsResponse(PageAnswer):
    """Receipts of a member's ballots on a proposal: the one that counts, then those before it, newest first."""

    items: tuple[ReceiptItem, ...]


@router.get(
    "/proposals/{proposal_id}/ballots/{key}/receipt",
    response_model=ReceiptsResponse,
    responses=problems("PROPOSAL_NOT_FOUND", "MEMBER_NOT_FOUND", "BALLOT_NOT_FOUND"),
    summary="Find a ballot on the chain",
)
def get_receipt(
    request: Request, read: Read, proposal_id: NamedProposal, key: MemberKey, part: Part, governor: Governor = None
) -> Response:
    """Block, transaction and log of a member's ballot, and of those it took the place of."""
    receipts = read_receipts(read.session, read.consortium, read.as_of, proposal_id, key, governor=governor)
    return respond(request, answer_from(ReceiptsResponse, read.as_of, part_of(receipts, part, 3, _place)))


def _place(receipt: ReceiptView) -> tuple[int, ...]:
    return int(not receipt.counts), -receipt.block_number, -receipt.log_index
