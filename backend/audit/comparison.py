"""Puts the mirror's claims to the contracts and collects every difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from backend.audit.claims import Claim, Difference, differences
from backend.chain.views import Caller, NoAnswer, ask
from backend.domain.values import Hash32

AT_ONCE = 500
"""Claims in memory at a time."""


@dataclass(slots=True)
class Comparison:
    """What came of it."""

    subjects: set[str] = field(default_factory=set)
    """All that were compared."""
    answers: int = 0
    """Answers of contracts that were compared."""
    unanswered: int = 0
    """Questions that the node did not answer; they say nothing."""
    problem: str | None = None
    """Why it did not, once."""
    differences: list[Difference] = field(default_factory=list)


def compare(
    node: Caller, claims: Iterable[Claim], block_hash: Hash32, report: Callable[[int], object] = lambda _: None
) -> Comparison:
    """Put all claims to the contracts as of one block; report how many were put after each part.

    Raises:
        NodeUnavailableError: the node does not answer.
    """
    outcome, waiting, put = Comparison(), iter(claims), 0
    while part := list(islice(waiting, AT_ONCE)):
        answers = ask(node, [claim.view for claim in part], block_hash)
        for claim, answer in zip(part, answers, strict=True):
            _note(outcome, claim, answer)
        put += len(part)
        report(put)
    return outcome


def _note(outcome: Comparison, claim: Claim, answer: dict[str, object] | NoAnswer) -> None:
    if not isinstance(answer, NoAnswer):
        outcome.subjects.add(claim.subject)
        outcome.answers += 1
        outcome.differences += differences(claim, answer)
    elif answer.refused_by_contract:
        outcome.subjects.add(claim.subject)
        outcome.answers += 1
        refusal = Difference(claim.subject, claim.view.function, "an answer", f"a refusal: {answer.problem}")
        outcome.differences.append(refusal)
    else:
        outcome.unanswered += 1
        outcome.problem = answer.problem
