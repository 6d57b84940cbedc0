"""What a proposal says about itself on chain: the address of its text, and who alone may have put it. Pure.

    bafkrei…#proposer=0x…

The first part is the CID of the document; the second, which OpenZeppelin's Governor enforces, keeps anyone else from
putting the same proposal first. The chain takes any text as a description: one of another shape has no CID.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.domain.values import Address

_CID = re.compile(r"bafkrei[a-z2-7]{52}")
_PROPOSER = re.compile(r"#proposer=(0x[0-9a-fA-F]{40})\Z")


@dataclass(frozen=True, slots=True)
class Description:
    """A description taken apart."""

    cid: str | None
    """CID of the document (CIDv1, raw, SHA-256), or None where the description does not start with one."""
    proposer: Address | None
    """The only account that may put it, spelt as it was written; None where anyone may."""


def parse_description(text: str) -> Description:
    """Take a description apart; never fails, because the chain takes any text."""
    cid, _, _ = text.partition("#")
    proposer = _PROPOSER.search(text)
    return Description(
        cid if _CID.fullmatch(cid) else None,
        Address(proposer.group(1)) if proposer else None,
    )


def compose_description(cid: str, proposer: Address) -> str:
    """Write the description of a proposal that only this account may put."""
    return f"{cid}#proposer={proposer}"
