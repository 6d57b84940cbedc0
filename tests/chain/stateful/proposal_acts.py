"""What becomes of proposals: filing, withdrawal, veto, minutes, approval, further calls, queueing, execution."""

from __future__ import annotations

from typing import Any

from acts import FLAGS, NUMBERS, act, one_of
from brownie.exceptions import VirtualMachineError
from consortium import DELAY, Question, put, queue, resolution, resolution_for
from histories import DOCUMENT, History
from model import EFFECTS, EXTRA_KINDS, KINDS, Vote, called_again, filed

from backend.domain.admissibility import refuse_further_opening, refuse_proposer
from backend.domain.descriptions import compose_further_call
from backend.domain.proceedings import (
    VetoAttempt,
    refuse_approval,
    refuse_minutes,
    refuse_objection,
    refuse_reconvening,
    refuse_revision,
    refuse_veto,
    refuse_veto_withdrawal,
)
from backend.domain.proposals import ProposalState, earliest_opening
from backend.domain.rules import VetoGround
from backend.domain.values import Timepoint

FILED = [*EXTRA_KINDS, *EXTRA_KINDS, *EXTRA_KINDS, "award", "urgent_matter", "board_matter", "policy_consultation"]
LIVE = 3
"""How many proposals are under way at a time, so that enough happens to each."""


