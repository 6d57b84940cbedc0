import pytest
from consortium import FOUNDING, admission, call_of, put
from reverts import refused

SELECTOR = "0x12345678"
FACT = bytes.fromhex("12345678")


def test_listed_action_belongs_to_its_kind(consortium, stranger):
    tx = consortium.rulebook.listAction(1, stranger, SELECTOR)
    assert consortium.rulebook.kindOfAction(stranger, SELECTOR) == 1
    assert tuple(tx.events["ActionListed"].values()) == (1, stranger, SELECTOR)


def test_action_belongs_to_one_kind_only(consortium, stranger):
    consortium.rulebook.listAction(1, stranger, SELECTOR)
    for kind_id in (1, 2):
        with refused("RulebookActionTaken", stranger, FACT, 1):
            consortium.rulebook.listAction(kind_id, stranger, SELECTOR)


def test_unlisted_action_can_be_carried_by_no_proposal(consortium):
    action = call_of(consortium.registry, "admit", admission(11, FOUNDING))
    consortium.rulebook.unlistAction(consortium.registry, action[1][:10])
    with refused("RulebookActionNotListed", consortium.registry, bytes.fromhex(action[1][2:10])):
        put(consortium.assembly, consortium.wallet(1), [action])


def test_action_that_is_not_listed_cannot_be_unlisted(consortium, stranger):
    with refused("RulebookActionNotListed", stranger, FACT):
        consortium.rulebook.unlistAction(stranger, SELECTOR)


def test_kind_that_does_not_exist_lists_nothing(consortium, stranger):
    with refused("RulebookUnknownKind", 99):
        consortium.rulebook.listAction(99, stranger, SELECTOR)


@pytest.mark.parametrize("method", ["schedule", "scheduleBatch", "execute", "grantRole", "updateDelay"])
def test_timelock_is_never_listed(consortium, method):
    for timelock in consortium.timelocks:
        selector = getattr(timelock, method).signature
        with refused("RulebookForbiddenTarget", timelock, bytes.fromhex(selector[2:])):
            consortium.rulebook.listAction(1, timelock, selector)


@pytest.mark.parametrize("method", ["relay", "propose", "castVote"])
def test_governor_is_never_listed(consortium, method):
    for governor in consortium.governors:
        selector = getattr(governor, method).signature
        with refused("RulebookForbiddenTarget", governor, bytes.fromhex(selector[2:])):
            consortium.rulebook.listAction(1, governor, selector)


def test_records_are_never_listed_because_a_resolution_names_its_kind(consortium):
    selector = consortium.records.resolve.signature
    with refused("RulebookForbiddenTarget", consortium.records, bytes.fromhex(selector[2:])):
        consortium.rulebook.listAction(1, consortium.records, selector)


def test_law_cannot_lock_itself_out(consortium):
    selector = consortium.rulebook.listAction.signature
    with refused("RulebookForbiddenTarget", consortium.rulebook, bytes.fromhex(selector[2:])):
        consortium.rulebook.unlistAction(consortium.rulebook, selector)
