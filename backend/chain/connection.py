"""A node over HTTP: raw JSON-RPC, parsed straight into typed values.

web3's formatters cost ten times the work itself, so they are not on this way. What the answers mean is not known here.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Self, TypeVar

import httpx
import msgspec

from backend.chain.node import BlockHeader, NodeBusyError, NodeRefusedError, RawLog
from backend.domain.values import Address, Hash32, Timepoint
from backend.errors import NodeUnavailableError

T = TypeVar("T")
Number = Annotated[str, msgspec.Meta(pattern="^0x[0-9a-fA-F]{1,15}$")]
Hash = Annotated[str, msgspec.Meta(pattern="^0x[0-9a-f]{64}$")]
Bloom = Annotated[str, msgspec.Meta(pattern="^0x[0-9a-fA-F]{512}$")]
HEADERS_AT_ONCE = 100
CALLS_AT_ONCE = 100
MOST_BYTES = 128 * 1024 * 1024
"""Of an answer, unpacked; a node may be anybody."""
TRY_AGAIN = (408, 429)
"""Statuses of a node that is only busy; others may carry its reasons in the body."""
LONGEST_REST = 300.0
"""Seconds; a node that asks to be left alone for longer is asked again all the same."""
BUSY = re.compile(r"rate.?limit|too many requests|requests? (limit|count)|capacity|throughput", re.IGNORECASE)
"""How nodes say in a good answer that they are asked too often."""
TOO_MANY_REQUESTS, INTERNAL_ERROR = 429, -32603


class _Problem(msgspec.Struct, frozen=True):
    code: int = 0
    message: str = ""
    data: Any = None


class _Answer(msgspec.Struct, Generic[T], frozen=True):
    id: int | None = None
    result: T | None = None
    error: _Problem | None = None


class _RawHeader(msgspec.Struct, frozen=True, rename="camel"):
    number: Number
    hash: Hash
    parent_hash: Hash
    timestamp: Number
    logs_bloom: Bloom | None = None

    def header(self) -> BlockHeader:
        return BlockHeader(
            number=int(self.number, 16),
            hash=Hash32(self.hash),
            parent_hash=Hash32(self.parent_hash),
            time=Timepoint(int(self.timestamp, 16)),
            bloom=None if self.logs_bloom is None else int(self.logs_bloom, 16),
        )


class _Receipt(msgspec.Struct, frozen=True):
    logs: list[RawLog]


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

    def logs_of_block(self, block_hash: Hash32, addresses: Sequence[Address]) -> list[RawLog]:
        """Ask for the logs of one block, named by its hash: a node that does not have it says so."""
        return self._ask("eth_getLogs", ({"blockHash": block_hash, "address": list(addresses)},), list[RawLog])

    def all_logs_of_block(self, block_hash: Hash32) -> list[RawLog]:
        """Ask for the receipts of one block; the logs of whatever contract in them."""
        return [
            log for receipt in self._ask("eth_getBlockReceipts", (block_hash,), list[_Receipt]) for log in receipt.logs
        ]

    def witnesses(self, _number: int) -> list[BlockHeader]:
        """One node has no other to bear it out."""
        return []

    def distrust(self, _problem: str) -> None:
        """There is no other to turn to."""

    def call_all(self, calls: Sequence[tuple[Address, str]], block_hash: Hash32) -> list[bytes | NodeRefusedError]:
        """Ask contracts, as they stood at the end of one block; an answer each, or why there is none."""
        parts = (calls[start : start + CALLS_AT_ONCE] for start in range(0, len(calls), CALLS_AT_ONCE))
        return [answer for part in parts for answer in self._call_all(part, block_hash)]

    def _call_all(self, calls: Sequence[tuple[Address, str]], block_hash: Hash32) -> Iterator[bytes | NodeRefusedError]:
        method, block = "eth_call", {"blockHash": block_hash}
        asked = [_call(method, ({"to": to, "data": data}, block), at) for at, (to, data) in enumerate(calls)]
        answers = {answer.id: answer for answer in self._post(asked, list[_Answer[str]])}
        for position in range(len(calls)):
            try:
                found = _result(method, answers.get(position, _Answer()))
            except NodeRefusedError as refused:
                yield refused
            else:
                yield bytes.fromhex((found or "0x")[2:])

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
                return self._post_once(body, kind)
            except NodeUnavailableError as error:
                pause = next(pauses, None)
                if pause is None:
                    raise
                self._patience.sleep(max(pause, _rest_after(error)))

    def _post_once(self, body: object, kind: Any) -> Any:  # noqa: ANN401  # the caller names the kind and gets it
        try:
            with self._client.stream("POST", self._url, json=body) as response:
                if response.status_code in TRY_AGAIN:
                    raise NodeBusyError(
                        f"HTTP status {response.status_code}", _seconds(response.headers.get("retry-after"))
                    )
                if response.is_server_error:
                    response.raise_for_status()
                content = _content(response)
            answer = _decoded(content, kind)
        except (httpx.HTTPError, msgspec.MsgspecError, RecursionError) as error:
            raise NodeUnavailableError(_without_address(error)) from None
        for each in answer if isinstance(answer, list) else [answer]:
            _require_willing(each)
        return answer


def _content(response: httpx.Response) -> bytes:
    # Not `read`: a response refers to itself, and would keep its megabytes until Python next looks for garbage.
    parts, left = [], MOST_BYTES
    for part in response.iter_bytes():
        left -= len(part)
        if left < 0:
            raise NodeUnavailableError(f"an answer of more than {MOST_BYTES} bytes")
        parts.append(part)
    return b"".join(parts)


def _decoded(content: bytes, kind: Any) -> Any:  # noqa: ANN401  # as above
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.ValidationError:
        # A whole batch may be turned down in one answer, which is then of another kind.
        _require_willing(msgspec.json.decode(content, type=_Answer[Any]), even_if_final=True)
        raise


def _require_willing(answer: _Answer[Any], *, even_if_final: bool = False) -> None:
    problem = answer.error
    if problem is None:
        return
    if problem.code == TOO_MANY_REQUESTS or BUSY.search(problem.message):
        raise NodeBusyError(f"it is asked too often, {problem.code}")
    if problem.code == INTERNAL_ERROR:
        raise NodeUnavailableError(f"internal error, {problem.code}")
    if even_if_final:
        raise NodeRefusedError("a batch", problem.code, problem.message)


def _call(method: str, parameters: Sequence[object], number: int) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}


def _result(method: str, answer: _Answer[T]) -> T | None:
    if answer.error is not None:
        data = answer.error.data
        returned = data if isinstance(data, str) and data.startswith("0x") else None
        raise NodeRefusedError(method, answer.error.code, answer.error.message, returned)
    return answer.result


def _without_address(error: Exception) -> str:
    # A node's address often carries a key, and this text goes into logs.
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP status {error.response.status_code}"
    return type(error).__name__


def _seconds(said: str | None) -> float | None:
    # The other form, a date, would need a clock that agrees with the node's.
    return float(said) if said is not None and said.strip().isdecimal() else None


def _rest_after(error: NodeUnavailableError) -> float:
    rest = error.seconds if isinstance(error, NodeBusyError) else None
    return min(LONGEST_REST, rest or 0.0)
