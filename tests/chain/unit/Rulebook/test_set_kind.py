from consortium import NONE, RECUSES, bytes32
from reverts import refused


def test_kind_keeps_its_id_when_it_changes(consortium):
    kind_id = consortium.kind("work_plan")
    tx = consortium.rulebook.setKind(bytes32("work_plan"), 1, bytes32("EB_2_3"), False, RECUSES)
    assert tx.return_value == kind_id
    assert tuple(consortium.rulebook.kind(kind_id)) == (bytes32("work_plan"), 1, 2, False, RECUSES)
    assert tuple(tx.events["KindSet"].values()) == (kind_id, bytes32("work_plan"), 1, 2, False, RECUSES)


def test_kinds_are_numbered_from_one(consortium):
    count = consortium.rulebook.kindCount()
    assert consortium.rulebook.setKind(bytes32("new"), 0, bytes32("GA_2_3"), True, NONE).return_value == count + 1


def test_rule_that_does_not_exist_is_refused(consortium):
    with refused("RulebookUnknownRule", bytes.fromhex(bytes32("NONE")[2:])):
        consortium.rulebook.setKind(bytes32("work_plan"), 0, bytes32("NONE"), True, NONE)


def test_unknown_kind_is_refused(consortium):
    for kind_id in (0, consortium.rulebook.kindCount() + 1):
        with refused("RulebookUnknownKind", kind_id):
            consortium.rulebook.kind(kind_id)
