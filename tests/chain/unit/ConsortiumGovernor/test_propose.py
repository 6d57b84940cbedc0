import pytest
from brownie import chain, web3
from consortium import ADMITTED, DAY, PARTNER, admission, at, put, resolution, wallet_of
from eth_abi import encode
from reverts import refused


@pytest.fixture
def governor(consortium):
    return consortium.assembly


@pytest.fixture
def action(consortium):
    return resolution(consortium, "work_plan")


def test_proposal_opens_as_soon_as_the_notice_allows_and_closes_after_the_period(consortium, governor, action):
    question = put(governor, consortium.wallet(1), [action])
    filed = chain[-1].timestamp
    assert question.opens_at == filed + 45 * DAY
    assert question.closes_at == filed + 46 * DAY


def test_proposal_without_notice_opens_a_second_later(consortium, governor):
    question = put(governor, consortium.wallet(1), [resolution(consortium, "urgent_matter")])
    assert question.opens_at == chain[-1].timestamp + 1
    assert question.closes_at == question.opens_at + 10 * DAY


def test_filing_is_told_right_after_the_proposal(consortium, governor, action):
    tx = governor.propose([action[0]], [0], [action[1]], "text", {"from": consortium.wallet(6)})
    assert list(tx.events.keys()) == ["ProposalCreated", "ProposalFiled"]
    filed = tx.events["ProposalFiled"]
    assert tuple(filed.values()) == (tx.return_value, 1, consortium.kind("work_plan"), 1, 6, False, 0, 0, 0)
    assert tx.events["ProposalCreated"]["description"] == "text"


def test_proposals_of_a_body_are_numbered_from_one(consortium, governor, action):
    filed = [put(governor, consortium.wallet(1), [action], text) for text in ("a", "b", "c")]
    assert [governor.proposalTerms(question.id)[0] for question in filed] == [1, 2, 3]
    assert governor.proposalCount() == 3
    assert consortium.governors[1].proposalCount() == 0


def test_id_is_the_upper_192_bits_of_openzeppelins(consortium, governor, action):
    question = put(governor, consortium.wallet(1), [action])
    data = bytes.fromhex(action[1][2:])
    encoded = encode(
        ["address[]", "uint256[]", "bytes[]", "bytes32"], [[action[0].address], [0], [data], web3.keccak(text="text")]
    )
    assert question.id == int.from_bytes(web3.keccak(encoded), "big") >> 64
    assert question.id == governor.hashProposal(*question.parts) == governor.getProposalId(*question.parts)


def test_same_proposal_is_not_filed_twice(consortium, governor, action):
    question = put(governor, consortium.wallet(1), [action])
    with refused("GovernorUnexpectedProposalState", question.id, 0, bytes(32)):
        put(governor, consortium.wallet(2), [action])


def test_stranger_cannot_take_a_proposal_that_names_its_proposer(consortium, governor, action):
    description = f"text#proposer={consortium.wallet(1).address}"
    with refused("GovernorRestrictedProposer", consortium.wallet(2)):
        put(governor, consortium.wallet(2), [action], description)
    put(governor, consortium.wallet(1), [action], description)


def test_stranger_cannot_propose(governor, action, stranger):
    with refused("ConsortiumGovernorNotAMember", stranger):
        put(governor, stranger, [action])


def test_registrar_and_deployer_cannot_propose(consortium, governor, action):
    for office in (consortium.registrar, consortium.deployer):
        with refused("ConsortiumGovernorNotAMember", office):
            put(governor, office, [action])


def test_associate_cannot_propose(consortium, governor, action):
    with refused("ConsortiumGovernorMayNotPropose", 9):
        put(governor, consortium.wallet(9), [action])


def test_member_without_accession_cannot_propose(consortium, governor, action):
    consortium.registry.admit(admission(11, PARTNER))
    assert consortium.registry.member(11)[2] == ADMITTED
    with refused("ConsortiumGovernorMayNotPropose", 11):
        put(governor, wallet_of(11), [action])


def test_member_in_breach_proposes_and_a_defaulting_one_does_not(consortium, governor, action):
    until = consortium.registry.notifyBreach(5, 30 * DAY).events["BreachNotified"]["remedyUntil"]
    put(governor, consortium.wallet(5), [action])
    at(until + 1)
    consortium.registry.declareDefault(5)
    with refused("ConsortiumGovernorMayNotPropose", 5):
        put(governor, consortium.wallet(5), [action], "again")


def test_wallet_left_behind_cannot_propose(consortium, governor, action):
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(2)})
    with refused("ConsortiumGovernorWalletRevoked", consortium.wallet(2), 2):
        put(governor, consortium.wallet(2), [action])


def test_partner_without_a_seat_may_propose_to_the_board(consortium):
    put(consortium.governors[1], consortium.wallet(8), [resolution(consortium, "board_matter")])


def test_value_is_refused(consortium, governor, action):
    targets, values, calldatas = [action[0]] * 2, [0, 5], [action[1]] * 2
    with refused("ConsortiumGovernorValueNotAllowed", 1, 5):
        governor.propose(targets, values, calldatas, "text", {"from": consortium.wallet(1)})


@pytest.mark.parametrize(("targets", "values", "calldatas"), [(0, 0, 0), (1, 0, 1), (1, 1, 0), (1, 2, 2), (2, 1, 1)])
def test_lists_of_different_length_are_refused(consortium, governor, action, targets, values, calldatas):
    lists = [action[0]] * targets, [0] * values, [action[1]] * calldatas
    with refused("GovernorInvalidProposalLength", targets, calldatas, values):
        governor.propose(*lists, "text", {"from": consortium.wallet(1)})


def test_delay_and_period_of_one_proposal_do_not_stick(consortium, governor):
    put(governor, consortium.wallet(1), [resolution(consortium, "urgent_matter")])
    assert governor.votingDelay() == 45 * DAY
    assert governor.votingPeriod() == DAY
