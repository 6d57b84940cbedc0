"""One kept connection to the test chain's node.

Brownie asks the node some ten times for each transaction, and with web3's own provider each question costs the test
process ten times what it costs the node.
"""

from __future__ import annotations

from http.client import HTTPConnection
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import msgspec
from web3.providers.base import JSONBaseProvider

PATIENCE = 120
"""Seconds for one answer."""


class KeptConnection(JSONBaseProvider):
    """A web3 provider that does nothing but ask."""

    def __init__(self, endpoint_uri: str) -> None:
        super().__init__()
        self.endpoint_uri = endpoint_uri
        self._connection = HTTPConnection(urlsplit(endpoint_uri).netloc, timeout=PATIENCE)
        self._one_at_a_time = Lock()  # Brownie waits for each receipt in a thread of its own

    def make_request(self, method: str, params: Any) -> Any:
        question = self.encode_rpc_request(method, params)
        with self._one_at_a_time:
            self._connection.request("POST", "/", question, {"Content-Type": "application/json"})
            return msgspec.json.decode(self._connection.getresponse().read())

    def close(self) -> None:
        self._connection.close()
