"""Ballots: what a member may hand in, and how a governor packs ballots into words. Pure.

A governor keeps one byte for each member:

    bit   7 6 5 4 3   2         1 0
          revision    mandate   mark     mark: 0 none, 1 against, 2 for, 3 abstain

where the revision is how many ballots of its own the member has cast so far. No mark with the mandate bit set (0x04)
says that the member is recused. The bytes of one proposal lie in 256-bit words, from the least significant upwards:

    word 0      16 bytes of facts about the proposal, then members 1 to 16
    word 1      members 17 to 48
    word 2      members 49 to 80, and so on
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from backend.domain.values import MemberId, ProposalId

BALLOTS_IN_FIRST_WORD = 16
BALLOTS_IN_WORD = 32
RECUSED = 0x04
"""The byte of a recused member, whatever its revision."""
MOST_REVISIONS = 30
"""How many ballots of its own a member may cast on one proposal."""


class Choice(IntEnum):
    """What a member says to the question; the numbers are those of `support` (Governor Bravo's)."""

    AGAINST = 0
    FOR = 1
    ABSTAIN = 2

    @property
    def label(self) -> str:
        """The choice as the API and the sample data spell it."""
        return self.name.lower()

    @property
    def mark(self) -> int:
        """The two bits a governor keeps for this choice; 0 stands for no ballot."""
        return self.value + 1


@dataclass(frozen=True, slots=True)
class Ballot:
    """One member's ballot as a governor keeps it."""

    choice: Choice
    by_mandate: bool = False
    """Cast by another member that holds this member's mandate."""
    revision: int = 0
    """How many ballots of its own the member has cast by now, up to 31; a ballot by mandate adds none."""

    def to_byte(self) -> int:
        """Pack into the byte drawn at the head of this module."""
        return self.choice.mark | self.by_mandate << 2 | self.revision << 3


def ballot_of_byte(byte: int) -> Ballot | None:
    """Unpack one byte; None where no ballot was handed in or the member is recused."""
    mark = byte & 3
    if mark == 0:
        return None
    return Ballot(Choice(mark - 1), bool(byte & 4), byte >> 3)


def recused_by_byte(byte: int) -> bool:
    """Whether a byte says that the member is recused."""
    return byte & 7 == RECUSED


def ballot_nonce(proposal_id: ProposalId, ballot: Ballot | None) -> int:
    """Work out the nonce that a member's next signed ballot must carry; it dies when the member casts a ballot."""
    return proposal_id << 64 | (ballot.revision if ballot else 0)


def position_of(member_id: MemberId) -> tuple[int, int]:
    """Find a member's ballot: index of the word, and index of the byte in it counted from the least significant."""
    if member_id < 1:
        raise ValueError(f"members are numbered from 1, not {member_id}")
    word, byte = divmod(member_id - 1 + BALLOTS_IN_WORD - BALLOTS_IN_FIRST_WORD, BALLOTS_IN_WORD)
    return word, byte


def ballots_in_words(words: Sequence[int]) -> Iterator[tuple[MemberId, Ballot]]:
    """Read every ballot of one proposal, in the order of member numbers; word 0 first."""
    for member_id, byte in _bytes_in_words(words):
        ballot = ballot_of_byte(byte)
        if ballot is not None:
            yield member_id, ballot


def recused_in_words(words: Sequence[int]) -> Iterator[MemberId]:
    """Read who is recused on one proposal, in the order of member numbers; word 0 first."""
    return (member_id for member_id, byte in _bytes_in_words(words) if recused_by_byte(byte))


def _bytes_in_words(words: Sequence[int]) -> Iterator[tuple[MemberId, int]]:
    facts = BALLOTS_IN_WORD - BALLOTS_IN_FIRST_WORD
    data = b"".join(word.to_bytes(BALLOTS_IN_WORD, "little") for word in words)[facts:]
    return ((MemberId(number), byte) for number, byte in enumerate(data, start=1))
