import pytest
from consortium import DAY, at, closed, opened, vote
from laws import ask, make_law
from phases import Phase, counts, phase
from reverts import refused, refused_as

QUORUM = {"quorum_numerator": 2, "quorum_denominator": 3}
WITHIN = 15 * DAY


@pytest.fixture
def law(consortium):
    return make_law(consortium, notice=10 * DAY, short_notice=2 * DAY, calls=3, **QUORUM)


@pytest.fixture
def failed(consortium, law):
    """Had no quorum: one ballot of eight."""
    question = opened(ask(consortium, law))
    vote(consortium, question, for_=[1])
    return closed(question)


def text_of(previous, attempt):
    return f"{previous.description}#attempt={attempt}&of={previous.id}"


def reconvene(consortium, previous, member=2, wait=3 * DAY):
    """The next attempt, as a question; the chain makes its text."""
    targets, values, calldatas, _ = previous.parts
    opens_at = consortium.assembly.clock() + wait
    arguments = (targets, values, calldatas, previous.description, opens_at)
    tx = consortium.assembly.reconvene(*arguments, {"from": consortium.wallet(member)})
    attempt = tx.events["ProposalReconvened"]["attempt"]
    return type(previous)(tx.return_value, previous.governor, targets, calldatas, text_of(previous, attempt)), tx


def test_second_call_is_linked_to_the_first(consortium, failed):
    second, tx = reconvene(consortium, failed)
    assert list(tx.events.keys()) == ["ProposalCreated", "ProposalFiled", "ProposalReconvened"]
    assert tuple(tx.events["ProposalReconvened"].values()) == (failed.id, second.id, 2)
    assert tx.events["ProposalCreated"]["description"] == second.description
    assert second.id == consortium.assembly.hashProposal(*second.parts)
    assert tuple(consortium.assembly.attemptOf(second.id)) == (2, failed.id)
    assert tuple(consortium.assembly.attemptOf(failed.id)) == (1, 0)
    assert consortium.assembly.proposalTerms(second.id)[3] is True


def test_quorum_falls_away_on_the_third_call_and_not_on_the_second(consortium, failed):
    second, _ = reconvene(consortium, failed)
    assert consortium.assembly.quorumOf(second.id) == 6
    vote(consortium, opened(second), for_=[1])
    assert phase(closed(second)) == Phase.NO_QUORUM
    third, _ = reconvene(consortium, second)
    assert consortium.assembly.quorumOf(third.id) == 0
    vote(consortium, opened(third), for_=[1])
    assert phase(closed(third)) == Phase.BINDING


def test_first_attempt_stays_without_quorum(consortium, failed):
    reconvene(consortium, failed)
    assert phase(failed) == Phase.NO_QUORUM


def test_ballots_of_the_first_call_do_not_count_in_the_second(consortium, failed):
    second, _ = reconvene(consortium, failed)
    assert counts(opened(second)) == (0, 0, 0, 8, 0)
    vote(consortium, second, against=[1])


def test_question_is_called_again_within_fifteen_days_to_the_second(consortium, failed):
    last = failed.closes_at + WITHIN
    at(last + 1)
    with refused("ConsortiumGovernorReconvenedTooLate", failed.id, last, last + 1):
        reconvene(consortium, failed, wait=WITHIN + 9 * DAY)


def test_question_is_called_again_in_the_last_second(consortium, failed):
    at(failed.closes_at + WITHIN)
    reconvene(consortium, failed, wait=WITHIN + 9 * DAY)


def test_short_notice_is_kept(consortium, failed):
    with refused_as("ConsortiumGovernorNoticeTooShort"):
        reconvene(consortium, failed, wait=2 * DAY - 5)


def test_question_is_called_again_once(consortium, failed):
    reconvene(consortium, failed)
    with refused("ConsortiumGovernorNoFurtherCall", failed.id, 1):
        reconvene(consortium, failed)


def test_rule_without_calls_calls_nothing_again(consortium):
    question = closed(ask(consortium, make_law(consortium, "once", **QUORUM)))
    with refused("ConsortiumGovernorNoFurtherCall", question.id, 1):
        reconvene(consortium, question)


def test_only_what_had_no_quorum_is_called_again(consortium, law):
    question = ask(consortium, law)
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.PENDING)):
        reconvene(consortium, question)
    vote(consortium, opened(question), against=range(1, 9))
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.REJECTED)):
        reconvene(consortium, closed(question))


def test_second_call_keeps_the_version_of_the_rule_whatever_was_changed_since(consortium, failed):
    before = consortium.assembly.proposalTerms(failed.id)[1:3]
    make_law(consortium, period=5 * DAY)
    second, _ = reconvene(consortium, failed)
    assert consortium.assembly.proposalTerms(second.id)[1:3] == before
    assert second.closes_at - second.opens_at == DAY


def test_stranger_and_associate_call_nothing_again(consortium, failed):
    with refused("ConsortiumGovernorMayNotPropose", 9):
        reconvene(consortium, failed, member=9)


def test_id_of_a_further_call_cannot_be_taken_before_it(consortium, failed):
    """Filed by hand under the text of the second call, and withdrawn, it would end the question for all."""
    targets, values, calldatas, _ = failed.parts
    with refused("GovernorRestrictedProposer", consortium.wallet(7)):
        consortium.assembly.propose(targets, values, calldatas, text_of(failed, 2), {"from": consortium.wallet(7)})
    reconvene(consortium, failed)


def test_one_member_cannot_end_a_question_by_calling_it_again_and_withdrawing_it(consortium, failed):
    second, _ = reconvene(consortium, failed, member=7)
    for member in (7, 1):
        with refused("GovernorUnableToCancel", second.id, consortium.wallet(member)):
            consortium.assembly.cancel(*second.parts, {"from": consortium.wallet(member)})


def test_member_that_put_the_question_and_called_it_again_withdraws_it(consortium, failed):
    second, _ = reconvene(consortium, failed, member=1)
    consortium.assembly.cancel(*second.parts, {"from": consortium.wallet(1)})
    assert phase(second) == Phase.WITHDRAWN


def test_further_call_is_not_put_off_for_ever(consortium, failed):
    """It can be called only once: whoever calls it first must not park it."""
    latest = consortium.assembly.clock() + 32 * DAY
    at(latest - 32 * DAY)
    with refused("ConsortiumGovernorOpensTooLate", latest + 1, latest):
        reconvene(consortium, failed, wait=32 * DAY + 1)
    assert phase(failed) == Phase.NO_QUORUM
    reconvene(consortium, failed, wait=32 * DAY)
