"""What happens on the roll: members come, go, fall in breach, move, take seats, entrust their ballots."""

from __future__ import annotations

from acts import FLAGS, NUMBERS, act, one_of
from brownie import web3
from consortium import AGREEMENT, DAY, mine_at
from histories import History
from model import admitted, moved, reclassed, rotated, unseated

from backend.domain import events
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.roll import Entry, apply
from backend.domain.values import BodyId, MemberId, Timepoint

VOTING = (MemberStatus.ACTIVE, MemberStatus.IN_BREACH)
ENDED = (MemberStatus.EXCLUDED, MemberStatus.LEFT)
BOARD = BodyId(1)
ROTATION_DELAY = 3 * DAY


class RollActs(History):
    """Acts of the registry."""

    @act(
        lambda self: len(self.roll.members) < 20,
        member_class=one_of(MemberClass),
        country=one_of(["SI", "IT", "GR"]),
        accedes=FLAGS,
    )
    def member_is_admitted(self, member_class: MemberClass, country: str, accedes: bool) -> None:
        wallet, member_id = self.fresh_wallet(), MemberId(len(self.roll.members) + 1)
        now = self.tick()
        self.registry.admit((wallet.address, member_class, web3.to_hex(text=country), "0x00", "X"))
        self.roll = admitted(self.roll, member_id, wallet.address, member_class, country, now)
        if accedes:
            now = self.tick()
            self.registry.recordAccession(member_id, AGREEMENT, {"from": self.consortium.registrar})
            self.roll = moved(self.roll, member_id, MemberStatus.ACTIVE, now)

    @act(number=NUMBERS)
    def breach_runs_its_course(self, number: int) -> None:
        """The next step of the member's breach: notice, then default, then remedy, exclusion or a good appeal."""
        entry = self.some_member(number)
        if entry.status is MemberStatus.ACTIVE:
            self.remedies[entry.id] = self.moves(entry, MemberStatus.IN_BREACH, "notifyBreach", 30 * DAY) + 30 * DAY
        elif entry.status is MemberStatus.IN_BREACH and self.now > self.remedies[entry.id]:
            self.moves(entry, MemberStatus.DEFAULTING, "declareDefault")
        elif entry.status is MemberStatus.DEFAULTING and number % 2:
            self.moves(entry, MemberStatus.ACTIVE, "confirmRemedy")
        elif entry.status is MemberStatus.DEFAULTING:
            self.ends(entry, MemberStatus.EXCLUDED, "exclude")
        elif entry.status is MemberStatus.EXCLUDED:
            self.moves(entry, MemberStatus.ACTIVE, "reinstate")

    @act(lambda self: sum(entry.status in VOTING for entry in self.roll.members.values()) > 6, weight=1, number=NUMBERS)
    def member_leaves(self, number: int) -> None:
        entry = self.some_member(number)
        if entry.status not in ENDED:
            self.ends(entry, MemberStatus.LEFT, "recordExit")

    @act(weight=1, number=NUMBERS, member_class=one_of(MemberClass))
    def class_changes(self, number: int, member_class: MemberClass) -> None:
        entry = self.some_member(number)
        if entry.status not in ENDED and entry.member_class is not member_class:
            now = self.tick()
            self.registry.changeClass(entry.id, member_class)
            self.roll = reclassed(self.roll, entry.id, member_class, now)

    @act(weight=1, number=NUMBERS, lost=FLAGS)
    def wallet_is_rotated(self, number: int, lost: bool) -> None:
        """By the member itself, or after loss by two offices and a delay."""
        entry = self.some_member(number)
        if entry.status in ENDED or not (lost or entry.status.votes):
            return
        new = self.fresh_wallet()
        if lost:
            self.tick()
            self.registry.proposeRotation(entry.id, new, {"from": self.consortium.registrar})
            self.tick()
            self.registry.approveRotation(entry.id, new, {"from": self.consortium.approver})
            mine_at(self.now + ROTATION_DELAY)
        now = self.tick()
        if lost:
            self.registry.completeRotation(entry.id, {"from": new})
        else:
            self.registry.rotateWallet(new, {"from": self.wallet_of(entry)})
        self.roll = rotated(self.roll, entry.id, new.address, now)

    @act(number=NUMBERS, days=one_of([0, 3, 20]))
    def seat_is_granted_or_cleared(self, number: int, days: int) -> None:
        """Whoever has a seat whose term is over loses it; others get one."""
        entry, now = self.some_member(number), self.tick()
        if self.roll.seat_lapsed(entry.id, BOARD, Timepoint(now)):
            self.registry.clearLapsedSeat(BOARD, entry.id, {"from": self.consortium.wallets[0]})
            self.roll = apply(self.roll, events.SeatEnded(BOARD, entry.id), Timepoint(now))
        elif entry.member_class is not MemberClass.ASSOCIATE and entry.status not in ENDED:
            until = Timepoint(now + days * DAY) if days else None
            if BOARD in entry.seats and entry.seats[BOARD] == until:
                return
            self.registry.grantSeat(BOARD, entry.id, until or 0)
            self.roll = apply(self.roll, events.SeatGranted(BOARD, entry.id, until), Timepoint(now))

    @act(number=NUMBERS)
    def board_gets_a_chair(self, number: int) -> None:
        seated = [entry.id for entry in self.roll.members.values() if entry.rights >> BOARD & 1]
        chair = [None, *seated][number % (len(seated) + 1)]
        now = self.tick()
        self.registry.setChair(BOARD, chair or 0)
        self.roll = apply(self.roll, events.ChairSet(BOARD, chair), Timepoint(now))

    @act(weight=4, principal=NUMBERS, holder=NUMBERS, days=one_of([0, 2, 90, 90]), one=FLAGS)
    def mandate_is_granted(self, principal: int, holder: int, days: int, one: bool) -> None:
        giver, taker = self.some_member(principal), self.some_member(holder)
        if giver.id == taker.id or giver.status in ENDED or taker.status in ENDED:
            return
        vote = self.votes[-1] if one and self.votes else None
        body_id, proposal_id = (vote.poll.body_id, vote.poll.id) if vote else (BodyId(0), None)
        now = self.tick()
        until = Timepoint(now + days * DAY)
        terms = (taker.id, body_id, proposal_id or 0, until)
        self.registry.grantMandate(*terms, {"from": self.wallet_of(giver)})
        event = events.MandateGranted(giver.id, taker.id, body_id, proposal_id, until)
        self.roll = apply(self.roll, event, Timepoint(now))

    @act(lambda self: self.roll.mandates, number=NUMBERS)
    def mandate_is_revoked(self, number: int) -> None:
        mandate = list(self.roll.mandates.values())[number % len(self.roll.mandates)]
        giver = self.roll.members[mandate.principal_id]
        if giver.status not in ENDED:
            now = self.tick()
            self.registry.revokeMandate(mandate.body_id, {"from": self.wallet_of(giver)})
            self.roll = apply(self.roll, events.MandateRevoked(giver.id, mandate.body_id), Timepoint(now))

    def moves(self, entry: Entry, status: MemberStatus, act: str, *arguments: int) -> int:
        now = self.tick()
        getattr(self.registry, act)(entry.id, *arguments)
        self.roll = moved(self.roll, entry.id, status, now)
        return now

    def ends(self, entry: Entry, status: MemberStatus, act: str) -> None:
        now = self.moves(entry, status, act)
        self.roll = unseated(self.roll, entry.id, now)
