"""Registrar, approver, factory and the address of the consortium: given by the assembly alone."""

import pytest
from consortium import AGREEMENT, PARTNER, admission
from reverts import refused

ZERO = "0x" + "00" * 20


def test_office_passes_to_the_new_registrar(consortium, stranger):
    tx = consortium.registry.setRegistrar(stranger)
    assert tuple(tx.events["RegistrarChanged"].values()) == (consortium.registrar, stranger)
    consortium.registry.admit(admission(11, PARTNER))
    with refused("MemberRegistryUnauthorized", consortium.registrar):
        consortium.registry.recordAccession(11, AGREEMENT, {"from": consortium.registrar})
    consortium.registry.recordAccession(11, AGREEMENT, {"from": stranger})


def test_approver_is_named_and_replaced(consortium, stranger):
    tx = consortium.registry.setApprover(stranger)
    assert tuple(tx.events["ApproverChanged"].values()) == (consortium.approver, stranger)
    assert consortium.registry.approver() == stranger


def test_one_account_never_holds_both_offices(consortium):
    registry = consortium.registry
    with refused("MemberRegistryApproverIsRegistrar", consortium.registrar):
        registry.setApprover(consortium.registrar)
    with refused("MemberRegistryApproverIsRegistrar", consortium.approver):
        registry.setRegistrar(consortium.approver)


def test_both_offices_may_be_vacant(consortium):
    consortium.registry.setApprover(ZERO)
    consortium.registry.setRegistrar(ZERO)
    assert (consortium.registry.approver(), consortium.registry.registrar()) == (ZERO, ZERO)


def test_address_of_the_consortium_is_told_as_erc_4824_says(consortium):
    tx = consortium.registry.setDaoURI("https://example.org/dao.json")
    assert tuple(tx.events["DAOURIUpdate"].values()) == (consortium.registry, "https://example.org/dao.json")
    assert consortium.registry.daoURI() == "https://example.org/dao.json"


@pytest.mark.parametrize(
    ("method", "argument"), [("setRegistrar", 0), ("setApprover", 0), ("setFactory", 0), ("setDaoURI", "x")]
)
def test_no_office_gives_itself_more(consortium, stranger, method, argument):
    for who in (consortium.registrar, consortium.approver, consortium.wallet(1), stranger):
        with refused("OwnableUnauthorizedAccount", who):
            getattr(consortium.registry, method)(argument or stranger, {"from": who})


def test_nobody_can_leave_the_roll_or_the_law_without_an_owner(consortium):
    for contract in (consortium.registry, consortium.rulebook):
        with refused("OwnableInvalidOwner", ZERO):
            contract.renounceOwnership({"from": consortium.deployer})
        assert contract.owner() == consortium.deployer


def test_deployer_has_no_power_over_the_roll_after_hand_over(governed, stranger):
    registry, deployer = governed.registry, governed.deployer
    acts = {
        registry.admit: [admission(11, PARTNER)],
        registry.found: [[admission(11, PARTNER)], AGREEMENT],
        registry.createBody: ["0x" + "11" * 32, governed.assembly, governed.timelocks[0], 2],
        registry.grantSeat: [1, 5, 0],
        registry.setChair: [0, 1],
        registry.setFactory: [deployer],
        registry.setApprover: [deployer],
        registry.setRegistrar: [deployer],
        registry.transferOwnership: [deployer],
    }
    for act, arguments in acts.items():
        with refused("OwnableUnauthorizedAccount", deployer):
            act(*arguments, {"from": deployer})
