"""Every organisation ever admitted."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, MemberRecord
from backend.domain.accounts import account_name
from backend.queries.consortium import Consortium
from backend.queries.tables.columns import Column, Row, Table

AT_ONCE = 500

COLUMNS = (
    Column("member_id", "Number of the member.", "integer"),
    Column("code", "Short name."),
    Column("name", "Name of the organisation."),
    Column("country", "ISO 3166-1 alpha-2."),
    Column("class", "founding, partner or associate."),
    Column("status", "Where its membership stands."),
    Column("wallet", "Address of its wallet now."),
    Column("account", "The same as CAIP-10."),
    Column("bodies", "Where it may vote now: names, separated by spaces."),
    Column("admitted_at", "When it was admitted.", "time"),
    Column("remedy_until", "End of the time to remedy a breach.", "time", optional=True),
    Column("accession_hash", "Hash of the document by which it joined.", optional=True),
)


def _rows(session: Session, consortium: Consortium, _now: int) -> Iterator[Row]:
    bodies = session.execute(
        select(BodyRecord.body_id, BodyRecord.name)
        .where(BodyRecord.consortium_id == consortium.id)
        .order_by(BodyRecord.body_id)
    ).all()
    members = session.scalars(
        select(MemberRecord)
        .where(MemberRecord.consortium_id == consortium.id)
        .order_by(MemberRecord.member_id)
        .execution_options(yield_per=AT_ONCE)
    )
    for member in members:
        yield (
            member.member_id,
            member.code,
            member.name,
            member.country,
            member.member_class.label,
            member.status.label,
            member.wallet,
            account_name(consortium.chain_id, member.wallet),
            " ".join(name for body_id, name in bodies if member.rights >> body_id & 1),
            member.admitted_at,
            member.remedy_until,
            member.accession_hash,
        )


MEMBERS = Table("members", "Every organisation ever admitted, by number.", COLUMNS, _rows)
