"""A decision creates a body; the factory keeps nothing of it, and nobody else can use the factory."""

import pytest
from brownie import accounts, chain, web3
from consortium import (
    DAY,
    FOR,
    FOUNDING,
    NONE,
    PARTNER,
    bytes32,
    call_of,
    closed,
    decide,
    deploy_factory,
    execute,
    hand_over,
    mine_at,
    opened,
    put,
    queue,
    resolution,
    template,
)
from reverts import refused, refused_as

ROLES = ["PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE"]
ADMIN = "0x" + "00" * 32
JURY = ("jury", bytes32("jury"), DAY, bytes32("EB_2_3"), 0)
COUNCIL = ("council", bytes32("council"), DAY, bytes32("GA_2_3"), 1 << FOUNDING | 1 << PARTNER)


@pytest.fixture
def factory(project, consortium):
    return deploy_factory(project, consortium)


@pytest.fixture
def body(project, consortium, factory):
    """Governor and timelock of a council made by the deployer while it owns the registry."""
    event = factory.createBody(COUNCIL, {"from": consortium.deployer}).events["BodyCreated"]
    return project.ConsortiumGovernor.at(event["governor"]), project.BodyTimelock.at(event["timelock"])


def test_body_is_registered_with_its_electorate(consortium, body):
    governor, timelock = body
    assert tuple(consortium.registry.body(3)) == (bytes32("council"), governor, timelock, COUNCIL[-1])
    assert (governor.bodyId(), governor.registry(), governor.rulebook()) == (
        3,
        consortium.registry,
        consortium.rulebook,
    )
    assert (governor.timelock(), governor.name(), timelock.getMinDelay()) == (timelock, "council", DAY)
    created = chain[-1].timestamp
    mine_at(created + 1)
    assert consortium.registry.entitledAt(3, created) == 8


def test_body_is_the_same_code_as_one_that_was_deployed_by_hand(consortium, body):
    """Up to the immutables, which differ by body: so its length is compared, and the template has its hash."""
    for made, deployed in zip(body, (consortium.assembly, consortium.timelocks[0]), strict=True):
        assert len(web3.eth.get_code(made.address)) == len(web3.eth.get_code(deployed.address))


def test_factory_and_deployer_keep_no_role_and_the_governor_has_all(consortium, factory, body):
    governor, timelock = body
    for role in ROLES:
        identifier = getattr(timelock, role)()
        assert timelock.hasRole(identifier, governor)
        assert not timelock.hasRole(identifier, factory)
        assert not timelock.hasRole(identifier, consortium.deployer)
        assert not timelock.hasRole(identifier, "0x" + "00" * 20)
    assert [timelock.hasRole(ADMIN, who) for who in (factory, consortium.deployer, timelock)] == [False, False, True]


def test_nobody_but_the_owner_of_the_registry_creates_a_body(consortium, factory, stranger):
    hand_over(consortium)
    for who in (consortium.deployer, consortium.registrar, consortium.approver, consortium.wallet(1), stranger):
        with refused("BodyFactoryUnauthorized", who):
            factory.createBody(JURY, {"from": who})


def test_factory_the_registry_does_not_know_registers_nothing(consortium, factory):
    consortium.registry.setFactory("0x" + "00" * 20)
    with refused("OwnableUnauthorizedAccount", factory):
        factory.createBody(JURY, {"from": consortium.deployer})
    assert consortium.registry.bodyCount() == 3


def test_bodies_made_one_after_the_other_are_different_ones(consortium, factory):
    made = [factory.createBody(JURY, {"from": consortium.deployer}).events["BodyCreated"] for _ in range(2)]
    assert [event["bodyId"] for event in made] == [3, 4]
    assert len({event["governor"] for event in made} | {event["timelock"] for event in made}) == 4


def test_delay_out_of_bounds_makes_no_body(consortium, factory):
    with refused_as("BodyTimelockDelayTooLong"):
        factory.createBody(
            ("jury", bytes32("jury"), 366 * DAY + 1, bytes32("EB_2_3"), 0), {"from": consortium.deployer}
        )
    assert consortium.registry.bodyCount() == 3


def test_template_is_checked_when_the_factory_is_deployed(project, consortium):
    deployer, parties = consortium.deployer, (consortium.registry, consortium.rulebook)
    good = template(deployer, project, project.BodyTimelock, 0, deployer)
    for spoilt in ((good[0], [*good[1], *good[1]]), (good[0], []), (b"\x11" * 32, good[1])):
        for templates in ((good, spoilt), (spoilt, good)):
            with refused_as("BodyFactoryWrongTemplate"):
                deployer.deploy(project.BodyFactory, *parties, *templates)


def test_template_that_became_another_makes_no_body(project, consortium, factory):
    """What no chain allows, forced here: the code of a piece is swapped after the factory has been deployed."""
    chunk = template(consortium.deployer, project, project.BodyTimelock, 0, consortium.deployer)[1][0]
    known = next(piece for piece in chunks_of(factory) if web3.eth.get_code(piece) == web3.eth.get_code(chunk.address))
    code = bytearray(web3.eth.get_code(known))
    code[-1] ^= 1
    web3.provider.make_request("anvil_setCode", [known, "0x" + code.hex()])
    with refused_as("BodyFactoryWrongTemplate"):
        factory.createBody(JURY, {"from": consortium.deployer})


def chunks_of(factory):
    """Addresses of the pieces, from the factory's storage: governor's array in slot 1, timelock's in slot 3."""
    for slot in (1, 3):
        length = int.from_bytes(web3.eth.get_storage_at(factory.address, slot), "big")
        first = int.from_bytes(web3.keccak(slot.to_bytes(32, "big")), "big")
        for index in range(length):
            word = web3.eth.get_storage_at(factory.address, first + index)
            yield web3.to_checksum_address(word[-20:])


def test_piece_of_a_template_can_be_run_by_nobody(project, consortium):
    _, chunks = template(consortium.deployer, project, project.BodyTimelock, 0, consortium.deployer)
    for chunk in chunks:
        assert web3.eth.get_code(chunk.address)[0] == 0
        tx = accounts[0].transfer(chunk, data="0x12345678")
        assert tx.gas_used < 22_000


def test_whole_gas_of_a_body_fits_a_block_four_times(consortium, factory):
    assert factory.createBody(COUNCIL, {"from": consortium.deployer}).gas_used < 7_500_000


def test_body_made_by_a_decision_decides(project, consortium, factory):
    rulebook, deployer = consortium.rulebook, consortium.deployer
    kind_id = rulebook.setKind(bytes32("body_creation"), 0, bytes32("WRITTEN_51"), False, NONE).return_value
    rulebook.listAction(kind_id, factory, factory.createBody.signature, NONE, 0, {"from": deployer})
    rulebook.setKind(bytes32("council_matter"), 3, bytes32("WRITTEN_51"), True, NONE)
    hand_over(consortium)
    event = decide(consortium, call_of(factory, "createBody", COUNCIL)).events["BodyCreated"]
    council = project.ConsortiumGovernor.at(event["governor"])
    question = opened(put(council, consortium.wallet(1), [resolution(consortium, "council_matter")]))
    for member_id in range(1, 6):
        council.castVote(question.id, FOR, {"from": consortium.wallet(member_id)})
    closed(question)
    queue(question, deployer)
    assert execute(question, deployer).events["Resolved"]["timelock"] == event["timelock"]
