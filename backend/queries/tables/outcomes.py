"""What the ballots on each proposal amount to, step by step."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from backend.domain.outcome import StepName
from backend.queries.consortium import Consortium
from backend.queries.outcomes import outcome_view
from backend.queries.rules import list_rules
from backend.queries.tables.columns import Column, Row, Table, Value
from backend.queries.tables.proposals import TALLIED, WHICH, tallied, which
from backend.queries.tables.standing_proposals import standing_proposals
from backend.queries.views import OutcomeView, StepView


def _step_columns(step: str) -> tuple[Column, ...]:
    return (
        Column(step, f"What was compared for the {step.replace('_', ' ')}, as in 3/4 >= 2/3.", optional=True),
        Column(f"{step}_reached", "Whether that step was passed.", "boolean", optional=True),
    )


COLUMNS = (
    *WHICH,
    Column("rule_id", "Number of the version of the rule.", "integer"),
    Column("state", "Where the proposal stands."),
    Column("verdict", "no_quorum, rejected, adopted or consulted."),
    Column("reason", "The step that decided."),
    Column("decided", "Whether no further ballot can come.", "boolean"),
    *TALLIED,
    Column("silent", "Members that handed in no ballot.", "integer"),
    Column("recused", "Members that take no part.", "integer"),
    Column("ballots_needed", "Ballots that the quorum asks for.", "integer"),
    *(column for step in StepName for column in _step_columns(step.value)),
)


def _rows(session: Session, consortium: Consortium, now: int) -> Iterator[Row]:
    rules = {rule.id: rule for rule in list_rules(session, consortium)}
    for standing, number in standing_proposals(session, consortium, now):
        shown = rules[standing.filed.rule.rule_id]
        yield *which(standing, number), *_outcome(outcome_view(session, standing, standing.rule, shown, now))


def _outcome(outcome: OutcomeView) -> Row:
    tally, steps = outcome.tally, {step.step: step for step in outcome.steps}
    return (
        outcome.rule.id,
        outcome.state,
        outcome.verdict,
        outcome.reason,
        outcome.decided,
        *tallied(tally),
        tally.silent,
        tally.recused,
        tally.needed,
        *(value for name in StepName for value in _step(steps.get(name.value))),
    )


def _step(step: StepView | None) -> tuple[Value, Value]:
    return (None, None) if step is None else (f"{step.left} {step.op} {step.right}", step.ok)


OUTCOMES = Table("outcomes", "The outcome of every proposal under its own rule.", COLUMNS, _rows)
