"""What members say on a proposal: ballots of every way of handing them in, recusals, the early end of a vote."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from acts import FLAGS, NUMBERS, act, one_of, several
from brownie import web3
from consortium import mine_at
from histories import History
from model import Vote
from signatures import batch_entry, sign_ballot

from backend.domain.admissibility import (
    BallotAttempt,
    nonce_of,
    refuse_ballot,
    refuse_mandated_ballot,
    refuse_recusal,
    refuse_signed_ballot,
)
from backend.domain.proceedings import refuse_closing
from backend.domain.proposals import ProposalState
from backend.domain.refusals import Refusal, refusal_of_error
from backend.domain.values import MemberId, Timepoint

SUPPORTS = one_of([0, 0, 1, 1, 1, 2, 3])
STALE = one_of([0, 0, 0, 1])
"""Which ballots of a batch carry another nonce than the next one."""


class BallotActs(History):
    """Acts on a proposal that is open, or should be."""

    @act(weight=6, number=NUMBERS)
    def voting_opens(self, number: int) -> None:
        vote = self.some_vote(number)
        if vote.poll.state(self.roll, Timepoint(self.now)) is ProposalState.PENDING:
            mine_at(vote.poll.facts.opens_at + 1)

    @act(weight=5, number=NUMBERS, ballots=several(NUMBERS, SUPPORTS, most=6))
    def ballots_come_in(self, number: int, ballots: list[tuple[int, int]]) -> None:
        for voter, support in ballots:
            self.own_ballot(self.some_vote(number), self.some_wallet(voter), support)

    @act(weight=6, number=NUMBERS, supports=one_of([(1,), (1, 1, 1, 0), (0, 1), (2,), (0,), (1, 0, 2)]))
    def everybody_votes(self, number: int, supports: tuple[int, ...]) -> None:
        vote = self.some_vote(number)
        for index, entry in enumerate(self.roll.members.values()):
            self.own_ballot(vote, self.wallet_of(entry), supports[index % len(supports)])

    @act(number=NUMBERS, voter=NUMBERS, support=SUPPORTS, stale=STALE, reason=one_of(["", "because"]))
    def signed_ballot_is_relayed(self, number: int, voter: int, support: int, stale: int, reason: str) -> None:
        vote, wallet = self.some_vote(number), self.some_signer(voter)
        governor, nonce = vote.question.governor, self.nonce(vote, wallet) + stale
        said = {"reason": reason, "params": b""} if reason else {}
        signature = sign_ballot(governor, wallet, vote.poll.id, support, revision=nonce % 2**64, **said)
        now = self.tick()
        attempt = BallotAttempt(wallet.address, support, Timepoint(now))
        expected = refuse_signed_ballot(self.roll, vote.poll, attempt, nonce)
        ballot = (vote.poll.id, support, wallet.address)
        relayer = {"from": self.consortium.registrar}
        if reason:
            cast = self.done(
                expected,
                lambda: governor.castVoteWithReasonAndParamsBySig(*ballot, reason, b"", signature, relayer),
            )
        else:
            cast = self.done(expected, lambda: governor.castVoteBySig(*ballot, signature, relayer))
        if cast:
            vote.own(self.member_of(wallet), support)

    @act(number=NUMBERS, signers=several(NUMBERS, SUPPORTS, STALE, most=6))
    def batch_is_relayed(self, number: int, signers: list[tuple[int, int, int]]) -> None:
        vote, ballots, expected = self.some_vote(number), [], []
        governor, second = vote.question.governor, self.now + 1
        for voter, support, stale in signers:
            wallet = self.some_signer(voter)
            nonce = self.nonce(vote, wallet) + stale
            reason = "because" if voter % 2 else ""
            entry = batch_entry(governor, wallet, vote.poll.id, support, reason, revision=nonce % 2**64)
            ballots.append(entry)
            attempt = BallotAttempt(wallet.address, support, Timepoint(second))
            expected.append(refuse_signed_ballot(self.roll, vote.poll, attempt, nonce))
            if expected[-1] is None:
                vote.own(self.member_of(wallet), support)
        self.tick()
        tx = governor.castVotesBySig(vote.poll.id, ballots, {"from": self.consortium.registrar})
        self.met.update(expected)
        assert tx.return_value == expected.count(None)
        assert self.refusals_in(tx, governor) == [refusal for refusal in expected if refusal is not None]

    @act(lambda self: self.roll.mandates, weight=6, number=NUMBERS, mandate=NUMBERS, support=SUPPORTS, other=FLAGS)
    def ballot_is_cast_by_mandate(self, number: int, mandate: int, support: int, other: bool) -> None:
        vote = self.some_vote(number)
        given = list(self.roll.mandates.values())[mandate % len(self.roll.mandates)]
        holder = self.some_member(mandate) if other else self.roll.members[given.holder_id]
        wallet, now = self.wallet_of(holder), self.tick()
        attempt = BallotAttempt(wallet.address, support, Timepoint(now), given.principal_id)
        expected = refuse_mandated_ballot(self.roll, vote.poll, attempt)
        act = (vote.poll.id, given.principal_id, support, "")
        if self.done(expected, lambda: vote.question.governor.castMandate(*act, {"from": wallet})):
            vote.mandated(holder.id, given.principal_id, support)

    @act(lambda self: self.roll.mandates, weight=6, number=NUMBERS, mandate=NUMBERS, support=SUPPORTS)
    def ballot_is_cast_with_mandates(self, number: int, mandate: int, support: int) -> None:
        """Its own and those of all its principals, or none of them."""
        vote = self.some_vote(number)
        given = list(self.roll.mandates.values())
        holder = self.roll.members[given[mandate % len(given)].holder_id]
        principals = [one.principal_id for one in given if one.holder_id == holder.id]
        wallet, now = self.wallet_of(holder), self.tick()
        supposed = Vote(vote.question, vote.kind, vote.proposer, vote.poll)
        expected = self.suppose(supposed, BallotAttempt(wallet.address, support, Timepoint(now)), principals)
        act = (vote.poll.id, support, "", principals)
        if self.done(expected, lambda: vote.question.governor.castVoteWithMandates(*act, {"from": wallet})):
            vote.poll = supposed.poll

    @act(weight=1, number=NUMBERS, voter=NUMBERS)
    def interest_is_declared(self, number: int, voter: int) -> None:
        vote, wallet = self.some_vote(number), self.some_wallet(voter)
        expected = refuse_recusal(self.roll, vote.poll, wallet.address, Timepoint(self.tick()))
        if self.done(expected, lambda: vote.question.governor.recuse(vote.poll.id, {"from": wallet})):
            vote.recused(self.member_of(wallet))

    @act(weight=4, number=NUMBERS)
    def vote_is_closed_early(self, number: int) -> None:
        vote, now = self.some_vote(number), Timepoint(self.tick())
        expected = refuse_closing(self.roll, vote.poll, now)
        anyone = {"from": self.consortium.deployer}
        if self.done(expected, lambda: vote.question.governor.close(vote.poll.id, anyone)):
            vote.facts(closed_early_at=now)

    # --------------------------------------------------------------------------------------------------- private

    def own_ballot(self, vote: Vote, wallet: Any, support: int) -> None:
        attempt = BallotAttempt(wallet.address, support, Timepoint(self.tick()))
        expected = refuse_ballot(self.roll, vote.poll, attempt)
        if self.done(expected, lambda: vote.question.governor.castVote(vote.poll.id, support, {"from": wallet})):
            vote.own(self.member_of(wallet), support)

    def suppose(self, vote: Vote, attempt: BallotAttempt, principals: list[MemberId]) -> Refusal | None:
        """Hand in the ballots one by one in the model; the first refusal is that of all."""
        refusal = refuse_ballot(self.roll, vote.poll, attempt)
        if refusal is not None:
            return refusal
        holder_id = self.roll.wallets[attempt.voter]
        vote.own(holder_id, attempt.support)
        for principal_id in principals:
            refusal = refuse_mandated_ballot(self.roll, vote.poll, replace(attempt, principal_id=principal_id))
            if refusal is not None:
                return refusal
            vote.mandated(holder_id, principal_id, attempt.support)
        return None

    def nonce(self, vote: Vote, wallet: Any) -> int:
        return nonce_of(self.roll, vote.poll, wallet.address)

    def member_of(self, wallet: Any) -> MemberId:
        return self.roll.wallets[wallet.address]

    def refusals_in(self, tx: Any, governor: Any) -> list[Refusal | None]:
        names = {
            web3.keccak(text=f"{error['name']}({','.join(field['type'] for field in error['inputs'])})")[:4]: error[
                "name"
            ]
            for error in governor.abi
            if error["type"] == "error"
        }
        reported = [
            bytes.fromhex(str(event["refusal"]).removeprefix("0x"))
            for event in tx.events
            if event.name == "BallotRefused"
        ]
        return [refusal_of_error(names[refusal[:4]]) for refusal in reported]
