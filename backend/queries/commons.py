"""Members, proposals, activity and contracts as documents of the commons tell them, part by part.

Lists grow at one end only, so that a part stays what it is: members and proposals at the end, activity at the front.
Natural persons are never among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, ConsortiumRecord, MemberRecord, ProposalRecord
from backend.domain.accounts import account_name
from backend.domain.members import GONE
from backend.queries.activity import ActivityFilter, list_activity
from backend.queries.consortium import Consortium
from backend.queries.filed import Filed, filed_from, select_filed
from backend.queries.keys import cursor_from, position_in
from backend.queries.standings import Standing, read_standings
from backend.queries.texts import texts_of
from backend.queries.views import ActivityView, Page
from backend.queries.views.commons import CommonActivity, CommonCall, CommonContract, CommonMember, CommonProposal

P = ProposalRecord
ACTS = ("ProposalFiled", "VoteCast", "MemberRecused", "VetoRaised", "VetoWithdrawn", "MinutesObjected")
"""Events by which a governor logs what a member did."""


def common_members(
    session: Session, consortium: Consortium, limit: int, cursor: str | None = None
) -> Page[CommonMember]:
    """Organisations that are on the roll, by number.

    Raises:
        InvalidCursorError: the cursor is not one this list gave out.
    """
    after = -1 if cursor is None else position_in(cursor, 1)[0]
    present = (MemberRecord.consortium_id == consortium.id, MemberRecord.status.not_in(GONE))
    rows = session.scalars(
        select(MemberRecord)
        .where(*present, MemberRecord.member_id > after)
        .order_by(MemberRecord.member_id)
        .limit(limit + 1)
    ).all()
    items = tuple(CommonMember(account_name(consortium.chain_id, row.wallet), row.name) for row in rows[:limit])
    return Page(items, len(items), cursor_from(rows[limit - 1].member_id) if len(rows) > limit else None)


def common_proposals(
    session: Session, consortium: Consortium, now: int, limit: int, cursor: str | None = None
) -> Page[CommonProposal]:
    """Proposals in the order in which they were published.

    Raises:
        InvalidCursorError: the cursor is not one this list gave out.
    """
    after = (-1, 0) if cursor is None else position_in(cursor, 2)
    order = (P.block_number, P.log_index)
    statement = select_filed(consortium, tuple_(*order) > tuple_(*after)).order_by(*order).limit(limit + 1)
    filed = filed_from(session.execute(statement))
    standings = read_standings(session, consortium, filed[:limit], now)
    items = tuple(_proposal(consortium, standing, now) for standing in standings)
    return Page(items, len(items), _after(filed[limit - 1]) if len(filed) > limit else None)


def _after(filed: Filed) -> str:
    return cursor_from(filed.proposal.block_number, filed.proposal.log_index)


def _proposal(consortium: Consortium, standing: Standing, now: int) -> CommonProposal:
    proposal, body = standing.filed.proposal, standing.filed.body
    text = texts_of(consortium, proposal.description).authentic
    return CommonProposal(
        account=account_name(consortium.chain_id, body.governor),
        id=proposal.proposal_id,
        name=f"{body.name} {proposal.number}" if text is None else text.title,
        state=standing.state(now).value,
        calls=tuple(
            CommonCall(body.timelock, action["target"], action["value"], action["calldata"])
            for action in proposal.actions
        ),
    )


def common_activity(
    session: Session, consortium: Consortium, limit: int, cursor: str | None = None
) -> Page[CommonActivity]:
    """What members did about proposals, newest first.

    Raises:
        InvalidCursorError: the cursor is not one this list gave out.
    """
    page = list_activity(session, consortium, ActivityFilter(events=ACTS), limit=limit, cursor=cursor)
    return Page(tuple(_acts(session, consortium, page.items)), page.total, page.next_cursor)


def _acts(session: Session, consortium: Consortium, told: Sequence[ActivityView]) -> Iterator[CommonActivity]:
    wallets = _wallets(session, consortium, {one.member.id for one in told if one.member is not None})
    for one in told:
        if one.member is not None and one.proposal is not None:
            yield CommonActivity(
                account=account_name(consortium.chain_id, one.emitter),
                event=one.event,
                proposal_id=one.proposal.id,
                member=account_name(consortium.chain_id, wallets[one.member.id]),
                transaction_hash=one.transaction_hash,
                log_index=one.log_index,
            )


def common_contracts(session: Session, consortium: Consortium) -> tuple[CommonContract, ...]:
    """Every contract that decides or keeps something for the consortium."""
    factory = session.get_one(ConsortiumRecord, consortium.id).factory
    shared = (("registry", consortium.registry), ("rulebook", consortium.rulebook), ("records", consortium.records))
    known = [(role, None, address) for role, address in shared]
    known += [] if factory is None else [("factory", None, factory)]
    of_bodies = [
        (role, body.name, address)
        for body in _bodies(session, consortium)
        for role, address in (("governor", body.governor), ("timelock", body.timelock))
    ]
    return tuple(
        CommonContract(account_name(consortium.chain_id, address), role, body)
        for role, body, address in (*known, *of_bodies)
    )


def _bodies(session: Session, consortium: Consortium) -> Sequence[BodyRecord]:
    return session.scalars(
        select(BodyRecord).where(BodyRecord.consortium_id == consortium.id).order_by(BodyRecord.body_id)
    ).all()


def _wallets(session: Session, consortium: Consortium, numbers: set[int]) -> dict[int, str]:
    rows = session.execute(
        select(MemberRecord.member_id, MemberRecord.wallet).where(
            MemberRecord.consortium_id == consortium.id, MemberRecord.member_id.in_(numbers)
        )
    )
    return {row.member_id: row.wallet for row in rows}
