"""The law in Solidity gives the same answers as the vectors that the law in Python is held to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from brownie import chain, web3
from consortium import AGREEMENT, PARTNER, admission, mine_at, plain, put, resolution, rule
from eth_abi import encode

from backend.domain.ballots import recused_in_words

ASSOCIATES = {9, 10}

VECTORS = Path(__file__).parents[2] / "vectors"
BASES = ["cast", "participating", "entitled"]
VERDICTS = ["no_quorum", "rejected", "adopted", "consulted"]
STEPS = ["quorum", "majority", "countries", "casting_vote"]
TIES = ["rejected", "chair"]
SUPPORTS = ["against", "for", "abstain"]
NO_CHAIR_BALLOT = len(SUPPORTS)


def cases(name: str) -> list[dict]:
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def fraction(text: str) -> list[int]:
    return [int(number) for number in text.split("/")]


def as_rule(terms: dict) -> tuple:
    """A rule as the rulebook takes it; a key that is left out asks for nothing."""
    terms = {**terms, "base": BASES.index(terms["base"]), "tie": TIES.index(terms.get("tie", "rejected"))}
    ratios = {
        "quorum": terms.pop("quorum"),
        "majority": terms.pop("majority"),
        "country": terms.pop("countries", "0/1"),
    }
    for name, ratio in ratios.items():
        terms[f"{name}_numerator"], terms[f"{name}_denominator"] = fraction(ratio)
    return rule(**terms)


def as_tally(counts: dict) -> tuple:
    """A tally as the rulebook takes it; a key that is left out counts nothing."""
    votes = (counts["against"], counts["for"], counts["abstain"], counts["entitled"], counts.get("recused", 0))
    support = SUPPORTS.index(counts["chair_support"]) if "chair_support" in counts else NO_CHAIR_BALLOT
    return (*votes, counts.get("countries", 0), counts.get("countries_for", 0), counts.get("attempt", 1), support)


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


def slot_of(question, files: int, index: int) -> bytes:
    """Where a governor keeps a word of ballots, if its files (proposal → file, words first) are in that slot."""
    file = web3.keccak(encode(["uint256", "uint256"], [question.id, files]))
    return web3.keccak(encode(["uint256", "bytes32"], [index, file]))


def slot_of_files(question) -> int:
    """Word 0 of a proposal is never empty: it holds the proposal's data beside the ballots."""
    governor = question.governor.address
    found = [slot for slot in range(40) if any(web3.eth.get_storage_at(governor, slot_of(question, slot, 0)))]
    assert len(found) == 1
    return found[0]


def store_word(question, slot: bytes, word: int) -> None:
    arguments = [question.governor.address, slot.to_0x_hex(), f"0x{word:064x}"]
    web3.provider.make_request("anvil_setStorageAt", arguments)


def test_words_of_ballots_are_counted_as_the_vectors_say(consortium):
    vectors = cases("ballots")
    longest = max(len(case["words"]) for case in vectors)
    for start in range(11, 32 * longest - 15, 30):
        consortium.registry.found([admission(number, PARTNER) for number in range(start, start + 30)], AGREEMENT)
    mine_at(chain[-1].timestamp + 2)  # the new members are on the roll before the second that counts
    question = put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")])
    slots = [slot_of(question, slot_of_files(question), index) for index in range(longest)]
    meta = int.from_bytes(web3.eth.get_storage_at(consortium.assembly.address, slots[0])) % 2**128
    for case in vectors:
        words = [int(word, 16) for word in case["words"]]
        for index, slot in enumerate(slots):
            word = words[index] if index < len(words) else 0
            store_word(question, slot, word >> 128 << 128 | meta if index == 0 else word)
        assert plain(consortium.assembly.proposalVotes(question.id)) == as_tally(case["tally"])[:3], case["name"]
        assert consortium.assembly.tallyOf(question.id)[4] == recused_electors(words), case["name"]


def recused_electors(words: list[int]) -> int:
    """How many of the recused vote in the assembly: all that were founded here but the two associates."""
    return len(set(recused_in_words(words)) - ASSOCIATES)
