"""A small consortium as the registry would report it: the events of a story, told to a roll."""

from __future__ import annotations

from backend.domain import events
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.roll import Roll, apply
from backend.domain.values import Timepoint

ASSEMBLY, BOARD, CONSULTATION = 0, 1, 2
FOUNDED = 10
FOUNDER, PARTNER, ASSOCIATE = 1, 2, 3
STRANGER = "0xStranger"


def wallet_of(member_id: int) -> str:
    return f"0xWallet{member_id}"


def told(roll: Roll, at: int, *reported: events.Event) -> Roll:
    for event in reported:
        roll = apply(roll, event, Timepoint(at))
    return roll


def admitted(member_id: int, member_class: MemberClass) -> events.MemberAdmitted:
    return events.MemberAdmitted(member_id, wallet_of(member_id), member_class, "SI", f"SI-{member_id}", "Sample")


def entered(member_id: int, member_class: MemberClass) -> tuple[events.Event, ...]:
    """What is reported of a member that is admitted and signs at once."""
    active = events.MemberStatusChanged(member_id, MemberStatus.ADMITTED, MemberStatus.ACTIVE)
    return admitted(member_id, member_class), events.AccessionRecorded(member_id, "0x" + "11" * 32), active


def moved(member_id: int, previous: MemberStatus, current: MemberStatus) -> events.MemberStatusChanged:
    return events.MemberStatusChanged(member_id, previous, current)


def founded() -> Roll:
    """Three bodies; a founding member, a partner and an associate; the founding member has a seat on the board."""
    return told(
        Roll(),
        FOUNDED,
        events.BodyCreated(ASSEMBLY, "general_assembly", "0xG0", "0xT0", 0b0110),
        events.BodyCreated(BOARD, "executive_board", "0xG1", "0xT1", 0),
        events.BodyCreated(CONSULTATION, "consultation", "0xG2", "0xT2", 0b1110),
        *entered(FOUNDER, MemberClass.FOUNDING),
        *entered(PARTNER, MemberClass.PARTNER),
        *entered(ASSOCIATE, MemberClass.ASSOCIATE),
        events.SeatGranted(BOARD, FOUNDER),
    )
