"""Votes that were borrowed, bought, given to oneself or cast for those who are away."""

import pytest
from consortium import (
    DAY,
    DELAY,
    FOR,
    RECUSES,
    adopt,
    at,
    closed,
    opened,
    put,
    queue,
    resolution,
    vote,
    wallet_of,
)
from laws import ask, ask_now, make_law, resolution_for
from operations import refused_unready
from phases import Phase, counts, phase
from reverts import State, refused, refused_in
from signatures import sign_ballot

QUORUM = {"quorum_numerator": 2, "quorum_denominator": 3}
FAR = 2**40


@pytest.mark.parametrize("wait", [1, 3600])
def test_attack_01_power_taken_after_the_snapshot_counts_nothing(consortium, wait):
    """Whoever gets a vote in the very second in which voting opens, or later, votes on the next question."""
    question = ask(consortium, make_law(consortium, body=1), body=1)
    at(question.opens_at + wait)
    consortium.registry.grantSeat(1, 5, 0)
    assert consortium.registry.member(5)[4] & 2
    with refused("ConsortiumGovernorNotInElectorate", 5, question.opens_at):
        question.governor.castVote(question.id, FOR, {"from": consortium.wallet(5)})
    assert counts(question) == (0, 0, 0, 3, 0)


def test_attack_01_vote_and_execution_never_share_a_second(consortium, stranger):
    """Not even the ballot that decides, cast in the last second there is."""
    question = opened(ask(consortium, make_law(consortium)))
    at(question.closes_at)
    vote(consortium, question, for_=[1])
    at(question.closes_at)
    with refused_in(question, State.ACTIVE, State.SUCCEEDED):
        queue(question, stranger)
    closed(question)
    queue(question, stranger)
    eta = question.governor.proposalEta(question.id)
    assert eta > question.closes_at + DELAY
    at(eta - 1)
    with refused_unready(consortium, question):
        question.governor.execute(*question.parts, {"from": stranger})
    assert phase(question) == Phase.QUEUED


def test_attack_04_a_few_at_the_weekend_are_stopped_by_one_on_monday(consortium, stranger):
    """Adopted by the three that were there; whoever wakes up within the window says no, and it never binds."""
    law = make_law(consortium, notice=7 * DAY, veto_grounds=1, veto_window=5 * DAY)
    question = ask(consortium, law)
    assert question.opens_at - consortium.assembly.clock() == 7 * DAY
    adopt(consortium, question, members=[1, 2, 3])
    with refused("ConsortiumGovernorNotBindingYet", question.id, int(Phase.ADOPTED), question.closes_at + 5 * DAY):
        queue(question, stranger)
    at(question.closes_at + 5 * DAY)
    question.governor.veto(question.id, 0, b"\x07" * 32, {"from": consortium.wallet(8)})
    at(question.closes_at + 400 * DAY)
    with refused_in(question, State.DEFEATED, State.SUCCEEDED):
        queue(question, stranger)
    assert phase(question) == Phase.VETOED


def test_attack_06_who_is_given_the_money_does_not_decide_on_it(consortium, stranger):
    """Not itself, not by a signature, not by a mandate in either direction."""
    law = make_law(consortium, effect=RECUSES, mandates=3)
    question = opened(put(consortium.assembly, consortium.wallet(5), [resolution_for(consortium, law, 5)]))
    governor, party = question.governor, consortium.wallet(5)
    consortium.registry.grantMandate(1, 0, 0, FAR, {"from": party})
    consortium.registry.grantMandate(5, 0, 0, FAR, {"from": consortium.wallet(6)})
    signature = sign_ballot(governor, party, question.id, FOR)
    ways = (
        lambda: governor.castVote(question.id, FOR, {"from": party}),
        lambda: governor.castVoteBySig(question.id, FOR, party, signature, {"from": stranger}),
        lambda: governor.castMandate(question.id, 5, FOR, "", {"from": consortium.wallet(1)}),
        lambda: governor.castMandate(question.id, 6, FOR, "", {"from": party}),
        lambda: governor.castVoteWithMandates(question.id, FOR, "", [6], {"from": party}),
    )
    for way in ways:
        with refused("ConsortiumGovernorRecused", question.id, 5):
            way()
    assert counts(question) == (0, 0, 0, 7, 1)


def test_attack_06_award_cannot_be_hidden_in_a_decision_that_names_nobody(consortium):
    law = make_law(consortium, effect=RECUSES)
    award = resolution_for(consortium, law, 5)
    with refused("RulebookPartyNotAlone", 2):
        put(consortium.assembly, consortium.wallet(5), [resolution(consortium, law), award])
    with refused("RulebookPartyNotAlone", 2):
        put(consortium.assembly, consortium.wallet(5), [award, award])
    assert consortium.assembly.proposalCount() == 0


