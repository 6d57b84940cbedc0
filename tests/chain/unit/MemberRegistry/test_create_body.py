import pytest
from brownie import chain
from consortium import BODIES, DELAY, bytes32, deploy_body, mine_at
from reverts import refused


@pytest.fixture
def governor(project, consortium):
    """A governor that will be the fourth body's, and its timelock."""
    timelock = consortium.deployer.deploy(project.BodyTimelock, DELAY, consortium.deployer)
    setup = ("jury", consortium.registry, consortium.rulebook, timelock, 3, bytes32("EB_2_3"))
    return consortium.deployer.deploy(project.ConsortiumGovernor, setup), timelock


def test_members_already_admitted_vote_in_a_new_body_of_their_class(project, consortium):
    consortium.registry.recordExit(8)
    deploy_body(project, consortium.deployer, consortium.registry, consortium.rulebook, "general_assembly", DELAY)
    created = chain[-1].timestamp
    mine_at(created + 1)
    assert consortium.registry.bodyCount() == 4
    assert consortium.registry.entitledAt(3, created) == 7
    assert consortium.registry.entitledAt(3, created - 1) == 0
    assert [consortium.registry.member(member)[4] >> 3 for member in (1, 8, 9)] == [1, 0, 0]


def test_body_says_what_it_was_created_with(consortium):
    for body_id, (name, (classes, _)) in enumerate(BODIES.items()):
        expected = (bytes32(name), consortium.governors[body_id], consortium.timelocks[body_id], classes)
        assert tuple(consortium.registry.body(body_id)) == expected


def test_governor_numbered_for_another_body_is_refused(consortium):
    with refused("MemberRegistryInvalidBody", 3, consortium.assembly, consortium.timelocks[0], 2):
        consortium.registry.createBody(bytes32("twin"), consortium.assembly, consortium.timelocks[0], 2)


def test_timelock_of_another_body_is_refused(consortium, governor):
    with refused("MemberRegistryInvalidBody", 3, governor[0], consortium.timelocks[0], 2):
        consortium.registry.createBody(bytes32("jury"), governor[0], consortium.timelocks[0], 2)


def test_governor_of_another_roll_is_refused(project, consortium, governor):
    other = consortium.deployer.deploy(project.MemberRegistry, consortium.deployer, consortium.registrar)
    setup = ("jury", consortium.registry, consortium.rulebook, governor[1], 0, bytes32("EB_2_3"))
    foreign = consortium.deployer.deploy(project.ConsortiumGovernor, setup)
    with refused("MemberRegistryInvalidBody", 0, foreign, governor[1], 2):
        other.createBody(bytes32("jury"), foreign, governor[1], 2)


@pytest.mark.parametrize("classes", [1, 16, 255])
def test_classes_that_do_not_exist_are_refused(consortium, governor, classes):
    with refused("MemberRegistryInvalidBody", 3, *governor, classes):
        consortium.registry.createBody(bytes32("jury"), *governor, classes)


def test_create_body_is_refused_to_everyone_but_the_owner(consortium, governor):
    with refused("OwnableUnauthorizedAccount", consortium.registrar):
        consortium.registry.createBody(bytes32("jury"), *governor, 2, {"from": consortium.registrar})


def test_body_that_does_not_exist_is_unknown(consortium):
    with refused("MemberRegistryUnknownBody", 3):
        consortium.registry.body(3)
