"""What runs in the end: the very calls that were decided, once, in their time, on the very code that was listed."""

import pytest
from brownie import web3
from consortium import (
    ACTIVE,
    NONE,
    Question,
    adopt,
    call_of,
    closed,
    execute,
    opened,
    put,
    queue,
    resolution,
    vote,
)
from laws import ask, make_law
from phases import Phase, phase
from reverts import refused, refused_as

STATEMENT = b"\x07" * 32
# Deploys what follows a salt of 32 bytes; the test chain starts with it.
DEPLOYER_BY_SALT = "0x4e59b44847b379578588920cA78FbF26c0B4956C"
DOOMED = "33ff"  # a contract that destroys itself when called: CALLER SELFDESTRUCT
DEPLOYS_DOOMED = "6133ff6000526002601ef3"
SELECTOR = "0x12345678"


@pytest.fixture
def trap(project, consortium):
    """A target that calls back, listed under a kind of its own."""
    target = consortium.deployer.deploy(project.Reentrant)
    consortium.rulebook.listAction(consortium.kind("urgent_matter"), target, target.act.signature, NONE, 0)
    return target


@pytest.fixture
def sprung(consortium, trap):
    """A decision that calls the trap, adopted."""
    return adopt(consortium, put(consortium.assembly, consortium.wallet(1), [call_of(trap, "act")]))


# ---------------------------------------------------------------------------------------------------- Other code


def test_attack_05_code_that_was_listed_cannot_be_destroyed_and_made_anew(consortium):
    """The chain itself sees to that since Cancun; on another chain this test fails."""
    salted = "0x" + "00" * 32 + DEPLOYS_DOOMED
    made = web3.eth.call({"to": DEPLOYER_BY_SALT, "data": salted})
    consortium.deployer.transfer(DEPLOYER_BY_SALT, data=salted)
    target = web3.to_checksum_address(made)
    consortium.rulebook.listAction(consortium.kind("urgent_matter"), target, SELECTOR, NONE, 0)
    consortium.deployer.transfer(target, data=SELECTOR)
    assert web3.eth.get_code(target).hex() == DOOMED
    with refused_as(""):
        consortium.deployer.transfer(DEPLOYER_BY_SALT, data=salted)


@pytest.mark.parametrize("code", ["", "ef0100" + "11" * 20])
def test_attack_05_account_that_may_become_other_code_is_never_listed(consortium, stranger, code):
    """Nothing there yet, or a key that may point its account elsewhere at any time (EIP-7702)."""
    web3.provider.make_request("anvil_setCode", [stranger.address, "0x" + code])
    with refused("RulebookForbiddenTarget", stranger, bytes.fromhex(SELECTOR[2:])):
        consortium.rulebook.listAction(consortium.kind("urgent_matter"), stranger, SELECTOR, NONE, 0)
    assert consortium.rulebook.kindOfAction(stranger, SELECTOR) == 0


def test_attack_05_target_that_nobody_listed_is_in_no_proposal(consortium, project):
    target = consortium.deployer.deploy(project.Reentrant)
    with refused("RulebookActionNotListed", target, bytes.fromhex(target.act.signature[2:])):
        put(consortium.assembly, consortium.wallet(1), [call_of(target, "act")])
    assert consortium.assembly.proposalCount() == 0


# ----------------------------------------------------------------------------------------------------- Re-entry


def test_attack_07_executed_call_that_executes_again_runs_once(consortium, trap, sprung, stranger):
    trap.load(sprung.governor, sprung.governor.execute.encode_input(*sprung.parts))
    queue(sprung, stranger)
    execute(sprung, stranger)
    assert (trap.runs(), trap.succeeded()) == (1, False)
    assert phase(sprung) == Phase.EXECUTED


def test_attack_07_executed_call_queues_nothing_in_the_timelock(consortium, trap, sprung, stranger):
    timelock = consortium.timelocks[0]
    exclusion = consortium.registry.exclude.encode_input(1)
    arguments = ([consortium.registry], [0], [exclusion], bytes(32), b"\x01" * 32, 0)
    trap.load(timelock, timelock.scheduleBatch.encode_input(*arguments))
    queue(sprung, stranger)
    execute(sprung, stranger)
    assert trap.succeeded() is False
    assert timelock.isOperation(timelock.hashOperationBatch(*arguments[:5])) is False
    assert consortium.registry.member(1)[2] == ACTIVE


