"""How the service fares: node, indexer and database told apart, for people and for load balancers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from backend.chain.endpoints import Endpoint
from backend.errors import MirrorEmptyError
from backend.indexer.pulse import Pulse, Vitals
from backend.queries.mirror import Mirror
from backend.queries.views import AsOf

Part = dict[str, Any]
"""At least a `status`; "ok" where nothing is wrong."""


@dataclass
class Watch:
    """What a process knows of its own indexing; whoever follows fills it in."""

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


def read_health(mirror: Mirror, watch: Watch | None) -> Part:
    """Look at each part; `watch` is None in a process that does not follow the chain itself."""
    database, as_of = _database(mirror)
    parts = {"database": database, "indexer": _indexer(as_of, watch), "node": _node(watch)}
    if watch is not None:
        parts |= {name: tell() for name, tell in watch.further.items()}
    return {"status": "ok" if all(part["status"] in FINE for part in parts.values()) else "degraded", **parts}


FINE = ("ok", "elsewhere", "standing by")


def _database(mirror: Mirror) -> tuple[Part, AsOf | None]:
    try:
        with mirror.reading() as reading:
            return {"status": "ok"}, reading.as_of
    except MirrorEmptyError:
        return {"status": "ok"}, None
    except SQLAlchemyError as error:
        return {"status": "away", "problem": type(error).__name__}, None


def _indexer(as_of: AsOf | None, watch: Watch | None) -> Part:
    mirrored: Part = {}
    if as_of is not None:
        behind = max(0, as_of.head_number - as_of.block_number)
        mirrored = {"block": as_of.block_number, "blocks_behind": behind, "lag_seconds": as_of.lag_seconds}
    if watch is None:
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


def _node(watch: Watch | None) -> Part:
    if watch is None or watch.pulse.vitals().standing_by:
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
