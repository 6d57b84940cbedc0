"""The tally of a proposal judged by its rule, step by step."""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.domain.outcome import Step, judge
from backend.domain.proposals import ProposalState
from backend.domain.rules import Rule
from backend.queries.consortium import Consortium
from backend.queries.filed import ProposalName, find_filed
from backend.queries.rules import find_rule_record, views_of_rules
from backend.queries.standings import Standing, read_standings
from backend.queries.status import has_read_past
from backend.queries.tallies import tally_view
from backend.queries.views import OutcomeView, RuleView, StepView


def read_outcome(
    session: Session,
    consortium: Consortium,
    proposal_id: ProposalName,
    now: int,
    *,
    governor: str | None = None,
    rule: str | None = None,
) -> OutcomeView:
    """Judge the tally by the proposal's own rule, or by another one: "what would it be".

    Args:
        rule: number of a rule's version, or name of a rule in force.

    Raises:
        ProposalNotFoundError: no such proposal.
        RuleNotFoundError: no such rule.
    """
    filed = find_filed(session, consortium, proposal_id, governor)
    law = filed.rule if rule is None else find_rule_record(session, consortium, rule)
    standing = read_standings(session, consortium, [filed], now, law=law.rule)[0]
    shown = views_of_rules(session, consortium, [law])[law.rule_id]
    return outcome_view(session, standing, law.rule, shown, now)


def outcome_view(session: Session, standing: Standing, law: Rule, shown: RuleView, now: int) -> OutcomeView:
    """View a count as judged by a rule, `shown` as it is; the state stays that under the proposal's own rule."""
    outcome = judge(law, standing.count.tally)
    state = standing.state(now)
    return OutcomeView(
        proposal_id=standing.filed.proposal.proposal_id,
        state=state.value,
        verdict=outcome.verdict.label,
        reason=outcome.reason.value,
        decided=_is_decided(session, standing, state),
        tally=tally_view(standing.count, law),
        steps=tuple(map(_step_view, outcome.steps)),
        rule=shown,
    )


def _is_decided(session: Session, standing: Standing, state: ProposalState) -> bool:
    """Withdrawn or queued is settled; time alone settles it once the mirror has read past the deadline."""
    facts = standing.facts
    if not state.decided or facts.canceled or facts.eta is not None:
        return state.decided
    return has_read_past(session, standing.filed.proposal.consortium_id, facts.deadline)


def _step_view(step: Step) -> StepView:
    return StepView(step.name.value, str(step.left), step.op, str(step.right), step.ok, step.needed)
