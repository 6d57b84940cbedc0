"""Whose turn it is: a few subjects in each look, all of them in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import func, select

from backend.audit.claims import (
    Claim,
    claims_of_bodies,
    claims_of_law,
    claims_of_members,
    claims_of_offices,
    claims_of_proposals,
    next_proposals,
)
from backend.chain.contracts import Deployment
from backend.database.records import MemberRecord
from backend.queries.filed import Key
from backend.queries.mirror import Reading

PROPOSALS_AT_ONCE = 10
MEMBERS_AT_ONCE = 40
LAWS_AT_ONCE = 40
"""Questions about the law."""
BEFORE_ALL: Key = (-1, 0)


@dataclass(slots=True)
class Rota:
    """Remembers where each round has got to."""

    busy: Key = BEFORE_ALL
    """The last proposal looked at among those open or closed of late."""
    any: Key = BEFORE_ALL
    """The last proposal looked at among all."""
    member: int = 1
    """The member whose turn is next."""
    law: int = 0
    """How many questions of this round about the law have been put."""

    def next_claims(self, reading: Reading, deployment: Deployment) -> Iterator[Claim]:
        """Claim offices and bodies, and the next few proposals, members and laws."""
        session, consortium, now = reading.session, reading.consortium, reading.as_of.block_time
        yield from claims_of_offices(session, consortium.id, deployment)
        yield from claims_of_bodies(session, consortium.id, deployment, now)
        yield from claims_of_proposals(session, consortium, deployment, self._next_proposals(reading), now)
        yield from claims_of_members(session, consortium.id, deployment, self._next_member(reading), MEMBERS_AT_ONCE)
        yield from self._next_laws(reading, deployment)

    def _next_proposals(self, reading: Reading) -> list[Key]:
        session, consortium_id, now = reading.session, reading.consortium.id, reading.as_of.block_time
        busy = next_proposals(session, consortium_id, self.busy, PROPOSALS_AT_ONCE, busy_at=now)
        others = next_proposals(session, consortium_id, self.any, PROPOSALS_AT_ONCE)
        self.busy = busy[-1] if len(busy) == PROPOSALS_AT_ONCE else BEFORE_ALL
        self.any = others[-1] if len(others) == PROPOSALS_AT_ONCE else BEFORE_ALL
        return list(dict.fromkeys(busy + others))

    def _next_member(self, reading: Reading) -> int:
        first = self.member
        members = reading.session.scalar(
            select(func.count()).select_from(MemberRecord).where(MemberRecord.consortium_id == reading.consortium.id)
        )
        self.member = first + MEMBERS_AT_ONCE if first + MEMBERS_AT_ONCE <= (members or 0) else 1
        return first

    def _next_laws(self, reading: Reading, deployment: Deployment) -> list[Claim]:
        laws = claims_of_law(reading.session, reading.consortium.id, deployment)
        part = list(islice(laws, self.law, self.law + LAWS_AT_ONCE))
        self.law = self.law + LAWS_AT_ONCE if len(part) == LAWS_AT_ONCE else 0
        return part


def all_claims(reading: Reading, deployment: Deployment) -> Iterator[Claim]:
    """Claim everything the mirror holds that a contract can be asked about."""
    session, consortium, now = reading.session, reading.consortium, reading.as_of.block_time
    yield from claims_of_offices(session, consortium.id, deployment)
    yield from claims_of_bodies(session, consortium.id, deployment, now)
    yield from claims_of_law(session, consortium.id, deployment)
    yield from claims_of_members(session, consortium.id, deployment, 1, 1 << 16)
    after = BEFORE_ALL
    while keys := next_proposals(session, consortium.id, after, PROPOSALS_AT_ONCE):
        yield from claims_of_proposals(session, consortium, deployment, keys, now)
        after = keys[-1]
