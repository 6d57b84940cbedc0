"""The vectors shared with the contracts, read into values of the domain."""

from __future__ import annotations

import json
from pathlib import Path

from backend.domain.ballots import Choice
from backend.domain.outcome import Outcome
from backend.domain.rules import Base, Rule, TieBreak
from backend.domain.tally import Tally
from backend.domain.values import Ratio

FOLDER = Path(__file__).parents[1] / "vectors"


def load(name: str) -> list[dict]:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def rule_of(case: dict) -> Rule:
    """Read a rule; a key that is left out asks for nothing."""
    terms = dict(case["rule"])
    ratios = {key: ratio_of(terms.pop(key)) for key in ("quorum", "majority", "countries") if key in terms}
    tie = TieBreak[terms.pop("tie", "rejected").upper()]
    return Rule(**ratios, base=Base[terms.pop("base").upper()], tie=tie, **terms)


def tally_of(case: dict) -> Tally:
    """Read a tally; a key that is left out counts nothing."""
    counts = dict(case["tally"])
    votes = [counts.pop(key) for key in ("for", "against", "abstain", "entitled")]
    support = counts.pop("chair_support", None)
    return Tally(*votes, chair_support=Choice[support.upper()] if support else None, **counts)


def ratio_of(text: str) -> Ratio:
    numerator, denominator = text.split("/")
    return Ratio(int(numerator), int(denominator))


def as_vector(outcome: Outcome) -> dict:
    """Write an outcome as the vectors do."""
    steps = [
        {"step": step.name.value, "left": str(step.left), "op": step.op, "right": str(step.right), "ok": step.ok}
        for step in outcome.steps
    ]
    return {"verdict": outcome.verdict.label, "reason": outcome.reason.value, "steps": steps}


def expected_of(case: dict) -> dict:
    return {key: case[key] for key in ("verdict", "reason", "steps")}
