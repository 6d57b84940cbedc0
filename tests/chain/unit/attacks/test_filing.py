"""Proposals taken from others, filed by strangers, brought back from the dead, or counted twice."""

import pytest
from consortium import DAY, DEFAULTING, FOR, at, closed, mine_at, opened, put, resolution, vote, wallet_of
from laws import ask, make_law
from phases import Phase, counts, phase
from reverts import State, refused, refused_in


@pytest.fixture
def governor(consortium):
    return consortium.assembly


def own_text(wallet):
    return f"text#proposer={wallet.address.lower()}"


def test_attack_10_front_runner_neither_files_nor_withdraws_what_names_its_proposer(consortium, governor):
    victim, attacker = consortium.wallet(1), consortium.wallet(2)
    action = [resolution(consortium, "work_plan")]
    with refused("GovernorRestrictedProposer", attacker):
        put(governor, attacker, action, own_text(victim))
    assert governor.proposalCount() == 0
    question = put(governor, victim, action, own_text(victim))
    with refused("GovernorUnableToCancel", question.id, attacker):
        governor.cancel(*question.parts, {"from": attacker})
    assert phase(question) == Phase.PENDING


@pytest.mark.parametrize("spelled", [str.lower, str.upper, lambda digits: digits])
def test_attack_10_suffix_binds_its_proposer_in_capitals_and_in_small_letters(consortium, governor, spelled):
    description = "text#proposer=0x" + spelled(consortium.wallet(1).address[2:])
    action = [resolution(consortium, "work_plan")]
    with refused("GovernorRestrictedProposer", consortium.wallet(2)):
        put(governor, consortium.wallet(2), action, description)
    put(governor, consortium.wallet(1), action, description)


@pytest.mark.parametrize("digit", [0, 7, 8, 19, 20, 39])
def test_attack_10_suffix_that_differs_in_one_digit_is_another_address(consortium, governor, digit):
    digits = list(consortium.wallet(1).address.lower()[2:])
    digits[digit] = "0" if digits[digit] != "0" else "1"
    with refused("GovernorRestrictedProposer", consortium.wallet(1)):
        put(governor, consortium.wallet(1), [resolution(consortium, "work_plan")], "text#proposer=0x" + "".join(digits))


def test_attack_10_suffix_without_an_address_files_nothing(consortium, governor):
    with refused("GovernorRestrictedProposer", consortium.wallet(1)):
        put(governor, consortium.wallet(1), [resolution(consortium, "work_plan")], "text#proposer=0x" + "z" * 40)


@pytest.mark.parametrize("text", ["", "7", "1" * 80, "&of=", "x&of=1x", "#proposer=0x" + "1" * 39, "&of1", "of=1"])
def test_attack_10_texts_that_say_neither_who_may_propose_nor_which_attempt_are_free(consortium, governor, text):
    put(governor, consortium.wallet(1), [resolution(consortium, "work_plan")], text)


@pytest.mark.parametrize("text", ["&of=1", "x#attempt=2&of=123", "x&of=" + "9" * 58])
def test_attack_10_place_of_a_further_call_is_not_taken_by_hand(consortium, governor, text):
    """Filed by someone else before it, and withdrawn, it would end the question for all."""
    with refused("GovernorRestrictedProposer", consortium.wallet(1)):
        put(governor, consortium.wallet(1), [resolution(consortium, "work_plan")], text)
    assert governor.proposalCount() == 0


def test_attack_10_further_call_of_anothers_question_is_not_withdrawn_by_who_called_it(consortium, governor):
    law = make_law(consortium, quorum_numerator=1, quorum_denominator=2, calls=2, notice=DAY)
    question = closed(ask(consortium, law))
    targets, values, calldatas, _ = question.parts
    arguments = (targets, values, calldatas, question.description, governor.clock() + 2 * DAY)
    second = governor.reconvene(*arguments, {"from": consortium.wallet(7)}).return_value
    text = f"{question.description}#attempt=2&of={question.id}"
    again = type(question)(second, governor, targets, calldatas, text)
    with refused("GovernorUnableToCancel", second, consortium.wallet(7)):
        governor.cancel(*again.parts, {"from": consortium.wallet(7)})
    assert phase(again) == Phase.PENDING


def test_attack_23_withdrawn_proposal_is_not_withdrawn_again(consortium, governor):
    """A second event would be counted twice by whoever adds events up."""
    question = ask(consortium, make_law(consortium, notice=DAY))
    me = {"from": consortium.wallet(1)}
    assert "ProposalCanceled" in governor.cancel(*question.parts, me).events
    for sender in (me, {"from": consortium.wallet(2)}):
        with refused("GovernorUnableToCancel", question.id, sender["from"]):
            governor.cancel(*question.parts, sender)
    assert phase(question) == Phase.WITHDRAWN


