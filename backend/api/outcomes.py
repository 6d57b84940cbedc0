"""The outcome of a proposal: its tally judged by its rule, with the trace of every step."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from backend.api.answers import Answer, BigInteger, Model, answer_from
from backend.api.errors import problems
from backend.api.parameters import NAME, Governor, NamedProposal, Read
from backend.api.replies import respond
from backend.api.rules import RuleItem
from backend.api.words import ChoiceName, ClassName, VerdictName
from backend.domain.outcome import Reason, StepName
from backend.domain.proposals import ProposalState
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
    by_class: dict[ClassName, dict[ChoiceName, int]]
    """Class of members → choice → ballots."""
    recused: int
    """Members of the electorate that take no part; they are not among the entitled."""
    countries: int
    """Countries of the electorate; counted only where the rule asks for countries."""
    countries_for: int
    """Of these, with more votes for than against."""
    attempt: int
    """1, or 2 and more for a question called again."""
    chair_support: ChoiceName | None
    """The chair's own ballot, which breaks a tie where the rule says so."""
    by_country: dict[str, dict[ChoiceName, int]]
    """Country → choice → ballots; empty where the rule asks for no countries."""


class StepResponse(Model):
    """One comparison of the judgment; both sides as they were counted and written, never reduced."""

    step: StepName
    left: str
    op: Literal[">=", ">"]
    right: str
    ok: bool
    needed: int
    """Least number before the stroke of `left` with which the step is passed."""


class OutcomeItem(Model):
    """The tally as it stands, judged by a rule."""

    proposal_id: BigInteger
    state: ProposalState
    verdict: VerdictName
    reason: Reason
    """The step that decided."""
    decided: bool
    """False while voting is not over, or its last ballots may not be read yet: the verdict then says what would be if
    no further ballot came."""
    tally: TallyResponse
    steps: tuple[StepResponse, ...]
    rule: RuleItem


class OutcomeResponse(Answer, OutcomeItem):
    """The outcome of one proposal."""


@router.get(
    "/proposals/{proposal_id}/outcome",
    response_model=OutcomeResponse,
    responses=problems("PROPOSAL_NOT_FOUND", "RULE_NOT_FOUND"),
    summary="See what the ballots amount to, step by step",
)
def get_outcome(
    request: Request, read: Read, proposal_id: NamedProposal, governor: Governor = None, rule: OtherRule = None
) -> Response:
    """The tally judged by the rule the proposal was opened under, or by another one if asked."""
    outcome = read_outcome(read.session, read.consortium, proposal_id, read.now, governor=governor, rule=rule)
    return respond(request, answer_from(OutcomeResponse, read.as_of, outcome))
