"""Sends signed ballots and follows them: a turn looks at the chain, then at what was sent, then sends what waits.

Nothing is remembered that a restart could lose: what was sent stands in the database before it is sent, and a turn
begins with what has become of it. To send the same bytes again, or a ballot in two transactions, does no harm: a number
is used once, and a governor counts a ballot once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from backend.chain.ballot_calls import told_by
from backend.chain.node import NodeRefusedError
from backend.chain.sending import Receipt, SendingEndpoints
from backend.chain.signer import Price, Signer
from backend.database.desk import RelayBallotRecord, RelayRecord
from backend.domain.values import Address, Hash32, ProposalId
from backend.queries.mirror import Mirror
from backend.queries.relay import SUPERSEDED
from backend.relay import outbox
from backend.relay.batches import Batch, batches_of, done_for_good, gas_for, look_at
from backend.relay.fees import first_price, raised
from backend.relay.means import Chain, Policy, look
from backend.relay.outbox import Carried
from backend.relay.signing import Drafts

LOOK_EVERY = 15.0
"""Seconds between looks at the chain where no ballot is on its way."""
MOST_IN_FLIGHT = 8
"""Transactions that are in no block yet."""
KNOWN = ("already known", "known transaction", "already imported", "nonce too low", "underpriced")
"""What nodes say of a transaction that they have, or do not need."""

log = logging.getLogger(__name__)


@dataclass
class Relayer:
    """One account that pays for the ballots of one consortium. Two at a time only waste money."""

    node: SendingEndpoints
    signer: Signer
    mirror: Mirror
    policy: Policy
    clock: Callable[[], float] = time.time
    _sent: dict[Hash32, float] = field(default_factory=dict)
    """When each transaction was last handed to a node by this process."""
    _missed: dict[int, float] = field(default_factory=dict)
    """Since when a number is used up without any of our transactions being seen."""
    _looked_at: float = 0.0
    _problem: str | None = None

    @property
    def sender(self) -> Address:
        """The account."""
        return self.signer.address

    def turn(self) -> str | None:
        """Look once at everything and do what there is to do. Returns why nothing can be sent now, if so.

        Raises:
            ChainError: the node does not answer.
            MirrorError: the database is away, or the mirror empty.
        """
        if self._idle():
            return self._problem
        chain = self._look()
        for carried in self._unsettled():
            self._follow(carried, chain)
        self._problem = self._send_waiting(chain)
        self._note(chain, self._problem)
        return self._problem

    def _idle(self) -> bool:
        """Nodes charge for questions: where there is nothing to do, they are asked every now and then only."""
        if self.clock() - self._looked_at >= LOOK_EVERY:
            return False
        with self.mirror.sessions() as session:
            return not outbox.is_busy(session, self.mirror.consortium.id, self.sender)

    def _look(self) -> Chain:
        self._looked_at = self.clock()
        return look(self.node, self.sender, self.policy.finality_depth)

    def _unsettled(self) -> list[Carried]:
        with self.mirror.sessions() as session:
            return outbox.unsettled(session, self.mirror.consortium.id, self.sender)

    # ------------------------------------------------------------------------------------------- what was sent

    def _follow(self, carried: Carried, chain: Chain) -> None:
        receipt = next((found for each in outbox.hashes_of(carried) if (found := self.node.receipt(each))), None)
        if receipt is not None:
            self._missed.pop(carried.nonce, None)
            self._take_in(carried, receipt, chain)
            return
        if carried.transaction.block_hash is not None:
            log.warning("Transaction %d fell out of block %s", carried.nonce, carried.transaction.block_number)
            self._sent.clear()
            with self.mirror.writing() as session:
                outbox.fall_out(session, carried)
        if chain.count > carried.nonce:
            self._miss(carried)
        else:
            self._push(carried, chain)

    def _take_in(self, carried: Carried, receipt: Receipt, chain: Chain) -> None:
        settled = receipt.block <= chain.finalized
        if receipt.block_hash == carried.transaction.block_hash and not settled:
            return
        with self.mirror.writing() as session:
            outbox.include(session, carried, receipt.block, receipt.block_hash, settled=settled)
            if not receipt.went_through:
                log.error("Transaction %d was reverted", carried.nonce)
                outbox.release(session, carried.ballots, tried=True)
                return
            row = carried.transaction
            told = told_by(receipt.logs, Address(row.governor), ProposalId(row.proposal_id))
            for ballot in carried.ballots:
                if ballot.voter in told.refused:
                    outbox.fail(session, ballot, told.refused[Address(ballot.voter)])
                elif ballot.voter not in told.counted:
                    outbox.release(session, [ballot])

    def _miss(self, carried: Carried) -> None:
        # The node may know the account better than the receipt; a foreign transaction may have taken the number.
        since = self._missed.setdefault(carried.nonce, self.clock())
        if self.clock() - since < self.policy.resubmit_seconds:
            return
        log.error("Number %d was used for something else; its ballots are sent again", carried.nonce)
        del self._missed[carried.nonce]
        with self.mirror.writing() as session:
            outbox.give_up(session, carried)

    def _push(self, carried: Carried, chain: Chain) -> None:
        last, now = carried.last, self.clock()
        if now - last.signed_at >= self.policy.resubmit_seconds:
            price = raised(Price(last.most, last.tip), chain.base_fee, chain.tip, self.policy.most_wei)
            if price is not None and carried.transaction.gas * price.most <= chain.balance:
                self._raise(carried, price, now)
                return
        if now - self._sent.get(Hash32(last.hash), 0) >= self.policy.resubmit_seconds / 2:
            self._send(Hash32(last.hash), last.raw)

    def _raise(self, carried: Carried, price: Price, now: float) -> None:
        row = carried.transaction
        with self.mirror.writing() as session:
            call, signed = self._drafts(session).again(row, price)
            outbox.offer(session, row, call, signed, now)
        log.info("Transaction %d is offered at %d wei", row.nonce, price.most)
        self._send(signed.hash, signed.raw)

    def _send(self, transaction_hash: Hash32, raw: str) -> None:
        self._sent[transaction_hash] = self.clock()
        try:
            self.node.send(raw)
        except NodeRefusedError as refused:
            if not any(known in refused.problem.lower() for known in KNOWN):
                log.warning("A transaction is not taken: %s", refused)

    # --------------------------------------------------------------------------------------------- what waits

    def _send_waiting(self, chain: Chain) -> str | None:
        in_flight = [each for each in self._unsettled() if each.transaction.block_number is None]
        places = MOST_IN_FLIGHT - len(in_flight)
        with self.mirror.reading() as reading:
            ballots = outbox.waiting(reading.session, self.mirror.consortium.id)
            batches = batches_of(reading.session, ballots)
            done = done_for_good(reading.session, reading.consortium, ballots)
        self._retire(done)
        if not batches:
            self._mend_gap(in_flight, chain)
            return chain.without_means(self.policy)
        used = {each.nonce for each in in_flight}
        spent = sum(each.transaction.gas * each.last.most for each in in_flight)
        for batch in batches[: max(0, places)]:
            nonce = next(number for number in range(chain.count, chain.count + len(used) + 1) if number not in used)
            spent_on_it, problem = self._send_batch(batch, nonce, chain, spent)
            if problem is not None:
                return problem
            used |= {nonce} if spent_on_it is not None else set()
            spent += spent_on_it or 0
        return None

    def _retire(self, done: Sequence[RelayBallotRecord]) -> None:
        if done:
            with self.mirror.writing() as session:
                for ballot in done:
                    outbox.fail(session, ballot, SUPERSEDED)

    def _send_batch(self, batch: Batch, nonce: int, chain: Chain, spent: int) -> tuple[int | None, str | None]:
        good = self._good_ones(batch)
        if not good.ballots:
            return None, None
        price = first_price(chain.base_fee, chain.first_tip, self.policy.most_wei)
        if price is None:
            return None, "FEES_TOO_HIGH"
        gas = self._gas(good)
        if gas is None:
            return None, None
        if price.most and chain.balance - spent < gas * price.most + self.policy.reserve_wei:
            return None, "RELAY_EMPTY"
        with self.mirror.writing() as session:
            about, call, signed = self._drafts(session).new(good, nonce, gas, price)
            if not outbox.claim(session, good.ballots, call, about):
                return None, None
            outbox.offer(session, about, call, signed, self.clock())
        log.info("Transaction %d carries %d ballots on %d", nonce, len(good.ballots), good.proposal_id)
        self._send(signed.hash, signed.raw)
        return gas * price.most, None

    def _good_ones(self, batch: Batch) -> Batch:
        looked = look_at(self.node, batch)
        if looked.refused:
            with self.mirror.writing() as session:
                for ballot, code in looked.refused:
                    outbox.fail(session, ballot, code)
        return looked.good

    def _gas(self, batch: Batch) -> int | None:
        try:
            return gas_for(self.node, self.sender, batch)
        except NodeRefusedError as refused:
            log.warning("A batch would be reverted: %s", refused)
            self._try_apart(batch.ballots)
            return None

    def _try_apart(self, ballots: Sequence[RelayBallotRecord]) -> None:
        with self.mirror.writing() as session:
            outbox.release(session, ballots, tried=True)

    def _mend_gap(self, in_flight: Sequence[Carried], chain: Chain) -> None:
        """Where a number is free below those in flight, none of them can move: the last gives its ballots to it."""
        if in_flight and min(each.nonce for each in in_flight) > chain.count:
            with self.mirror.writing() as session:
                outbox.give_up(session, max(in_flight, key=lambda each: each.nonce))

    def _drafts(self, session: Session) -> Drafts:
        return Drafts(self.signer, self.mirror.consortium, session)

    # ------------------------------------------------------------------------------------------- what is told

    def _note(self, chain: Chain, problem: str | None) -> None:
        price = chain.price_of_a_ballot
        with self.mirror.writing() as session:
            session.merge(
                RelayRecord(
                    consortium_id=self.mirror.consortium.id,
                    sender=self.sender,
                    balance=str(chain.balance),
                    price=str(price),
                    reserve=str(self.policy.reserve_wei if price else 0),
                    problem=problem,
                    seen_at=self.clock(),
                )
            )
