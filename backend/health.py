"""How the service fares: node, indexer, database, relay, webhooks and notices told apart, for people and machines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from backend.chain.endpoints import Endpoint
from backend.errands import Errands, read_errands
from backend.errors import DatabaseUnavailableError, MirrorEmptyError
from backend.indexer.pulse import Pulse, Vitals
from backend.queries.mirror import Mirror
from backend.queries.views import AsOf

Part = dict[str, Any]
"""At least a `status`; "ok" where nothing is wrong."""


@dataclass
class Watch:
    """What a process knows of its own tasks; whoever does them fills it in."""

    follows: bool = True
    """Whether this process follows the chain itself."""
    pulse: Pulse = field(default_factory=Pulse)
    endpoints: list[Endpoint] = field(default_factory=list)
    """The nodes that are asked; empty before the first connection."""
    further: dict[str, Callable[[], Part]] = field(default_factory=dict)
    """Other tasks that have something to say, by name."""
    others: dict[int, Watch] = field(default_factory=dict)
    """Of consortia that are followed and not served, by their key in the database."""

    def pulses(self) -> list[Pulse]:
        """Of all consortia that are followed."""
        return [self.pulse, *(other.pulse for other in list(self.others.values()))]

    def further_one(self, consortium_id: int) -> Watch:
        """Make a watch for a consortium that is followed and not served."""
        return self.others.setdefault(consortium_id, Watch())


def read_health(mirror: Mirror, watch: Watch) -> Part:
    """Look at each part."""
    database, as_of = _database(mirror)
    parts = {"database": database, "indexer": _indexer(as_of, watch), "node": _node(watch)}
    parts |= {name: tell() for name, tell in watch.further.items()}
    parts |= _errands(read_errands(mirror), parts)
    return {"status": "ok" if all(part["status"] in FINE for part in parts.values()) else "degraded", **parts}


FINE = ("ok", "elsewhere", "standing by")


def _database(mirror: Mirror) -> tuple[Part, AsOf | None]:
    try:
        with mirror.reading() as reading:
            return {"status": "ok"}, reading.as_of
    except MirrorEmptyError:
        return {"status": "ok"}, None
    except (DatabaseUnavailableError, SQLAlchemyError) as error:
        return {"status": "away", "problem": type(error.__cause__ or error).__name__}, None


def _errands(errands: Errands | None, parts: Part) -> dict[str, Part]:
    """Add figures to what the tasks of this process say of themselves, and say what is known of others'."""
    if errands is None:
        return {}
    ballots, found = errands.ballots, {}
    if ballots.status != "off" or "relay" in parts:
        left_alone = ballots.status == "away" and ballots.waiting + ballots.in_flight > 0
        elsewhere = {"status": "away" if left_alone else "elsewhere", "problem": ballots.problem}
        figures = {"waiting": ballots.waiting, "in_flight": ballots.in_flight, "ballots_left": ballots.ballots_left}
        found["relay"] = {**parts.get("relay", elsewhere), **figures}
    waiting = errands.letters.waiting + errands.letters.given_up
    if "notices" in parts or waiting:
        found["notices"] = {**parts.get("notices", {"status": "elsewhere"}), **asdict(errands.letters)}
    found["webhooks"] = {**parts.get("webhooks", {"status": "elsewhere"}), **asdict(errands.calls)}
    return found


def _indexer(as_of: AsOf | None, watch: Watch) -> Part:
    mirrored: Part = {}
    if as_of is not None:
        behind = max(0, as_of.head_number - as_of.block_number)
        mirrored = {"block": as_of.block_number, "blocks_behind": behind, "lag_seconds": as_of.lag_seconds}
    if not watch.follows:
        return {"status": "elsewhere", **mirrored}
    vitals = watch.pulse.vitals()
    return {
        "status": _status_of_indexer(vitals, mirrored.get("blocks_behind")),
        "last_look_seconds": None if vitals.looked is None else round(vitals.looked, 1),
        "last_turn_seconds": round(vitals.turned, 1),
        "problem": vitals.problem,
        **mirrored,
    }


def _status_of_indexer(vitals: Vitals, behind: int | None) -> str:
    if vitals.stopped:
        return "stopped"
    if vitals.standing_by:
        return "standing by"
    if vitals.problem is not None:
        return "failing"
    return "ok" if vitals.looked is not None and not behind else "catching up"


def _node(watch: Watch) -> Part:
    if not watch.follows or watch.pulse.vitals().standing_by:
        return {"status": "elsewhere"}
    endpoints = [
        {
            "number": each.number,
            "status": "left out" if each.excluded else "failing" if each.in_a_row else "ok",
            "requests": each.requests,
            "failures": each.failures,
            "problem": each.problem,
        }
        for each in watch.endpoints
    ]
    one_is_well = any(each["status"] == "ok" and each["requests"] for each in endpoints)
    return {"status": "ok" if one_is_well else "away", "endpoints": endpoints}
