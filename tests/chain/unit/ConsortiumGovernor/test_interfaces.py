"""What wallets, explorers and governance front ends ask before they trust a governor."""

from functools import reduce
from operator import xor

import pytest
from brownie import chain
from brownie.convert.utils import build_function_selector
from consortium import DAY, wallet_of
from reverts import refused

INHERITED = {"supportsInterface", "clock", "CLOCK_MODE"}


def interface_id(project, name):
    """ERC-165: all selectors of the interface's own functions, XORed."""
    abi = [entry for entry in project._build.get(name)["abi"] if entry["type"] == "function"]
    own = [entry for entry in abi if entry["name"] not in INHERITED]
    return reduce(xor, (int(build_function_selector(entry), 16) for entry in own)).to_bytes(4, "big")


def test_clock_counts_seconds(consortium):
    assert consortium.assembly.CLOCK_MODE() == "mode=timestamp"
    assert consortium.assembly.clock() == chain[-1].timestamp


def test_counting_mode_says_that_every_choice_makes_the_quorum(consortium):
    assert consortium.assembly.COUNTING_MODE() == "support=bravo&quorum=for,against,abstain"


def test_interfaces_are_announced(project, consortium):
    erc165 = bytes.fromhex("01ffc9a7")
    for announced in (erc165, interface_id(project, "IGovernor"), interface_id(project, "IConsortiumGovernor")):
        assert consortium.assembly.supportsInterface(announced)
    assert consortium.assembly.supportsInterface("0xda287a1d"), "the clock, ERC-6372"
    assert not consortium.assembly.supportsInterface("0x4e2312e0"), "a body receives no ERC-1155 tokens"
    assert not consortium.assembly.supportsInterface("0xffffffff")


def test_typed_data_domain_is_the_bodys_own(consortium):
    names = [governor.eip712Domain()[1] for governor in consortium.governors]
    assert names == ["general_assembly", "executive_board", "consultation"]
    assert consortium.assembly.eip712Domain()[2] == "1"
    assert consortium.assembly.eip712Domain()[4] == consortium.assembly


def test_defaults_are_those_of_the_bodys_rule(consortium):
    assembly, board, consultation = consortium.governors
    assert (assembly.votingDelay(), assembly.votingPeriod()) == (45 * DAY, DAY)
    assert (board.votingDelay(), board.votingPeriod()) == (14 * DAY, DAY)
    assert (consultation.votingDelay(), consultation.votingPeriod()) == (1, 10 * DAY)
    assert assembly.proposalThreshold() == 1
    assert assembly.proposalNeedsQueuing(0)


@pytest.mark.parametrize(("member", "votes"), [(1, [1, 1, 1]), (5, [1, 0, 1]), (9, [0, 0, 1])])
def test_votes_are_one_where_a_member_may_vote(consortium, member, votes):
    second = chain[-1].timestamp - 1
    assert [governor.getVotes(consortium.wallet(member), second) for governor in consortium.governors] == votes


def test_votes_are_none_for_strangers_and_wallets_left_behind(consortium, stranger):
    second = chain[-1].timestamp - 1
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(1)})
    assert consortium.assembly.getVotes(stranger, second) == 0
    assert consortium.assembly.getVotes(consortium.wallet(1), second) == 0
    assert consortium.assembly.getVotes(wallet_of(50), second) == 1
    assert consortium.assembly.getVotes(wallet_of(50), 2**255) == 0


def test_nonces_without_a_proposal_are_refused(consortium):
    with refused("ConsortiumGovernorDisabled"):
        consortium.assembly.nonces(consortium.wallet(1))
