"""The roll in short: who is on it and how they stand, for pages that name members and tell no more of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import ConsortiumRecord, MemberRecord
from backend.queries.consortium import Consortium
from backend.queries.refs import member_ref
from backend.queries.views import MemberRef


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A member ever admitted, and how it stands now."""

    ref: MemberRef
    status: str


@dataclass(frozen=True, slots=True)
class Offices:
    """Who holds the two offices; None for nobody."""

    registrar: str | None
    approver: str | None


def read_roll(session: Session, consortium: Consortium) -> tuple[Enrolled, ...]:
    """Every member ever admitted, by number."""
    of_it = MemberRecord.consortium_id == consortium.id
    rows = session.scalars(select(MemberRecord).where(of_it).order_by(MemberRecord.member_id))
    return tuple(Enrolled(member_ref(member), member.status.label) for member in rows)


def read_offices(session: Session, consortium: Consortium) -> Offices:
    """The accounts of the offices as they stand."""
    kept = session.get_one(ConsortiumRecord, consortium.id)
    return Offices(kept.registrar, kept.approver)
