"""Ballots that travel together: those on one proposal, once each has been tried out on the chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from backend.chain.ballot_calls import (
    REFUSALS_THAT_PASS,
    WALLET_GAS,
    SignedBallot,
    batch_call,
    refusal_in,
    single_call,
)
from backend.chain.node import NodeRefusedError
from backend.chain.sending import SendingEndpoints
from backend.chain.typed_ballots import OF_KEY
from backend.chain.views import REVERTED
from backend.database.desk import RelayBallotRecord
from backend.domain.values import Address, ProposalId
from backend.errors import NodeUnavailableError
from backend.queries.consortium import Consortium
from backend.queries.relay import counted_vote, way_of

TOGETHER = 50
"""Ballots in one transaction at most; governors take a hundred."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Ballots on one proposal."""

    governor: Address
    proposal_id: ProposalId
    ballots: tuple[RelayBallotRecord, ...]

    @property
    def data(self) -> str:
        """The call that hands all of them in."""
        return batch_call(self.proposal_id, [signed(each) for each in self.ballots])


@dataclass(frozen=True, slots=True)
class Looked:
    """A batch that was tried out."""

    good: Batch
    refused: tuple[tuple[RelayBallotRecord, str], ...]
    """Each with the code of its refusal."""


def signed(ballot: RelayBallotRecord) -> SignedBallot:
    """The ballot as the governors take it."""
    return SignedBallot(Address(ballot.voter), ballot.support, ballot.reason, bytes.fromhex(ballot.signature[2:]))


def batches_of(session: Session, waiting: Sequence[RelayBallotRecord]) -> list[Batch]:
    """Put together what waits, less what was counted meanwhile; who was in a reverted batch travels alone."""
    groups: defaultdict[tuple[str, int, str], list[RelayBallotRecord]] = defaultdict(list)
    for ballot in waiting:
        if counted_vote(session, ballot) is None:
            alone = ballot.id if ballot.tries else ""
            groups[ballot.governor, ballot.proposal_id, alone].append(ballot)
    return [
        Batch(Address(governor), ProposalId(proposal_id), tuple(ballots[start : start + TOGETHER]))
        for (governor, proposal_id, _), ballots in groups.items()
        for start in range(0, len(ballots), TOGETHER)
    ]


def done_for_good(
    session: Session, consortium: Consortium, waiting: Sequence[RelayBallotRecord]
) -> list[RelayBallotRecord]:
    """Those that somebody else brought to the chain, in a block that is final."""
    return [ballot for ballot in waiting if way_of(session, consortium, ballot).status == "final"]


def look_at(node: SendingEndpoints, batch: Batch) -> Looked:
    """Try each ballot out. One that only comes too early for the node's newest block stays for the next turn."""
    good, refused = [], []
    for ballot in batch.ballots:
        code = refusal_of(node, batch.governor, batch.proposal_id, signed(ballot))
        if code is None:
            good.append(ballot)
        elif code not in REFUSALS_THAT_PASS:
            refused.append((ballot, code))
    return Looked(replace(batch, ballots=tuple(good)), tuple(refused))


def refusal_of(node: SendingEndpoints, governor: Address, proposal_id: ProposalId, ballot: SignedBallot) -> str | None:
    """Ask a governor whether it would count the ballot now; the code of its refusal, or None.

    Raises:
        NodeUnavailableError: no node answers for the governor.
    """
    try:
        node.try_out(governor, single_call(proposal_id, ballot))
    except NodeRefusedError as refused:
        if refused.data is None and refused.number != REVERTED and "revert" not in refused.problem.lower():
            raise NodeUnavailableError("it does not answer for the contract") from refused
        return refusal_in(refused.data)
    return None


def gas_for(node: SendingEndpoints, sender: Address, batch: Batch) -> int:
    """Say how much gas to allow: what the node estimates and a third, and what wallets that are contracts may want."""
    of_contracts = sum(len(bytes.fromhex(each.signature[2:])) != OF_KEY for each in batch.ballots)
    return node.gas_of(sender, batch.governor, batch.data) * 4 // 3 + WALLET_GAS * (1 + of_contracts)
