"""Every event of every contract: how its arguments become a value of `backend.domain.events`, or why it is not read.

One function for each event, named after it; its arguments come in the order of the contract's interface. Texts arrive
as bytes, because a member may write bytes that are no text, and that must not stop the mirror.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from backend.chain.addresses import checksummed
from backend.domain import events
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.rules import Base, Rule
from backend.domain.values import BodyId, Hash32, KindId, MemberId, ProposalId, Ratio, RuleId, Timepoint


def text(raw: bytes) -> str:
    """Read UTF-8; a byte that is no text, or is NUL (which PostgreSQL cannot keep), is spelled out in hexadecimal."""
    return raw.decode("utf-8", "backslashreplace").replace("\0", "\\x00")


def name(raw: bytes) -> str:
    """Read a text that is padded with NULs to a fixed length."""
    return text(raw.rstrip(b"\0"))


def hexadecimal(raw: bytes) -> str:
    """Spell bytes as 0x and lower-case digits."""
    return "0x" + raw.hex()


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
    return events.AccessionRecorded(MemberId(member_id), Hash32(hexadecimal(document_hash)))


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


def _body_created(body_id: int, body_name: bytes, governor: str, timelock: str, classes: int) -> events.BodyCreated:
    return events.BodyCreated(BodyId(body_id), name(body_name), checksummed(governor), checksummed(timelock), classes)


def _seat_granted(body_id: int, member_id: int) -> events.SeatGranted:
    return events.SeatGranted(BodyId(body_id), MemberId(member_id))


def _seat_ended(body_id: int, member_id: int) -> events.SeatEnded:
    return events.SeatEnded(BodyId(body_id), MemberId(member_id))


def _registrar_changed(previous: str, current: str) -> events.RegistrarChanged:
    return events.RegistrarChanged(checksummed(previous), checksummed(current))


def _rule_set(rule_id: int, rule_name: bytes, version: int, rule: Sequence[Any]) -> events.RuleSet:
    notice, short_notice, period, *fractions, base, strict, binding = rule
    return events.RuleSet(
        rule_id=RuleId(rule_id),
        name=name(rule_name),
        version=version,
        rule=Rule(
            notice=notice,
            short_notice=short_notice,
            period=period,
            quorum=Ratio(*fractions[:2]),
            majority=Ratio(*fractions[2:]),
            base=Base(base),
            strict=strict,
            binding=binding,
        ),
    )


def _kind_set(
    kind_id: int,
    kind_name: bytes,
    body_id: int,
    rule_id: int,
    resolution: bool,  # noqa: FBT001  # a field of the event
) -> events.KindSet:
    return events.KindSet(KindId(kind_id), name(kind_name), BodyId(body_id), RuleId(rule_id), resolution)


def _action_listed(kind_id: int, target: str, selector: bytes) -> events.ActionListed:
    return events.ActionListed(KindId(kind_id), checksummed(target), hexadecimal(selector))


def _action_unlisted(kind_id: int, target: str, selector: bytes) -> events.ActionUnlisted:
    return events.ActionUnlisted(KindId(kind_id), checksummed(target), hexadecimal(selector))


def _resolved(timelock: str, kind_id: int, text_hash: bytes) -> events.Resolved:
    return events.Resolved(checksummed(timelock), KindId(kind_id), Hash32(hexadecimal(text_hash)))


def _proposal_created(  # noqa: PLR0913, PLR0917  # the event has nine
    proposal_id: int,
    proposer: str,
    targets: Sequence[str],
    values: Sequence[int],
    _signatures: Sequence[bytes],
    calldatas: Sequence[bytes],
    vote_start: int,
    vote_end: int,
    description: bytes,
) -> events.ProposalCreated:
    return events.ProposalCreated(
        proposal_id=ProposalId(proposal_id),
        proposer=checksummed(proposer),
        targets=tuple(map(checksummed, targets)),
        values=tuple(values),
        calldatas=tuple(map(hexadecimal, calldatas)),
        vote_start=Timepoint(vote_start),
        vote_end=Timepoint(vote_end),
        description=text(description),
    )


def _proposal_filed(
    proposal_id: int,
    number: int,
    kind_id: int,
    rule_id: int,
    proposer_id: int,
    extraordinary: bool,  # noqa: FBT001  # a field of the event
) -> events.ProposalFiled:
    return events.ProposalFiled(
        ProposalId(proposal_id), number, KindId(kind_id), RuleId(rule_id), MemberId(proposer_id), extraordinary
    )


def _vote_cast(voter: str, proposal_id: int, support: int, weight: int, reason: bytes) -> events.VoteCast:
    return events.VoteCast(checksummed(voter), ProposalId(proposal_id), support, weight, text(reason))


def _proposal_queued(proposal_id: int, eta: int) -> events.ProposalQueued:
    return events.ProposalQueued(ProposalId(proposal_id), Timepoint(eta))


def _proposal_executed(proposal_id: int) -> events.ProposalExecuted:
    return events.ProposalExecuted(ProposalId(proposal_id))


def _proposal_canceled(proposal_id: int) -> events.ProposalCanceled:
    return events.ProposalCanceled(ProposalId(proposal_id))


RULE = "(uint32,uint32,uint32,uint16,uint16,uint16,uint16,uint8,bool,bool)"

DECODERS: dict[str, Callable[..., events.Event]] = {
    "MemberAdmitted(uint16,address,uint8,bytes2,bytes32,string)": _member_admitted,
    "AccessionRecorded(uint16,bytes32)": _accession_recorded,
    "MemberStatusChanged(uint16,uint8,uint8)": _member_status_changed,
    "MemberClassChanged(uint16,uint8,uint8)": _member_class_changed,
    "BreachNotified(uint16,uint48)": _breach_notified,
    "VotingRightsChanged(uint16,uint32)": _voting_rights_changed,
    "WalletRotated(uint16,address,address)": _wallet_rotated,
    "BodyCreated(uint8,bytes32,address,address,uint8)": _body_created,
    "SeatGranted(uint8,uint16)": _seat_granted,
    "SeatEnded(uint8,uint16)": _seat_ended,
    "RegistrarChanged(address,address)": _registrar_changed,
    f"RuleSet(uint16,bytes32,uint16,{RULE})": _rule_set,
    "KindSet(uint16,bytes32,uint8,uint16,bool)": _kind_set,
    "ActionListed(uint16,address,bytes4)": _action_listed,
    "ActionUnlisted(uint16,address,bytes4)": _action_unlisted,
    "Resolved(address,uint16,bytes32)": _resolved,
    "ProposalCreated(uint256,address,address[],uint256[],string[],bytes[],uint256,uint256,string)": _proposal_created,
    "ProposalFiled(uint256,uint32,uint16,uint16,uint16,bool)": _proposal_filed,
    "VoteCast(address,uint256,uint8,uint256,string)": _vote_cast,
    "ProposalQueued(uint256,uint256)": _proposal_queued,
    "ProposalExecuted(uint256)": _proposal_executed,
    "ProposalCanceled(uint256)": _proposal_canceled,
}
"""By signature: the functions that decode what the mirror reads."""

_OF_THE_TIMELOCK = "timelocks are not read: the governor's own events say when a proposal is queued and executed"

IGNORED: dict[str, str] = {
    "OwnershipTransferred(address,address)": "who owns a contract is asked of the contract when it is verified",
    "EIP712DomainChanged()": "the domain of signed ballots is fixed at deployment",
    "CallScheduled(bytes32,uint256,address,uint256,bytes,bytes32,uint256)": _OF_THE_TIMELOCK,
    "CallExecuted(bytes32,uint256,address,uint256,bytes)": _OF_THE_TIMELOCK,
    "CallSalt(bytes32,bytes32)": _OF_THE_TIMELOCK,
    "Cancelled(bytes32)": _OF_THE_TIMELOCK,
    "MinDelayChange(uint256,uint256)": _OF_THE_TIMELOCK,
    "RoleAdminChanged(bytes32,bytes32,bytes32)": _OF_THE_TIMELOCK,
    "RoleGranted(bytes32,address,address)": _OF_THE_TIMELOCK,
    "RoleRevoked(bytes32,address,address)": _OF_THE_TIMELOCK,
}
"""By signature: events that the mirror passes over, and why that loses nothing."""

NEVER: dict[str, str] = {
    "VoteCastWithParams(address,uint256,uint8,uint256,string,bytes)": "our governors take no parameters with a ballot",
}
"""By signature: events that an interface names but no contract of ours can log; one of them stops the mirror."""
