import pytest
from brownie import web3
from consortium import BARS_VETO, FOUNDING, NONE, RECUSES, admission, call_of, put
from reverts import refused

SELECTOR = "0x12345678"
FACT = bytes.fromhex("12345678")


@pytest.fixture
def target(consortium):
    """Some contract that is neither governor nor timelock."""
    return consortium.lens


def test_listed_action_belongs_to_its_kind_and_says_what_follows_for_whom(consortium, target):
    tx = consortium.rulebook.listAction(1, target, SELECTOR, BARS_VETO, 3)
    assert consortium.rulebook.kindOfAction(target, SELECTOR) == 1
    assert tuple(consortium.rulebook.partyOfAction(target, SELECTOR)) == (BARS_VETO, 3)
    assert tuple(tx.events["ActionListed"].values()) == (1, target, SELECTOR, BARS_VETO, 3)


def test_action_belongs_to_one_kind_only(consortium, target):
    consortium.rulebook.listAction(1, target, SELECTOR, NONE, 0)
    for kind_id in (1, 2):
        with refused("RulebookActionTaken", target, FACT, 1):
            consortium.rulebook.listAction(kind_id, target, SELECTOR, NONE, 0)


def test_unlisted_action_can_be_carried_by_no_proposal(consortium):
    action = call_of(consortium.registry, "admit", admission(11, FOUNDING))
    consortium.rulebook.unlistAction(consortium.registry, action[1][:10])
    with refused("RulebookActionNotListed", consortium.registry, bytes.fromhex(action[1][2:10])):
        put(consortium.assembly, consortium.wallet(1), [action])


def test_action_that_is_not_listed_cannot_be_unlisted(consortium, target):
    with refused("RulebookActionNotListed", target, FACT):
        consortium.rulebook.unlistAction(target, SELECTOR)


def test_kind_that_does_not_exist_lists_nothing(consortium, target):
    with refused("RulebookUnknownKind", 99):
        consortium.rulebook.listAction(99, target, SELECTOR, NONE, 0)


@pytest.mark.parametrize("effect", [BARS_VETO, RECUSES])
def test_effect_without_a_member_that_it_concerns_is_refused(consortium, target, effect):
    with refused("RulebookInvalidParty", target, FACT, 0):
        consortium.rulebook.listAction(1, target, SELECTOR, effect, 0)


@pytest.mark.parametrize("method", ["schedule", "scheduleBatch", "execute", "grantRole", "updateDelay"])
def test_timelock_is_never_listed(consortium, method):
    for timelock in consortium.timelocks:
        selector = getattr(timelock, method).signature
        with refused("RulebookForbiddenTarget", timelock, bytes.fromhex(selector[2:])):
            consortium.rulebook.listAction(1, timelock, selector, NONE, 0)


@pytest.mark.parametrize("method", ["relay", "propose", "castVote"])
def test_governor_is_never_listed(consortium, method):
    for governor in consortium.governors:
        selector = getattr(governor, method).signature
        with refused("RulebookForbiddenTarget", governor, bytes.fromhex(selector[2:])):
            consortium.rulebook.listAction(1, governor, selector, NONE, 0)


@pytest.mark.parametrize("method", ["resolve", "resolveFor", "anchor"])
def test_records_are_never_listed_because_a_resolution_names_its_kind(consortium, method):
    selector = getattr(consortium.records, method).signature
    with refused("RulebookForbiddenTarget", consortium.records, bytes.fromhex(selector[2:])):
        consortium.rulebook.listAction(1, consortium.records, selector, NONE, 0)


def test_address_without_code_is_never_listed_because_it_may_become_anything(consortium, stranger):
    with refused("RulebookForbiddenTarget", stranger, FACT):
        consortium.rulebook.listAction(1, stranger, SELECTOR, NONE, 0)


def test_account_that_can_swap_its_code_is_never_listed(consortium, stranger, target):
    delegation = "0xef0100" + target.address[2:]
    web3.provider.make_request("anvil_setCode", [stranger.address, delegation])
    with refused("RulebookForbiddenTarget", stranger, FACT):
        consortium.rulebook.listAction(1, stranger, SELECTOR, NONE, 0)
