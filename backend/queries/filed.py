"""Proposals as filed: each row with its body, kind, rule and proposer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, and_, false, func, or_, select
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, KindRecord, MemberRecord, ProposalRecord, RuleRecord
from backend.domain.references import RegisterNumber
from backend.errors import InvalidIdentifierError, ProposalNotFoundError
from backend.queries.consortium import Consortium
from backend.queries.registers import place_of

Key = tuple[int, int]
"""Number of the body and id of the proposal."""
ProposalName = int | RegisterNumber
"""Id on chain, or number in the register of its body."""
P = ProposalRecord


def among(
    body: SQLColumnExpression[Any], proposal: SQLColumnExpression[Any], keys: Iterable[Key]
) -> ColumnElement[bool]:
    """Whether two columns hold one of these keys.

    Body by body: a list of pairs keeps SQLite from using the index, and PostgreSQL from guessing how few they are.
    """
    by_body: dict[int, list[int]] = {}
    for body_id, proposal_id in keys:
        by_body.setdefault(body_id, []).append(proposal_id)
    return or_(false(), *(and_(body == body_id, proposal.in_(found)) for body_id, found in by_body.items()))


@dataclass(frozen=True, slots=True)
class Filed:
    """One proposal with what its numbers stand for."""

    proposal: ProposalRecord
    body: BodyRecord
    kind: KindRecord
    rule: RuleRecord
    proposer: MemberRecord

    @property
    def key(self) -> Key:
        """Names it across bodies."""
        return self.proposal.body_id, self.proposal.proposal_id


FiledSelect = Select[ProposalRecord, BodyRecord, KindRecord, RuleRecord, MemberRecord]


def select_filed(consortium: Consortium, *conditions: ColumnElement[bool]) -> FiledSelect:
    """Select proposals that meet the conditions, each with its body, kind, rule and proposer."""
    return (
        select(P, BodyRecord, KindRecord, RuleRecord, MemberRecord)
        .join(BodyRecord, and_(BodyRecord.consortium_id == P.consortium_id, BodyRecord.body_id == P.body_id))
        .join(KindRecord, and_(KindRecord.consortium_id == P.consortium_id, KindRecord.kind_id == P.kind_id))
        .join(RuleRecord, and_(RuleRecord.consortium_id == P.consortium_id, RuleRecord.rule_id == P.rule_id))
        .join(
            MemberRecord, and_(MemberRecord.consortium_id == P.consortium_id, MemberRecord.member_id == P.proposer_id)
        )
        .where(P.consortium_id == consortium.id, *conditions)
    )


def filed_from(rows: Iterable[Row[ProposalRecord, BodyRecord, KindRecord, RuleRecord, MemberRecord]]) -> list[Filed]:
    """Read selected rows."""
    return [Filed(*row) for row in rows]


def find_filed(session: Session, consortium: Consortium, name: ProposalName, governor: str | None = None) -> Filed:
    """Find one proposal by its id on chain, or by its number in the register.

    Raises:
        ProposalNotFoundError: no such proposal (in the body of that governor).
        InvalidIdentifierError: several bodies have that id, and no governor says which is meant.
    """
    conditions = [P.proposal_id == name] if isinstance(name, int) else _numbered(session, consortium, name)
    if governor is not None:
        conditions.append(func.lower(BodyRecord.governor) == governor.lower())
    found = filed_from(session.execute(select_filed(consortium, *conditions).limit(2)))
    if not found:
        raise ProposalNotFoundError(name)
    if len(found) > 1:
        raise InvalidIdentifierError("governor", "several bodies have a proposal of this id; name the governor")
    return found[0]


def _numbered(session: Session, consortium: Consortium, number: RegisterNumber) -> list[ColumnElement[bool]]:
    place = place_of(session, consortium, number)
    if place is None:
        raise ProposalNotFoundError(number)
    return [P.body_id == place[0], P.number == place[1]]
