"""Decisions that turn out flawed, that were never taken, or that are tried again in the wrong state."""

import pytest
from consortium import (
    ACTIVE,
    DAY,
    adopt,
    at,
    bytes32,
    call_of,
    closed,
    execute,
    mine_at,
    opened,
    put,
    queue,
    resolution,
    rule,
)
from laws import ask, make_law
from operations import refused_unready
from phases import Phase, phase
from reverts import State, refused, refused_in

STATEMENT = b"\x07" * 32


def test_attack_03_flawed_decision_is_stopped_by_one_and_mended_at_short_notice(consortium, stranger):
    law = make_law(
        consortium, notice=30 * DAY, short_notice=DAY, standstill=10 * DAY, veto_grounds=1, veto_window=10 * DAY
    )
    flawed = adopt(consortium, ask(consortium, law))
    flawed.governor.veto(flawed.id, 0, STATEMENT, {"from": consortium.wallet(6)})
    target, data = resolution(consortium, law, "mended")
    opens_at = consortium.assembly.clock() + DAY + 60
    tx = consortium.assembly.revise(
        flawed.id, [target], [0], [data], "mended", opens_at, True, {"from": consortium.wallet(1)}
    )
    assert tuple(tx.events["ProposalRevised"].values()) == (flawed.id, tx.return_value)
    mine_at(flawed.closes_at + 400 * DAY)
    with refused_in(flawed, State.DEFEATED, State.SUCCEEDED):
        queue(flawed, stranger)


def test_attack_03_faulty_law_that_would_stop_all_further_laws_does_not_take_effect(governed, stranger):
    """One wrong setting, adopted by all: the execution fails, and the law can still be changed."""
    before = governed.rulebook.ruleCount()
    terms = rule(majority_numerator=0, majority_denominator=1, binding=False)
    faulty = call_of(governed.rulebook, "setRule", bytes32("GA_2_3"), terms)
    question = adopt(governed, put(governed.assembly, governed.wallet(1), [faulty]))
    queue(question, stranger)
    at(question.governor.proposalEta(question.id))
    with refused("RulebookLockOut", governed.rulebook, bytes.fromhex(governed.rulebook.setRule.signature[2:])):
        question.governor.execute(*question.parts, {"from": stranger})
    assert (governed.rulebook.ruleCount(), phase(question)) == (before, Phase.QUEUED)


def test_attack_29_superseded_decision_is_never_executed_by_accident(consortium, stranger):
    """Once a revised proposal relies on the veto, not even its author takes it back."""
    law = make_law(consortium, veto_grounds=1, veto_window=DAY)
    flawed = adopt(consortium, ask(consortium, law))
    author = consortium.wallet(6)
    flawed.governor.veto(flawed.id, 0, STATEMENT, {"from": author})
    target, data = resolution(consortium, law, "revised")
    arguments = (flawed.id, [target], [0], [data], "revised", consortium.assembly.clock() + 60, False)
    consortium.assembly.revise(*arguments, {"from": consortium.wallet(1)})
    with refused("ConsortiumGovernorUnexpectedPhase", flawed.id, int(Phase.VETOED)):
        flawed.governor.withdrawVeto(flawed.id, {"from": author})
    consortium.registry.recordExit(6)
    mine_at(flawed.closes_at + 1000 * DAY)
    with refused_in(flawed, State.DEFEATED, State.SUCCEEDED):
        queue(flawed, stranger)
    with refused_in(flawed, State.DEFEATED, State.QUEUED):
        flawed.governor.execute(*flawed.parts, {"from": stranger})
    assert phase(flawed) == Phase.VETOED


def test_attack_29_nothing_is_executed_in_one_step(consortium, stranger):
    question = adopt(consortium, ask(consortium, make_law(consortium)))
    with refused_in(question, State.SUCCEEDED, State.QUEUED):
        question.governor.execute(*question.parts, {"from": stranger})
    queue(question, stranger)
    with refused_unready(consortium, question):
        question.governor.execute(*question.parts, {"from": stranger})
    assert phase(question) == Phase.QUEUED


def pending(consortium, question):
    return State.PENDING


def open_(consortium, question):
    opened(question)
    return State.ACTIVE


def rejected(consortium, question):
    closed(question)
    return State.DEFEATED


def vetoed(consortium, question):
    adopt(consortium, question)
    question.governor.veto(question.id, 0, STATEMENT, {"from": consortium.wallet(6)})
    return State.DEFEATED


def withdrawn(consortium, question):
    question.governor.cancel(*question.parts, {"from": consortium.wallet(1)})
    return State.CANCELED


def executed(consortium, question):
    adopt(consortium, question)
    mine_at(question.closes_at + DAY + 1)
    queue(question, consortium.wallet(1))
    execute(question, consortium.wallet(1))
    return State.EXECUTED


@pytest.mark.parametrize("come_to", [pending, open_, rejected, vetoed, withdrawn, executed])
def test_attack_20_nothing_is_queued_or_executed_from_a_state_in_which_it_must_not(consortium, stranger, come_to):
    question = ask(consortium, make_law(consortium, notice=DAY, veto_grounds=1, veto_window=DAY))
    state = come_to(consortium, question)
    before = phase(question)
    with refused_in(question, state, State.SUCCEEDED):
        queue(question, stranger)
    with refused_in(question, state, State.QUEUED):
        question.governor.execute(*question.parts, {"from": stranger})
    assert phase(question) == before


def test_attack_20_adopted_decision_that_does_not_bind_yet_is_neither_queued_nor_executed(consortium, stranger):
    question = adopt(consortium, ask(consortium, make_law(consortium, standstill=DAY)))
    with refused("ConsortiumGovernorNotBindingYet", question.id, int(Phase.ADOPTED), question.closes_at + DAY):
        queue(question, stranger)
    with refused_in(question, State.SUCCEEDED, State.QUEUED):
        question.governor.execute(*question.parts, {"from": stranger})
    assert phase(question) == Phase.ADOPTED


def test_attack_20_decision_queued_is_not_queued_again(consortium, stranger):
    question = adopt(consortium, ask(consortium, make_law(consortium)))
    queue(question, stranger)
    eta = question.governor.proposalEta(question.id)
    with refused_in(question, State.QUEUED, State.SUCCEEDED):
        queue(question, stranger)
    assert question.governor.proposalEta(question.id) == eta


def test_attack_20_failed_execution_leaves_the_decision_where_it_was(governed, stranger):
    question = put(governed.assembly, governed.wallet(1), [call_of(governed.registry, "declareDefault", 5)])
    adopt(governed, question)
    queue(question, stranger)
    at(governed.assembly.proposalEta(question.id))
    with refused("MemberRegistryUnexpectedStatus", 5, ACTIVE):
        governed.assembly.execute(*question.parts, {"from": stranger})
    assert phase(question) == Phase.QUEUED
