"""The law in Solidity gives the same answers as the vectors that the law in Python is held to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from brownie import web3
from consortium import AGREEMENT, PARTNER, admission, plain, put, resolution
from eth_abi import encode

BALLOTS_SLOT = 7
"""Where a governor keeps its ballots: proposal → index → word."""

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


def store_word(question, index: int, word: int) -> None:
    outer = web3.keccak(encode(["uint256", "uint256"], [question.id, BALLOTS_SLOT]))
    slot = web3.keccak(encode(["uint256", "bytes32"], [index, outer]))
    arguments = [question.governor.address, slot.to_0x_hex(), f"0x{word:064x}"]
    web3.provider.make_request("anvil_setStorageAt", arguments)


def test_words_of_ballots_are_counted_as_the_vectors_say(consortium):
    vectors = cases("ballots")
    longest = max(len(case["words"]) for case in vectors)
    for start in range(11, 32 * longest - 15, 30):
        consortium.registry.found([admission(number, PARTNER) for number in range(start, start + 30)], AGREEMENT)
    question = put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")])
    for case in vectors:
        words = [int(word, 16) for word in case["words"]]
        for index in range(longest):
            store_word(question, index, words[index] if index < len(words) else 0)
        expected = as_tally(case["tally"])[:3]
        assert plain(consortium.assembly.proposalVotes(question.id)) == expected, case["name"]
