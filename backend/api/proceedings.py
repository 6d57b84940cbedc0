"""What was said on a proposal beside ballots: recusals, vetoes, minutes and objections to them."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response

from backend.api.answers import Answer, Model, PageAnswer, Time, answer_from
from backend.api.errors import problems
from backend.api.members import MemberRefResponse
from backend.api.parameters import Governor, NamedProposal, Part, Read
from backend.api.replies import respond
from backend.queries.proceedings import list_recusals, list_vetoes, read_minutes

router = APIRouter(tags=["proposals"])


class RecusalItem(Model):
    """A member that takes no part in the vote: out of numerator and denominator."""

    member: MemberRefResponse
    declared: bool
    """By the member itself; otherwise because the proposal is about it."""
    recused_at: Time
    transaction_hash: str
    finality: Literal["provisional", "final"]


class VetoItem(Model):
    """A member's veto; an adopted decision does not bind while one stands."""

    member: MemberRefResponse
    ground: str
    """own_work, time_for_performance, costs, liabilities, intellectual_property or other_legitimate_interest."""
    statement_hash: str
    """Of the member's statement, which is kept off chain."""
    raised_at: Time
    transaction_hash: str
    withdrawn_at: Time | None
    withdrawn_transaction: str | None
    finality: Literal["provisional", "final"]


class MinutesItem(Model):
    """One version of the minutes."""

    version: int
    """1 for the draft; each later one corrects it."""
    document_hash: str
    recorded_at: Time
    transaction_hash: str
    finality: Literal["provisional", "final"]


class ObjectionItem(Model):
    """A member's objection to the minutes; the decision waits for corrected ones."""

    member: MemberRefResponse
    statement_hash: str
    """Of the member's statement, which is kept off chain."""
    raised_at: Time
    transaction_hash: str
    finality: Literal["provisional", "final"]


class RecusalsResponse(PageAnswer):
    """Recusals on one proposal, oldest first."""

    items: tuple[RecusalItem, ...]


class VetoesResponse(PageAnswer):
    """Vetoes on one proposal, oldest first."""

    items: tuple[VetoItem, ...]


class MinutesResponse(Answer):
    """The minutes of one proposal."""

    versions: tuple[MinutesItem, ...]
    objections: tuple[ObjectionItem, ...]
    objection_stands: bool
    """Whether corrected minutes are still owed."""
    binding_at: Time | None
    """Last second in which the decision does not bind yet; None if it was not adopted, or while an objection stands."""


@router.get(
    "/proposals/{proposal_id}/recusals",
    response_model=RecusalsResponse,
    responses=problems("PROPOSAL_NOT_FOUND"),
    summary="List who takes no part",
)
def get_recusals(
    request: Request, read: Read, proposal_id: NamedProposal, part: Part, governor: Governor = None
) -> Response:
    """Members that are recused, by their own declaration or because the proposal is about them."""
    page = list_recusals(read.session, read.consortium, proposal_id, part, governor=governor)
    return respond(request, answer_from(RecusalsResponse, read.as_of, page))


@router.get(
    "/proposals/{proposal_id}/vetoes",
    response_model=VetoesResponse,
    responses=problems("PROPOSAL_NOT_FOUND"),
    summary="List the vetoes on a proposal",
)
def get_vetoes(
    request: Request, read: Read, proposal_id: NamedProposal, part: Part, governor: Governor = None
) -> Response:
    """Every veto with its ground, standing or withdrawn."""
    page = list_vetoes(read.session, read.consortium, proposal_id, part, governor=governor)
    return respond(request, answer_from(VetoesResponse, read.as_of, page))


@router.get(
    "/proposals/{proposal_id}/minutes",
    response_model=MinutesResponse,
    responses=problems("PROPOSAL_NOT_FOUND"),
    summary="Read the minutes of a proposal",
)
def get_minutes(request: Request, read: Read, proposal_id: NamedProposal, governor: Governor = None) -> Response:
    """Every version of the minutes, every objection, and from when the decision binds."""
    book = read_minutes(read.session, read.consortium, proposal_id, read.now, governor=governor)
    return respond(request, answer_from(MinutesResponse, read.as_of, book))
