import pytest
from consortium import bytes32
from reverts import refused


def test_kind_keeps_its_id_when_it_changes(consortium):
    kind_id = consortium.kind("work_plan")
    tx = consortium.rulebook.setKind(bytes32("work_plan"), 0, bytes32("EB_2_3"), True)
    assert tx.return_value == kind_id
    assert tuple(consortium.rulebook.kind(kind_id)) == (bytes32("work_plan"), 0, 2, True)
    assert tuple(tx.events["KindSet"].values()) == (kind_id, bytes32("work_plan"), 0, 2, True)


@pytest.mark.parametrize(("body_id", "resolution"), [(1, True), (9, True), (0, False)])
def test_body_and_sort_of_a_kind_never_change(consortium, body_id, resolution):
    kind_id = consortium.kind("work_plan")
    with refused("RulebookKindIsFixed", kind_id, 0, True):
        consortium.rulebook.setKind(bytes32("work_plan"), body_id, bytes32("GA_2_3"), resolution)


def test_kind_that_carries_calls_never_becomes_a_consultation(consortium):
    rulebook, kind_id = consortium.rulebook, consortium.kind("law")
    with refused("RulebookKindMustBind", kind_id, rulebook.ruleIdOf(bytes32("CONSULT"))):
        rulebook.setKind(bytes32("law"), 0, bytes32("CONSULT"), False)


def test_kinds_are_numbered_from_one(consortium):
    count = consortium.rulebook.kindCount()
    assert consortium.rulebook.setKind(bytes32("new"), 0, bytes32("GA_2_3"), True).return_value == count + 1


def test_rule_that_does_not_exist_is_refused(consortium):
    with refused("RulebookUnknownRule", bytes.fromhex(bytes32("NONE")[2:])):
        consortium.rulebook.setKind(bytes32("work_plan"), 0, bytes32("NONE"), True)


def test_unknown_kind_is_refused(consortium):
    for kind_id in (0, consortium.rulebook.kindCount() + 1):
        with refused("RulebookUnknownKind", kind_id):
            consortium.rulebook.kind(kind_id)
