"""Rules: how a question is decided. Every version is kept, because a proposal keeps the one it was opened under."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from backend.api.answers import Answer, Model, PageAnswer, Time, answer_from
from backend.api.errors import problems
from backend.api.parameters import NAME, Part, Read, RuleKey
from backend.api.replies import respond
from backend.queries.parts import part_of
from backend.queries.rules import find_rule, list_rules

router = APIRouter(tags=["rules"])

OfName = Annotated[str | None, Query(pattern=NAME, description="Only versions of the rule of this name.")]
InForce = Annotated[bool | None, Query(description="Only versions in force, or only replaced ones.")]


class RuleItem(Model):
    """One version of one rule. Durations in seconds; the ratio `0/1` asks for nothing."""

    id: int
    name: str
    version: int
    in_force: bool
    """False once a later version has replaced it."""
    notice: int
    """Least time from publication to opening."""
    short_notice: int
    """The same for an extraordinary meeting, and for a question called again."""
    period: int
    """How long voting is open."""
    quorum: str
    """Share of the entitled who hand in a ballot of any choice."""
    majority: str
    base: str
    """What the majority is a share of: cast (for and against), participating (any choice) or entitled (all)."""
    strict: bool
    """More than the majority, not just as much."""
    binding: bool
    """False for a consultation: nothing follows from it."""
    standstill: int
    """After the deadline, before an adopted decision binds: draft minutes and objections."""
    veto_window: int
    """After the deadline, in which a veto may still be raised; 0: only while voting is open."""
    countries: str
    """Share of the electorate's countries with more votes for than against."""
    abstentions_cast: bool
    """Abstentions count as votes cast."""
    silence_consents: bool
    """A member without a ballot counts as a vote for; there is then no quorum."""
    early_close: bool
    """Voting may be closed as soon as the outcome is certain."""
    revisable: bool
    """A ballot may be changed until the deadline; the last counts."""
    external_approval: bool
    """An adopted decision waits for the recorded answer of an outside authority."""
    tie: str
    """What becomes of as many votes for as against: rejected, or chair (the chair's own ballot decides)."""
    calls: int
    """From this attempt on there is no quorum; 0 if it never falls away."""
    mandates: int
    """How many other members' ballots one member may cast on a proposal."""
    veto_grounds: tuple[str, ...]
    """Grounds on which a member may veto: own_work, time_for_performance, costs, liabilities, intellectual_property,
    other_legitimate_interest; empty where there is no veto."""
    set_at: Time


class RuleResponse(Answer, RuleItem):
    """One version of one rule."""


class RulesResponse(PageAnswer):
    """Versions of the rules, by number."""

    items: tuple[RuleItem, ...]


@router.get("/rules", response_model=RulesResponse, responses=problems(), summary="List the rules")
def get_rules(request: Request, read: Read, part: Part, in_force: InForce = None, name: OfName = None) -> Response:
    """Every version of every rule, by number."""
    rules = list_rules(read.session, read.consortium, in_force=in_force, name=name)
    return respond(request, answer_from(RulesResponse, read.as_of, part_of(rules, part, 1, lambda rule: (rule.id,))))


@router.get("/rules/{key}", response_model=RuleResponse, responses=problems("RULE_NOT_FOUND"), summary="Find one rule")
def get_rule(request: Request, read: Read, key: RuleKey) -> Response:
    """One version by its number, or the version in force by the rule's name."""
    return respond(request, answer_from(RuleResponse, read.as_of, find_rule(read.session, read.consortium, key)))
