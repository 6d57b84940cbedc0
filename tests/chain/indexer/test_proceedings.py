"""What members and the registrar say on a proposal is mirrored as the governor knows it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from brownie import chain
from consortium import (
    AGAINST,
    DAY,
    FOR,
    RECUSES,
    TWO_THIRDS,
    bytes32,
    mine_at,
    opened,
    plain,
    put,
    resolution_for,
    rule,
)

from backend.domain.proposals import ProposalState
from backend.domain.rules import VetoGround
from backend.indexer.rebuild import rebuild
from backend.queries.ballots import list_ballots
from backend.queries.filed import find_filed
from backend.queries.mandates import list_mandates
from backend.queries.parts import WHOLE
from backend.queries.proceedings import list_recusals, list_vetoes
from backend.queries.standings import read_standings

PHASES = tuple(ProposalState)
"""In the order of the contract's `Phase`, which is the order in which the states are listed here, too."""
GUARDED = rule(
    standstill=5 * DAY,
    veto_window=3 * DAY,
    majority_numerator=1,
    majority_denominator=2,
    country_numerator=1,
    country_denominator=1,
    revisable=True,
    tie=1,
    calls=2,
    mandates=1,
    veto_grounds=1 << VetoGround.COSTS,
    **TWO_THIRDS,
)
STATEMENT, MINUTES, CORRECTED = (bytes32(name) for name in ("statement", "minutes", "corrected"))
NO_TEXTS = SimpleNamespace(get_reason=lambda _: None)


@pytest.fixture
def question(consortium):
    """About member 4; member 1 chairs, and member 8 gave its mandate to member 7."""
    owner = {"from": consortium.deployer}
    consortium.rulebook.setRule(bytes32("GUARDED"), GUARDED, owner)
    consortium.rulebook.setKind(bytes32("guarded"), 0, bytes32("GUARDED"), True, RECUSES, owner)
    consortium.registry.setChair(0, 1, owner)
    until = chain[-1].timestamp + 90 * DAY
    consortium.registry.grantMandate(7, 0, 0, until, {"from": consortium.wallet(8)})
    return put(consortium.assembly, consortium.wallet(1), [resolution_for(consortium, "guarded", 4)])


@pytest.fixture
def look(follower, sessions, connection):
    """Reads the mirror after following; answers with the session and with where a proposal stands."""
    mirrored = SimpleNamespace(id=1, documents=NO_TEXTS)

    def read(proposal_id):
        follower.follow_once()
        with sessions() as session:
            filed = find_filed(session, mirrored, proposal_id)
            return read_standings(session, mirrored, [filed], chain[-1].timestamp)[0]

    read.session, read.mirrored = sessions, mirrored
    return read


def agree(governor, proposal_id, look):
    """State, tally and the second of binding are the governor's."""
    standing, now = look(proposal_id), chain[-1].timestamp
    state = standing.state(now)
    assert state.value == PHASES[governor.phaseOf(proposal_id)]
    tally, chair = standing.count.tally, standing.count.tally.chair_support
    ours = (tally.against_votes, tally.for_votes, tally.abstain_votes, tally.entitled, tally.recused)
    countries = (tally.countries, tally.countries_for, tally.attempt, 3 if chair is None else int(chair))
    if now > standing.facts.opens_at:
        assert (*ours, *countries) == plain(governor.tallyOf(proposal_id))
    if state in (ProposalState.ADOPTED, ProposalState.BINDING):
        assert (standing.binding_at(now) or 0) == governor.bindingAt(proposal_id)
    return state.value


def cast_ballots(consortium, question):
    """Member 3 changes its mind, 7 votes for itself and 8, 8 overrides, 5 declares an interest."""
    governor, wallet = question.governor, consortium.wallet
    for member in (1, 2, 6):
        governor.castVote(question.id, FOR, {"from": wallet(member)})
    governor.castVote(question.id, AGAINST, {"from": wallet(3)})
    governor.castVote(question.id, FOR, {"from": wallet(3)})
    governor.castVoteWithMandates(question.id, FOR, "", [8], {"from": wallet(7)})
    governor.recuse(question.id, {"from": wallet(5)})


