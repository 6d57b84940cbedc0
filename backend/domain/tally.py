"""The tally: the sum of the ballots on one proposal. Pure.

One member has one vote. A ballot that was changed counts once, as it was handed in last. A recused member is out of
numerator and denominator: it is in no figure but `recused`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from backend.domain.ballots import Choice, ballots_in_words, recused_in_words
from backend.domain.values import MemberId


@dataclass(frozen=True, slots=True)
class Tally:
    """Ballots by choice, and how many could have been handed in."""

    for_votes: int
    against_votes: int
    abstain_votes: int
    entitled: int
    """Size of the electorate, frozen at the proposal's snapshot, less the recused."""
    recused: int = 0
    """Members of the electorate that are recused."""
    countries: int = 0
    """Countries of the electorate less the recused; counted only where the rule asks for countries."""
    countries_for: int = 0
    """Of these, with more votes for than against."""
    attempt: int = 1
    """1, or 2 and 3 for a second and third call."""
    chair_support: Choice | None = None
    """The chair's own ballot; None without a ballot or a chair."""

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


@dataclass(frozen=True, slots=True)
class Electorate:
    """Whose ballots count on one proposal, and how they are grouped."""

    countries: Mapping[MemberId, str]
    """Country of each member that could vote in the body at the snapshot."""
    recused: Collection[MemberId] = frozenset()
    """Members recused, by the action or by declaration; one outside the electorate changes nothing."""
    chair: MemberId | None = None
    """The chair of the body when the proposal was filed."""
    attempt: int = 1

    @property
    def members(self) -> Mapping[MemberId, str]:
        """Country of each member whose ballot counts."""
        return {member: country for member, country in self.countries.items() if member not in self.recused}


def count(choices: Iterable[Choice], entitled: int) -> Tally:
    """Add up one choice for each member that handed in a ballot."""
    counted = Counter(choices)
    return Tally(counted[Choice.FOR], counted[Choice.AGAINST], counted[Choice.ABSTAIN], entitled)


def tally_of(choices: Mapping[MemberId, Choice], electorate: Electorate, *, by_country: bool = False) -> Tally:
    """Add up the last choice of each member of the electorate; countries only where the rule asks for them."""
    members = electorate.members
    counted = {member: choice for member, choice in choices.items() if member in members}
    totals = Counter(counted.values())
    return Tally(
        for_votes=totals[Choice.FOR],
        against_votes=totals[Choice.AGAINST],
        abstain_votes=totals[Choice.ABSTAIN],
        entitled=len(members),
        recused=len(electorate.countries) - len(members),
        countries=len(set(members.values())) if by_country else 0,
        countries_for=len(countries_for(counted, members)) if by_country else 0,
        attempt=electorate.attempt,
        chair_support=None if electorate.chair is None else counted.get(electorate.chair),
    )


def countries_for(choices: Mapping[MemberId, Choice], countries: Mapping[MemberId, str]) -> frozenset[str]:
    """Find the countries among whose members' ballots there are more for than against."""
    lead = Counter[str]()
    for member, choice in choices.items():
        lead[countries[member]] += (choice is Choice.FOR) - (choice is Choice.AGAINST)
    return frozenset(country for country, votes in lead.items() if votes > 0)


def tally_without(tally: Tally, choices: Iterable[Choice]) -> Tally:
    """Take ballots out again, as if these members were silent; countries stay as they are."""
    taken = count(choices, 0)
    return replace(
        tally,
        for_votes=tally.for_votes - taken.for_votes,
        against_votes=tally.against_votes - taken.against_votes,
        abstain_votes=tally.abstain_votes - taken.abstain_votes,
    )


def tally_of_words(words: Sequence[int], entitled: int) -> Tally:
    """Add up the ballots of one proposal from the words its governor keeps; word 0 first.

    All recused members are taken to be among the `entitled`.
    """
    recused = len(list(recused_in_words(words)))
    tally = count((ballot.choice for _, ballot in ballots_in_words(words)), entitled - recused)
    return replace(tally, recused=recused)
