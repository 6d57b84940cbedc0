"""The tally: the sum of the ballots on one proposal. Pure.

One member has one vote. A ballot that was changed counts once, as it was handed in last; whoever calls sees to that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.domain.ballots import Choice, ballots_in_words


@dataclass(frozen=True, slots=True)
class Tally:
    """Ballots by choice, and how many could have been handed in."""

    for_votes: int
    against_votes: int
    abstain_votes: int
    entitled: int
    """Size of the electorate, frozen at the proposal's snapshot."""

    @property
    def cast(self) -> int:
        """Votes that take a side; abstentions are not votes cast (DESCA 6.2.3.4)."""
        return self.for_votes + self.against_votes

    @property
    def participating(self) -> int:
        """Ballots of any choice."""
        return self.cast + self.abstain_votes

    @property
    def silent(self) -> int:
        """The entitled who handed in nothing."""
        return self.entitled - self.participating


def count(choices: Iterable[Choice], entitled: int) -> Tally:
    """Add up one choice for each member that handed in a ballot."""
    counted = Counter(choices)
    return Tally(counted[Choice.FOR], counted[Choice.AGAINST], counted[Choice.ABSTAIN], entitled)


def tally_of_words(words: Sequence[int], entitled: int) -> Tally:
    """Add up the ballots of one proposal from the words its governor keeps; word 0 first."""
    return count((ballot.choice for _, ballot in ballots_in_words(words)), entitled)
