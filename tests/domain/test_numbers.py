"""Numbers that cross from Solidity to Python mean the same on both sides."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from backend.domain.ballots import Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.outcome import StepName, Verdict
from backend.domain.proposals import ProposalState
from backend.domain.rules import Base, PartyEffect, Rule, TieBreak, VetoGround

INTERFACES = Path(__file__).parents[2] / "contracts/interfaces"
SOURCES = "\n".join(path.read_text("utf-8") for path in sorted(INTERFACES.glob("*.sol")))


def solidity_enum(name):
    """Names of the values in order, as Python spells them."""
    body = re.search(rf"enum {name} \{{(.*?)\}}", SOURCES, re.DOTALL).group(1)
    names = re.findall(r"\w+", re.sub(r"//[^\n]*", "", body))
    return [re.sub(r"(?<!^)(?=[A-Z])", "_", value).upper() for value in names]


@pytest.mark.parametrize("enum", [Base, TieBreak, VetoGround, Verdict, MemberClass, MemberStatus])
def test_an_enum_has_the_numbers_of_the_contract(enum):
    numbered = {name: number for number, name in enumerate(solidity_enum(enum.__name__)) if name != "NONE"}
    assert {member.name: member.value for member in enum} == numbered


def test_the_effects_on_a_party_are_the_contracts():
    assert [effect.name for effect in PartyEffect] == solidity_enum("PartyEffect")


def test_the_fields_of_a_rule_are_the_contracts():
    body = re.search(r"struct Rule \{(.*?)\}", SOURCES, re.DOTALL).group(1)
    names = re.findall(r"^ *\w+ (\w+);", body, re.MULTILINE)
    ratios = {"quorum": "quorum", "majority": "majority", "country": "countries"}
    spelt = [re.sub(r"(?=[A-Z])", "_", name).lower() for name in names if not name.endswith("Denominator")]
    expected = {ratios[name.removesuffix("_numerator")] if name.endswith("_numerator") else name for name in spelt}
    assert {field.name for field in fields(Rule)} == expected


def test_the_mark_of_a_choice_is_the_contracts_number():
    assert {choice.name: choice.mark for choice in Choice} | {"NONE": 0} == {
        name: number for number, name in enumerate(solidity_enum("Choice"))
    }


def test_the_states_of_a_proposal_are_the_contracts_phases():
    assert [state.name for state in ProposalState] == solidity_enum("Phase")


def test_the_steps_of_a_judgment_are_the_contracts():
    assert {step.name for step in StepName} == set(solidity_enum("StepName"))
