import pytest
from consortium import BARS_VETO, DAY, RECUSES, adopt, at, call_of, closed, mine_at, opened, put, queue, vote, wallet_of
from laws import ask, ask_now, make_law, resolution_for
from phases import Phase, phase
from reverts import refused, refused_as

COSTS, LIABILITIES = 2, 3
STATEMENT = b"\x07" * 32
WINDOW = 15 * DAY


@pytest.fixture
def law(consortium):
    return make_law(consortium, veto_grounds=1 << COSTS, veto_window=WINDOW)


@pytest.fixture
def adopted(consortium, law):
    """Adopted by all, within the time to veto."""
    return adopt(consortium, ask(consortium, law))


def veto(consortium, question, member, ground=COSTS, statement=STATEMENT):
    return question.governor.veto(question.id, ground, statement, {"from": consortium.wallet(member)})


def test_one_veto_keeps_an_adopted_decision_from_binding(consortium, adopted, stranger):
    tx = veto(consortium, adopted, 6)
    assert tuple(tx.events["VetoRaised"].values()) == (adopted.id, 6, COSTS, "0x" + STATEMENT.hex())
    assert phase(adopted) == Phase.VETOED
    assert adopted.governor.state(adopted.id) == 3
    mine_at(adopted.closes_at + 400 * DAY)
    with refused_as("GovernorUnexpectedProposalState"):
        queue(adopted, stranger)


def test_withdrawn_veto_sets_the_decision_free(consortium, adopted):
    veto(consortium, adopted, 6)
    tx = adopted.governor.withdrawVeto(adopted.id, {"from": consortium.wallet(6)})
    assert tuple(tx.events["VetoWithdrawn"].values()) == (adopted.id, 6)
    assert phase(adopted) == Phase.ADOPTED
    mine_at(adopted.closes_at + WINDOW + 1)
    assert phase(adopted) == Phase.BINDING


def test_every_veto_must_be_withdrawn(consortium, adopted):
    for member in (6, 7):
        veto(consortium, adopted, member)
    adopted.governor.withdrawVeto(adopted.id, {"from": consortium.wallet(6)})
    assert phase(adopted) == Phase.VETOED
    with refused("ConsortiumGovernorNoVeto", adopted.id, 6):
        adopted.governor.withdrawVeto(adopted.id, {"from": consortium.wallet(6)})


def test_veto_is_raised_once_by_a_member(consortium, adopted):
    veto(consortium, adopted, 6)
    with refused("ConsortiumGovernorVetoStands", adopted.id, 6):
        veto(consortium, adopted, 6)


def test_veto_is_the_members_whatever_wallet_it_has(consortium, adopted):
    veto(consortium, adopted, 6)
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(6)})
    with refused("ConsortiumGovernorVetoStands", adopted.id, 6):
        adopted.governor.veto(adopted.id, COSTS, STATEMENT, {"from": wallet_of(50)})
    with refused("ConsortiumGovernorWalletRevoked", consortium.wallet(6), 6):
        adopted.governor.withdrawVeto(adopted.id, {"from": consortium.wallet(6)})
    adopted.governor.withdrawVeto(adopted.id, {"from": wallet_of(50)})


def test_veto_on_a_ground_that_the_rule_does_not_list_is_refused(consortium, adopted):
    with refused("ConsortiumGovernorVetoNotAllowed", adopted.id, 6, LIABILITIES):
        veto(consortium, adopted, 6, LIABILITIES)


def test_ground_that_does_not_exist_is_refused(consortium, adopted):
    with refused_as(""):
        veto(consortium, adopted, 6, 6)


def test_veto_needs_a_statement(consortium, adopted):
    with refused("ConsortiumGovernorMissingDocument", adopted.id):
        veto(consortium, adopted, 6, statement=bytes(32))


def test_rule_without_grounds_knows_no_veto(consortium):
    question = ask_now(consortium, make_law(consortium, "plain"))
    with refused("ConsortiumGovernorVetoNotAllowed", question.id, 6, COSTS):
        veto(consortium, question, 6)