def test_ballots_by_mandate_changed_ballots_and_recusals_are_the_governors(consortium, question, look):
    governor = question.governor
    assert agree(governor, question.id, look) == "pending"
    cast_ballots(consortium, opened(question))
    assert agree(governor, question.id, look) == "open"
    with look.session() as session:
        ballots = {each.member.id: each for each in list_ballots(session, look.mirrored, question.id).items}
        recused = {
            each.member.id: each.declared for each in list_recusals(session, look.mirrored, question.id, WHOLE).items
        }
        (mandate,) = list_mandates(session, look.mirrored, chain[-1].timestamp)
    assert (ballots[8].cast_by.id, ballots[8].revision, ballots[7].cast_by) == (7, 0, None)
    assert [each.choice for each in ballots[3].earlier] == ["against"]
    assert recused == {4: False, 5: True}
    assert (mandate.principal.id, mandate.holder.id, mandate.in_force) == (8, 7, True)
    for member, ballot in ballots.items():
        choice, revision, by_mandate, _ = governor.ballotDetail(question.id, member)
        told = ({"against": 1, "for": 2, "abstain": 3}[ballot.choice], ballot.revision, ballot.cast_by is not None)
        assert told == (choice, revision, by_mandate)

    governor.castVote(question.id, AGAINST, {"from": consortium.wallet(8)})
    look(question.id)
    with look.session() as session:
        own = next(each for each in list_ballots(session, look.mirrored, question.id).items if each.member.id == 8)
    assert (own.choice, own.cast_by, own.revision) == ("against", None, 1)
    assert [(each.choice, each.cast_by.id) for each in own.earlier] == [("for", 7)]


def test_vetoes_minutes_and_objections_move_a_decision_as_they_do_on_chain(consortium, question, look):
    governor, wallet, registrar = question.governor, consortium.wallet, {"from": consortium.registrar}
    cast_ballots(consortium, opened(question))
    governor.veto(question.id, int(VetoGround.COSTS), STATEMENT, {"from": wallet(6)})
    mine_at(question.closes_at + 1)
    assert agree(governor, question.id, look) == "vetoed"
    governor.withdrawVeto(question.id, {"from": wallet(6)})
    assert agree(governor, question.id, look) == "adopted"
    governor.recordMinutes(question.id, MINUTES, registrar)
    governor.objectToMinutes(question.id, STATEMENT, {"from": wallet(2)})
    assert governor.bindingAt(question.id) == 0
    assert agree(governor, question.id, look) == "adopted"
    governor.recordMinutes(question.id, CORRECTED, registrar)
    assert agree(governor, question.id, look) == "adopted"
    mine_at(governor.bindingAt(question.id))
    assert agree(governor, question.id, look) == "adopted"
    mine_at(governor.bindingAt(question.id) + 1)
    assert agree(governor, question.id, look) == "binding"
    with look.session() as session:
        (veto,) = list_vetoes(session, look.mirrored, question.id, WHOLE).items
    assert (veto.member.id, veto.ground, veto.withdrawn_at is None) == (6, "costs", False)


def test_a_second_call_is_linked_to_the_first_and_needs_no_quorum(
    consortium, question, look, sessions, exported, fresh
):
    governor, wallet = question.governor, consortium.wallet
    governor.castVote(opened(question).id, FOR, {"from": wallet(1)})
    mine_at(question.closes_at + 1)
    assert agree(governor, question.id, look) == "no_quorum"
    targets, values, calldatas, _ = question.parts
    opens_at = chain[-1].timestamp + DAY
    sent = governor.reconvene(targets, values, calldatas, question.description, opens_at, {"from": wallet(2)})
    second = sent.return_value
    mine_at(opens_at + 1)
    governor.castVote(second, FOR, {"from": wallet(1)})
    governor.castVote(second, AGAINST, {"from": wallet(2)})
    mine_at(governor.proposalDeadline(second) + 1)
    agree(governor, second, look)
    attempt, previous = governor.attemptOf(second)
    proposal = look(second).filed.proposal
    assert (proposal.attempt, proposal.previous_id) == (attempt, previous) == (2, question.id)
    live = exported(sessions)
    with sessions.begin() as session:
        rebuild(session)
    assert exported(sessions) == live == fresh()
