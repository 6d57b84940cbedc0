"""What the registry logs of bodies, seats, chairs, mandates and offices."""

from __future__ import annotations

from collections.abc import Callable

from backend.chain.addresses import checksummed
from backend.chain.event_decoders.spelling import member_or_none, name, text
from backend.domain import events
from backend.domain.values import BodyId, MemberId, ProposalId, Timepoint


def _body_created(body_id: int, body_name: bytes, governor: str, timelock: str, classes: int) -> events.BodyCreated:
    return events.BodyCreated(BodyId(body_id), name(body_name), checksummed(governor), checksummed(timelock), classes)


def _seat_granted(body_id: int, member_id: int, until: int) -> events.SeatGranted:
    return events.SeatGranted(BodyId(body_id), MemberId(member_id), Timepoint(until) if until else None)


def _seat_ended(body_id: int, member_id: int) -> events.SeatEnded:
    return events.SeatEnded(BodyId(body_id), MemberId(member_id))


def _chair_set(body_id: int, member_id: int) -> events.ChairSet:
    return events.ChairSet(BodyId(body_id), member_or_none(member_id))


def _mandate_granted(
    principal_id: int, holder_id: int, body_id: int, proposal_id: int, until: int
) -> events.MandateGranted:
    return events.MandateGranted(
        principal_id=MemberId(principal_id),
        holder_id=MemberId(holder_id),
        body_id=BodyId(body_id),
        proposal_id=ProposalId(proposal_id) if proposal_id else None,
        until=Timepoint(until),
    )


def _mandate_revoked(principal_id: int, body_id: int) -> events.MandateRevoked:
    return events.MandateRevoked(MemberId(principal_id), BodyId(body_id))


def _registrar_changed(previous: str, current: str) -> events.RegistrarChanged:
    return events.RegistrarChanged(checksummed(previous), checksummed(current))


def _approver_changed(previous: str, current: str) -> events.ApproverChanged:
    return events.ApproverChanged(checksummed(previous), checksummed(current))


def _factory_changed(previous: str, current: str) -> events.FactoryChanged:
    return events.FactoryChanged(checksummed(previous), checksummed(current))


def _dao_uri_update(dao_address: str, uri: bytes) -> events.DAOURIUpdate:
    return events.DAOURIUpdate(checksummed(dao_address), text(uri))


OF_ORGANS: dict[str, Callable[..., events.Event]] = {
    "BodyCreated(uint8,bytes32,address,address,uint8)": _body_created,
    "SeatGranted(uint8,uint16,uint48)": _seat_granted,
    "SeatEnded(uint8,uint16)": _seat_ended,
    "ChairSet(uint8,uint16)": _chair_set,
    "MandateGranted(uint16,uint16,uint8,uint256,uint48)": _mandate_granted,
    "MandateRevoked(uint16,uint8)": _mandate_revoked,
    "RegistrarChanged(address,address)": _registrar_changed,
    "ApproverChanged(address,address)": _approver_changed,
    "FactoryChanged(address,address)": _factory_changed,
    "DAOURIUpdate(address,string)": _dao_uri_update,
}
