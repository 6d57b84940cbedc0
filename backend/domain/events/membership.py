"""What the registry reports of members: admission, standing, wallets. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from backend.domain.members import MemberClass, MemberStatus
from backend.domain.values import Address, Hash32, MemberId, Timepoint


@dataclass(frozen=True, slots=True)
class MemberAdmitted:
    """An organisation came onto the roll; it does not vote before its accession document is recorded."""

    member_id: MemberId
    wallet: Address
    member_class: MemberClass
    country: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class AccessionRecorded:
    """The signed accession document lies before the registrar; membership takes effect."""

    member_id: MemberId
    document_hash: Hash32


@dataclass(frozen=True, slots=True)
class MemberStatusChanged:
    """A member moved from one standing to another."""

    member_id: MemberId
    previous: MemberStatus
    current: MemberStatus


@dataclass(frozen=True, slots=True)
class MemberClassChanged:
    """A member became something else to the consortium."""

    member_id: MemberId
    previous: MemberClass
    current: MemberClass


@dataclass(frozen=True, slots=True)
class BreachNotified:
    """A member was told of a breach and has until then to remedy it."""

    member_id: MemberId
    remedy_until: Timepoint


@dataclass(frozen=True, slots=True)
class VotingRightsChanged:
    """The bodies a member may vote in are others than before."""

    member_id: MemberId
    rights: int
    """Bitmap: bit b is set when the member may vote in body b, from the block's time on."""


@dataclass(frozen=True, slots=True)
class WalletRotated:
    """A member moved to another wallet; the previous one can never be used again."""

    member_id: MemberId
    previous: Address
    current: Address


@dataclass(frozen=True, slots=True)
class RotationProposed:
    """The registrar asks for another wallet for a member that lost its own."""

    member_id: MemberId
    new_wallet: Address


@dataclass(frozen=True, slots=True)
class RotationApproved:
    """The second approver agrees; the old wallet may stop it until then."""

    member_id: MemberId
    new_wallet: Address
    effective_from: Timepoint
    """From when anyone may complete it."""


@dataclass(frozen=True, slots=True)
class RotationStopped:
    """The wallet was not lost after all; the member keeps it."""

    member_id: MemberId
    new_wallet: Address
