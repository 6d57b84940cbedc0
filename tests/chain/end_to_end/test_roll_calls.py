"""A small assembly's roll calls, written as the recorded ones are, through chain, mirror and API."""

from __future__ import annotations

import csv
import dataclasses
import random

import pytest
from rich.console import Console

from scripts.replay_roll_calls import run
from scripts.roll_calls import read_roll_calls

CODES = ["NA", "SI", "IT", "GR", "RO", "BE", "HU", "SE", "DE", "LT", "ES", "FR", "AT", "HR", "PT", "IE", "DK", "NO"]
SHARES = [(12, 0, 0), (8, 4, 0), (7, 4, 1), (10, 1, 0), (0, 0, 12), (9, 5, 4), (0, 18, 0)]
"""For, against, abstain: just 2/3 present and 2/3 of the cast, one short of either, half, nobody for."""


def write(path, rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.fixture
def roll_calls(tmp_path):
    votes, tallies = [], []
    for number, (yes, no, abstain) in enumerate(SHARES, start=1):
        voters = random.Random(number).sample(CODES, yes + no + abstain)
        choices = ["yes"] * yes + ["no"] * no + ["abstain"] * abstain
        votes += [(number, code, code, choice) for code, choice in zip(voters, choices, strict=True)]
        size, present = len(CODES), len(voters)
        passed = yes > 0 and 3 * yes >= 2 * (yes + no)
        verdicts = (int(3 * present >= 2 * size), int(passed), int(100 * yes >= 51 * size))
        tallies.append((number, size, yes, no, abstain, size - present, *verdicts))
    write(tmp_path / "members.csv", [("country_code", "country"), *((code, f"State {code}") for code in CODES)])
    questions = [(number, f"Question, {number}", "") for number in range(1, len(SHARES) + 1)]
    write(tmp_path / "roll_calls.csv", [("rcid", "short", "descr"), *questions])
    write(tmp_path / "votes.csv", [("rcid", "country_code", "country", "vote"), *votes])
    names = ("rcid", "roll_size", "yes", "no", "abstain", "silent", "quorum_2_3", "majority_2_3_of_yes_no")
    write(tmp_path / "expected_tallies.csv", [(*names, "majority_51pct_of_all"), *tallies])
    return read_roll_calls(tmp_path)


def test_tallies_and_both_verdicts_agree_on_chain_and_from_the_api_and_a_wrong_expectation_shows(roll_calls, tmp_path):
    wrong = dataclasses.replace(roll_calls.expected["2"], two_thirds_of_cast=False)
    told = dataclasses.replace(roll_calls, expected={**roll_calls.expected, "2": wrong})
    work = tmp_path / "work"
    work.mkdir()
    differences = run(told, work, Console(quiet=True))
    assert [difference.split(" says")[0] for difference in differences] == ["roll call 2: chain", "roll call 2: API"]
