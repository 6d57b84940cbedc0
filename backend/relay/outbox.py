"""What the relay keeps: which transaction carries which ballots, written before anything is sent.

Every change is one transaction of the database, so that a program that dies leaves either all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from backend.chain.signer import Call, SignedCall
from backend.database.desk import RelayAttemptRecord, RelayBallotRecord, RelayTransactionRecord
from backend.domain.values import Address, Hash32

AT_ONCE = 500
"""Ballots looked at in one turn."""
MOST_TRIES = 3
"""Reverted transactions after which a ballot is given up."""
REVERTED = "REVERTED"

B, T, A = RelayBallotRecord, RelayTransactionRecord, RelayAttemptRecord


@dataclass(frozen=True, slots=True)
class Carried:
    """A transaction that is not settled, with its ballots and with every price it was offered at, oldest first."""

    transaction: RelayTransactionRecord
    attempts: tuple[RelayAttemptRecord, ...]
    ballots: tuple[RelayBallotRecord, ...]

    @property
    def nonce(self) -> int:
        """Its number in the relay's account."""
        return self.transaction.nonce

    @property
    def last(self) -> RelayAttemptRecord:
        """The price it was offered at last."""
        return self.attempts[-1]


def waiting(session: Session, consortium_id: int) -> Sequence[RelayBallotRecord]:
    """Ballots that no transaction carries and that may still count, oldest first."""
    open_ = (B.consortium_id == consortium_id, B.failure.is_(None), B.nonce.is_(None))
    return session.scalars(select(B).where(*open_).order_by(B.accepted_at, B.id).limit(AT_ONCE)).all()


def is_busy(session: Session, consortium_id: int, sender: Address) -> bool:
    """Whether a ballot waits, or something may still come of a transaction."""
    open_ = (B.consortium_id == consortium_id, B.failure.is_(None), B.nonce.is_(None))
    sent = (T.consortium_id == consortium_id, T.sender == sender, T.settled.is_(False))
    return bool(session.scalar(select(or_(exists().where(*open_), exists().where(*sent)))))


def unsettled(session: Session, consortium_id: int, sender: Address) -> list[Carried]:
    """Transactions of which something may still come, by number."""
    rows = session.scalars(
        select(T).where(T.consortium_id == consortium_id, T.sender == sender, T.settled.is_(False)).order_by(T.nonce)
    ).all()
    return [Carried(row, _attempts(session, row), _ballots(session, row)) for row in rows]


def claim(session: Session, ballots: Iterable[RelayBallotRecord], call: Call, about: RelayTransactionRecord) -> bool:
    """Let a transaction carry these ballots; False, and nothing done, if one of them is carried already."""
    rows = [session.get(B, (each.consortium_id, each.id), with_for_update=True) for each in ballots]
    if any(row is None or row.nonce is not None or row.failure is not None for row in rows):
        return False
    kept = session.get(T, (about.consortium_id, about.sender, call.nonce), with_for_update=True)
    if kept is not None and not kept.settled:
        return False
    session.merge(about)
    for row in rows:
        if row is not None:
            row.sender, row.nonce = about.sender, call.nonce
    return True


def offer(session: Session, about: RelayTransactionRecord, call: Call, signed: SignedCall, now: float) -> None:
    """Note one price that is going to be offered for a transaction, and the bytes."""
    attempt = A(
        consortium_id=about.consortium_id,
        sender=about.sender,
        nonce=about.nonce,
        number=len(_attempts(session, about)) + 1,
        hash=signed.hash,
        raw=signed.raw,
        most=call.price.most,
        tip=call.price.tip,
        signed_at=now,
    )
    session.add(attempt)


def include(session: Session, carried: Carried, block_number: int, block_hash: str, *, settled: bool) -> None:
    """Note the block that a transaction is in."""
    row = _kept(session, carried)
    row.block_number, row.block_hash, row.settled = block_number, block_hash, settled


def fall_out(session: Session, carried: Carried) -> None:
    """Note that a transaction is in no block any more: what its receipt said of its ballots is not said."""
    row = _kept(session, carried)
    row.block_number = row.block_hash = None
    for ballot in _ballots(session, row):
        ballot.failure = None


def give_up(session: Session, carried: Carried) -> None:
    """Note that nothing will come of a transaction; the ballots that it carries wait for another one."""
    row = _kept(session, carried)
    row.settled = True
    release(session, _ballots(session, row))


def release(session: Session, ballots: Iterable[RelayBallotRecord], *, tried: bool = False) -> None:
    """Let ballots wait for another transaction; given up where too many that carried them were reverted."""
    for ballot in ballots:
        row = session.get_one(B, (ballot.consortium_id, ballot.id))
        row.sender = row.nonce = None
        row.tries += tried
        if row.tries >= MOST_TRIES:
            row.failure = REVERTED


def fail(session: Session, ballot: RelayBallotRecord, code: str) -> None:
    """Note why a ballot does not count."""
    session.get_one(B, (ballot.consortium_id, ballot.id)).failure = code


def hashes_of(carried: Carried) -> list[Hash32]:
    """The hashes to look for in the chain, the newest first."""
    return [Hash32(attempt.hash) for attempt in reversed(carried.attempts)]


def _kept(session: Session, carried: Carried) -> RelayTransactionRecord:
    row = carried.transaction
    return session.get_one(T, (row.consortium_id, row.sender, row.nonce), with_for_update=True)


def _attempts(session: Session, row: RelayTransactionRecord) -> tuple[RelayAttemptRecord, ...]:
    same = (A.consortium_id == row.consortium_id, A.sender == row.sender, A.nonce == row.nonce)
    return tuple(session.scalars(select(A).where(*same).order_by(A.number)))


def _ballots(session: Session, row: RelayTransactionRecord) -> tuple[RelayBallotRecord, ...]:
    same = (B.consortium_id == row.consortium_id, B.sender == row.sender, B.nonce == row.nonce)
    return tuple(session.scalars(select(B).where(*same).order_by(B.accepted_at, B.id)))
