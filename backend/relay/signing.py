"""The only place where the relay's key signs: calls of the governors' ballot entry points, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.chain.ballot_calls import BATCH, selector
from backend.chain.signer import Call, Price, SignedCall, Signer
from backend.database.desk import RelayTransactionRecord
from backend.domain.values import Address
from backend.errors import ZborError
from backend.queries.consortium import Consortium
from backend.queries.positions import governors_of
from backend.relay.batches import Batch

ALLOWED = (BATCH,)
"""Functions that the key signs for."""


class ForbiddenCallError(ZborError):
    """The relay was about to sign for something else than ballots: a bug, or a database that was tampered with."""

    code = "FORBIDDEN_CALL"

    def __init__(self, to: str) -> None:
        super().__init__(f"The relay signs no such call, to {to}. Look at its rows in the database before it goes on.")


@dataclass(frozen=True, slots=True)
class Drafts:
    """Makes transactions of one account, for the governors of one consortium."""

    signer: Signer
    consortium: Consortium
    session: Session

    def new(self, batch: Batch, nonce: int, gas: int, price: Price) -> tuple[RelayTransactionRecord, Call, SignedCall]:
        """Draft a transaction for a batch.

        Raises:
            ForbiddenCallError: the contract is no governor of the consortium.
        """
        about = RelayTransactionRecord(
            consortium_id=self.consortium.id,
            sender=self.signer.address,
            nonce=nonce,
            governor=batch.governor,
            proposal_id=batch.proposal_id,
            gas=gas,
            data=batch.data,
            block_number=None,
            block_hash=None,
            settled=False,
        )
        return (about, *self.again(about, price))

    def again(self, about: RelayTransactionRecord, price: Price) -> tuple[Call, SignedCall]:
        """Draft the same transaction at another price.

        Raises:
            ForbiddenCallError: it is no call of a governor's ballot entry point.
        """
        self._require_allowed(about.governor, about.data)
        to = Address(about.governor)
        call = Call(self.consortium.chain_id, about.nonce, to, about.data, about.gas, price)
        return call, self.signer.sign(call)

    def _require_allowed(self, to: str, data: str) -> None:
        named = bytes.fromhex(data[2:10])
        known = to in governors_of(self.session, self.consortium)
        if not known or named not in {selector(signature) for signature in ALLOWED}:
            raise ForbiddenCallError(to)
