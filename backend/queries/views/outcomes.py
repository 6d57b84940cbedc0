"""What ballots amount to."""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.queries.views.law import RuleView


@dataclass(frozen=True, slots=True)
class TallyView:
    """The sum of the ballots."""

    for_votes: int
    against_votes: int
    abstain_votes: int
    entitled: int
    participating: int
    silent: int
    needed: int
    """Least number of ballots of any choice for the quorum; 0 where the rule has none."""
    by_class: dict[str, dict[str, int]] = field(default_factory=dict)
    """Class label → choice (for, against, abstain) → ballots."""
    recused: int = 0
    """Members of the electorate that take no part; they are not among the entitled."""
    countries: int = 0
    """Countries of the electorate; counted only where the rule asks for countries."""
    countries_for: int = 0
    """Of these, with more votes for than against."""
    attempt: int = 1
    chair_support: str | None = None
    """The chair's own ballot; None without a ballot or a chair."""
    by_country: dict[str, dict[str, int]] = field(default_factory=dict)
    """Country → choice → ballots; empty where the rule asks for no countries."""


@dataclass(frozen=True, slots=True)
class StepView:
    """One comparison of the judgment."""

    step: str
    left: str
    op: str
    right: str
    ok: bool
    needed: int
    """Least number before the stroke of `left` with which the step is passed."""


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """The tally as it stands, judged by a rule."""

    proposal_id: int
    state: str
    verdict: str
    """no_quorum, rejected, adopted or consulted: the tally as it stands, judged by the rule."""
    reason: str
    """Stable code of the step that decided: QUORUM_NOT_REACHED, MAJORITY_NOT_REACHED,
    COUNTRIES_NOT_REACHED, MAJORITY_REACHED, CASTING_VOTE or CONSULTATION_CLOSED."""
    decided: bool
    """False while voting is not over, or its last ballots may not be read yet: the verdict is what would be if no
    further ballot came."""
    tally: TallyView
    steps: tuple[StepView, ...]
    rule: RuleView
