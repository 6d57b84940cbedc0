import pytest
from consortium import DAY, FOR, RECUSES, call_of, closed, opened, put, vote, wallet_of
from laws import ask, ask_now, make_law, resolution_for
from phases import Phase, counts, phase
from reverts import refused, refused_as


@pytest.fixture
def question(consortium):
    return ask_now(consortium, make_law(consortium))


def award(consortium, member, proposer=1):
    law = make_law(consortium, effect=RECUSES, notice=5 * DAY)
    return put(consortium.assembly, consortium.wallet(proposer), [resolution_for(consortium, law, member)])


def test_recused_member_leaves_numerator_and_denominator_and_stays_visible(consortium, question):
    tx = question.governor.recuse(question.id, {"from": consortium.wallet(3)})
    assert tuple(tx.events["MemberRecused"].values()) == (question.id, 3, True)
    assert counts(question) == (0, 0, 0, 7, 1)
    assert tuple(question.governor.ballotDetail(question.id, 3)) == (0, 0, False, True)
    assert question.governor.hasVoted(question.id, consortium.wallet(3)) is False


def test_recused_member_casts_no_ballot(consortium, question):
    question.governor.recuse(question.id, {"from": consortium.wallet(3)})
    with refused("ConsortiumGovernorRecused", question.id, 3):
        question.governor.castVote(question.id, FOR, {"from": consortium.wallet(3)})


def test_recusal_is_declared_once_and_not_after_the_ballot(consortium, question):
    question.governor.recuse(question.id, {"from": consortium.wallet(3)})
    with refused("ConsortiumGovernorRecused", question.id, 3):
        question.governor.recuse(question.id, {"from": consortium.wallet(3)})
    vote(consortium, question, for_=[4])
    with refused("ConsortiumGovernorAlreadyVoted", question.id, 4):
        question.governor.recuse(question.id, {"from": consortium.wallet(4)})


def test_recusal_is_the_members_whatever_wallet_it_has(consortium, question):
    question.governor.recuse(question.id, {"from": consortium.wallet(3)})
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(3)})
    with refused("ConsortiumGovernorRecused", question.id, 3):
        question.governor.castVote(question.id, FOR, {"from": wallet_of(50)})


def test_recusal_may_be_declared_before_voting_opens_and_not_after_it_has_closed(consortium):
    question = ask(consortium, make_law(consortium, notice=DAY))
    question.governor.recuse(question.id, {"from": consortium.wallet(3)})
    closed(question)
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.REJECTED)):
        question.governor.recuse(question.id, {"from": consortium.wallet(4)})


@pytest.mark.parametrize("pending", [True, False])
def test_only_members_that_vote_in_the_body_are_recused(consortium, stranger, pending):
    question = ask(consortium, make_law(consortium, notice=DAY))
    if not pending:
        opened(question)
    with refused("ConsortiumGovernorNotAMember", stranger):
        question.governor.recuse(question.id, {"from": stranger})
    with refused("ConsortiumGovernorNoVotingRight", 9, 0):
        question.governor.recuse(question.id, {"from": consortium.wallet(9)})


def test_award_recuses_the_member_it_names(consortium):
    question = award(consortium, 5)
    assert tuple(question.governor.proposalParties(question.id)) == (5, RECUSES, 0)
    with refused("ConsortiumGovernorRecused", question.id, 5):
        question.governor.castVote(opened(question).id, FOR, {"from": consortium.wallet(5)})
    assert counts(question) == (0, 0, 0, 7, 1)


def test_award_to_a_member_of_a_later_word_recuses_it(consortium):
    """Member 17 begins the second word of ballots, which is empty when the proposal is filed."""
    tx = award(consortium, 17)
    assert tuple(tx.governor.ballotDetail(tx.id, 17)) == (0, 0, False, True)
    assert tx.governor.proposalTerms(tx.id)[0] == 1


def test_recused_member_that_loses_its_vote_before_the_snapshot_is_not_subtracted_twice(consortium):
    question = award(consortium, 5)
    consortium.registry.recordExit(5)
    assert counts(opened(question)) == (0, 0, 0, 7, 0)


def test_recused_member_that_loses_its_vote_after_the_snapshot_stays_recused(consortium):
    question = opened(award(consortium, 5))
    consortium.registry.recordExit(5)
    assert counts(question) == (0, 0, 0, 7, 1)


def test_award_to_an_associate_takes_nobody_out_of_the_assembly(consortium):
    assert counts(opened(award(consortium, 9))) == (0, 0, 0, 8, 0)


def test_award_may_carry_no_second_action(consortium):
    law = make_law(consortium, effect=RECUSES)
    actions = [resolution_for(consortium, law, 5), resolution_for(consortium, law, 6)]
    with refused("RulebookPartyNotAlone", 2):
        put(consortium.assembly, consortium.wallet(1), actions)


def test_recusing_the_opposition_needs_its_own_word(consortium, question, stranger):
    """Nobody recuses another: the call names no member."""
    for other in (stranger, consortium.registrar, consortium.deployer):
        with refused_as("ConsortiumGovernorNotAMember"):
            question.governor.recuse(question.id, {"from": other})


def test_member_recused_by_its_own_proposal_may_still_propose_and_withdraw(consortium):
    question = award(consortium, 1)
    question.governor.cancel(*question.parts, {"from": consortium.wallet(1)})
    assert phase(question) == Phase.WITHDRAWN


def test_party_is_read_from_the_call_that_will_run(consortium):
    """An argument that is no member's number files nothing."""
    law = make_law(consortium, effect=RECUSES)
    target, data = call_of(consortium.records, "resolveFor", consortium.kind(law), 0, b"\x01" * 32)
    with refused_as("RulebookInvalidParty"):
        put(consortium.assembly, consortium.wallet(1), [(target, data)])