def test_veto_is_raised_from_the_opening_to_the_end_of_the_window_to_the_second(consortium, law):
    question = ask(consortium, law)
    at(question.opens_at)
    with refused("ConsortiumGovernorVotingNotOpen", question.id, question.opens_at, question.opens_at):
        veto(consortium, question, 6)
    at(question.opens_at + 1)
    veto(consortium, question, 6)
    at(question.closes_at + WINDOW)
    veto(consortium, question, 7)
    at(question.closes_at + WINDOW + 1)
    last = question.closes_at + WINDOW
    with refused("ConsortiumGovernorVetoTooLate", question.id, last, last + 1):
        veto(consortium, question, 8)


def test_without_a_window_the_veto_ends_with_voting(consortium):
    question = ask(consortium, make_law(consortium, "during_voting", veto_grounds=1 << COSTS))
    at(question.closes_at)
    veto(consortium, question, 6)
    at(question.closes_at + 1)
    with refused_as("ConsortiumGovernorVetoTooLate"):
        veto(consortium, question, 7)


def test_veto_raised_while_voting_is_open_shows_only_if_the_votes_adopt(consortium, law):
    question = ask_now(consortium, law)
    veto(consortium, question, 6)
    assert phase(question) == Phase.OPEN
    assert phase(closed(question)) == Phase.REJECTED


def test_veto_of_strangers_offices_associates_and_defaulting_members_is_refused(consortium, adopted, stranger):
    for other in (stranger, consortium.registrar, consortium.deployer):
        with refused("ConsortiumGovernorNotAMember", other):
            adopted.governor.veto(adopted.id, COSTS, STATEMENT, {"from": other})
    consortium.registry.recordExit(8)
    for member in (9, 8):
        with refused("ConsortiumGovernorVetoNotAllowed", adopted.id, member, COSTS):
            veto(consortium, adopted, member)


def test_partner_without_a_seat_vetoes_what_the_board_decides(consortium):
    law = make_law(consortium, "board_law", body=1, veto_grounds=1 << COSTS, veto_window=DAY)
    question = ask_now(consortium, law, body=1)
    vote(consortium, question, for_=[1, 2, 3])
    veto(consortium, closed(question), 8)
    assert phase(question) == Phase.VETOED


def test_member_in_breach_cannot_veto_its_own_default(consortium):
    rulebook, registry = consortium.rulebook, consortium.registry
    law = make_law(consortium, effect=BARS_VETO, veto_grounds=1 << COSTS, veto_window=DAY)
    rulebook.unlistAction(registry, registry.declareDefault.signature)
    rulebook.listAction(
        rulebook.kindIdOf(law.encode().ljust(32, b"\0")), registry, registry.declareDefault.signature, BARS_VETO, 1
    )
    registry.notifyBreach(5, 30 * DAY)
    question = opened(put(consortium.assembly, consortium.wallet(1), [call_of(registry, "declareDefault", 5)]))
    with refused("ConsortiumGovernorVetoBarred", question.id, 5):
        veto(consortium, question, 5)
    veto(consortium, question, 6)
    assert question.governor.ballotDetail(question.id, 5)[3] is False


def test_recused_party_cannot_veto_its_own_award(consortium):
    law = make_law(consortium, effect=RECUSES, veto_grounds=1 << COSTS)
    question = opened(put(consortium.assembly, consortium.wallet(1), [resolution_for(consortium, law, 5)]))
    with refused("ConsortiumGovernorVetoBarred", question.id, 5):
        veto(consortium, question, 5)


def test_withdrawn_proposal_is_not_vetoed(consortium):
    question = ask(consortium, make_law(consortium, notice=DAY, veto_grounds=1 << COSTS))
    question.governor.cancel(*question.parts, {"from": consortium.wallet(1)})
    opened(question)
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.WITHDRAWN)):
        veto(consortium, question, 6)


def test_queued_and_executed_decisions_are_beyond_the_veto(consortium, adopted, stranger):
    mine_at(adopted.closes_at + WINDOW + 1)
    queue(adopted, stranger)
    with refused("ConsortiumGovernorUnexpectedPhase", adopted.id, int(Phase.QUEUED)):
        veto(consortium, adopted, 6)
