"""One history of the consortium on the chain and in the model: what all acts need."""

from __future__ import annotations

from typing import Any

from brownie import chain
from brownie.exceptions import VirtualMachineError
from consortium import at, wallet_of
from model import Vote, founded_roll

from backend.domain.proposals import RECONVENE_WITHIN, ProposalState
from backend.domain.refusals import Refusal, refusal_of_error
from backend.domain.roll import Entry, Roll
from backend.domain.values import MemberId, Timepoint

UNDER_WAY = {
    ProposalState.PENDING,
    ProposalState.OPEN,
    ProposalState.ADOPTED,
    ProposalState.AWAITING_APPROVAL,
    ProposalState.BINDING,
    ProposalState.QUEUED,
}
DOCUMENT = "0x" + "11" * 32


class History:
    """The deployment, the model, and whom an act may concern."""

    def __init__(self, consortium: Any) -> None:
        self.consortium = consortium
        self.registry = consortium.registry
        self.story: list[str] = []
        self.met: set[Refusal | None] = set()
        self.states: set[str] = set()
        self.roll: Roll = founded_roll(self.consortium)
        self.votes: list[Vote] = []
        self.wallets = {wallet.address: wallet for wallet in self.consortium.wallets}
        self.fresh = 100
        self.remedies: dict[MemberId, int] = {}

    @property
    def now(self) -> int:
        return chain[-1].timestamp

    def tick(self) -> int:
        """The second in which the next transaction will happen."""
        second = self.now + 1
        at(second)
        return second

    def live(self) -> list[Vote]:
        """The proposals from which something may still follow."""
        return [vote for vote in self.votes if self.state_of(vote) in UNDER_WAY or self.may_go_on(vote)]

    def may_go_on(self, vote: Vote) -> bool:
        """Whether it may be called again or revised."""
        facts, state = vote.poll.facts, self.state_of(vote)
        soon = self.now <= facts.deadline + RECONVENE_WITHIN
        again = vote.poll.rule.calls > 0 and soon and not vote.poll.reconvened
        return (state is ProposalState.NO_QUORUM and again) or (state is ProposalState.VETOED and not facts.revised)

    def state_of(self, vote: Vote) -> ProposalState:
        return vote.poll.state(self.roll, Timepoint(self.now))

    def some_vote(self, number: int) -> Vote:
        """Mostly one of those, if there are any; else one of the latest."""
        live = self.live() if number % 6 else []
        known = live or self.votes[-4:]
        return known[number // 6 % len(known)]

    def some_wallet(self, number: int) -> Any:
        """Mostly a member's; else anybody's, one left behind or a stranger's."""
        if number % 4:
            return self.wallet_of(self.some_member(number))
        known = [*self.wallets.values(), self.consortium.deployer]
        return known[number // 4 % len(known)]

    def some_signer(self, number: int) -> Any:
        """The same, as far as it has a key of its own."""
        wallet = self.some_wallet(number)
        return wallet if wallet.address in self.wallets else self.wallet_of(self.some_member(number))

    def some_member(self, number: int) -> Entry:
        return self.roll.members[MemberId(number % len(self.roll.members) + 1)]

    def wallet_of(self, entry: Entry) -> Any:
        return self.wallets[entry.wallet]

    def fresh_wallet(self) -> Any:
        self.fresh += 1
        wallet = wallet_of(self.fresh)
        self.wallets[wallet.address] = wallet
        return wallet

    def tried(self, expected: Refusal | None, act: Any) -> Any:
        """Do it; the chain must refuse for the reason the domain gives, or not at all. None where it was refused."""
        done, refusal = None, None
        try:
            done = act()
        except VirtualMachineError as error:
            refusal = refusal_of_error(error.revert_msg.partition(":")[0]) or error.revert_msg
        self.met.add(expected)
        assert refusal is expected, f"the contract says {refusal}, the domain {expected}"
        return done

    def done(self, expected: Refusal | None, act: Any) -> bool:
        """As `tried`, for an act that answers nothing."""
        return self.tried(expected, act) is not None
