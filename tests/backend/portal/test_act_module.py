"""The fixed tables of the module for acts, held against the contracts' own descriptions and the words of the pages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from backend.domain.rules import VetoGround
from backend.portal.act_labels import ACT_LABELS
from backend.portal.act_words import act_messages, phases_in_words, statuses_in_words
from backend.portal.rendering import STATIC

ABIS = Path(__file__).parents[3] / "backend" / "chain" / "abi"
SOURCES = STATIC / "src"
LISTED = (SOURCES / "act_abi.js").read_text()
FILED = "address[] targets, uint256[] values, bytes[] calldatas"
ENTRY = re.compile(r"\[\s*[\"`](\w+)[\"`],\s*[\"`]([^\"`]*)[\"`](?:,\s*[\"`]([^\"`]*)[\"`])?,?\s*\]")


def entries(kind):
    """Name → (names and types of inputs, of outputs), as the contracts have them."""
    found = {}
    for path in ABIS.glob("*.json"):
        for entry in json.loads(path.read_text()):
            if entry["type"] == kind:
                found[entry["name"]] = [written(entry["inputs"]), written(entry.get("outputs", ()))]
    return found


def written(parts):
    return ", ".join(f"{part['type']} {part['name']}" for part in parts)


def listed(name):
    block = LISTED.partition(f"export const {name} = [")[2].partition("].map(")[0]
    return [(act, inputs.replace("${FILED}", FILED), outputs) for act, inputs, outputs in ENTRY.findall(block)]


@pytest.mark.parametrize("table", ["GOVERNOR_ACTS", "REGISTRY_ACTS"])
def test_every_call_is_one_of_the_contracts(table):
    known = entries("function")
    assert len(listed(table)) >= 9
    for name, inputs, _ in listed(table):
        assert types_of(known[name][0]) == types_of(inputs), name


def types_of(written):
    return [part.partition(" ")[0] for part in written.split(", ")]


def test_every_question_is_one_of_the_contracts():
    known = entries("function")
    assert [name for name, _, _ in listed("REGISTRY_QUESTIONS")] == ["memberOf", "mandateNonce"]
    for name, inputs, outputs in listed("REGISTRY_QUESTIONS"):
        assert types_of(known[name][0]) == types_of(inputs)
        assert types_of(known[name][1]) == types_of(outputs)


def test_every_refusal_is_one_of_the_contracts_and_has_its_sentence(words):
    known, sentences = entries("error"), act_messages(words("en"))
    assert len(listed("REFUSALS")) > 40
    for name, inputs, _ in listed("REFUSALS"):
        assert known[name][0] == inputs, name
        assert code_of(name) in sentences, name


def code_of(name):
    bare = re.sub(r"^(ConsortiumGovernor|MemberRegistry|Governor|Timelock)", "", name)
    return re.sub(r"(?<!^)(?=[A-Z])", "_", bare).upper()


def test_a_refusals_sentence_names_only_facts_that_it_carries(words):
    sentences = act_messages(words("en"))
    carried: dict[str, set[str]] = {}
    for name, inputs, _ in listed("REFUSALS"):
        facts = {part.split(" ")[1] for part in inputs.split(", ") if part} | {"detail"}
        carried[code_of(name)] = carried.get(code_of(name), facts) & facts
    for code, facts in carried.items():
        assert set(re.findall(r"\{(\w+)\}", sentences[code])) <= facts, code


def test_the_grounds_are_counted_as_the_contracts_count_them():
    block = (SOURCES / "act_table.js").read_text().partition("const GROUNDS = [")[2].partition("]")[0]
    assert re.findall(r'"(\w+)"', block) == [ground.label for ground in VetoGround]


def test_every_act_of_the_table_has_its_words():
    table = (SOURCES / "act_table.js").read_text().partition("const ACTS = {")[2].partition("\n};")[0]
    assert set(re.findall(r"^  (\w+): \{$", table, re.MULTILINE)) == ACT_LABELS.keys()


def test_what_the_module_says_is_handed_to_it(words):
    told = act_messages(words("en"))
    for source in SOURCES.glob("act*.js"):
        text = source.read_text()
        said = re.findall(r"""(?:say|askForWallet|FieldTrouble|sentence)\("([a-z_]+)\"""", text)
        assert set(said) <= told.keys(), source.name


def test_states_are_said_in_the_readers_language(words):
    assert phases_in_words(words("sl"))[1] == words("sl").label("state", "open")
    assert statuses_in_words(words("en"))[4] == words("en").label("status", "defaulting")
