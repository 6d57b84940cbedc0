"""Reasons of ballots: on chain as a salted hash, the words themselves off chain and erasable.

A reason names the ballot it was written for, so that nobody can take another's words for its own by copying the hash.
The salt keeps anyone from guessing short reasons and checking the guess; once words and salt are erased, the hash that
stays on chain says nothing any more.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from backend.documents import fields
from backend.documents.canonical import Json, canonical
from backend.documents.cid import hash_of
from backend.domain.values import Address, Hash32, MemberId, ProposalId

TYPE = "zbor/reason"
VERSION = 1
MOST_TEXT = 4_000
"""Characters."""
LONGEST_ID = 58
"""Decimal digits of the greatest 192-bit number."""

_COMMITMENT = re.compile(r"0x[0-9a-f]{64}")


def fresh_salt() -> str:
    """Draw 32 unpredictable bytes, as 64 hexadecimal digits."""
    return secrets.token_hex(32)


@dataclass(frozen=True, slots=True)
class BallotName:
    """Which ballot is meant; no two of a chain have the same name."""

    governor: Address
    """Of the body."""
    proposal_id: ProposalId
    member_id: MemberId

    def names_same(self, other: BallotName) -> bool:
        """Whether both name one ballot, however the address is spelt."""
        return self._plain == other._plain

    @property
    def _plain(self) -> tuple[str, int, int]:
        return self.governor.lower(), self.proposal_id, self.member_id


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a member voted as it did, in its own words."""

    ballot: BallotName
    language: str
    text: str
    salt: str = field(default_factory=fresh_salt, repr=False)

    def to_bytes(self) -> bytes:
        """Write in canonical form, checked.

        Raises:
            InvalidDocumentError: it breaks the format; the message names the part.
        """
        value: dict[str, Json] = {"type": TYPE, "version": VERSION, "salt": self.salt, "language": self.language}
        ballot: dict[str, Json] = {
            "governor": self.ballot.governor,
            "proposal": str(self.ballot.proposal_id),
            "member": self.ballot.member_id,
        }
        data = canonical(value | {"ballot": ballot, "text": self.text})
        parse_reason(data)
        return data

    @property
    def commitment(self) -> Hash32:
        """What goes on chain as the reason of the ballot."""
        return hash_of(self.to_bytes())


def is_commitment(text: str) -> bool:
    """Whether the reason of a ballot on chain is a commitment; anything else may be personal and is not shown."""
    return bool(_COMMITMENT.fullmatch(text))


def parse_reason(data: bytes) -> Reason:
    """Read a reason from its canonical bytes.

    Raises:
        InvalidDocumentError: it breaks the format; the message names the part.
    """
    value = fields.read_document(data, TYPE, VERSION, ("ballot", "salt", "language", "text"))
    return Reason(
        ballot=_ballot(value["ballot"]),
        language=fields.language(value["language"], "language"),
        text=fields.filled(fields.lines(value["text"], "text", MOST_TEXT), "text"),
        salt=fields.hex32(value["salt"], "salt"),
    )


def _ballot(value: Json) -> BallotName:
    ballot = fields.exactly(value, "ballot", ("governor", "proposal", "member"))
    return BallotName(
        governor=Address(fields.address(ballot["governor"], "ballot.governor")),
        proposal_id=ProposalId(fields.decimal(ballot["proposal"], "ballot.proposal", LONGEST_ID)),
        member_id=MemberId(fields.natural(ballot["member"], "ballot.member")),
    )
