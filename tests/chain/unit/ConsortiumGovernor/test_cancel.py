import pytest
from consortium import closed, mine_at, opened, put, resolution, wallet_of
from phases import Phase, phase
from reverts import refused

CANCELED = 2


@pytest.fixture
def question(consortium):
    return put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")])


def test_proposer_withdraws_before_voting_opens(consortium, question):
    tx = consortium.assembly.cancel(*question.parts, {"from": consortium.wallet(1)})
    assert tx.events["ProposalCanceled"]["proposalId"] == question.id
    assert phase(question) == Phase.WITHDRAWN
    assert consortium.assembly.state(question.id) == CANCELED


def test_proposer_withdraws_in_the_second_of_the_snapshot_at_the_latest(consortium, question):
    mine_at(question.opens_at - 1)
    consortium.assembly.cancel(*question.parts, {"from": consortium.wallet(1)})


def test_open_and_closed_proposals_cannot_be_withdrawn(consortium, question):
    for moment in (opened, closed):
        moment(question)
        with refused("GovernorUnableToCancel", question.id, consortium.wallet(1)):
            consortium.assembly.cancel(*question.parts, {"from": consortium.wallet(1)})


def test_nobody_else_withdraws_it(consortium, question, stranger):
    for other in (consortium.wallet(2), consortium.deployer, consortium.registrar, stranger):
        with refused("GovernorUnableToCancel", question.id, other):
            consortium.assembly.cancel(*question.parts, {"from": other})


def test_member_withdraws_with_the_wallet_it_has_now_and_not_with_the_old_one(consortium, question):
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(1)})
    with refused("GovernorUnableToCancel", question.id, consortium.wallet(1)):
        consortium.assembly.cancel(*question.parts, {"from": consortium.wallet(1)})
    consortium.assembly.cancel(*question.parts, {"from": wallet_of(50)})


def test_withdrawn_proposal_cannot_be_withdrawn_again_nor_filed_again(consortium, question):
    consortium.assembly.cancel(*question.parts, {"from": consortium.wallet(1)})
    with refused("GovernorUnableToCancel", question.id, consortium.wallet(1)):
        consortium.assembly.cancel(*question.parts, {"from": consortium.wallet(1)})
    with refused("GovernorUnexpectedProposalState", question.id, CANCELED, bytes(32)):
        put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")])
