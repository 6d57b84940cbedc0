"""What the registry logs of members."""

from __future__ import annotations

from collections.abc import Callable

from backend.chain.addresses import checksummed
from backend.chain.event_decoders.spelling import hash32, name, text
from backend.domain import events
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.values import MemberId, Timepoint


def _member_admitted(
    member_id: int, wallet: str, member_class: int, country: bytes, code: bytes, full_name: bytes
) -> events.MemberAdmitted:
    return events.MemberAdmitted(
        member_id=MemberId(member_id),
        wallet=checksummed(wallet),
        member_class=MemberClass(member_class),
        country=name(country),
        code=name(code),
        name=text(full_name),
    )


def _accession_recorded(member_id: int, document_hash: bytes) -> events.AccessionRecorded:
    return events.AccessionRecorded(MemberId(member_id), hash32(document_hash))


def _member_status_changed(member_id: int, previous: int, current: int) -> events.MemberStatusChanged:
    return events.MemberStatusChanged(MemberId(member_id), MemberStatus(previous), MemberStatus(current))


def _member_class_changed(member_id: int, previous: int, current: int) -> events.MemberClassChanged:
    return events.MemberClassChanged(MemberId(member_id), MemberClass(previous), MemberClass(current))


def _breach_notified(member_id: int, remedy_until: int) -> events.BreachNotified:
    return events.BreachNotified(MemberId(member_id), Timepoint(remedy_until))


def _voting_rights_changed(member_id: int, rights: int) -> events.VotingRightsChanged:
    return events.VotingRightsChanged(MemberId(member_id), rights)


def _wallet_rotated(member_id: int, previous: str, current: str) -> events.WalletRotated:
    return events.WalletRotated(MemberId(member_id), checksummed(previous), checksummed(current))


def _rotation_proposed(member_id: int, new_wallet: str) -> events.RotationProposed:
    return events.RotationProposed(MemberId(member_id), checksummed(new_wallet))


def _rotation_approved(member_id: int, new_wallet: str, effective_from: int) -> events.RotationApproved:
    return events.RotationApproved(MemberId(member_id), checksummed(new_wallet), Timepoint(effective_from))


def _rotation_stopped(member_id: int, new_wallet: str) -> events.RotationStopped:
    return events.RotationStopped(MemberId(member_id), checksummed(new_wallet))


OF_MEMBERS: dict[str, Callable[..., events.Event]] = {
    "MemberAdmitted(uint16,address,uint8,bytes2,bytes32,string)": _member_admitted,
    "AccessionRecorded(uint16,bytes32)": _accession_recorded,
    "MemberStatusChanged(uint16,uint8,uint8)": _member_status_changed,
    "MemberClassChanged(uint16,uint8,uint8)": _member_class_changed,
    "BreachNotified(uint16,uint48)": _breach_notified,
    "VotingRightsChanged(uint16,uint32)": _voting_rights_changed,
    "WalletRotated(uint16,address,address)": _wallet_rotated,
    "RotationProposed(uint16,address)": _rotation_proposed,
    "RotationApproved(uint16,address,uint48)": _rotation_approved,
    "RotationStopped(uint16,address)": _rotation_stopped,
}
