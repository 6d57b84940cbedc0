"""A poll: one proposal with all that was said on it, as a governor knows it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from backend.domain.ballots import Ballot
from backend.domain.outcome import Verdict, certain, judge
from backend.domain.proposals import ProposalFacts, ProposalState, state_at
from backend.domain.roll import Roll
from backend.domain.rules import PartyEffect, Rule
from backend.domain.tally import Electorate, Tally, tally_of
from backend.domain.values import BodyId, MemberId, ProposalId, Timepoint


@dataclass(frozen=True, slots=True)
class Poll:
    """One proposal of one body, with its ballots, recusals and vetoes."""

    id: ProposalId
    body_id: BodyId
    rule: Rule
    """The version it was opened under."""
    facts: ProposalFacts
    """Vetoes are those of `vetoing`."""
    ballots: Mapping[MemberId, Ballot] = field(default_factory=dict)
    """The last ballot of each member, whoever handed it in."""
    recused: Collection[MemberId] = frozenset()
    carried: Mapping[MemberId, Collection[MemberId]] = field(default_factory=dict)
    """For each holder of mandates the principals whose ballot it has cast, overridden since or not."""
    vetoing: Collection[MemberId] = frozenset()
    """Members whose veto stands."""
    objecting: Collection[MemberId] = frozenset()
    """Members that have objected to its minutes, to whichever version."""
    party: MemberId | None = None
    """The member that the action names."""
    party_effect: PartyEffect = PartyEffect.NONE
    chair: MemberId | None = None
    attempt: int = 1
    reconvened: bool = False
    """Called again since."""

    def tally(self, roll: Roll, now: Timepoint) -> Tally:
        """Add up its ballots; before voting opens, for the electorate as it stood a second ago."""
        snapshot = Timepoint(min(self.facts.opens_at, now - 1))
        members = roll.electorate_at(self.body_id, snapshot)
        choices = {member: ballot.choice for member, ballot in self.ballots.items()}
        electorate = Electorate(members, self.recused, self.chair, self.attempt)
        return tally_of(choices, electorate, by_country=self.rule.countries.numerator > 0)

    def certain(self, roll: Roll, now: Timepoint) -> bool:
        """Whether no ballot can change the outcome any more."""
        mandated = [ballot.choice for ballot in self.ballots.values() if ballot.by_mandate]
        return certain(self.rule, self.tally(roll, now), mandated)

    def verdict(self, roll: Roll, now: Timepoint) -> Verdict:
        """Judge the tally as it stands."""
        return judge(self.rule, self.tally(roll, now)).verdict

    def state(self, roll: Roll, now: Timepoint) -> ProposalState:
        """Say where it stands."""
        facts = replace(self.facts, vetoes=len(self.vetoing))
        return state_at(facts, self.tally(roll, now), self.rule, now)
