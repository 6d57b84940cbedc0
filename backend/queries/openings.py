"""When voting on a proposal that is put now may open, and whether a wallet may put it: asked before it is signed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, KindRecord, MemberRecord, RuleRecord, WalletRecord
from backend.domain.admissibility import refuse_opening, refuse_proposer
from backend.domain.proposals import closing, earliest_opening, latest_opening
from backend.domain.refusals import Refusal
from backend.domain.roll import Entry, Roll
from backend.domain.rules import Rule
from backend.domain.values import Address, MemberId, Timepoint
from backend.errors import KindNotFoundError
from backend.queries.consortium import Consortium


@dataclass(frozen=True, slots=True)
class OpeningView:
    """What the law says of a proposal of one kind that is put now. Times are seconds since the epoch."""

    kind: str
    body: str
    governor: str
    rule: str
    published: int
    """Now: the earliest that such a proposal could be published."""
    earliest: int
    """First second on which voting may open, with the ordinary notice."""
    earliest_extraordinary: int
    """The same with the short notice of an extraordinary meeting."""
    latest: int
    """Last second on which voting may open."""
    opens_at: int
    """When it would open: as asked for, else at the earliest."""
    closes_at: int
    """Last second of that vote."""
    refusal: str | None
    """Why it could not be put like that; None if nothing speaks against it."""


@dataclass(frozen=True, slots=True)
class OpeningWish:
    """How somebody wants to put a proposal."""

    opens_at: int | None = None
    """None for as soon as the notice allows."""
    extraordinary: bool = False
    wallet: str | None = None
    """Of the proposer, with its checksum; None to ask about the time alone."""


def read_opening(session: Session, consortium: Consortium, kind: str, wish: OpeningWish, now: int) -> OpeningView:
    """Say when a proposal of this kind could open if it were published now, and what speaks against the wish.

    Raises:
        KindNotFoundError: no such kind.
    """
    record, body, rule_name, rule = _terms(session, consortium, kind)
    published = Timepoint(now)
    earliest = earliest_opening(rule, published, extraordinary=wish.extraordinary)
    opens_at = earliest if wish.opens_at is None else Timepoint(wish.opens_at)
    refused = _refuse_wallet(session, consortium, wish.wallet) or refuse_opening(
        rule, published, opens_at, extraordinary=wish.extraordinary
    )
    return OpeningView(
        kind=record.name,
        body=body.name,
        governor=body.governor,
        rule=rule_name,
        published=published,
        earliest=earliest_opening(rule, published, extraordinary=False),
        earliest_extraordinary=earliest_opening(rule, published, extraordinary=True),
        latest=latest_opening(published),
        opens_at=opens_at,
        closes_at=closing(rule, opens_at),
        refusal=None if refused is None else refused.value,
    )


def _terms(session: Session, consortium: Consortium, kind: str) -> tuple[KindRecord, BodyRecord, str, Rule]:
    found = session.execute(
        select(KindRecord, BodyRecord, RuleRecord)
        .join(BodyRecord, BodyRecord.body_id == KindRecord.body_id)
        .join(RuleRecord, RuleRecord.rule_id == KindRecord.rule_id)
        .where(
            KindRecord.consortium_id == consortium.id,
            BodyRecord.consortium_id == consortium.id,
            RuleRecord.consortium_id == consortium.id,
            KindRecord.name == kind,
        )
    ).one_or_none()
    if found is None:
        raise KindNotFoundError(kind)
    record, body, rule = found
    return record, body, rule.name, rule.rule


def _refuse_wallet(session: Session, consortium: Consortium, wallet: str | None) -> Refusal | None:
    return None if wallet is None else refuse_proposer(_roll_of(session, consortium, wallet), Address(wallet))


def _roll_of(session: Session, consortium: Consortium, wallet: str) -> Roll:
    """The roll as far as it matters here: the one member behind the wallet, or nobody."""
    known = session.get(WalletRecord, (consortium.id, wallet))
    if known is None:
        return Roll()
    member = session.get_one(MemberRecord, (consortium.id, known.member_id))
    entry = Entry(MemberId(member.member_id), Address(member.wallet), member.member_class, member.status)
    return Roll({entry.id: entry}, wallets={Address(wallet): entry.id})
