"""Whose word counts: which contract is heard on which event.

Anyone can deploy a contract that logs our events, and anyone can call the records contract. So the registry speaks of
members and bodies, the rulebook of rules and kinds, a governor of its own proposals from its body's creation on. A
resolution counts when the timelock of a body made it, a document when such a timelock or the registrar anchored it.

Ballots of a batch that a governor refused are not kept: anyone can have as many refused as it cares to pay for, and
nothing follows from them. Whoever sends a batch reads them in its receipt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.chain.contracts import Deployment
from backend.chain.decoder import Logged
from backend.database.records import BodyRecord, ConsortiumRecord
from backend.domain import events
from backend.domain.values import Address

OF_REGISTRY = frozenset(
    (
        events.MemberAdmitted,
        events.AccessionRecorded,
        events.MemberStatusChanged,
        events.MemberClassChanged,
        events.BreachNotified,
        events.VotingRightsChanged,
        events.WalletRotated,
        events.RotationProposed,
        events.RotationApproved,
        events.RotationStopped,
        events.BodyCreated,
        events.SeatGranted,
        events.SeatEnded,
        events.ChairSet,
        events.MandateGranted,
        events.MandateRevoked,
        events.RegistrarChanged,
        events.ApproverChanged,
        events.FactoryChanged,
        events.DAOURIUpdate,
    )
)
OF_RULEBOOK = frozenset((events.RuleSet, events.KindSet, events.ActionListed, events.ActionUnlisted))
MOVING = frozenset((events.BodyCreated, events.RegistrarChanged))
"""Those that change who is heard."""
NOT_KEPT = frozenset((events.BallotRefused,))


@dataclass(frozen=True, slots=True)
class Sources:
    """The contracts to listen to, and the bodies that exist so far."""

    registry: Address
    rulebook: Address
    records: Address
    governors: frozenset[Address]
    timelocks: frozenset[Address]
    expected: frozenset[Address]
    """Governors whose creation may lie ahead: listened to, but not believed before it."""
    registrar: Address | None = None

    @property
    def addresses(self) -> list[Address]:
        """All contracts to ask the node about."""
        return sorted({self.registry, self.rulebook, self.records} | self.governors | self.expected)

    def expecting(self, governors: Iterable[Address]) -> Sources:
        """Listen to more governors."""
        return replace(self, expected=self.expected | frozenset(governors))

    def trusted(self, logged: Iterable[Logged]) -> Iterator[Logged]:
        """Pass on what counts, in order; a body counts from its creation on."""
        known = self
        for each in logged:
            event, place = each
            if known._counts(event, place):
                yield each
                if type(event) in MOVING:
                    known = known._after(event)

    def after(self, trusted: Iterable[Logged]) -> Sources:
        """Whom to listen to after events that counted."""
        known = self
        for event, _ in trusted:
            if type(event) in MOVING:
                known = known._after(event)
        return known

    def _counts(self, event: events.Event, place: events.Place) -> bool:
        kind = type(event)
        if kind is events.VoteCast:  # nearly all are, so nothing else is asked first
            return place.emitter in self.governors
        if kind in OF_REGISTRY:
            return place.emitter == self.registry
        if kind in OF_RULEBOOK:
            return place.emitter == self.rulebook
        if isinstance(event, events.Resolved | events.ResolvedFor):
            return place.emitter == self.records and event.timelock in self.timelocks
        if isinstance(event, events.Anchored):
            return place.emitter == self.records and event.by in self.timelocks | {self.registrar}
        return kind not in NOT_KEPT and place.emitter in self.governors

    def _after(self, event: events.Event) -> Sources:
        match event:
            case events.BodyCreated(governor=governor, timelock=timelock):
                return replace(self, governors=self.governors | {governor}, timelocks=self.timelocks | {timelock})
            case events.RegistrarChanged(current=current):
                return replace(self, registrar=current)
            case _:
                return self


def sources_of(session: Session, consortium_id: int, deployment: Deployment) -> Sources:
    """Put together the deployment record and the bodies mirrored so far."""
    bodies = session.execute(
        select(BodyRecord.governor, BodyRecord.timelock).where(BodyRecord.consortium_id == consortium_id)
    ).all()
    registrar = session.scalar(select(ConsortiumRecord.registrar).where(ConsortiumRecord.id == consortium_id))
    return Sources(
        registry=deployment.registry,
        rulebook=deployment.rulebook,
        records=deployment.records,
        governors=frozenset(Address(body.governor) for body in bodies),
        timelocks=frozenset(Address(body.timelock) for body in bodies),
        expected=frozenset(body.governor for body in deployment.bodies),
        registrar=None if registrar is None else Address(registrar),
    )