@pytest.mark.parametrize("method", ["scheduleBatch", "executeBatch"])
def test_attack_07_nobody_but_its_governor_moves_a_timelock(consortium, sprung, stranger, method):
    timelock = consortium.timelocks[0]
    targets, values, calldatas, _ = sprung.parts
    arguments = [targets, values, calldatas, bytes(32), b"\x01" * 32]
    role = timelock.PROPOSER_ROLE() if method == "scheduleBatch" else timelock.EXECUTOR_ROLE()
    if method == "scheduleBatch":
        arguments.append(0)
    for sender in (stranger, consortium.deployer, consortium.wallet(1)):
        with refused("AccessControlUnauthorizedAccount", sender, bytes(role)):
            getattr(timelock, method)(*arguments, {"from": sender})
    assert phase(sprung) == Phase.BINDING


# -------------------------------------------------------------------------------------------------- Other calls


@pytest.mark.parametrize(("targets", "values", "calldatas"), [(1, 1, 0), (1, 0, 1), (0, 1, 1), (2, 1, 2), (0, 0, 0)])
def test_attack_12_lists_that_do_not_match_are_refused_rather_than_cut(consortium, targets, values, calldatas):
    target, data = resolution(consortium, "work_plan")
    arguments = ([target] * targets, [0] * values, [data] * calldatas, "text")
    with refused("GovernorInvalidProposalLength", targets, calldatas, values):
        consortium.assembly.propose(*arguments, {"from": consortium.wallet(1)})
    assert consortium.assembly.proposalCount() == 0


def test_attack_12_signatures_apart_from_calldata_are_not_understood(consortium):
    """The older way to propose, in which bytes shown and bytes run could differ, is not there."""
    selector = web3.keccak(text="propose(address[],uint256[],string[],bytes[],string)")[:4].hex()
    with refused_as(""):
        consortium.wallet(1).transfer(consortium.assembly, data="0x" + selector + "00" * 160)
    assert consortium.assembly.proposalCount() == 0


def test_attack_12_bytes_that_were_shown_are_the_bytes_that_run(consortium, stranger):
    actions = [resolution(consortium, "urgent_matter", text) for text in ("one", "two")]
    targets, calldatas = [target for target, _ in actions], [data for _, data in actions]
    filed = consortium.assembly.propose(targets, [0, 0], calldatas, "text", {"from": consortium.wallet(1)})
    question = adopt(consortium, Question(filed.return_value, consortium.assembly, targets, calldatas, "text"))
    queue(question, stranger)
    run = execute(question, stranger).events["CallExecuted"]
    shown = filed.events["ProposalCreated"]
    assert [str(event["data"]) for event in run] == [str(data) for data in shown["calldatas"]] == calldatas
    assert [event["target"] for event in run] == list(shown["targets"]) == targets


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x01\x02\x03"])
def test_attack_13_calldata_shorter_than_a_selector_is_refused(consortium, data):
    with refused("RulebookCalldataTooShort", 0, len(data)):
        consortium.assembly.propose([consortium.records], [0], [data], "text", {"from": consortium.wallet(1)})
    target, whole = resolution(consortium, "work_plan")
    with refused("RulebookCalldataTooShort", 1, len(data)):
        consortium.assembly.propose([target] * 2, [0] * 2, [whole, data], "text", {"from": consortium.wallet(1)})
    assert consortium.assembly.proposalCount() == 0


def test_attack_14_other_calls_under_the_same_text_are_not_what_was_decided(consortium, stranger):
    question = adopt(consortium, ask(consortium, make_law(consortium)))
    targets, values, calldatas, digest = question.parts
    swapped = [resolution(consortium, "law_of_the_test", "swapped")[1]]
    for parts in ((targets, values, swapped, digest), (targets, values, calldatas, web3.keccak(text="other text"))):
        unknown = question.governor.hashProposal(*parts)
        with refused("GovernorNonexistentProposal", unknown):
            question.governor.queue(*parts, {"from": stranger})
    assert phase(question) == Phase.BINDING


def test_attack_14_equal_decisions_do_not_block_each_other_in_the_timelock(consortium, stranger):
    """Salts are made of governor and proposal, so nobody can occupy the place of another's decision."""
    action = resolution(consortium, "urgent_matter", "same")
    questions = [put(consortium.assembly, consortium.wallet(1), [action], text) for text in ("one", "two")]
    opened(questions[1])
    for question in questions:
        vote(consortium, question, for_=range(1, 9))
    closed(questions[1])
    for question in questions:
        queue(question, stranger)
    for question in questions:
        execute(question, stranger)
    assert [phase(question) for question in questions] == [Phase.EXECUTED] * 2
