"""What was said on any proposal: recusals, vetoes, minutes and objections as lists of their own, newest first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from backend.api.answers import PageAnswer, answer_from
from backend.api.errors import problems
from backend.api.parameters import LIMIT, Cursor, InBody, Limit, OfMember, Read
from backend.api.proceedings import MinutesItem, ObjectionItem, RecusalItem, VetoItem
from backend.api.refs import ProposalRefResponse
from backend.api.replies import respond
from backend.queries.interventions import (
    Wanted,
    list_all_minutes,
    list_all_objections,
    list_all_recusals,
    list_all_vetoes,
)

router = APIRouter(tags=["proposals"])


def in_body(body: InBody = None, limit: Limit = LIMIT, cursor: Cursor = None) -> Wanted:
    """Ask for one part of a list, in all bodies or one."""
    return Wanted(body, None, limit, cursor)


def in_body_of_member(
    body: InBody = None, member: OfMember = None, limit: Limit = LIMIT, cursor: Cursor = None
) -> Wanted:
    """Ask for one part of a list, in all bodies or one, of all members or one."""
    return Wanted(body, member, limit, cursor)


InBodies = Annotated[Wanted, Depends(in_body)]
OfMembers = Annotated[Wanted, Depends(in_body_of_member)]
Standing = Annotated[bool | None, Query(description="Only vetoes that stand, or only those that were withdrawn.")]


class PlacedRecusalItem(RecusalItem):
    """A recusal, and on what."""

    proposal: ProposalRefResponse
    body: str


class PlacedVetoItem(VetoItem):
    """A veto, and on what."""

    proposal: ProposalRefResponse
    body: str


class PlacedMinutesItem(MinutesItem):
    """A version of minutes, and of what."""

    proposal: ProposalRefResponse
    body: str


class PlacedObjectionItem(ObjectionItem):
    """An objection, and to the minutes of what."""

    proposal: ProposalRefResponse
    body: str


class AllRecusalsResponse(PageAnswer):
    """Recusals on any proposal, newest first."""

    items: tuple[PlacedRecusalItem, ...]


class AllVetoesResponse(PageAnswer):
    """Vetoes on any proposal, newest first."""

    items: tuple[PlacedVetoItem, ...]


class AllMinutesResponse(PageAnswer):
    """Minutes of any proposal, every version, newest first."""

    items: tuple[PlacedMinutesItem, ...]


class AllObjectionsResponse(PageAnswer):
    """Objections to the minutes of any proposal, newest first."""

    items: tuple[PlacedObjectionItem, ...]


@router.get("/recusals", response_model=AllRecusalsResponse, responses=problems(), summary="List all recusals")
def get_all_recusals(request: Request, read: Read, wanted: OfMembers) -> Response:
    """Who took no part in which vote, in any body or one, of any member or one."""
    page = list_all_recusals(read.session, read.consortium, wanted)
    return respond(request, answer_from(AllRecusalsResponse, read.as_of, page))


@router.get("/vetoes", response_model=AllVetoesResponse, responses=problems(), summary="List all vetoes")
def get_all_vetoes(request: Request, read: Read, wanted: OfMembers, standing: Standing = None) -> Response:
    """Who vetoed what on which ground, in any body or one, of any member or one."""
    page = list_all_vetoes(read.session, read.consortium, wanted, standing=standing)
    return respond(request, answer_from(AllVetoesResponse, read.as_of, page))


@router.get("/minutes", response_model=AllMinutesResponse, responses=problems(), summary="List all minutes")
def get_all_minutes(request: Request, read: Read, wanted: InBodies) -> Response:
    """Hashes of the minutes the registrar recorded, in any body or one."""
    page = list_all_minutes(read.session, read.consortium, wanted)
    return respond(request, answer_from(AllMinutesResponse, read.as_of, page))


@router.get("/objections", response_model=AllObjectionsResponse, responses=problems(), summary="List all objections")
def get_all_objections(request: Request, read: Read, wanted: OfMembers) -> Response:
    """Who objected to which minutes, in any body or one, of any member or one."""
    page = list_all_objections(read.session, read.consortium, wanted)
    return respond(request, answer_from(AllObjectionsResponse, read.as_of, page))
