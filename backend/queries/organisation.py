"""The consortium as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.database.records import ConsortiumRecord, MemberRecord
from backend.domain.accounts import account_name, chain_name
from backend.domain.members import GONE
from backend.queries.consortium import Consortium
from backend.queries.status import COUNTED
from backend.queries.views import AsOf, ContractView, OfficeView, OrganisationView


def read_organisation(session: Session, consortium: Consortium, as_of: AsOf) -> OrganisationView:
    """Say which consortium this is, where its contracts are, who holds its offices, how many of everything it has."""
    offices = session.get_one(ConsortiumRecord, consortium.id)
    members = session.execute(
        select(MemberRecord.status, MemberRecord.member_class, MemberRecord.country).where(
            MemberRecord.consortium_id == consortium.id
        )
    ).all()
    present = [member for member in members if member[0] not in GONE]
    return OrganisationView(
        id=account_name(consortium.chain_id, consortium.registry),
        name=consortium.name,
        notice=consortium.notice,
        chains=(chain_name(consortium.chain_id),),
        contracts=_contracts(consortium),
        offices=_offices(consortium, offices),
        dao_uri=offices.dao_uri,
        countries=tuple(sorted({country for _, _, country in present})),
        members_by_status=_counted(status.label for status, _, _ in members),
        members_by_class=_counted(member_class.label for _, member_class, _ in present),
        counts={
            noun: session.scalar(select(func.count()).select_from(record).where(record.consortium_id == consortium.id))
            or 0
            for noun, record in COUNTED.items()
        },
        start_block=consortium.start_block,
        is_behind=as_of.block_number < as_of.head_number,
    )


def _counted(labels: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(labels).items()))


def _contracts(consortium: Consortium) -> tuple[ContractView, ...]:
    named = (
        ("MemberRegistry", consortium.registry),
        ("Rulebook", consortium.rulebook),
        ("Records", consortium.records),
    )
    return tuple(ContractView(name, address, account_name(consortium.chain_id, address)) for name, address in named)


def _offices(consortium: Consortium, kept: ConsortiumRecord) -> tuple[OfficeView, ...]:
    held = (("registrar", kept.registrar), ("approver", kept.approver), ("factory", kept.factory))
    return tuple(
        OfficeView(name, address, account_name(consortium.chain_id, address)) for name, address in held if address
    )
