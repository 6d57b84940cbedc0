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
from backend.domain.mandates import Mandate
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.values import Address, BodyId, MemberId, ProposalId, Timepoint


@dataclass(frozen=True, slots=True)
class Entry:
    """One member on the roll."""

    id: MemberId
    wallet: Address
    member_class: MemberClass
    status: MemberStatus
    country: str = ""
    """ISO 3166-1 alpha-2."""
    seats: Mapping[BodyId, Timepoint | None] = field(default_factory=dict)
    """Last second of the term of each seat; None for a seat without term. A seat is held until it is cleared."""
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

    chairs: Mapping[BodyId, MemberId] = field(default_factory=dict)
    mandates: Mapping[tuple[MemberId, BodyId], Mandate] = field(default_factory=dict)
    """By principal and body: a member has one holder in each body."""

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
        return len(self.electorate_at(body_id, at))

    def electorate_at(self, body_id: BodyId, at: Timepoint) -> Mapping[MemberId, str]:
        """Find the members that could vote in the body during that second, with the country of each."""
        return {entry.id: entry.country for entry in self.members.values() if self.may_vote_at(entry.id, body_id, at)}

    def holder_of(
        self, principal_id: MemberId, body_id: BodyId, proposal_id: ProposalId, now: Timepoint
    ) -> MemberId | None:
        """Find who may cast the principal's ballot on a proposal of the body in second `now`."""
        mandate = self.mandates.get((principal_id, body_id))
        return mandate.holder_id if mandate and mandate.covers(proposal_id, now) else None

    def seat_lapsed(self, member_id: MemberId, body_id: BodyId, now: Timepoint) -> bool:
        """Whether the member has a seat in the body whose term is over, so that anyone may clear it."""
        until = self.members[member_id].seats.get(body_id)
        return until is not None and until < now


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
    entry = Entry(event.member_id, event.wallet, event.member_class, MemberStatus.ADMITTED, event.country)
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
    return _changed(roll, replace(entry, seats={**entry.seats, event.body_id: event.until}), at)


@_apply.register
def _seat_ended(event: events.SeatEnded, roll: Roll, at: Timepoint) -> Roll:
    entry = roll.members[event.member_id]
    seats = {body_id: until for body_id, until in entry.seats.items() if body_id != event.body_id}
    return _changed(roll, replace(entry, seats=seats), at)


@_apply.register
def _chair_set(event: events.ChairSet, roll: Roll, _at: Timepoint) -> Roll:
    chairs = {body_id: member_id for body_id, member_id in roll.chairs.items() if body_id != event.body_id}
    return replace(roll, chairs=chairs if event.member_id is None else {**chairs, event.body_id: event.member_id})


@_apply.register
def _mandate_granted(event: events.MandateGranted, roll: Roll, _at: Timepoint) -> Roll:
    mandate = Mandate(event.principal_id, event.holder_id, event.body_id, event.proposal_id, event.until)
    return replace(roll, mandates={**roll.mandates, (event.principal_id, event.body_id): mandate})


@_apply.register
def _mandate_revoked(event: events.MandateRevoked, roll: Roll, _at: Timepoint) -> Roll:
    revoked = (event.principal_id, event.body_id)
    return replace(roll, mandates={key: mandate for key, mandate in roll.mandates.items() if key != revoked})