def test_attack_27_strangers_and_offices_file_nothing(consortium, governor, stranger):
    for number in range(3):
        for sender in (stranger, consortium.registrar, consortium.approver, consortium.deployer):
            with refused("ConsortiumGovernorNotAMember", sender):
                put(governor, sender, [resolution(consortium, "work_plan")], str(number))
    assert governor.proposalCount() == 0


def test_attack_27_members_without_a_vote_file_nothing(consortium, governor):
    registry = consortium.registry
    until = registry.notifyBreach(5, 30 * DAY).events["BreachNotified"]["remedyUntil"]
    at(until + 1)
    registry.declareDefault(5)
    assert registry.member(5)[2] == DEFAULTING
    registry.recordExit(6)
    for member in (5, 6, 9):
        with refused("ConsortiumGovernorMayNotPropose", member):
            put(governor, consortium.wallet(member), [resolution(consortium, "work_plan")])
    assert governor.proposalCount() == 0


def test_attack_27_wallet_left_behind_does_nothing_any_more(consortium, governor):
    question = opened(ask(consortium, make_law(consortium, veto_grounds=1)))
    old = consortium.wallet(2)
    consortium.registry.rotateWallet(wallet_of(50), {"from": old})
    acts = (
        lambda: governor.castVote(question.id, FOR, {"from": old}),
        lambda: governor.recuse(question.id, {"from": old}),
        lambda: governor.veto(question.id, 0, b"\x01" * 32, {"from": old}),
        lambda: governor.castMandate(question.id, 3, FOR, "", {"from": old}),
        lambda: put(governor, old, [resolution(consortium, "work_plan")], "again"),
    )
    for act in acts:
        with refused("ConsortiumGovernorWalletRevoked", old, 2):
            act()
    assert counts(question) == (0, 0, 0, 8, 0)
    assert governor.proposalCount() == 1


def test_attack_27_no_member_drowns_the_questions_of_the_others(consortium, governor):
    """Fifteen a day in one body; the next day, another member and another body are free."""
    for number in range(15):
        put(governor, consortium.wallet(2), [resolution(consortium, "work_plan")], f"noise {number}")
    with refused("ConsortiumGovernorTooManyProposals", 2, 15):
        put(governor, consortium.wallet(2), [resolution(consortium, "work_plan")], "one more")
    put(governor, consortium.wallet(3), [resolution(consortium, "work_plan")], "heard")
    put(consortium.governors[1], consortium.wallet(2), [resolution(consortium, "board_matter")], "elsewhere")
    mine_at((governor.clock() // DAY + 1) * DAY)
    put(governor, consortium.wallet(2), [resolution(consortium, "work_plan")], "tomorrow")
    assert governor.proposalCount() == 17


def test_attack_27_meetings_are_not_put_off_to_a_day_that_nobody_lives_to_see(consortium, governor):
    target, data = resolution(consortium, "work_plan")
    now = governor.clock() + 10
    at(now)
    with refused("ConsortiumGovernorOpensTooLate", now + 1 + 366 * DAY, now + 366 * DAY):
        governor.convene([target], [0], [data], "text", now + 1 + 366 * DAY, False, {"from": consortium.wallet(1)})
    assert governor.proposalCount() == 0


def test_attack_28_withdrawn_proposal_never_comes_back(consortium, governor):
    """Not filed again, not voted on when its day comes, not called again, not revised."""
    law = make_law(consortium, notice=DAY, calls=2, quorum_numerator=1, quorum_denominator=2, veto_grounds=1)
    question = ask(consortium, law)
    me = {"from": consortium.wallet(1)}
    governor.cancel(*question.parts, me)
    targets, values, calldatas, _ = question.parts
    with refused_in(question, State.CANCELED):
        ask(consortium, law)
    at(question.opens_at + 1)
    with refused("ConsortiumGovernorVotingClosed", question.id, question.closes_at, question.opens_at + 1):
        vote(consortium, question, for_=[1])
    closed(question)
    opens_at = governor.clock() + 2 * DAY
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.WITHDRAWN)):
        governor.reconvene(targets, values, calldatas, question.description, opens_at, me)
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.WITHDRAWN)):
        governor.revise(question.id, targets, values, calldatas, "revised", opens_at, False, me)
    assert (phase(question), governor.proposalCount()) == (Phase.WITHDRAWN, 1)


def test_attack_28_proposals_that_look_alike_have_numbers_of_their_own(consortium, governor):
    law = make_law(consortium)
    questions = [ask(consortium, law, text) for text in ("text", "text ", "Text")]
    assert [governor.proposalTerms(question.id)[0] for question in questions] == [1, 2, 3]
    assert len({question.id for question in questions}) == 3
