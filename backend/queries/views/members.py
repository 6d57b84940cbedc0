"""Members, their wallets and their mandates."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MemberRef:
    """Which member."""

    id: int
    code: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class StatusChange:
    """Where a member stood from then on."""

    status: str
    since: int
    transaction_hash: str


@dataclass(frozen=True, slots=True)
class RotationView:
    """A new wallet on its way to replace a lost one."""

    new_wallet: str
    proposed_at: int
    effective_from: int | None
    """None until the second approver agrees."""
    transaction_hash: str


@dataclass(frozen=True, slots=True)
class MandateView:
    """The last mandate a member gave in a body."""

    principal: MemberRef
    """The member whose ballot it is."""
    holder: MemberRef
    """The member that may cast it."""
    body: str
    proposal_id: int | None
    """None for every proposal of the body."""
    granted_at: int
    until: int
    """Last second in which the holder may use it."""
    revoked_at: int | None
    in_force: bool
    transaction_hash: str
    caps: dict[str, int] = field(default_factory=dict)
    """Kind of the body → how many other members' ballots one member may cast on a proposal of that kind."""


@dataclass(frozen=True, slots=True)
class WalletView:
    """A wallet that belongs or belonged to a member."""

    address: str
    account: str
    """CAIP-10."""
    since: int
    revoked_at: int | None
    """None for the wallet it has now."""


@dataclass(frozen=True, slots=True)
class ClassSpan:
    """A span of time in which a member was of one class."""

    member_class: str
    since: int
    until: int | None
    """The first second in which it was of another; None while it lasts."""


@dataclass(frozen=True, slots=True)
class MemberSeat:
    """A seat of a member, as last granted."""

    body: str
    since: int
    until: int | None
    """Last second of the term; None for a seat without term."""
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member, as the mirror knows it."""

    id: int
    code: str
    name: str
    country: str
    member_class: str
    status: str
    wallet: str
    revoked_wallets: tuple[str, ...]
    accession_hash: str | None
    admitted_at: int
    remedy_until: int | None
    bodies: tuple[str, ...]
    """Names of the bodies in which it may vote now."""
    rotation: RotationView | None
    """Another wallet asked for in the place of a lost one."""
    mandates: tuple[MandateView, ...]
    """Those it gave that are in force now."""
    history: tuple[StatusChange, ...]
    account: str = ""
    """CAIP-10 of its wallet."""
    wallets: tuple[WalletView, ...] = ()
    """All it has or had, oldest first."""
    classes: tuple[ClassSpan, ...] = ()
    seats: tuple[MemberSeat, ...] = ()
