"""Ask the running service over HTTP."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

TIMEOUT = 30
"""Seconds for one answer."""


class StatusError(Exception):
    """The service answered with something else than 200."""

    def __init__(self, status: int, url: str) -> None:
        super().__init__(f"{url} answers {status}")
        self.status = status


def get_json(url: str) -> Any:
    """The answer at an http address. Raises `StatusError`; `OSError` if nobody answers."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise StatusError(answer.status, url)
    return json.loads(body)


def is_up(url: str) -> bool:
    """Whether there is a good answer at the address."""
    try:
        get_json(url)
    except (OSError, http.client.HTTPException, StatusError):
        return False
    return True