class ProposalActs(History):
    """Acts on a proposal before and after its vote."""

    @act(lambda self: len(self.live()) < LIVE, weight=12, kind=one_of(FILED), number=NUMBERS, party=NUMBERS)
    def somebody_proposes(self, kind: str, number: int, party: int) -> None:
        wallet, party_id = self.some_wallet(number), self.some_member(party).id if EFFECTS[kind] else None
        expected, now = refuse_proposer(self.roll, wallet.address), self.tick()
        question = self.tried(expected, lambda: self.put(kind, wallet, party_id))
        if question is not None:
            self.votes.append(filed(self.roll, question, kind, party_id, self.roll.wallets[wallet.address], now))
            assert (question.opens_at, question.closes_at) == self.times(self.votes[-1])

    @act(weight=1, number=NUMBERS)
    def proposal_is_withdrawn(self, number: int) -> None:
        vote = self.some_vote(number)
        wallet = self.wallet_of(self.roll.members[vote.proposer])
        pending = vote.poll.state(self.roll, Timepoint(self.tick())) is ProposalState.PENDING
        allowed = pending and vote.earlier <= {vote.proposer}
        assert allowed == self.succeeds(lambda: vote.question.governor.cancel(*vote.question.parts, {"from": wallet}))
        if allowed:
            vote.facts(canceled=True)

    @act(weight=3, number=NUMBERS, voter=NUMBERS, ground=one_of([0, 0, 2, 5]))
    def veto_is_raised(self, number: int, voter: int, ground: int) -> None:
        vote, wallet = self.some_vote(number), self.some_wallet(voter)
        attempt = VetoAttempt(wallet.address, VetoGround(ground), Timepoint(self.tick()))
        expected = refuse_veto(self.roll, vote.poll, attempt)
        if self.done(expected, lambda: vote.question.governor.veto(vote.poll.id, ground, DOCUMENT, {"from": wallet})):
            vote.vetoed(self.roll.wallets[wallet.address])

    @act(lambda self: any(vote.poll.vetoing for vote in self.votes), number=NUMBERS, voter=NUMBERS)
    def veto_is_taken_back(self, number: int, voter: int) -> None:
        vetoed = [vote for vote in self.votes if vote.poll.vetoing]
        vote = vetoed[number % len(vetoed)]
        raisers = [self.wallet_of(self.roll.members[member]) for member in vote.poll.vetoing]
        wallet = raisers[0] if voter % 3 else self.some_wallet(voter)
        self.tick()
        expected = refuse_veto_withdrawal(self.roll, vote.poll, wallet.address)
        if self.done(expected, lambda: vote.question.governor.withdrawVeto(vote.poll.id, {"from": wallet})):
            vote.veto_withdrawn(self.roll.wallets[wallet.address])

    @act(number=NUMBERS, right=one_of([True, True, True, False]))
    def minutes_are_recorded(self, number: int, right: bool) -> None:
        vote, now = self.some_vote(number), Timepoint(self.tick())
        expected = refuse_minutes(self.roll, vote.poll, now, by_office=right)
        sender = {"from": self.consortium.registrar if right else self.consortium.deployer}
        if self.done(expected, lambda: vote.question.governor.recordMinutes(vote.poll.id, DOCUMENT, sender)):
            vote.facts(minutes=vote.poll.facts.minutes.recorded(now))

    @act(weight=4, number=NUMBERS, voter=NUMBERS)
    def minutes_are_objected_to(self, number: int, voter: int) -> None:
        vote, wallet = self.some_vote(number), self.some_wallet(voter)
        expected = refuse_objection(self.roll, vote.poll, wallet.address, Timepoint(self.tick()))
        act = (vote.poll.id, DOCUMENT)
        if self.done(expected, lambda: vote.question.governor.objectToMinutes(*act, {"from": wallet})):
            vote.objected(self.member_of(wallet))

    @act(
        lambda self: any(vote.poll.rule.external_approval for vote in self.votes),
        number=NUMBERS,
        approved=FLAGS,
        right=one_of([True, True, True, False]),
    )
    def answer_is_recorded(self, number: int, approved: bool, right: bool) -> None:
        asked = [vote for vote in self.votes if vote.poll.rule.external_approval or number % 7 == 0]
        vote, now = asked[number % len(asked)], Timepoint(self.tick())
        expected = refuse_approval(self.roll, vote.poll, now, by_office=right)
        sender = {"from": self.consortium.registrar if right else self.consortium.deployer}
        act = (vote.poll.id, approved, DOCUMENT)
        if self.done(expected, lambda: vote.question.governor.recordApproval(*act, sender)):
            vote.facts(approved=approved)

    @act(weight=4, number=NUMBERS, voter=NUMBERS, wait=one_of([0, -1]))
    def question_is_called_again(self, number: int, voter: int, wait: int) -> None:
        vote, wallet, now = self.some_vote(number), self.some_wallet(voter), Timepoint(self.tick())
        opens_at = Timepoint(earliest_opening(vote.poll.rule, now, extraordinary=True) + wait)
        expected = refuse_reconvening(self.roll, vote.poll, wallet.address, now) or refuse_further_opening(
            vote.poll.rule, now, opens_at
        )
        question = self.tried(expected, lambda: self.call_again(vote, wallet, opens_at))
        if question is not None:
            vote.called_again()
            self.votes.append(called_again(self.roll, vote, question, self.roll.wallets[wallet.address], opens_at))

    @act(lambda self: any(vote.poll.vetoing for vote in self.votes), weight=6, number=NUMBERS, voter=NUMBERS)
    def vetoed_proposal_is_revised(self, number: int, voter: int) -> None:
        vetoed = [vote for vote in self.votes if vote.poll.vetoing]
        vote, wallet, now = vetoed[number % len(vetoed)], self.some_wallet(voter), Timepoint(self.tick())
        expected = refuse_revision(self.roll, vote.poll, wallet.address, now)
        question = self.tried(expected, lambda: self.revise(vote, wallet, now))
        if question is not None:
            vote.facts(revised=True)
            proposer, party = self.roll.wallets[wallet.address], vote.poll.party
            self.votes.append(filed(self.roll, question, vote.kind, party, proposer, now))

    @act(weight=5, number=NUMBERS, execute=FLAGS)
    def decision_is_queued_or_executed(self, number: int, execute: bool) -> None:
        vote, now = self.some_vote(number), Timepoint(self.tick())
        state = vote.poll.state(self.roll, now)
        question, anyone = vote.question, self.consortium.registrar
        if execute:
            ready = state is ProposalState.QUEUED and (vote.poll.facts.eta or 0) <= now
            assert ready == self.succeeds(lambda: question.governor.execute(*question.parts, {"from": anyone}))
        else:
            ready = state is ProposalState.BINDING
            assert ready == self.succeeds(lambda: queue(question, anyone))
        if ready:
            vote.facts(**{"executed": True} if execute else {"eta": Timepoint(now + DELAY)})

    # --------------------------------------------------------------------------------------------------- private

    def put(self, kind: str, wallet: Any, party_id: int | None) -> Question:
        action, text = self.action_of(kind, party_id), f"proposal {len(self.votes)} {self.now}"
        return put(self.governor_of(kind), wallet, [action], text)

    def action_of(self, kind: str, party_id: int | None) -> Any:
        if party_id is None:
            return resolution(self.consortium, kind)
        return resolution_for(self.consortium, kind, party_id)

    def governor_of(self, kind: str) -> Any:
        return self.consortium.governors[(KINDS | EXTRA_KINDS)[kind][0]]

    def call_again(self, vote: Vote, wallet: Any, opens_at: int) -> Question:
        question = vote.question
        parts = (question.targets, [0], question.calldatas, question.description, opens_at)
        tx = question.governor.reconvene(*parts, {"from": wallet})
        text = compose_further_call(question.description, vote.poll.attempt + 1, vote.poll.id)
        return Question(tx.return_value, question.governor, question.targets, question.calldatas, text)

    def revise(self, vote: Vote, wallet: Any, now: Timepoint) -> Question:
        question, text = vote.question, f"revised {len(self.votes)} {now}"
        opens_at = earliest_opening(vote.poll.rule, now, extraordinary=False)
        parts = (question.targets, [0], question.calldatas, text, opens_at, False)
        tx = question.governor.revise(vote.poll.id, *parts, {"from": wallet})
        return Question(tx.return_value, question.governor, question.targets, question.calldatas, text)

    def times(self, vote: Vote) -> tuple[int, int]:
        return vote.poll.facts.opens_at, vote.poll.facts.closes_at

    def succeeds(self, act: Any) -> bool:
        try:
            act()
        except VirtualMachineError:
            return False
        return True
