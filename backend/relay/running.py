"""The relay as a task: elected among those that want to run it, it takes its turns until it is told to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from backend.database.turns import Turn
from backend.errors import ChainError, DatabaseUnavailableError, MirrorEmptyError
from backend.relay.relayer import Relayer

PAUSE = 0.5
"""Seconds before the place is asked for again after the database was away."""

log = logging.getLogger(__name__)


@dataclass
class RelayTask:
    """One process that wants to run the relay of a consortium."""

    relayer: Relayer
    engine: Engine
    lock: tuple[int, str]
    """Chain and registry, as the indexer's."""
    pause: float
    """Seconds between turns."""
    _state: dict[str, Any] = field(default_factory=lambda: {"status": "standing by"})

    def health(self) -> dict[str, Any]:
        """Say how it fares."""
        return dict(self._state)

    def failed(self) -> None:
        """Note that it has stopped for good."""
        self._state = {"status": "stopped"}

    def run(self, stop: threading.Event) -> None:
        """Stand by, and take turns whenever elected, until told to stop."""
        consortium_id = self.relayer.mirror.consortium.id
        place = Turn(self.engine, "relay", f"relay-{consortium_id}", ("relay", *self.lock), self._stands_by)
        while not stop.is_set():
            try:
                with place.held(stop) as over:
                    if over is not None:
                        log.info("The relay sends from %s", self.relayer.sender)
                        self._take_turns(over)
            except DBAPIError as error:
                log.warning("The database is away: %s", error.orig)
                self._state = {"status": "failing", "problem": "DATABASE_UNAVAILABLE"}
                stop.wait(PAUSE)

    def _take_turns(self, over: threading.Event) -> None:
        while not over.is_set():
            self._state = self._turned(self.relayer.turn)
            over.wait(self.pause)

    def _turned(self, turn: Callable[[], str | None]) -> dict[str, Any]:
        try:
            problem = turn()
        except (ChainError, DatabaseUnavailableError, MirrorEmptyError) as error:
            log.warning("%s", error)
            return {"status": "failing", "problem": error.code}
        return {"status": "ok"} if problem is None else {"status": "waiting", "problem": problem}

    def _stands_by(self) -> None:
        self._state = {"status": "standing by"}
