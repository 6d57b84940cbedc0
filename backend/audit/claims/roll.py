"""Claims about offices, bodies and members, as questions to the registry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from backend.audit.claims.claim import Claim
from backend.chain.contracts import Deployment
from backend.chain.views import View
from backend.database.base import Base
from backend.database.records import (
    BodyRecord,
    ConsortiumRecord,
    EntitlementRecord,
    MandateRecord,
    MemberRecord,
    ProposalRecord,
    SeatRecord,
)
from backend.domain.values import Address

NOBODY = "0x" + "00" * 20
REGISTRY = "MemberRegistry"


def claims_of_offices(session: Session, consortium_id: int, deployment: Deployment) -> Iterator[Claim]:
    """Claim who holds the offices, and how many members and bodies there are."""
    consortium = session.get_one(ConsortiumRecord, consortium_id)
    facts = {
        "registrar": consortium.registrar or NOBODY,
        "approver": consortium.approver or NOBODY,
        "factory": consortium.factory or NOBODY,
        "daoURI": consortium.dao_uri or "",
        "memberCount": _count(session, consortium_id, MemberRecord),
        "bodyCount": _count(session, consortium_id, BodyRecord),
    }
    for function, value in facts.items():
        yield Claim("the consortium", View(REGISTRY, deployment.registry, function), {function: value})


def claims_of_bodies(session: Session, consortium_id: int, deployment: Deployment, now: int) -> Iterator[Claim]:
    """Claim what each body is, who chairs it, how large its electorate is, and how many proposals it has seen."""
    for body in session.scalars(select(BodyRecord).where(BodyRecord.consortium_id == consortium_id)).all():
        subject, of_body = f"body {body.body_id}", (body.body_id,)
        says = {"name": body.name, "governor": body.governor, "timelock": body.timelock, "classes": body.classes}
        yield Claim(subject, View(REGISTRY, deployment.registry, "body", of_body), says)
        chair = View(REGISTRY, deployment.registry, "chairOf", of_body)
        yield Claim(subject, chair, {"memberId": body.chair_id or 0})
        # The second of the block itself is not over yet for the registry.
        electorate = View(REGISTRY, deployment.registry, "entitledAt", (body.body_id, now - 1))
        yield Claim(subject, electorate, {"entitledAt": _entitled(session, body, now - 1)})
        asked = {"registry": deployment.registry, "rulebook": deployment.rulebook, "timelock": body.timelock}
        numbers = {"bodyId": body.body_id, "proposalCount": _count(session, consortium_id, ProposalRecord, body)}
        for function, value in (asked | numbers).items():
            yield Claim(subject, View("ConsortiumGovernor", Address(body.governor), function), {function: value})


def claims_of_members(
    session: Session, consortium_id: int, deployment: Deployment, first: int, most: int
) -> Iterator[Claim]:
    """Claim how the members from number `first` on stand, `most` of them, and which mandates they have given."""
    members = session.scalars(
        select(MemberRecord)
        .where(MemberRecord.consortium_id == consortium_id, MemberRecord.member_id >= first)
        .order_by(MemberRecord.member_id)
        .limit(most)
    ).all()
    for member in members:
        yield Claim(
            f"member {member.member_id}",
            View(REGISTRY, deployment.registry, "member", (member.member_id,)),
            {
                "wallet": member.wallet,
                "class": int(member.member_class),
                "status": int(member.status),
                "country": member.country,
                "rights": member.rights,
                "seats": _seats(session, member),
            },
        )
    yield from _claims_of_mandates(session, consortium_id, deployment, [member.member_id for member in members])


def _claims_of_mandates(
    session: Session, consortium_id: int, deployment: Deployment, members: Sequence[int]
) -> Iterator[Claim]:
    mandates = select(MandateRecord).where(
        MandateRecord.consortium_id == consortium_id, MandateRecord.principal_id.in_(members)
    )
    for mandate in session.scalars(mandates).all():
        given = (mandate.holder_id, mandate.proposal_id or 0, mandate.until) if mandate.revoked_at is None else (0,) * 3
        yield Claim(
            f"member {mandate.principal_id}",
            View(REGISTRY, deployment.registry, "mandateOf", (mandate.principal_id, mandate.body_id)),
            dict(zip(("holderId", "proposalId", "until"), given, strict=True)),
        )


def _count(session: Session, consortium_id: int, record: type[Base], body: BodyRecord | None = None) -> int:
    columns = record.__table__.c
    counted = select(func.count()).select_from(record).where(columns["consortium_id"] == consortium_id)
    return session.scalar(counted if body is None else counted.where(columns["body_id"] == body.body_id)) or 0


def _entitled(session: Session, body: BodyRecord, second: int) -> int:
    spans = select(func.count()).where(
        EntitlementRecord.consortium_id == body.consortium_id,
        EntitlementRecord.body_id == body.body_id,
        EntitlementRecord.since <= second,
        or_(EntitlementRecord.until.is_(None), EntitlementRecord.until > second),
    )
    return session.scalar(spans) or 0


def _seats(session: Session, member: MemberRecord) -> int:
    held = session.scalars(
        select(SeatRecord.body_id).where(
            SeatRecord.consortium_id == member.consortium_id,
            SeatRecord.member_id == member.member_id,
            SeatRecord.ended_at.is_(None),
        )
    )
    return sum(1 << body_id for body_id in held)
