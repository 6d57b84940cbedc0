"""Content identifiers: the name of a document is the hash of its bytes.

CIDv1, codec raw, SHA-256, base32 in lower case: what `ipfs add --cid-version=1 --raw-leaves` prints for a file of one
block. Any IPFS node serves such a file under the same name; none is needed.
"""

from __future__ import annotations

import base64
import hashlib
import re

from backend.domain.values import Hash32
from backend.errors import InvalidDocumentError

_HEAD = bytes([0x01, 0x55, 0x12, 0x20])
"""Version 1, raw, SHA-256, 32 bytes."""
_SHAPE = re.compile(r"bafkrei[a-z2-7]{52}")


def cid_of(data: bytes) -> str:
    """Name these bytes."""
    return _cid(hashlib.sha256(data).digest())


def hash_of(data: bytes) -> Hash32:
    """SHA-256 of these bytes, as a contract takes it."""
    return Hash32("0x" + hashlib.sha256(data).hexdigest())


def hash_in(cid: str) -> Hash32:
    """Take the SHA-256 out of a name: what `Records.resolve` records.

    Raises:
        InvalidDocumentError: the name has another shape.
    """
    if not is_cid(cid):
        raise InvalidDocumentError("cid", f"{cid!r:.80} is not a CIDv1 (raw, SHA-256) in base32")
    return Hash32("0x" + _bytes(cid)[len(_HEAD) :].hex())


def cid_for(digest: Hash32) -> str:
    """Name the bytes that hash to this: the inverse of `hash_in`."""
    return _cid(bytes.fromhex(digest.removeprefix("0x")))


def is_cid(text: str) -> bool:
    """Whether the text is a name of the one shape used here; no two names stand for the same hash."""
    return bool(_SHAPE.fullmatch(text)) and _cid(_bytes(text)[len(_HEAD) :]) == text


def _cid(digest: bytes) -> str:
    return "b" + base64.b32encode(_HEAD + digest).decode().lower().rstrip("=")


def _bytes(cid: str) -> bytes:
    return base64.b32decode(cid[1:].upper() + "======")
