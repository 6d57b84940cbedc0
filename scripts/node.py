"""A chain's node over JSON-RPC: one kept connection, single calls and batches.

The local chain's own methods (`evm_*`, `anvil_*`) go the same way.
"""

from __future__ import annotations

import http.client
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec

Request = tuple[str, Sequence[Any]]
"""Method and parameters."""

TIMEOUT = 120
"""Seconds for one answer."""


class NodeError(Exception):
    """The node refused a request; `data` is what a reverted call returned, as 0x-hexadecimal, where it says so."""

    def __init__(self, message: str, data: str | None = None) -> None:
        super().__init__(message)
        self.data = data


class Node:
    """One node at `http://host:port`."""

    def __init__(self, url: str) -> None:
        self.url = url
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.hostname is None:
            raise NodeError(f"{url}: give the node as http://host:port")
        self._path = parts.path or "/"
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port or 80, timeout=TIMEOUT)

    def call(self, method: str, *parameters: Any) -> Any:
        """Ask one thing. Raises `NodeError` if the node refuses, `OSError` if it does not answer."""
        return _result(self._post({"jsonrpc": "2.0", "id": 0, "method": method, "params": parameters}))

    def batch(self, requests: Sequence[Request]) -> list[Any]:
        """Ask many things at once; answers come in the order of the questions."""
        if not requests:
            return []
        bodies = [
            {"jsonrpc": "2.0", "id": place, "method": method, "params": parameters}
            for place, (method, parameters) in enumerate(requests)
        ]
        answers = sorted(self._post(bodies), key=lambda answer: answer["id"])
        return [_result(answer) for answer in answers]

    def _post(self, body: Any) -> Any:
        try:
            return self._exchange(body)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._connection.close()  # a kept connection that the node has closed meanwhile
            return self._exchange(body)

    def _exchange(self, body: Any) -> Any:
        headers = {"Content-Type": "application/json"}
        self._connection.request("POST", self._path, msgspec.json.encode(body), headers)
        return msgspec.json.decode(self._connection.getresponse().read())

    def close(self) -> None:
        """Give the kept connection back; the next request opens another."""
        self._connection.close()

    @property
    def chain_id(self) -> int:
        """Which chain it serves."""
        return int(self.call("eth_chainId"), 16)

    @property
    def block_number(self) -> int:
        """Number of the newest block."""
        return int(self.call("eth_blockNumber"), 16)

    @property
    def block_time(self) -> int:
        """The newest block's second."""
        return int(self.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    def answers(self) -> bool:
        """Whether somebody is there."""
        try:
            self.call("eth_chainId")
        except (OSError, http.client.HTTPException, NodeError):
            self.close()
            return False
        return True


def _result(answer: dict[str, Any]) -> Any:
    if "error" not in answer:
        return answer["result"]
    error = answer["error"]
    data = error.get("data")
    raise NodeError(error.get("message", "refused"), data if isinstance(data, str) else None)
