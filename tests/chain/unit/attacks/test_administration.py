"""Keys that were kept, timelocks that were shared, powers given to oneself."""

import pytest
from consortium import (
    AGREEMENT,
    DAY,
    FOUNDING,
    admission,
    adopt,
    bytes32,
    call_of,
    decide,
    put,
    queue,
    resolution,
    rule,
)
from operations import operation_of
from phases import Phase, phase
from reverts import refused

ADMIN = bytes(32)
ROLES = ["PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE"]
DOCUMENT = b"\x01" * 32


@pytest.mark.parametrize("role", ROLES)
def test_attack_08_second_governor_gets_no_role_on_a_timelock(consortium, project, stranger, role):
    timelock = consortium.timelocks[0]
    setup = ("twin", consortium.registry, consortium.rulebook, timelock, 0, bytes32("GA_2_3"))
    twin = consortium.deployer.deploy(project.ConsortiumGovernor, setup)
    role_id = getattr(timelock, role)()
    for account in (twin, consortium.governors[1], stranger):
        with refused("BodyTimelockGovernedAlready", consortium.assembly, account):
            timelock.grantRole(role_id, account, {"from": consortium.deployer})
        assert timelock.hasRole(role_id, account) is False


def test_attack_08_foreign_canceller_blocks_no_decision(consortium, stranger):
    timelock = consortium.timelocks[0]
    question = adopt(
        consortium, put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")])
    )
    queue(question, stranger)
    operation = operation_of(consortium, question)
    for sender in (stranger, consortium.deployer, consortium.registrar, consortium.wallet(1)):
        with refused("AccessControlUnauthorizedAccount", sender, bytes(timelock.CANCELLER_ROLE())):
            timelock.cancel(operation, {"from": sender})
    assert timelock.isOperationPending(operation) is True
    assert phase(question) == Phase.QUEUED


def test_attack_09_deployer_keeps_no_power_after_hand_over(governed):
    deployer, registry, rulebook = governed.deployer, governed.registry, governed.rulebook
    me = {"from": deployer}
    owned = (
        lambda: registry.admit(admission(11, FOUNDING), me),
        lambda: registry.found([admission(11, FOUNDING)], AGREEMENT, me),
        lambda: registry.exclude(1, me),
        lambda: registry.grantSeat(1, 4, 0, me),
        lambda: registry.setRegistrar(deployer, me),
        lambda: registry.setApprover(deployer, me),
        lambda: registry.setFactory(deployer, me),
        lambda: registry.setChair(0, 1, me),
        lambda: registry.transferOwnership(deployer, me),
        lambda: rulebook.transferOwnership(deployer, me),
        lambda: rulebook.setRule(bytes32("GA_2_3"), rule(), me),
        lambda: rulebook.setKind(bytes32("law"), 0, bytes32("CONSULT"), True, 0, me),
        lambda: rulebook.unlistAction(registry, registry.admit.signature, me),
    )
    for act in owned:
        with refused("OwnableUnauthorizedAccount", deployer):
            act()
    for act in (lambda: registry.recordAccession(1, AGREEMENT, me), lambda: registry.approveRotation(1, deployer, me)):
        with refused("MemberRegistryUnauthorized", deployer):
            act()
    assert (registry.memberCount(), rulebook.ruleCount()) == (10, 4)


def test_attack_09_deployer_keeps_no_role_on_any_timelock(governed):
    deployer = governed.deployer
    for timelock in governed.timelocks:
        for role in (ADMIN, *(bytes(getattr(timelock, name)()) for name in ROLES)):
            assert timelock.hasRole(role, deployer) is False
            with refused("AccessControlUnauthorizedAccount", deployer, ADMIN):
                timelock.grantRole(role, deployer, {"from": deployer})
        with refused("TimelockUnauthorizedCaller", deployer):
            timelock.updateDelay(0, {"from": deployer})


def test_attack_09_deployer_has_no_say_in_a_proposal(governed):
    deployer = governed.deployer
    question = adopt(governed, put(governed.assembly, governed.wallet(1), [resolution(governed, "urgent_matter")]))
    with refused("ConsortiumGovernorNotAnOffice", deployer):
        question.governor.recordMinutes(question.id, DOCUMENT, {"from": deployer})
    with refused("ConsortiumGovernorNotAnOffice", deployer):
        question.governor.recordApproval(question.id, False, DOCUMENT, {"from": deployer})
    with refused("ConsortiumGovernorNotAMember", deployer):
        question.governor.veto(question.id, 0, DOCUMENT, {"from": deployer})
    with refused("GovernorUnableToCancel", question.id, deployer):
        question.governor.cancel(*question.parts, {"from": deployer})
    assert phase(question) == Phase.BINDING


def test_attack_09_no_decision_speaks_in_the_name_of_a_governor_or_changes_a_timelock(governed):
    """Generic callers would go around the list of what each kind may do."""
    assembly, timelock = governed.assembly, governed.timelocks[0]
    calls = (
        call_of(assembly, "relay", governed.registry, 0, b""),
        call_of(assembly, "veto", 1, 0, DOCUMENT),
        call_of(timelock, "updateDelay", 30 * DAY),
        call_of(timelock, "grantRole", ADMIN, governed.deployer),
        call_of(timelock, "schedule", governed.registry, 0, b"", ADMIN, ADMIN, 0),
    )
    for target, data in calls:
        with refused("RulebookActionNotListed", target, bytes.fromhex(data[2:10])):
            put(assembly, governed.wallet(1), [(target, data)])
    assert assembly.proposalCount() == 0


def test_attack_09_decision_can_still_change_all_that_the_deployer_cannot(governed):
    """Nothing is left without an owner: the assembly itself is the only one."""
    decide(governed, call_of(governed.rulebook, "setRule", bytes32("GA_2_3"), rule(period=2 * DAY)))
    assert governed.assembly.votingPeriod() == 2 * DAY
    with refused("OwnableInvalidOwner", "0x" + "00" * 20):
        governed.registry.renounceOwnership({"from": governed.deployer})
