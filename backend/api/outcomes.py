"""The outcome of a proposal: its tally judged by its rule, with the trace of every step."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from backend.api.answers import Answer, BigInteger, Model, answer_from, respond
from backend.api.errors import problems
from backend.api.parameters import NAME, Governor, ProposalKey, Read
from backend.api.rules import RuleItem
from backend.queries.outcomes import read_outcome

router = APIRouter(tags=["proposals"])

OtherRule = Annotated[
    str | None,
    Query(pattern=NAME, description="Judge by this rule instead (number of a version, or name): what would it be?"),
]


class TallyResponse(Model):
    """The sum of the ballots."""

    for_votes: int
    against_votes: int
    abstain_votes: int
    entitled: int
    """The electorate, frozen at the snapshot, less the recused."""
    participating: int
    """Ballots of any choice."""
    silent: int
    needed: int
    """Least number of ballots of any choice for the quorum; 0 where the rule has none."""
    by_class: dict[str, dict[str, int]]
    """Class of members → choice → ballots."""
    recused: int
    """Members of the electorate that take no part; they are not among the entitled."""
    countries: int
    """Countries of the electorate; counted only where the rule asks for countries."""
    countries_for: int
    """Of these, with more votes for than against."""
    attempt: int
    """1, or 2 and more for a question called again."""
    chair_support: Literal["for", "against", "abstain"] | None
    """The chair's own ballot, which breaks a tie where the rule says so."""
    by_country: dict[str, dict[str, int]]
    """Country → choice → ballots; empty where the rule asks for no countries."""


class StepResponse(Model):
    """One comparison of the judgment; both sides as they were counted and written, never reduced."""

    step: Literal["quorum", "majority", "casting_vote", "countries"]
    left: str
    op: str
    right: str
    ok: bool


class OutcomeItem(Model):
    """The tally as it stands, judged by a rule."""

    proposal_id: BigInteger
    state: str
    verdict: str
    """no_quorum, rejected, adopted or consulted."""
    reason: str
    """QUORUM_NOT_REACHED, MAJORITY_NOT_REACHED, COUNTRIES_NOT_REACHED, MAJORITY_REACHED, CASTING_VOTE or
    CONSULTATION_CLOSED."""
    decided: bool
    """False while voting is not over: the verdict then says what would be if voting ended now."""
    tally: TallyResponse
    steps: tuple[StepResponse, ...]
    rule: RuleItem


class OutcomeResponse(Answer, OutcomeItem):
    """The outcome of one proposal."""


@router.get(
    "/proposals/{proposal_id}/outcome",
    response_model=OutcomeResponse,
    responses=problems(404),
    summary="See what the ballots amount to, step by step",
)
def get_outcome(
    request: Request, read: Read, proposal_id: ProposalKey, governor: Governor = None, rule: OtherRule = None
) -> Response:
    """The tally judged by the rule the proposal was opened under, or by another one if asked."""
    outcome = read_outcome(read.session, read.consortium, proposal_id, read.now, governor=governor, rule=rule)
    return respond(request, answer_from(OutcomeResponse, read.as_of, outcome))
