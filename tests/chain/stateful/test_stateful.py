"""The chain and the domain live through the same random histories and must agree after every step.

The domain is the model: before each act it says whether the contracts will refuse it and why, and after each step it
says every tally, verdict, phase, ballot, electorate and right. Every block's second is set, so both see the same time.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from acts import NUMBERS, act, next_act, one_of
from ballot_acts import BallotActs
from consortium import DAY, mine_at, plain
from model import PHASES, Vote, legislate
from proposal_acts import ProposalActs
from roll_acts import RollActs

from backend.domain.proposals import ProposalState, binding_at
from backend.domain.refusals import Refusal
from backend.domain.tally import Tally
from backend.domain.values import Timepoint

NO_CHAIR_BALLOT = 3
WATCHED = 4
"""How many of the latest proposals are looked at after every step; all of them, and every ballot, at the end."""
STEPS, ROLL_CALL = 80, 5
"""Steps of a history, and after how many of them the whole roll is compared."""
MET: set[str] = set()
"""States and refusals that the histories have come to."""
FIRST = [
    ("meeting", "appeal"),
    ("coordinator", "swift_matter"),
    ("cross_border", "tacit_matter"),
    ("own_case", "policy_consultation"),
    ("meeting", "swift_award"),
    ("coordinator", "cross_border"),
]
"""Kinds of the proposals that are there from the beginning, for each history."""


class Histories(RollActs, ProposalActs, BallotActs):
    """All acts, the passing of time, and what must hold throughout."""

    @act(weight=3, seconds=one_of([1, 3_600, DAY // 4, DAY // 2, DAY]))
    def time_passes(self, seconds: int) -> None:
        mine_at(self.now + seconds)

    @act(weight=1, days=one_of([3, 16, 31]))
    def much_time_passes(self, days: int) -> None:
        mine_at(self.now + days * DAY)

    @act(lambda self: self.open(), weight=5, number=NUMBERS, offset=one_of([0, 1]))
    def voting_comes_to_its_deadline(self, number: int, offset: int) -> None:
        """To its last second, or to the one after it."""
        known = self.open()
        self.comes_to(known[number % len(known)].poll.facts.deadline + offset)

    @act(lambda self: self.adopted(), weight=5, number=NUMBERS, offset=one_of([0, 1]))
    def decision_comes_into_force(self, number: int, offset: int) -> None:
        """Or is about to."""
        known = self.adopted()
        poll = known[number % len(known)].poll
        self.comes_to((binding_at(poll.facts, poll.rule) or 0) + offset)

    @act(weight=5, number=NUMBERS, share=one_of([2, 3, 8, 8, 8]))
    def vote_takes_its_course(self, number: int, share: int) -> None:
        """It opens, all but one in so many vote for, and it closes."""
        vote = self.some_vote(number)
        self.comes_to(vote.poll.facts.opens_at + 1)
        for entry in self.roll.members.values():
            if entry.id % share:
                self.own_ballot(vote, self.wallet_of(entry), 1)
        self.comes_to(vote.poll.facts.deadline + 1)

    def latest_proposals_are_where_the_law_says(self) -> None:
        for vote in self.votes[-WATCHED:]:
            self.agree_on_tally(vote)
            self.agree_on_standing(vote)

    def every_member_has_the_rights_it_has_earned(self) -> None:
        for entry in self.roll.members.values():
            wallet, of_class, status, _, rights, _ = self.registry.member(entry.id)
            assert (wallet, of_class, status) == (entry.wallet, entry.member_class, entry.status)
            assert rights == entry.rights
        for body_id in self.roll.bodies:
            last = Timepoint(self.now - 1)
            assert self.registry.entitledAt(body_id, last) == self.roll.entitled_at(body_id, last)

    def ballots_are_entrusted_to_whom_the_members_said(self) -> None:
        proposal_id = self.votes[-1].poll.id if self.votes else 0
        for principal_id, body_id in self.roll.mandates:
            holder = self.roll.holder_of(principal_id, body_id, proposal_id, Timepoint(self.now))
            assert self.registry.holderOf(principal_id, body_id, proposal_id) == (holder or 0)

    def remembered(self) -> set[str]:
        return (
            {str(refusal) for refusal in self.met} | self.states | {fact for vote in self.votes for fact in told(vote)}
        )

    def must_agree(self) -> None:
        self.latest_proposals_are_where_the_law_says()
        if len(self.story) % ROLL_CALL == 0:
            self.every_member_has_the_rights_it_has_earned()
            self.ballots_are_entrusted_to_whom_the_members_said()

    # --------------------------------------------------------------------------------------------------- private

    def open(self) -> list[Vote]:
        return [vote for vote in self.votes if self.state_of(vote) is ProposalState.OPEN]

    def adopted(self) -> list[Vote]:
        return [vote for vote in self.votes if self.state_of(vote) is ProposalState.ADOPTED]

    def comes_to(self, second: int) -> None:
        if second > self.now:
            mine_at(second)

    def agree_on_everything(self) -> None:
        for vote in self.votes:
            self.agree_on_tally(vote)
            self.agree_on_standing(vote)
            self.agree_on_ballots(vote)

    def agree_on_tally(self, vote: Vote) -> None:
        governor, tally = vote.question.governor, vote.poll.tally(self.roll, Timepoint(self.now))
        assert plain(governor.tallyOf(vote.poll.id)) == as_tuple(tally)
        assert governor.verdictOf(vote.poll.id) == vote.poll.verdict(self.roll, Timepoint(self.now))

    def agree_on_standing(self, vote: Vote) -> None:
        governor, poll = vote.question.governor, vote.poll
        state = poll.state(self.roll, Timepoint(self.now))
        self.states.add(state)
        assert PHASES[governor.phaseOf(poll.id)] == state
        assert governor.proposalDeadline(poll.id) == poll.facts.deadline
        assert governor.bindingAt(poll.id) == (binding_at(poll.facts, poll.rule) or 0)
        assert governor.attemptOf(poll.id)[0] == poll.attempt
        assert plain(governor.proposalParties(poll.id)) == (poll.party or 0, poll.party_effect, poll.chair or 0)

    def agree_on_ballots(self, vote: Vote) -> None:
        for member_id in self.roll.members:
            ballot = vote.poll.ballots.get(member_id)
            said = (ballot.choice.mark, ballot.revision, ballot.by_mandate) if ballot else (0, 0, False)
            recused = member_id in vote.poll.recused
            assert plain(vote.question.governor.ballotDetail(vote.poll.id, member_id)) == (*said, recused)


def as_tuple(tally: Tally) -> tuple[int, ...]:
    """A tally as the contracts answer it."""
    chair = NO_CHAIR_BALLOT if tally.chair_support is None else tally.chair_support
    votes = (tally.against_votes, tally.for_votes, tally.abstain_votes, tally.entitled, tally.recused)
    return (*votes, tally.countries, tally.countries_for, tally.attempt, chair)


def told(vote: Vote) -> Iterator[str]:
    """What is remarkable about a proposal."""
    poll = vote.poll
    happened = {
        "called again": poll.attempt == 2,
        "called a third time": poll.attempt == 3,
        "revised": poll.facts.revised,
        "closed early": poll.facts.closed_early_at is not None,
        "minutes corrected": poll.facts.minutes.corrected_at is not None,
        "ballot changed": any(ballot.revision > 1 for ballot in poll.ballots.values()),
        "ballot by mandate": any(ballot.by_mandate for ballot in poll.ballots.values()),
        "mandate overridden": any(not poll.ballots[one].by_mandate for many in poll.carried.values() for one in many),
        "party recused": poll.party in poll.recused,
        "interest declared": len(poll.recused) > 1,
    }
    return (name for name, is_true in happened.items() if is_true)


EXPECTED = (
    set(ProposalState) - {ProposalState.NOT_APPROVED, ProposalState.EXECUTED, ProposalState.WITHDRAWN}
    | {Refusal.ALREADY_VOTED, Refusal.INVALID_SIGNATURE, Refusal.MAY_NOT_PROPOSE, Refusal.NO_MANDATE, Refusal.RECUSED}
    | {Refusal.OBJECTION_TOO_LATE, Refusal.OUTCOME_OPEN, Refusal.VETO_NOT_ALLOWED, Refusal.VETO_TOO_LATE}
    | {Refusal.UNEXPECTED_PHASE, Refusal.VOTING_CLOSED, Refusal.VOTING_NOT_OPEN, Refusal.WALLET_REVOKED}
    | {"ballot by mandate", "ballot changed", "closed early", "interest declared", "party recused", "revised"}
)


@pytest.mark.parametrize("seed", range(len(FIRST)))
def test_chain_and_domain_agree_on_every_history(consortium, seed):
    legislate(consortium)
    random, history = Random(seed), Histories(consortium)
    for number, kind in enumerate(FIRST[seed]):
        history.somebody_proposes.do(history, kind, number, number)
    try:
        for _ in range(STEPS):
            next_act(history, random).happen(history, random)
            history.must_agree()
        history.agree_on_everything()
        MET.update(history.remembered())
    except BaseException as error:
        error.add_note("\n".join(history.story))
        raise


def test_the_histories_came_to_what_the_law_is_about():
    """The same seeds tell the same stories: what is no longer met is no longer tested."""
    assert sorted(EXPECTED - MET) == []
