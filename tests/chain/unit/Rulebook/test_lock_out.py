"""However the law is changed, the assembly can change it again."""

import pytest
from consortium import NONE, RULES, bytes32, rule
from reverts import refused

LAW = ["setRule", "setKind", "listAction"]


def fact_of(contract, method):
    return bytes.fromhex(getattr(contract, method).signature[2:])


@pytest.mark.parametrize("method", LAW)
def test_call_that_changes_the_law_is_never_unlisted(consortium, method):
    rulebook = consortium.rulebook
    with refused("RulebookLockOut", rulebook, fact_of(rulebook, method)):
        rulebook.unlistAction(rulebook, getattr(rulebook, method).signature)


def test_same_selector_of_another_contract_is_unlisted_freely(consortium):
    selector = consortium.rulebook.setRule.signature
    consortium.rulebook.listAction(1, consortium.lens, selector, NONE, 0)
    consortium.rulebook.unlistAction(consortium.lens, selector)
    assert consortium.rulebook.kindOfAction(consortium.lens, selector) == 0


def test_call_that_unlists_may_itself_be_unlisted_and_listed_again(consortium):
    rulebook, selector = consortium.rulebook, consortium.rulebook.unlistAction.signature
    rulebook.unlistAction(rulebook, selector)
    rulebook.listAction(consortium.kind("law"), rulebook, selector, NONE, 0)


@pytest.mark.parametrize(("body", "rule_name"), [(1, "EB_2_3"), (2, "CONSULT"), (99, "GA_2_3"), (0, "CONSULT")])
def test_law_is_never_left_to_another_body_or_to_a_consultation(consortium, body, rule_name):
    rulebook = consortium.rulebook
    with refused("RulebookLockOut", rulebook, fact_of(rulebook, "setRule")):
        rulebook.setKind(bytes32("law"), body, bytes32(rule_name), False, NONE)


def test_rule_of_the_law_never_stops_binding(consortium):
    rulebook = consortium.rulebook
    with refused("RulebookLockOut", rulebook, fact_of(rulebook, "setRule")):
        rulebook.setRule(bytes32("GA_2_3"), RULES["CONSULT"])


def test_law_is_never_listed_for_another_body(project, consortium):
    rulebook = consortium.deployer.deploy(project.Rulebook, consortium.deployer, consortium.records)
    rulebook.setRule(bytes32("R"), rule())
    rulebook.setKind(bytes32("board_matter"), 1, bytes32("R"), False, NONE)
    with refused("RulebookLockOut", rulebook, fact_of(rulebook, "setKind")):
        rulebook.listAction(1, rulebook, rulebook.setKind.signature, NONE, 0)


def test_law_may_move_to_another_rule_that_binds(consortium):
    consortium.rulebook.setKind(bytes32("law"), 0, bytes32("WRITTEN_51"), False, NONE)
    assert consortium.rulebook.kind(consortium.kind("law"))[2] == 3


def test_law_is_never_given_to_another_owner_by_a_decision(consortium):
    rulebook, selector = consortium.rulebook, consortium.rulebook.transferOwnership.signature
    with refused("RulebookForbiddenTarget", rulebook, bytes.fromhex(selector[2:])):
        rulebook.listAction(1, rulebook, selector, NONE, 0)
