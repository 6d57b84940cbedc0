"""What the coordinator has to know of the service on a bad day: whether ballots and letters get out."""

from __future__ import annotations

from dataclasses import dataclass

from backend.notices.outbox import LetterStanding, count_letters
from backend.notices.reminders import Reminded, last_reminders
from backend.queries.mirror import Mirror
from backend.queries.relay import read_relay
from backend.queries.views import RelayView
from backend.settings import Settings


@dataclass(frozen=True, slots=True)
class ServiceStanding:
    """How free voting and the letters fare."""

    relay: RelayView
    letters: LetterStanding | None
    """None where no letters are sent."""
    reminded: dict[tuple[str, int], Reminded]
    """By name of the body and id of the proposal: the last reminder."""


def read_service(mirror: Mirror, settings: Settings) -> ServiceStanding:
    """Look at what the relay and the postman have written down, as it is by now."""
    wall, consortium = mirror.wall_clock(), mirror.consortium
    with mirror.asking() as session:
        return ServiceStanding(
            read_relay(session, consortium, wall),
            count_letters(session, consortium, wall) if settings.sends_mail else None,
            last_reminders(session, consortium) if settings.sends_mail else {},
        )
