import pytest
from consortium import ABSTAIN, AGAINST, DAY, FOR, at, closed, vote, wallet_of
from laws import ask, ask_now, make_law
from phases import Phase, counts, phase
from reverts import refused
from signatures import sign_ballot

BODY, EVERY_PROPOSAL, FAR = 0, 0, 2**40
HOLDER = 1


@pytest.fixture
def question(consortium):
    """One holder may cast the ballots of two others."""
    return ask_now(consortium, make_law(consortium, mandates=2))


def grant(consortium, principal, holder=HOLDER, proposal=EVERY_PROPOSAL, until=FAR, body=BODY):
    consortium.registry.grantMandate(holder, body, proposal, until, {"from": consortium.wallet(principal)})


def cast(consortium, question, principal, support=FOR, holder=HOLDER, reason=""):
    return question.governor.castMandate(question.id, principal, support, reason, {"from": consortium.wallet(holder)})


def test_holder_casts_another_members_ballot(consortium, question):
    grant(consortium, 5)
    tx = cast(consortium, question, 5, AGAINST, reason="0xwhy")
    assert tuple(tx.events["VoteCast"].values()) == (consortium.wallet(5), question.id, AGAINST, 1, "0xwhy")
    assert tuple(tx.events["BallotCounted"].values()) == (question.id, 5, 0, 0, HOLDER)
    assert counts(question) == (1, 0, 0, 8, 0)
    assert tuple(question.governor.ballotDetail(question.id, 5)) == (1, 0, True, False)


def test_holder_casts_its_own_ballot_and_its_mandates_in_one(consortium, question):
    for principal in (5, 6):
        grant(consortium, principal)
    tx = question.governor.castVoteWithMandates(question.id, FOR, "0xwhy", [5, 6], {"from": consortium.wallet(HOLDER)})
    assert [event["voter"] for event in tx.events["VoteCast"]] == [consortium.wallet(member) for member in (1, 5, 6)]
    assert [event["reason"] for event in tx.events["VoteCast"]] == ["0xwhy"] * 3
    assert counts(question) == (0, 3, 0, 8, 0)


def test_one_mandate_that_fails_undoes_all(consortium, question):
    grant(consortium, 5)
    with refused("ConsortiumGovernorNoMandate", HOLDER, 6):
        question.governor.castVoteWithMandates(question.id, FOR, "", [5, 6], {"from": consortium.wallet(HOLDER)})
    assert counts(question) == (0, 0, 0, 8, 0)


def test_without_a_mandate_nobody_casts_for_another(consortium, question, stranger):
    with refused("ConsortiumGovernorNoMandate", HOLDER, 5):
        cast(consortium, question, 5)
    with refused("ConsortiumGovernorNotAMember", stranger):
        question.governor.castMandate(question.id, 5, FOR, "", {"from": stranger})
    with refused("ConsortiumGovernorNoMandate", HOLDER, HOLDER):
        cast(consortium, question, HOLDER)


def test_mandate_taken_back_or_run_out_is_none(consortium, question):
    grant(consortium, 5)
    consortium.registry.revokeMandate(BODY, {"from": consortium.wallet(5)})
    with refused("ConsortiumGovernorNoMandate", HOLDER, 5):
        cast(consortium, question, 5)
    until = question.opens_at + 1000
    grant(consortium, 6, until=until)
    at(until + 1)
    with refused("ConsortiumGovernorNoMandate", HOLDER, 6):
        cast(consortium, question, 6)


def test_mandate_for_one_proposal_or_another_body_serves_no_other(consortium, question):
    grant(consortium, 5, proposal=question.id)
    cast(consortium, question, 5)
    other = ask_now(consortium, "law_of_the_test", "other")
    with refused("ConsortiumGovernorNoMandate", HOLDER, 5):
        cast(consortium, other, 5)
    grant(consortium, 2, body=1)
    with refused("ConsortiumGovernorNoMandate", HOLDER, 2):
        cast(consortium, other, 2)


def test_own_ballot_overrides_the_one_by_mandate_even_where_ballots_are_final(consortium, question):
    grant(consortium, 5)
    cast(consortium, question, 5, FOR)
    tx = question.governor.castVote(question.id, AGAINST, {"from": consortium.wallet(5)})
    assert tuple(tx.events["BallotCounted"].values()) == (question.id, 5, FOR + 1, 1, 5)
    assert counts(question) == (1, 0, 0, 8, 0)
    with refused("ConsortiumGovernorOwnBallotStands", question.id, 5):
        cast(consortium, question, 5, FOR)


def test_ballot_by_mandate_does_not_void_the_ballot_the_principal_has_signed(consortium, question, stranger):
    """Or the holder could kill it."""
    key = consortium.wallet(5)
    signature = sign_ballot(question.governor, key, question.id, AGAINST)
    grant(consortium, 5)
    cast(consortium, question, 5, FOR)
    assert question.governor.ballotNonce(question.id, key) == question.id << 64
    question.governor.castVoteBySig(question.id, AGAINST, key, signature, {"from": stranger})
    assert counts(question) == (1, 0, 0, 8, 0)


