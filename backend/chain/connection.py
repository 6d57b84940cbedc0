"""A node over HTTP: raw JSON-RPC, parsed straight into typed values.

web3's formatters cost ten times the work itself, so they are not on this way. What the answers mean is not known here.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

import httpx
import msgspec

from backend.chain.node import BlockHeader, NodeRefusedError, RawLog
from backend.domain.values import Address, Hash32, Timepoint
from backend.errors import NodeUnavailableError

T = TypeVar("T")
HEADERS_AT_ONCE = 100
TRY_AGAIN = (408, 429)
"""Statuses of a node that is only busy; others may carry its reasons in the body."""


class _Problem(msgspec.Struct, frozen=True):
    code: int = 0
    message: str = ""


class _Answer(msgspec.Struct, Generic[T], frozen=True):
    id: int | None = None
    result: T | None = None
    error: _Problem | None = None


class _RawHeader(msgspec.Struct, frozen=True, rename="camel"):
    number: str
    hash: str
    parent_hash: str
    timestamp: str

    def header(self) -> BlockHeader:
        return BlockHeader(
            number=int(self.number, 16),
            hash=Hash32(self.hash),
            parent_hash=Hash32(self.parent_hash),
            time=Timepoint(int(self.timestamp, 16)),
        )


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try before giving up on a node."""

    attempts: int = 5
    first_pause: float = 0.2
    """Seconds; each further pause is twice as long, give or take a half, so that many clients do not knock at once."""
    longest_pause: float = 5.0
    sleep: Callable[[float], None] = time.sleep

    def pauses(self) -> Iterator[float]:
        """Pauses between the attempts, one fewer than those."""
        for attempt in range(self.attempts - 1):
            yield min(self.longest_pause, self.first_pause * 2**attempt) * random.uniform(0.5, 1.5)  # noqa: S311


class Connection:
    """A node at an HTTP address; safe to share between threads. Close it when done."""

    def __init__(
        self, url: str, *, timeout: float = 30, patience: Patience | None = None, client: httpx.Client | None = None
    ) -> None:
        self._url = url
        self._patience = patience or Patience()
        self._client = client or httpx.Client(timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the sockets."""
        self._client.close()

    def chain_id(self) -> int:
        """Ask for the number of the chain."""
        return int(self._ask("eth_chainId", (), str), 16)

    def has_code(self, address: Address) -> bool:
        """Ask whether there is a contract at the address."""
        return len(self._ask("eth_getCode", (address, "latest"), str)) > len("0x")

    def head(self) -> BlockHeader:
        """Ask for the newest block."""
        return self._ask("eth_getBlockByNumber", ("latest", False), _RawHeader).header()

    def finalized_number(self) -> int | None:
        """Ask for the newest final block; a node that knows no such thing says no or nothing."""
        try:
            found = self._ask_for("eth_getBlockByNumber", ("finalized", False), _RawHeader)
        except NodeRefusedError:
            return None
        return None if found is None else found.header().number

    def headers(self, numbers: Sequence[int]) -> list[BlockHeader | None]:
        """Ask for headers, many in one request."""
        parts = (numbers[start : start + HEADERS_AT_ONCE] for start in range(0, len(numbers), HEADERS_AT_ONCE))
        return [header for part in parts for header in self._headers(part)]

    def logs(self, first: int, last: int, addresses: Sequence[Address]) -> list[RawLog]:
        """Ask for logs in one request."""
        wanted = {"fromBlock": hex(first), "toBlock": hex(last), "address": list(addresses)}
        return self._ask("eth_getLogs", (wanted,), list[RawLog])

    def _headers(self, numbers: Sequence[int]) -> Iterator[BlockHeader | None]:
        method = "eth_getBlockByNumber"
        calls = [_call(method, (hex(number), False), position) for position, number in enumerate(numbers)]
        answers = {answer.id: answer for answer in self._post(calls, list[_Answer[_RawHeader]])}
        for position in range(len(numbers)):
            found = _result(method, answers.get(position, _Answer()))
            yield None if found is None else found.header()

    def _ask(self, method: str, parameters: Sequence[object], kind: type[T]) -> T:
        result = self._ask_for(method, parameters, kind)
        if result is None:
            raise NodeUnavailableError(f"{method} has no result")
        return result

    def _ask_for(self, method: str, parameters: Sequence[object], kind: type[T]) -> T | None:
        answer: _Answer[T] = self._post(_call(method, parameters, 0), _Answer[kind])  # type: ignore[valid-type]
        return _result(method, answer)

    def _post(self, body: object, kind: Any) -> Any:  # noqa: ANN401  # the caller names the kind and gets it
        pauses = self._patience.pauses()
        while True:
            try:
                answer = self._client.post(self._url, json=body)
                if answer.status_code in TRY_AGAIN or answer.is_server_error:
                    answer.raise_for_status()
                return msgspec.json.decode(answer.content, type=kind)
            except (httpx.HTTPError, msgspec.MsgspecError) as error:
                pause = next(pauses, None)
                if pause is None:
                    raise NodeUnavailableError(_without_address(error)) from None
                self._patience.sleep(pause)


def _call(method: str, parameters: Sequence[object], number: int) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}


def _result(method: str, answer: _Answer[T]) -> T | None:
    if answer.error is not None:
        raise NodeRefusedError(method, answer.error.code, answer.error.message)
    return answer.result


def _without_address(error: Exception) -> str:
    # A node's address often carries a key, and this text goes into logs.
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP status {error.response.status_code}"
    return type(error).__name__
