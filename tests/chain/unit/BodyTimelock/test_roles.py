"""One timelock, one governor; nobody keeps a key."""

import pytest
from consortium import DAY, DELAY
from reverts import refused, refused_as

ROLES = ["PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE"]
ADMIN = "0x" + "00" * 32


@pytest.mark.parametrize("role", ROLES)
def test_role_is_never_given_to_a_second_account(consortium, stranger, role):
    timelock = consortium.timelocks[0]
    for account in (stranger, consortium.governors[1], consortium.deployer):
        with refused("BodyTimelockGovernedAlready", consortium.assembly, account):
            timelock.grantRole(getattr(timelock, role)(), account, {"from": consortium.deployer})


@pytest.mark.parametrize("role", ROLES)
def test_role_is_never_open_to_all(consortium, role):
    timelock, zero = consortium.timelocks[0], "0x" + "00" * 20
    with refused("BodyTimelockOpenRole", bytes.fromhex(getattr(timelock, role)().hex().removeprefix("0x"))):
        timelock.grantRole(getattr(timelock, role)(), zero, {"from": consortium.deployer})


def test_governor_holds_all_three_roles_of_its_own_timelock_only(consortium):
    for body, timelock in enumerate(consortium.timelocks):
        assert timelock.governor() == consortium.governors[body]
        for other, governor in enumerate(consortium.governors):
            held = [timelock.hasRole(getattr(timelock, role)(), governor) for role in ROLES]
            assert held == [body == other] * 3


def test_deployer_keeps_nothing_after_hand_over(governed):
    deployer = governed.deployer
    assert governed.registry.owner() == governed.rulebook.owner() == governed.timelocks[0]
    for timelock in governed.timelocks:
        assert not timelock.hasRole(ADMIN, deployer)
        with refused_as("AccessControlUnauthorizedAccount"):
            timelock.grantRole(ADMIN, deployer, {"from": deployer})
        with refused_as("AccessControlUnauthorizedAccount"):
            timelock.schedule(deployer, 0, b"", ADMIN, ADMIN, DELAY, {"from": deployer})


def test_nobody_executes_past_the_governor(governed, stranger):
    for sender in (stranger, governed.deployer, governed.wallet(1)):
        with refused_as("AccessControlUnauthorizedAccount"):
            governed.timelocks[0].execute(governed.registry, 0, b"", ADMIN, ADMIN, {"from": sender})


def test_delay_changes_by_nobodys_direct_call(governed, stranger):
    with refused("TimelockUnauthorizedCaller", stranger):
        governed.timelocks[0].updateDelay(DAY, {"from": stranger})


def test_delay_of_more_than_a_year_is_refused(project, consortium):
    with refused("BodyTimelockDelayTooLong", 366 * DAY + 1, 366 * DAY):
        consortium.deployer.deploy(project.BodyTimelock, 366 * DAY + 1, consortium.deployer)