def test_ballot_by_mandate_is_final_unless_the_rule_lets_it_change(consortium, question):
    grant(consortium, 5)
    cast(consortium, question, 5, FOR)
    with refused("ConsortiumGovernorAlreadyVoted", question.id, 5):
        cast(consortium, question, 5, AGAINST)
    revisable = ask_now(consortium, make_law(consortium, "revisable", mandates=1, revisable=True))
    cast(consortium, revisable, 5, FOR)
    tx = cast(consortium, revisable, 5, ABSTAIN)
    assert tuple(tx.events["BallotCounted"].values()) == (revisable.id, 5, FOR + 1, 0, HOLDER)
    assert counts(revisable) == (0, 0, 1, 8, 0)


def test_holder_casts_as_many_mandates_as_the_rule_allows(consortium, question):
    for principal in (5, 6, 7):
        grant(consortium, principal)
    for principal in (5, 6):
        cast(consortium, question, principal)
    with refused("ConsortiumGovernorMandateLimit", HOLDER, 2):
        cast(consortium, question, 7)


def test_place_used_is_not_given_back_by_the_principals_own_ballot(consortium, question):
    for principal in (5, 6, 7):
        grant(consortium, principal)
    for principal in (5, 6):
        cast(consortium, question, principal)
    vote(consortium, question, against=[5])
    with refused("ConsortiumGovernorMandateLimit", HOLDER, 2):
        cast(consortium, question, 7)


def test_limit_counts_principals_not_ballots(consortium):
    question = ask_now(consortium, make_law(consortium, mandates=1, revisable=True))
    grant(consortium, 5)
    for support in (FOR, AGAINST, FOR):
        cast(consortium, question, 5, support)
    grant(consortium, 6)
    with refused("ConsortiumGovernorMandateLimit", HOLDER, 1):
        cast(consortium, question, 6)


def test_rule_without_mandates_takes_none(consortium):
    question = ask_now(consortium, make_law(consortium, "no_mandates"))
    grant(consortium, 5)
    with refused("ConsortiumGovernorMandateLimit", HOLDER, 0):
        cast(consortium, question, 5)


def test_limit_is_for_each_proposal_and_each_holder(consortium, question):
    for principal in (5, 6):
        grant(consortium, principal)
        cast(consortium, question, principal)
    grant(consortium, 7, holder=2)
    cast(consortium, question, 7, holder=2)
    other = ask_now(consortium, "law_of_the_test", "other")
    cast(consortium, other, 5)


def test_mandate_of_a_member_that_lost_its_vote_is_worth_nothing(consortium, question):
    grant(consortium, 5)
    consortium.registry.recordExit(5)
    with refused("ConsortiumGovernorNoVotingRight", 5, 0):
        cast(consortium, question, 5)


def test_defaulting_holder_and_defaulting_principal_cast_nothing(consortium):
    law = make_law(consortium, mandates=2, period=60 * DAY)
    question = ask_now(consortium, law)
    grant(consortium, 5)
    grant(consortium, 2, holder=6)
    until = 0
    for member in (5, 6):
        until = consortium.registry.notifyBreach(member, 30 * DAY).events["BreachNotified"]["remedyUntil"]
    at(until + 1)
    for member in (5, 6):
        consortium.registry.declareDefault(member)
    with refused("ConsortiumGovernorMemberDefaulting", 6):
        cast(consortium, question, 2, holder=6)
    with refused("ConsortiumGovernorMemberDefaulting", 5):
        cast(consortium, question, 5)


def test_recused_holder_and_recused_principal_cast_nothing(consortium, question):
    grant(consortium, 5)
    grant(consortium, 6, holder=2)
    for member in (5, 2):
        question.governor.recuse(question.id, {"from": consortium.wallet(member)})
    with refused("ConsortiumGovernorRecused", question.id, 5):
        cast(consortium, question, 5)
    with refused("ConsortiumGovernorRecused", question.id, 2):
        cast(consortium, question, 6, holder=2)


def test_associate_holds_no_mandate_in_the_assembly(consortium, question):
    with refused("ConsortiumGovernorNoVotingRight", 9, 0):
        cast(consortium, question, 5, holder=9)


def test_choice_of_a_mandate_must_exist(consortium, question):
    grant(consortium, 5)
    with refused("ConsortiumGovernorInvalidChoice", 3):
        cast(consortium, question, 5, 3)


def test_mandates_are_cast_while_voting_is_open_to_the_second(consortium):
    question = ask(consortium, make_law(consortium, mandates=1, notice=DAY))
    grant(consortium, 5)
    at(question.opens_at)
    with refused("ConsortiumGovernorVotingNotOpen", question.id, question.opens_at, question.opens_at):
        cast(consortium, question, 5)
    at(question.closes_at + 1)
    with refused("ConsortiumGovernorVotingClosed", question.id, question.closes_at, question.closes_at + 1):
        cast(consortium, question, 5)


def test_principals_new_wallet_is_named_in_the_ballot(consortium, question):
    grant(consortium, 5)
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(5)})
    assert cast(consortium, question, 5).events["VoteCast"]["voter"] == wallet_of(50)
    assert phase(closed(question)) == Phase.BINDING
