"""The chain and the domain live through the same random histories and must agree after every step.

The domain is the model: before each act it says whether the contracts will refuse it and why, and after each step it
says every tally, verdict, phase, electorate and right. Every block's second is set, so both see the same time.
"""

from __future__ import annotations

from typing import Any

from brownie import chain
from brownie.exceptions import VirtualMachineError
from consortium import AGREEMENT, DAY, DELAY, at, mine_at, plain, put, queue, resolution, wallet_of
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from model import PHASES, Vote, admitted, filed, founded_roll, moved, reclassed, rotated, unseated

from backend.domain.admissibility import BallotAttempt, refuse_ballot, refuse_proposer
from backend.domain.ballots import Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.proposals import ProposalState
from backend.domain.refusals import refusal_of_error
from backend.domain.roll import Entry, Roll
from backend.domain.values import MemberId, Timepoint

KINDS = st.sampled_from(["work_plan", "urgent_matter", "urgent_matter", "board_matter", "policy_consultation"])
NUMBERS = st.integers(min_value=0, max_value=63)
VOTING = (MemberStatus.ACTIVE, MemberStatus.IN_BREACH)


class Histories(RuleBasedStateMachine):
    """One history of the consortium; the class is given the deployment before it runs."""

    consortium: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.registry = self.consortium.registry
        self.roll: Roll = founded_roll(self.consortium)
        self.votes: list[Vote] = []
        self.wallets = {wallet.address: wallet for wallet in self.consortium.wallets}
        self.fresh = 100
        self.remedies: dict[MemberId, int] = {}

    def teardown(self) -> None:
        chain.revert()

    # ------------------------------------------------------------------------------------------------------ acts

    @rule(seconds=st.sampled_from([1, 3_600, DAY, 5 * DAY, 11 * DAY, 31 * DAY, 46 * DAY]))
    def time_passes(self, seconds: int) -> None:
        mine_at(self.now + seconds)

    @rule(kind=KINDS, number=NUMBERS)
    def somebody_proposes(self, kind: str, number: int) -> None:
        wallet = self.some_wallet(number)
        expected = refuse_proposer(self.roll, wallet.address)
        action, text = resolution(self.consortium, kind), f"proposal {len(self.votes)} {self.now}"
        governor = self.consortium.governors[self.body_of(kind)]
        now = self.tick()
        question = self.tried(expected, lambda: put(governor, wallet, [action], text))
        if question is not None:
            vote = filed(question, kind, self.roll.wallets[wallet.address], now)
            assert (question.opens_at, question.closes_at) == (vote.facts.opens_at, vote.facts.closes_at)
            self.votes.append(vote)

    @precondition(lambda self: self.votes)
    @rule(number=NUMBERS, ballots=st.lists(st.tuples(NUMBERS, st.integers(0, 3)), min_size=1, max_size=9))
    def ballots_come_in(self, number: int, ballots: list[tuple[int, int]]) -> None:
        vote = self.votes[number % len(self.votes)]
        if vote.state(self.roll, self.now) is ProposalState.PENDING and number % 3:
            mine_at(vote.facts.opens_at + 1)
        for voter, support in ballots:
            self.ballot_comes_in(vote, self.some_wallet(voter), support)

    @precondition(lambda self: self.votes)
    @rule(number=NUMBERS, support=st.sampled_from([0, 1, 1, 1, 2]))
    def everybody_votes(self, number: int, support: int) -> None:
        vote = self.votes[number % len(self.votes)]
        for entry in self.roll.members.values():
            self.ballot_comes_in(vote, self.wallets[entry.wallet], support)

    @precondition(lambda self: len(self.roll.members) < 20)
    @rule(member_class=st.sampled_from(MemberClass), accedes=st.booleans())
    def member_is_admitted(self, member_class: MemberClass, accedes: bool) -> None:
        wallet, member_id = self.fresh_wallet(), MemberId(len(self.roll.members) + 1)
        now = self.tick()
        self.registry.admit((wallet.address, member_class, "0x5349", "0x00", "X"))
        self.roll = admitted(self.roll, member_id, wallet.address, member_class, now)
        if accedes:
            now = self.tick()
            self.registry.recordAccession(member_id, AGREEMENT, {"from": self.consortium.registrar})
            self.roll = moved(self.roll, member_id, MemberStatus.ACTIVE, now)

    @rule(number=NUMBERS)
    def breach_runs_its_course(self, number: int) -> None:
        """The next step of the member's breach: notice, then default, then remedy or exclusion."""
        entry = self.some_member(number)
        if entry.status is MemberStatus.ACTIVE:
            self.remedies[entry.id] = self.moves(entry, MemberStatus.IN_BREACH, "notifyBreach", 30 * DAY) + 30 * DAY
        elif entry.status is MemberStatus.IN_BREACH and self.now > self.remedies[entry.id]:
            self.moves(entry, MemberStatus.DEFAULTING, "declareDefault")
        elif entry.status is MemberStatus.DEFAULTING and number % 2:
            self.moves(entry, MemberStatus.ACTIVE, "confirmRemedy")
        elif entry.status is MemberStatus.DEFAULTING:
            self.ends(entry, MemberStatus.EXCLUDED, "exclude")

    @precondition(lambda self: sum(entry.status in VOTING for entry in self.roll.members.values()) > 6)
    @rule(number=NUMBERS)
    def member_leaves(self, number: int) -> None:
        entry = self.some_member(number)
        if entry.status not in (MemberStatus.EXCLUDED, MemberStatus.LEFT):
            self.ends(entry, MemberStatus.LEFT, "recordExit")

    @rule(number=NUMBERS, member_class=st.sampled_from(MemberClass))
    def class_changes(self, number: int, member_class: MemberClass) -> None:
        entry = self.some_member(number)
        ended = entry.status in (MemberStatus.EXCLUDED, MemberStatus.LEFT)
        if not ended and entry.member_class is not member_class:
            now = self.tick()
            self.registry.changeClass(entry.id, member_class)
            self.roll = reclassed(self.roll, entry.id, member_class, now)

    @rule(number=NUMBERS)
    def wallet_is_rotated(self, number: int) -> None:
        entry = self.some_member(number)
        if entry.status.votes:
            new, now = self.fresh_wallet(), self.tick()
            self.registry.rotateWallet(new, {"from": self.wallets[entry.wallet]})
            self.roll = rotated(self.roll, entry.id, new.address, now)

    @precondition(lambda self: self.votes)
    @rule(number=NUMBERS)
    def proposal_is_withdrawn(self, number: int) -> None:
        vote = self.votes[number % len(self.votes)]
        wallet = self.wallets[self.roll.members[vote.proposer].wallet]
        now = self.tick()
        allowed = vote.state(self.roll, now) is ProposalState.PENDING
        if self.succeeds(lambda: vote.question.governor.cancel(*vote.question.parts, {"from": wallet})):
            assert allowed
            vote.withdrawn()
        else:
            assert not allowed

    @precondition(lambda self: self.votes)
    @rule(number=NUMBERS)
    def decision_is_queued(self, number: int) -> None:
        vote = self.votes[number % len(self.votes)]
        now = self.tick()
        allowed = vote.state(self.roll, now) is ProposalState.BINDING
        if self.succeeds(lambda: queue(vote.question, self.consortium.registrar)):
            assert allowed
            vote.queued(now + DELAY)
        else:
            assert not allowed

    # ------------------------------------------------------------------------------------------------ agreement

    @invariant()
    def every_proposal_is_where_the_law_says(self) -> None:
        now = self.now
        for vote in self.votes:
            governor, proposal_id = vote.question.governor, vote.question.id
            tally = vote.tally(self.roll, now)
            counts = (tally.against_votes, tally.for_votes, tally.abstain_votes, tally.entitled)
            assert plain(governor.tallyOf(proposal_id)) == counts
            assert governor.verdictOf(proposal_id) == vote.verdict(self.roll, now)
            assert PHASES[governor.phaseOf(proposal_id)] == vote.state(self.roll, now)

    @invariant()
    def every_member_has_the_rights_it_has_earned(self) -> None:
        for entry in self.roll.members.values():
            wallet, of_class, status, _, rights, _ = self.registry.member(entry.id)
            assert (wallet, of_class, status) == (entry.wallet, entry.member_class, entry.status)
            assert rights == entry.rights
        for body_id in self.roll.bodies:
            last = Timepoint(self.now - 1)
            assert self.registry.entitledAt(body_id, last) == self.roll.entitled_at(body_id, last)

    # --------------------------------------------------------------------------------------------------- private

    @property
    def now(self) -> int:
        return chain[-1].timestamp

    def tick(self) -> int:
        """The second in which the next transaction will happen."""
        second = self.now + 1
        at(second)
        return second

    def some_wallet(self, number: int) -> Any:
        """Anybody's: a member's, one left behind, a stranger's."""
        known = [*self.wallets.values(), self.consortium.deployer]
        return known[number % len(known)]

    def some_member(self, number: int) -> Entry:
        return self.roll.members[MemberId(number % len(self.roll.members) + 1)]

    def fresh_wallet(self) -> Any:
        self.fresh += 1
        wallet = wallet_of(self.fresh)
        self.wallets[wallet.address] = wallet
        return wallet

    def body_of(self, kind: str) -> int:
        return self.consortium.rulebook.kind(self.consortium.kind(kind))[1]

    def moves(self, entry: Entry, status: MemberStatus, act: str, *arguments: int) -> int:
        now = self.tick()
        getattr(self.registry, act)(entry.id, *arguments)
        self.roll = moved(self.roll, entry.id, status, now)
        return now

    def ends(self, entry: Entry, status: MemberStatus, act: str) -> None:
        now = self.moves(entry, status, act)
        self.roll = unseated(self.roll, entry.id, now)

    def ballot_comes_in(self, vote: Vote, wallet: Any, support: int) -> None:
        now = self.tick()
        attempt = BallotAttempt(wallet.address, support, Timepoint(now))
        expected = refuse_ballot(self.roll, vote.poll, attempt)
        governor = vote.question.governor
        if self.tried(expected, lambda: governor.castVote(vote.question.id, support, {"from": wallet})) is not None:
            vote.choices[self.roll.wallets[wallet.address]] = Choice(support)

    def tried(self, expected: Any, act: Any) -> Any:
        """Do it; the chain must refuse for the reason the domain gives, or not at all. None where it was refused."""
        done, refusal = None, None
        try:
            done = act()
        except VirtualMachineError as error:
            refusal = refusal_of_error(error.revert_msg.partition(":")[0]) or error.revert_msg
        assert refusal is expected, f"the contract says {refusal}, the domain {expected}"
        return done

    def succeeds(self, act: Any) -> bool:
        try:
            act()
        except VirtualMachineError:
            return False
        return True


def test_chain_and_domain_agree_on_every_history(consortium):
    Histories.consortium = consortium
    chain.snapshot()
    few = settings(max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=HealthCheck.all())
    run_state_machine_as_test(Histories, settings=few)
