"""Signatures of calls, as Standard Webhooks 1.0 has them: libraries in many languages check them. Pure."""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256

PREFIX = "whsec_"


def fresh_secret() -> str:
    """Draw 32 unpredictable bytes."""
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()


def headers_of(message_id: str, second: int, body: bytes, keys: Iterable[str]) -> dict[str, str]:
    """Make the headers of a call: its id, its time, and a signature with each key."""
    signed = f"{message_id}.{second}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(second),
        "webhook-signature": " ".join(f"v1,{_signature(key, signed)}" for key in keys),
    }


def _signature(key: str, signed: bytes) -> str:
    return b64encode(hmac.digest(b64decode(key.removeprefix(PREFIX)), signed, sha256)).decode()
