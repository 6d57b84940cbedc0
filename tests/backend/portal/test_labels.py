"""The words of the sample consortium all have a name that people use."""

import tomllib
from pathlib import Path

import pytest

from backend.domain.members import MemberClass, MemberStatus
from backend.domain.outcome import StepName
from backend.domain.proposals import ProposalState
from backend.domain.rules import VetoGround
from backend.portal import labels
from backend.portal.consequences import consequences
from backend.queries.timelines import ORDER

PLAN = tomllib.loads((Path(__file__).parents[3] / "scripts" / "plans" / "development.toml").read_text())
ACTIONS = sorted({action.split(".")[1] for kind in PLAN["kinds"].values() for action in kind.get("actions", ())})


def test_every_kind_and_rule_and_body_of_the_sample_has_a_label():
    assert PLAN["kinds"].keys() - labels.KINDS.keys() == set()
    assert {kind["rule"] for kind in PLAN["kinds"].values()} - labels.RULES.keys() == set()
    assert {kind["body"] for kind in PLAN["kinds"].values()} - labels.BODIES.keys() == set()


def test_every_state_class_and_status_of_the_law_has_a_label():
    states = {state.value for state in ProposalState}
    assert states == labels.STATES.keys() == labels.STATE_SENTENCES.keys()
    assert {kind.label for kind in MemberClass} == labels.CLASSES.keys()
    assert {status.label for status in MemberStatus} == labels.STATUSES.keys()


def test_every_ground_step_and_event_has_a_label():
    assert {ground.label for ground in VetoGround} == labels.GROUNDS.keys()
    assert {step.value for step in StepName} == labels.STEPS.keys()
    assert set(ORDER) == labels.EVENTS.keys()
    assert labels.FILTER_STATES.keys() == labels.STATES.keys()


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_of_the_sample_says_what_it_brings_about(words, proposal, action):
    said = consequences(words("en"), proposal(call=f"{action}(uint16)", arguments=(("memberId", "1"),)), {"1": "Ana"})
    assert "Calls" not in said[0]
