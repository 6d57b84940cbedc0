"""The vectors shared with the contracts, read into values of the domain."""

from __future__ import annotations

import json
from pathlib import Path

from backend.domain.outcome import Outcome
from backend.domain.rules import Base, Rule
from backend.domain.tally import Tally
from backend.domain.values import Ratio

FOLDER = Path(__file__).parents[1] / "vectors"


def load(name: str) -> list[dict]:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def rule_of(case: dict) -> Rule:
    terms = case["rule"]
    return Rule(
        notice=terms["notice"],
        short_notice=terms["short_notice"],
        period=terms["period"],
        quorum=ratio_of(terms["quorum"]),
        majority=ratio_of(terms["majority"]),
        base=Base[terms["base"].upper()],
        strict=terms["strict"],
        binding=terms["binding"],
    )


def tally_of(case: dict) -> Tally:
    counts = case["tally"]
    return Tally(counts["for"], counts["against"], counts["abstain"], counts["entitled"])


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
