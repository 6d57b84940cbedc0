"""A second home for documents: a node of IPFS, through its HTTP interface (`/api/v0`)."""

from __future__ import annotations

import httpx

from backend.documents.cid import cid_of
from backend.errors import DocumentError, DocumentMismatchError

SECONDS = 10.0
"""How long the node may take."""
BLOCK = {
    "cid-codec": "raw",
    "format": "raw",
    "mhtype": "sha2-256",
    "mhlen": "32",
    "pin": "true",
    "allow-big-block": "true",
}
"""One raw block under SHA-256, so that its name is ours; `add` would cut a long file up and name it otherwise.

What newer nodes call `cid-codec`, older ones and those in JavaScript call `format`, and both kinds take both.
"""


class IpfsUnavailableError(DocumentError):
    """The node of IPFS did not take the document: see that it runs and that ZBOR_IPFS_URL names it."""

    code = "IPFS_UNAVAILABLE"

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(f"The node of IPFS did not take it ({problem}). See that it runs and ZBOR_IPFS_URL names it.")


def pin(url: str, data: bytes) -> str:
    """Hand a document to the node and see that the node names it as we do. Returns the name.

    Raises:
        IpfsUnavailableError: it did not take it.
        DocumentMismatchError: it took something else.
    """
    cid = cid_of(data)
    try:
        answer = httpx.post(
            f"{url.rstrip('/')}/api/v0/block/put",
            params=BLOCK,
            files={"data": ("block", data, "application/octet-stream")},
            timeout=SECONDS,
        )
        answer.raise_for_status()
        named = answer.json()["Key"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise IpfsUnavailableError(type(error).__name__) from error
    if named != cid:
        raise DocumentMismatchError(cid, str(named)[:100])
    return cid
