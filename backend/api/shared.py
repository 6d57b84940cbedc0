"""One piece of work for all who ask for the same at the same time: thousands may be woken by one new block."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from starlette.concurrency import run_in_threadpool

T = TypeVar("T")


class Shared(Generic[T]):
    """Makes a value in a thread, once for everybody who names the same revision while it is being made."""

    def __init__(self) -> None:
        self._making: dict[int, asyncio.Task[T]] = {}

    async def of(self, revision: int, make: Callable[[int], T]) -> T:
        """Give what `make` gives for that revision; an error of it goes to all who wait."""
        making = self._making.get(revision)
        if making is None:
            making = self._making[revision] = asyncio.create_task(run_in_threadpool(make, revision))
            making.add_done_callback(lambda _: self._making.pop(revision))
        return await asyncio.shield(making)  # one who leaves takes nothing from the others
