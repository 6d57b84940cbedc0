"""What a proposal says about itself on chain: the address of its text, and who alone may have put it. Pure.

    bafkrei…#proposer=0x…#attempt=2&of=…

The first part is the CID of the document; the second, which OpenZeppelin's Governor enforces, keeps anyone else from
putting the same proposal first. A governor adds the third when a question is called again, one for each further call.
The chain takes any text as a description: one of another shape has no CID, and what it says of attempts is a claim that
only the governor's own report confirms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.domain.proposals import MOST_ATTEMPTS
from backend.domain.values import Address, ProposalId

_CID = re.compile(r"bafkrei[a-z2-7]{52}")
_CALL = re.compile(r"([0-9]{1,2})&of=([0-9]{1,78})")
_PROPOSER = re.compile(r"#proposer=(0x[0-9a-fA-F]{40})\Z")


@dataclass(frozen=True, slots=True)
class Description:
    """A description taken apart."""

    cid: str | None
    """CID of the document (CIDv1, raw, SHA-256), or None where the description does not start with one."""
    proposer: Address | None
    """The only account that may put it, spelt as it was written; None where anyone may.

    Of a further call: the one that put the first.
    """
    attempt: int = 1
    """Which call of the question it is, as it claims."""
    previous_id: ProposalId | None = None
    """The call before it, as it claims; None for a first call."""


def parse_description(text: str) -> Description:
    """Take a description apart; never fails, because the chain takes any text."""
    first, call = _first_call(text)
    cid, _, _ = first.partition("#")
    proposer = _PROPOSER.search(first)
    return Description(
        cid if _CID.fullmatch(cid) else None,
        Address(proposer.group(1)) if proposer else None,
        int(call.group(1)) if call else 1,
        ProposalId(int(call.group(2))) if call else None,
    )


def compose_description(cid: str, proposer: Address) -> str:
    """Write the description of a proposal that only this account may put."""
    return f"{cid}#proposer={proposer}"


def compose_further_call(description: str, attempt: int, previous_id: ProposalId) -> str:
    """Write the description that a governor gives a question called again, from that of the call before it."""
    return f"{description}#attempt={attempt}&of={previous_id}"


def _first_call(text: str) -> tuple[str, re.Match[str] | None]:
    """Strip what further calls have added, and answer with the last of it."""
    last = None
    for _ in range(MOST_ATTEMPTS):
        before, _, call = text.rpartition("#attempt=")
        found = _CALL.fullmatch(call)
        if found is None:
            break
        text, last = before, last or found
    return text, last
