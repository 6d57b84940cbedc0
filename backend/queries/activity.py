"""Who did what, newest first: the journal as people read it.

Whatever a voter wrote on chain in plain words is left out, because it may be personal; so is what other answers tell
better, such as calls and rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Select, and_, false, func, select, tuple_
from sqlalchemy.orm import Session

from backend.database.journal import BlockRecord, EventRecord
from backend.database.records import BodyRecord, MemberRecord, ProposalRecord, WalletRecord
from backend.domain.bodies import reference_of
from backend.domain.subjects import MEMBERS, PROPOSALS, WALLETS
from backend.queries.consortium import Consortium
from backend.queries.filed import ProposalName, find_filed
from backend.queries.keys import cursor_from, name_in, position_in
from backend.queries.mentions import Places, places_of_member, places_of_proposal
from backend.queries.proposal_filters import ALWAYS, Span, member_asked_for
from backend.queries.refs import member_ref
from backend.queries.status import finality_of, read_finalized
from backend.queries.texts import commitment_in
from backend.queries.views import ActivityView, MemberRef, Page, ProposalRef

E = EventRecord
LEFT_OUT: Final = ("calldatas", "description", "rule", "targets", "values")


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """Which events are asked for."""

    events: tuple[str, ...] = ()
    body: str | None = None
    member: str | None = None
    """Number or code."""
    proposal: ProposalName | None = None
    happened: Span = ALWAYS


def list_activity(
    session: Session, consortium: Consortium, wanted: ActivityFilter, *, limit: int = 50, cursor: str | None = None
) -> Page[ActivityView]:
    """Events of the consortium's contracts.

    Raises:
        InvalidFilterError: no such member.
        ProposalNotFoundError: no such proposal.
        InvalidCursorError: the cursor is not one this list gave out.
    """
    statement = select_activity(session, consortium, wanted)
    counted = statement.with_only_columns(func.count())
    if cursor is not None:
        statement = statement.where(tuple_(E.block_number, E.log_index) < tuple_(*position_in(cursor, 2)))
    order = (E.block_number.desc(), E.log_index.desc())
    rows = [(row[0], row[1]) for row in session.execute(statement.order_by(*order).limit(limit + 1))]
    known = _known(session, consortium, [event for event, _ in rows[:limit]])
    last = rows[limit - 1][0] if len(rows) > limit else None
    return Page(
        tuple(known.view(consortium, event, block) for event, block in rows[:limit]),
        session.scalar(counted) or 0,
        None if last is None else cursor_from(last.block_number, last.log_index),
    )


def select_activity(
    session: Session, consortium: Consortium, wanted: ActivityFilter
) -> Select[EventRecord, BlockRecord]:
    """Select the events that are asked for, each with its block. Raises as `list_activity`."""
    joined = and_(BlockRecord.consortium_id == E.consortium_id, BlockRecord.number == E.block_number)
    statement = select(E, BlockRecord)
    if wanted.member is not None:
        number = member_asked_for(session, consortium, "member", wanted.member)
        statement = _among(statement, places_of_member(session, consortium, number))
    if wanted.proposal is not None:
        filed = find_filed(session, consortium, wanted.proposal)
        statement = _among(statement, places_of_proposal(consortium, filed)).where(E.emitter == filed.body.governor)
    statement = statement.join(BlockRecord, joined)
    return statement.where(*_conditions(session, consortium, wanted))


def _among(statement: Select[EventRecord, BlockRecord], places: Places) -> Select[EventRecord, BlockRecord]:
    found = places.subquery()
    return statement.join(found, and_(E.block_number == found.c.block_number, E.log_index == found.c.log_index))


def _conditions(session: Session, consortium: Consortium, wanted: ActivityFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [E.consortium_id == consortium.id]
    if wanted.events:
        conditions.append(E.name.in_(wanted.events))
    if wanted.body is not None:
        conditions.append(_of_body(session, consortium, wanted.body))
    conditions += [BlockRecord.time >= wanted.happened.since] if wanted.happened.since is not None else []
    conditions += [BlockRecord.time <= wanted.happened.until] if wanted.happened.until is not None else []
    return conditions


def _of_body(session: Session, consortium: Consortium, name: str) -> ColumnElement[bool]:
    rows = session.execute(
        select(BodyRecord.governor, BodyRecord.timelock).where(
            BodyRecord.consortium_id == consortium.id, BodyRecord.name == name_in(name)
        )
    )
    addresses = [address for row in rows for address in row]
    return E.emitter.in_(addresses) if addresses else false()


@dataclass(frozen=True, slots=True)
class _Known:
    """Names of what events mention."""

    members: Mapping[int, MemberRef]
    wallets: Mapping[str, int]
    bodies: Mapping[str, BodyRecord]
    """By the addresses of governor and timelock."""
    numbers: Mapping[tuple[int, int], int]
    """Body and id of a proposal → its running number there."""
    finalized: int

    def view(self, consortium: Consortium, event: EventRecord, block: BlockRecord) -> ActivityView:
        said: dict[str, Any] = msgspec.json.decode(event.arguments)
        body = self.bodies.get(event.emitter)
        return ActivityView(
            event=event.name,
            contract=consortium.calls.contract_name(event.emitter),
            body=None if body is None else body.name,
            member=self._member(said),
            proposal=self._proposal(said, body),
            arguments={name: _shown(name, value) for name, value in said.items() if name not in LEFT_OUT},
            happened_at=block.time,
            block_number=event.block_number,
            block_hash=block.hash,
            log_index=event.log_index,
            transaction_hash=event.transaction_hash,
            emitter=event.emitter,
            finality=finality_of(event.block_number, self.finalized),
        )

    def _member(self, said: Mapping[str, Any]) -> MemberRef | None:
        numbers = [said.get(name) for name in MEMBERS] + [self.wallets.get(said.get(name, "")) for name in WALLETS]
        found = (self.members.get(number) for number in numbers if number is not None)
        return next((member for member in found if member is not None), None)

    def _proposal(self, said: Mapping[str, Any], body: BodyRecord | None) -> ProposalRef | None:
        key = (-1 if body is None else body.body_id, said.get("proposal_id", -1))
        if body is None or key not in self.numbers:
            return None
        return ProposalRef(key[1], reference_of(body.name, self.numbers[key]))


def _known(session: Session, consortium: Consortium, events: Sequence[EventRecord]) -> _Known:
    members = session.scalars(select(MemberRecord).where(MemberRecord.consortium_id == consortium.id))
    wallets = session.execute(
        select(WalletRecord.address, WalletRecord.member_id).where(WalletRecord.consortium_id == consortium.id)
    )
    bodies = session.scalars(select(BodyRecord).where(BodyRecord.consortium_id == consortium.id)).all()
    return _Known(
        members={member.member_id: member_ref(member) for member in members},
        wallets={row.address: row.member_id for row in wallets},
        bodies={address: body for body in bodies for address in (body.governor, body.timelock)},
        numbers=_numbers(session, consortium, events),
        finalized=read_finalized(session, consortium),
    )


def _numbers(session: Session, consortium: Consortium, events: Iterable[EventRecord]) -> dict[tuple[int, int], int]:
    said = (msgspec.json.decode(event.arguments).get("proposal_id") for event in events)
    rows = session.execute(
        select(ProposalRecord.body_id, ProposalRecord.proposal_id, ProposalRecord.number).where(
            ProposalRecord.consortium_id == consortium.id,
            ProposalRecord.proposal_id.in_({number for number in said if isinstance(number, int)}),
        )
    )
    return {(body_id, proposal_id): number for body_id, proposal_id, number in rows}


def _shown(name: str, value: Any) -> Any:  # noqa: ANN401  # whatever an event carries
    if name == "reason":
        return commitment_in(value)
    return str(value) if name in PROPOSALS and value is not None else value
