"""The roll of the consortium: who is a member, who may vote in which body, and who could at any past second. Pure.

A roll is a value: taking in an event gives another roll. It works voting rights out by itself from status, class and
seats, so that what the registry says of them (`VotingRightsChanged`) can be held against it.

A change takes effect from the second it happens in: the last one within a second is what holds for that second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import singledispatch

from backend.domain import events
from backend.domain.bodies import Body
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.values import Address, BodyId, MemberId, Timepoint


@dataclass(frozen=True, slots=True)
class Entry:
    """One member on the roll."""

    id: MemberId
    wallet: Address
    member_class: MemberClass
    status: MemberStatus
    seats: frozenset[BodyId] = frozenset()
    history: tuple[tuple[Timepoint, int], ...] = ()
    """Rights from each second on, oldest first: bit b is set when the member may vote in body b.

    Of several changes within one second the last holds.
    """

    @property
    def rights(self) -> int:
        """The bodies it may vote in now."""
        return self.history[-1][1] if self.history else 0

    def rights_at(self, at: Timepoint) -> int:
        """Work out which bodies it could vote in during that second."""
        return next((rights for since, rights in reversed(self.history) if since <= at), 0)


@dataclass(frozen=True, slots=True)
class Roll:
    """The whole roll at one moment, with all its past."""

    members: Mapping[MemberId, Entry] = field(default_factory=dict)
    bodies: Mapping[BodyId, Body] = field(default_factory=dict)
    wallets: Mapping[Address, MemberId] = field(default_factory=dict)
    """Every wallet that was ever used, and whose it is or was; never another member's."""

    def member_of(self, wallet: Address) -> Entry | None:
        """Find the member a wallet belongs or belonged to."""
        member_id = self.wallets.get(wallet)
        return None if member_id is None else self.members[member_id]

    def revoked(self, wallet: Address) -> bool:
        """Whether the member this wallet belonged to has moved on to another one."""
        entry = self.member_of(wallet)
        return entry is not None and entry.wallet != wallet

    def may_vote_at(self, member_id: MemberId, body_id: BodyId, at: Timepoint) -> bool:
        """Whether the member could vote in the body during that second."""
        return bool(self.members[member_id].rights_at(at) >> body_id & 1)

    def entitled_at(self, body_id: BodyId, at: Timepoint) -> int:
        """Count the members that could vote in the body during that second."""
        return sum(self.may_vote_at(member_id, body_id, at) for member_id in self.members)


def apply(roll: Roll, event: events.Event, at: Timepoint) -> Roll:
    """Take in what the registry reported in second `at`; events that do not concern the roll leave it as it is."""
    return _apply(event, roll, at)


def earned_rights(roll: Roll, entry: Entry) -> int:
    """Work out the bodies a member may vote in from where it stands: those of its class and those it has a seat in."""
    if not entry.status.votes:
        return 0
    return sum(
        1 << body.id for body in roll.bodies.values() if body.includes(entry.member_class) or body.id in entry.seats
    )


def _changed(roll: Roll, entry: Entry, at: Timepoint) -> Roll:
    rights = earned_rights(roll, entry)
    if rights != entry.rights:
        entry = replace(entry, history=(*entry.history, (at, rights)))
    return replace(roll, members={**roll.members, entry.id: entry}, wallets={**roll.wallets, entry.wallet: entry.id})


@singledispatch
def _apply(_event: events.Event, roll: Roll, _at: Timepoint) -> Roll:
    return roll


@_apply.register
def _member_admitted(event: events.MemberAdmitted, roll: Roll, at: Timepoint) -> Roll:
    entry = Entry(event.member_id, event.wallet, event.member_class, MemberStatus.ADMITTED)
    return _changed(roll, entry, at)


@_apply.register
def _accession_recorded(event: events.AccessionRecorded, roll: Roll, at: Timepoint) -> Roll:
    return _changed(roll, replace(roll.members[event.member_id], status=MemberStatus.ACTIVE), at)


@_apply.register
def _member_status_changed(event: events.MemberStatusChanged, roll: Roll, at: Timepoint) -> Roll:
    return _changed(roll, replace(roll.members[event.member_id], status=event.current), at)


@_apply.register
def _member_class_changed(event: events.MemberClassChanged, roll: Roll, at: Timepoint) -> Roll:
    return _changed(roll, replace(roll.members[event.member_id], member_class=event.current), at)


@_apply.register
def _wallet_rotated(event: events.WalletRotated, roll: Roll, at: Timepoint) -> Roll:
    return _changed(roll, replace(roll.members[event.member_id], wallet=event.current), at)


@_apply.register
def _body_created(event: events.BodyCreated, roll: Roll, at: Timepoint) -> Roll:
    body = Body(event.body_id, event.name, event.governor, event.timelock, event.classes)
    roll = replace(roll, bodies={**roll.bodies, body.id: body})
    for entry in roll.members.values():
        roll = _changed(roll, entry, at)
    return roll


@_apply.register
def _seat_granted(event: events.SeatGranted, roll: Roll, at: Timepoint) -> Roll:
    entry = roll.members[event.member_id]
    return _changed(roll, replace(entry, seats=entry.seats | {event.body_id}), at)


@_apply.register
def _seat_ended(event: events.SeatEnded, roll: Roll, at: Timepoint) -> Roll:
    entry = roll.members[event.member_id]
    return _changed(roll, replace(entry, seats=entry.seats - {event.body_id}), at)
