"""What is on its way to others, as figures: ballots to the chain, changes to subscribers, letters to people."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from backend.errors import MirrorError
from backend.notices.deliveries import Standing, count_subscriptions
from backend.notices.outbox import LetterStanding, count_letters
from backend.queries.mirror import Mirror
from backend.queries.relay import read_relay
from backend.queries.views import RelayView


@dataclass(frozen=True, slots=True)
class Errands:
    """How they fare, whichever process does them."""

    ballots: RelayView
    calls: Standing
    letters: LetterStanding


def read_errands(mirror: Mirror) -> Errands | None:
    """Look at all of them in the database; None while it is away."""
    now = mirror.wall_clock()
    try:
        with mirror.asking() as session:
            ballots = read_relay(session, mirror.consortium, now)
            calls = count_subscriptions(session, mirror.consortium, now)
            return Errands(ballots, calls, count_letters(session, mirror.consortium, now))
    except (MirrorError, SQLAlchemyError):
        return None
