"""The law in Solidity gives the same answers as the vectors that the law in Python is held to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

VECTORS = Path(__file__).parents[2] / "vectors"
BASES = ["cast", "participating", "entitled"]
VERDICTS = ["no_quorum", "rejected", "adopted", "consulted"]
STEPS = ["quorum", "majority"]


def cases(name: str) -> list[dict]:
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def fraction(text: str) -> list[int]:
    return [int(number) for number in text.split("/")]


def as_rule(rule: dict) -> tuple:
    durations = [rule["notice"], rule["short_notice"], rule["period"]]
    thresholds = fraction(rule["quorum"]) + fraction(rule["majority"])
    return (*durations, *thresholds, BASES.index(rule["base"]), rule["strict"], rule["binding"])


def as_tally(tally: dict) -> tuple:
    return tally["against"], tally["for"], tally["abstain"], tally["entitled"]


def as_step(step: dict) -> tuple:
    comparison = (*fraction(step["left"]), *fraction(step["right"]), step["op"] == ">", step["ok"])
    return (STEPS.index(step["step"]), *comparison)


@pytest.mark.parametrize("case", cases("judgment"), ids=lambda case: case["name"])
def test_judgment_in_solidity_equals_the_vector(consortium, case):
    verdict, steps = consortium.rulebook.judge(as_rule(case["rule"]), as_tally(case["tally"]))
    assert VERDICTS[verdict] == case["verdict"]
    assert [tuple(step) for step in steps] == [as_step(step) for step in case["steps"]]


def test_judgment_in_solidity_equals_every_small_case(consortium):
    checked = 0
    for case in cases("judgment_small"):
        verdict, steps = consortium.rulebook.judge(as_rule(case["rule"]), as_tally(case["tally"]))
        assert (VERDICTS[verdict], [tuple(step) for step in steps]) == (
            case["verdict"],
            [as_step(step) for step in case["steps"]],
        ), case["name"]
        checked += 1
    assert checked > 100
