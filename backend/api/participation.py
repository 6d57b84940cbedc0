"""Who takes part: votes each member could take part in, and what it did; and what became of a body's proposals."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from backend.api.answers import Answer, Model, PageAnswer, answer_from
from backend.api.errors import problems
from backend.api.members import MemberRefResponse
from backend.api.parameters import BodyName, InBody, MemberKey, Moment, Part, Read
from backend.api.proposal_query import span
from backend.api.replies import respond
from backend.api.words import ChoiceName
from backend.queries.participation import ParticipationFilter, page_of_participation
from backend.queries.statistics import read_statistics

router = APIRouter(tags=["activity"])


class ParticipationItem(Model):
    """How often a member took part in the votes of one body that are over."""

    member: MemberRefResponse
    body: str
    entitled: int
    """Votes in which its ballot would have counted: it was in the electorate and not recused."""
    cast: int
    """Votes in which a ballot of it counts."""
    by_mandate: int
    """Of these, cast by another member."""
    for_others: int
    """Ballots it cast for other members."""
    recused: int
    choices: dict[ChoiceName, int]


class ParticipationResponse(PageAnswer):
    """Members and bodies, by the member's code."""

    items: tuple[ParticipationItem, ...]


class StatisticsResponse(Answer):
    """What became of the proposals of one body."""

    body: str
    proposals: int
    by_state: dict[str, int]
    by_kind: dict[str, int]
    closed: int
    """Proposals whose vote is over; the figures below are theirs."""
    ballots: int
    entitled: int
    """Ballots that could have been handed in: `ballots / entitled` is the turnout."""
    vetoes: int
    """Vetoes that stand."""
    recalled: int
    """Calls of a question after the first."""


@router.get(
    "/participation", response_model=ParticipationResponse, responses=problems(), summary="See how often members vote"
)
def get_participation(
    request: Request, read: Read, part: Part, body: InBody = None, closes_from: Moment = None, closes_to: Moment = None
) -> Response:
    """For every member and body: votes that are over (in a period, if asked), and in how many it took part."""
    wanted = ParticipationFilter(None, body, span(closes_from, closes_to))
    page = page_of_participation(read.session, read.consortium, read.now, wanted, part)
    return respond(request, answer_from(ParticipationResponse, read.as_of, page))


@router.get(
    "/members/{key}/participation",
    response_model=ParticipationResponse,
    responses=problems("MEMBER_NOT_FOUND"),
    summary="See how often one member votes",
)
def get_participation_of(
    request: Request,
    read: Read,
    key: MemberKey,
    part: Part,
    body: InBody = None,
    closes_from: Moment = None,
    closes_to: Moment = None,
) -> Response:
    """In each body: votes that are over (in a period, if asked) that the member could take part in, and what it did."""
    wanted = ParticipationFilter(key, body, span(closes_from, closes_to))
    page = page_of_participation(read.session, read.consortium, read.now, wanted, part)
    return respond(request, answer_from(ParticipationResponse, read.as_of, page))


@router.get(
    "/bodies/{name}/statistics",
    response_model=StatisticsResponse,
    responses=problems("BODY_NOT_FOUND"),
    summary="See what became of a body's proposals",
)
def get_statistics(
    request: Request, read: Read, name: BodyName, opens_from: Moment = None, opens_to: Moment = None
) -> Response:
    """Proposals of one body by state and kind, and how many ballots they met with; of a period, if asked."""
    statistics = read_statistics(read.session, read.consortium, name, read.now, span(opens_from, opens_to))
    return respond(request, answer_from(StatisticsResponse, read.as_of, statistics))
