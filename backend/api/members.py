"""Members of the consortium: organisations, each with one vote at most."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from backend.api.answers import Answer, BigInteger, Model, PageAnswer, Time, answer_from
from backend.api.errors import problems
from backend.api.parameters import MemberKey, Part, Read
from backend.api.replies import respond
from backend.api.words import ClassName, StatusName
from backend.domain.members import MemberClass, MemberStatus
from backend.queries.members import MemberFilter, find_member, page_of_members

router = APIRouter(tags=["members"])

STATUSES, CLASSES = (tuple(each.label for each in words) for words in (MemberStatus, MemberClass))
Status = Annotated[
    str | None, Query(pattern=f"^({'|'.join(STATUSES)})$", description=f"Only of this status: {', '.join(STATUSES)}.")
]
Class = Annotated[
    str | None, Query(pattern=f"^({'|'.join(CLASSES)})$", description=f"Only of this class: {', '.join(CLASSES)}.")
]
Country = Annotated[str | None, Query(pattern="^[A-Z]{2}$", description="Only of this country, ISO 3166-1 alpha-2.")]
Words = Annotated[
    str | None,
    Query(min_length=2, max_length=100, description="Words in its name or code; case and accents do not matter."),
]


class MemberRefResponse(Model):
    """Which member."""

    id: int
    code: str
    name: str
    country: str
    """ISO 3166-1 alpha-2."""


class StatusChangeResponse(Model):
    """Where the member stood from then on."""

    status: StatusName
    since: Time
    transaction_hash: str


class RotationResponse(Model):
    """A new wallet on its way to replace a lost one; the old wallet can stop it until then."""

    new_wallet: str
    proposed_at: Time
    effective_from: Time | None
    """From when it can take effect; None until the second approver agrees."""
    transaction_hash: str


class MandateItem(Model):
    """The last mandate a member gave in a body."""

    principal: MemberRefResponse
    """The member whose ballot it is."""
    holder: MemberRefResponse
    """The member that may cast it."""
    body: str
    proposal_id: BigInteger | None
    """None for every proposal of the body."""
    granted_at: Time
    until: Time
    """Last second in which the holder may use it."""
    revoked_at: Time | None
    in_force: bool
    transaction_hash: str
    caps: dict[str, int]
    """Kind of the body → how many other members' ballots one member may cast on a proposal of that kind, under the rule
    in force; an open proposal keeps the rule it was opened under."""


class WalletResponse(Model):
    """A wallet that belongs or belonged to the member; never to another."""

    address: str
    account: str
    """CAIP-10."""
    since: Time
    revoked_at: Time | None
    """None for the wallet it has now."""


class ClassSpanResponse(Model):
    """A span of time in which the member was of one class."""

    member_class: ClassName
    since: Time
    until: Time | None
    """The first second in which it was of another; None while it lasts."""


class MemberSeatResponse(Model):
    """A seat of the member, as last granted."""

    body: str
    since: Time
    until: Time | None
    """Last second of the term; None for a seat without term."""
    ended_at: Time | None


class MemberItem(Model):
    """A member, as the mirror knows it."""

    id: int
    code: str
    name: str
    country: str
    """ISO 3166-1 alpha-2."""
    member_class: ClassName
    status: StatusName
    wallet: str
    revoked_wallets: tuple[str, ...]
    """Wallets it has moved on from; none of them can ever be used again."""
    accession_hash: str | None
    """Hash of the accession document; None until it is recorded."""
    admitted_at: Time
    remedy_until: Time | None
    """End of the period to remedy a breach, where one was notified."""
    bodies: tuple[str, ...]
    """Bodies in which it may vote now."""
    rotation: RotationResponse | None
    """Another wallet asked for in the place of a lost one, while that is pending."""
    mandates: tuple[MandateItem, ...]
    """Mandates it gave that are in force now."""
    history: tuple[StatusChangeResponse, ...]
    account: str
    """CAIP-10 of its wallet."""
    wallets: tuple[WalletResponse, ...]
    """All it has or had, oldest first."""
    classes: tuple[ClassSpanResponse, ...]
    """What it was to the consortium, first to last."""
    seats: tuple[MemberSeatResponse, ...]
    """In bodies of seats, held or ended."""


class MemberResponse(Answer, MemberItem):
    """One member."""


class MembersResponse(PageAnswer):
    """Every member ever admitted, by number."""

    items: tuple[MemberItem, ...]


@router.get("/members", response_model=MembersResponse, responses=problems(), summary="List the members")
def get_members(
    request: Request,
    read: Read,
    part: Part,
    status: Status = None,
    member_class: Class = None,
    country: Country = None,
    q: Words = None,
) -> Response:
    """Every member ever admitted, by number, with its status and the history of it; by status, class, country, name."""
    wanted = MemberFilter(status, member_class, country, q)
    page = page_of_members(read.session, read.consortium, read.now, wanted, part)
    return respond(request, answer_from(MembersResponse, read.as_of, page))


@router.get(
    "/members/{key}", response_model=MemberResponse, responses=problems("MEMBER_NOT_FOUND"), summary="Find one member"
)
def get_member(request: Request, read: Read, key: MemberKey) -> Response:
    """One member by its number, its code or any wallet it has or had."""
    member = find_member(read.session, read.consortium, key, read.now)
    return respond(request, answer_from(MemberResponse, read.as_of, member))