def test_attack_22_what_one_was_gives_no_power(consortium):
    """A former proposer of standing, an associate and a wallet left behind: rights follow from today's standing."""
    law = make_law(consortium, veto_grounds=1, notice=DAY)
    question = ask(consortium, law)
    consortium.registry.changeClass(6, 3)
    consortium.registry.recordExit(7)
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(8)})
    opened(question)
    for member in (6, 7):
        with refused("ConsortiumGovernorVetoNotAllowed", question.id, member, 0):
            question.governor.veto(question.id, 0, b"\x07" * 32, {"from": consortium.wallet(member)})
        with refused("ConsortiumGovernorNoVotingRight", member, 0):
            question.governor.castVote(question.id, FOR, {"from": consortium.wallet(member)})
        with refused("ConsortiumGovernorMayNotPropose", member):
            ask(consortium, law, "again", proposer=member)
    with refused("ConsortiumGovernorWalletRevoked", consortium.wallet(8), 8):
        question.governor.veto(question.id, 0, b"\x07" * 32, {"from": consortium.wallet(8)})
    assert counts(question) == (0, 0, 0, 6, 0)


@pytest.mark.parametrize(("present", "expected"), [(5, Phase.NO_QUORUM), (6, Phase.BINDING), (7, Phase.BINDING)])
def test_attack_22_threshold_is_met_at_its_number_and_not_one_below(consortium, present, expected):
    """Six of eight are just three quarters, once as a quorum and once as a majority of all."""
    voters = range(1, present + 1)
    quorum = {"quorum_numerator": 3, "quorum_denominator": 4}
    assert phase(adopt(consortium, ask(consortium, make_law(consortium, **quorum)), voters)) == expected
    majority = {"majority_numerator": 3, "majority_denominator": 4, "base": 2}
    other = ask(consortium, make_law(consortium, "of_all", **majority))
    assert phase(adopt(consortium, other, voters)) == (Phase.BINDING if present >= 6 else Phase.REJECTED)


def test_attack_22_nobody_but_its_proposer_withdraws_a_proposal(consortium, stranger):
    question = ask(consortium, make_law(consortium, notice=DAY))
    others = [consortium.wallet(member) for member in range(2, 11)]
    for other in (*others, stranger, consortium.registrar, consortium.approver, consortium.deployer):
        with refused("GovernorUnableToCancel", question.id, other):
            question.governor.cancel(*question.parts, {"from": other})
    assert phase(question) == Phase.PENDING


def test_attack_32_mandate_given_to_someone_absent_is_no_ballot(consortium):
    """Six mandates and a silent holder make neither a quorum nor a vote."""
    question = ask_now(consortium, make_law(consortium, mandates=7, **QUORUM))
    for principal in range(2, 8):
        consortium.registry.grantMandate(1, 0, 0, FAR, {"from": consortium.wallet(principal)})
    vote(consortium, question, for_=[8])
    assert counts(question) == (0, 1, 0, 8, 0)
    assert phase(closed(question)) == Phase.NO_QUORUM


def test_attack_32_holder_without_a_vote_of_its_own_votes_for_nobody(consortium):
    question = ask_now(consortium, make_law(consortium, mandates=3, period=60 * DAY))
    until = question.opens_at + DAY
    holders = {5: 6, 2: 9, 3: 7}
    for principal, holder in holders.items():
        consortium.registry.grantMandate(holder, 0, 0, until, {"from": consortium.wallet(principal)})
    consortium.registry.recordExit(6)
    for principal, holder in ((5, 6), (2, 9)):
        with refused("ConsortiumGovernorNoVotingRight", holder, 0):
            cast_for(consortium, question, principal, holder)
    at(until + 1)
    with refused("ConsortiumGovernorNoMandate", 7, 3):
        cast_for(consortium, question, 3, 7)
    assert counts(question) == (0, 0, 0, 8, 0)


def test_attack_32_one_holder_does_not_speak_for_the_whole_assembly(consortium):
    question = ask_now(consortium, make_law(consortium, mandates=2))
    for principal in range(2, 9):
        consortium.registry.grantMandate(1, 0, 0, FAR, {"from": consortium.wallet(principal)})
    holder = {"from": consortium.wallet(1)}
    with refused("ConsortiumGovernorMandateLimit", 1, 2):
        question.governor.castVoteWithMandates(question.id, FOR, "", list(range(2, 9)), holder)
    question.governor.castVoteWithMandates(question.id, FOR, "", [2, 3], holder)
    with refused("ConsortiumGovernorMandateLimit", 1, 2):
        question.governor.castMandate(question.id, 4, FOR, "", holder)
    assert counts(question) == (0, 3, 0, 8, 0)


def cast_for(consortium, question, principal, holder):
    question.governor.castMandate(question.id, principal, FOR, "", {"from": consortium.wallet(holder)})
