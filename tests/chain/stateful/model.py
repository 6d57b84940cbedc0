"""The same consortium as values of the domain: what the contracts must answer, worked out without them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from consortium import (
    BARS_VETO,
    BODIES,
    CLASSES,
    DAY,
    ENTITLED,
    KINDS,
    NONE,
    RECUSES,
    RULE,
    RULES,
    SEATED,
    TWO_THIRDS,
    Question,
    bytes32,
    rule,
)

from backend.domain import events
from backend.domain.ballots import Ballot, Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.polls import Poll
from backend.domain.proposals import ProposalFacts, ProposalState, closing, earliest_opening
from backend.domain.roll import Roll, apply
from backend.domain.rules import Base, PartyEffect, Rule, TieBreak
from backend.domain.values import BodyId, MemberId, ProposalId, Ratio, Timepoint

FOUNDED = Timepoint(1)
PHASES = list(ProposalState)
"""By the numbers of the contract's `Phase`."""

HALF = {"majority_numerator": 1, "majority_denominator": 2}
LAWS = {
    "LIVELY": rule(
        standstill=5 * DAY, veto_window=3 * DAY, revisable=True, mandates=2, calls=3, veto_grounds=0b101, **TWO_THIRDS
    ),
    "SWIFT": rule(
        period=10 * DAY, base=ENTITLED, strict=True, early_close=True, mandates=1, veto_grounds=0b111111, **HALF
    ),
    "OUTSIDE": rule(
        period=2 * DAY, external_approval=True, standstill=2 * DAY, veto_window=DAY, veto_grounds=1, **HALF
    ),
    "CHAIRED": rule(strict=True, tie=1, quorum_numerator=1, quorum_denominator=2, **HALF),
    "DOUBLE": rule(country_numerator=1, country_denominator=2, abstentions_cast=True, mandates=1, **HALF),
    "TACIT": rule(period=3 * DAY, base=ENTITLED, silence_consents=True, revisable=True, veto_grounds=1),
}
"""Rules beside the consortium's own, so that each setting is met soon."""
EXTRA_KINDS = {
    "meeting": (0, "LIVELY", True, NONE),
    "own_case": (0, "LIVELY", False, BARS_VETO),
    "swift_matter": (0, "SWIFT", True, NONE),
    "swift_award": (0, "SWIFT", False, RECUSES),
    "coordinator": (0, "OUTSIDE", True, NONE),
    "appeal": (1, "CHAIRED", True, NONE),
    "cross_border": (0, "DOUBLE", True, NONE),
    "tacit_matter": (0, "TACIT", True, NONE),
}
"""Kinds under these rules: body, rule, whether `Records.resolve` carries it, what follows for its party."""
EFFECTS = {name: terms[-1] for name, terms in (KINDS | EXTRA_KINDS).items()}


def legislate(consortium: Any) -> None:
    """Write the extra law while the deployer is in power."""
    owner, rulebook = {"from": consortium.deployer}, consortium.rulebook
    for name, terms in LAWS.items():
        rulebook.setRule(bytes32(name), terms, owner)
    for name, (body_id, rule_name, is_resolution, effect) in EXTRA_KINDS.items():
        rulebook.setKind(bytes32(name), body_id, bytes32(rule_name), is_resolution, effect, owner)


def rule_named(name: str) -> Rule:
    terms: dict[str, Any] = dict(zip(RULE, (RULES | LAWS)[name], strict=True))
    for ratio, field in (("quorum", "quorum"), ("majority", "majority"), ("country", "countries")):
        terms[field] = Ratio(terms.pop(f"{ratio}_numerator"), terms.pop(f"{ratio}_denominator"))
    return Rule(**terms | {"base": Base(terms["base"]), "tie": TieBreak(terms["tie"])})


# ------------------------------------------------------------------------------------------------------------ roll


def founded_roll(consortium: Any) -> Roll:
    """The roll as `found_consortium` leaves it."""
    roll = Roll()
    for body_id, (name, (classes, _)) in enumerate(BODIES.items()):
        governor, timelock = consortium.governors[body_id].address, consortium.timelocks[body_id].address
        roll = apply(roll, events.BodyCreated(BodyId(body_id), name, governor, timelock, classes), FOUNDED)
    for member_id, member_class in enumerate(CLASSES, 1):
        roll = admitted(roll, member_id, consortium.wallet(member_id).address, member_class, "SI", FOUNDED)
        roll = moved(roll, member_id, MemberStatus.ACTIVE, FOUNDED)
    for member_id in SEATED:
        roll = apply(roll, events.SeatGranted(BodyId(1), MemberId(member_id)), FOUNDED)
    return roll


def admitted(roll: Roll, member_id: int, wallet: str, member_class: int, country: str, at: int) -> Roll:
    event = events.MemberAdmitted(MemberId(member_id), wallet, MemberClass(member_class), country, "X", "X")
    return apply(roll, event, Timepoint(at))


def moved(roll: Roll, member_id: int, status: MemberStatus, at: int) -> Roll:
    previous = roll.members[MemberId(member_id)].status
    return apply(roll, events.MemberStatusChanged(MemberId(member_id), previous, status), Timepoint(at))


def reclassed(roll: Roll, member_id: int, member_class: MemberClass, at: int) -> Roll:
    entry = roll.members[MemberId(member_id)]
    roll = apply(roll, events.MemberClassChanged(entry.id, entry.member_class, member_class), Timepoint(at))
    return unseated(roll, member_id, at) if member_class is MemberClass.ASSOCIATE else roll


def unseated(roll: Roll, member_id: int, at: int) -> Roll:
    for body_id in roll.members[MemberId(member_id)].seats:
        roll = apply(roll, events.SeatEnded(body_id, MemberId(member_id)), Timepoint(at))
    return roll


def rotated(roll: Roll, member_id: int, wallet: str, at: int) -> Roll:
    entry = roll.members[MemberId(member_id)]
    return apply(roll, events.WalletRotated(entry.id, entry.wallet, wallet), Timepoint(at))


# ------------------------------------------------------------------------------------------------------- proposals


@dataclass
class Vote:
    """One proposal of the model, beside the one on the chain."""

    question: Question
    kind: str
    proposer: MemberId
    poll: Poll
    earlier: frozenset[MemberId] = frozenset()
    """Who put the calls before it."""

    def own(self, member_id: MemberId, support: int) -> None:
        """The member's own ballot."""
        previous = self.poll.ballots.get(member_id)
        ballot = Ballot(Choice(support), revision=previous.revision + 1 if previous else 1)
        self.poll = replace(self.poll, ballots={**self.poll.ballots, member_id: ballot})

    def mandated(self, holder_id: MemberId, principal_id: MemberId, support: int) -> None:
        """A ballot that the holder casts for its principal."""
        self.poll = carried(self.poll, holder_id, principal_id, support)

    def recused(self, member_id: MemberId) -> None:
        self.poll = replace(self.poll, recused=with_one(self.poll.recused, member_id))

    def vetoed(self, member_id: MemberId) -> None:
        self.poll = replace(self.poll, vetoing=with_one(self.poll.vetoing, member_id))

    def objected(self, member_id: MemberId) -> None:
        self.poll = replace(self.poll, objecting=with_one(self.poll.objecting, member_id))
        self.facts(minutes=self.poll.facts.minutes.objected())

    def veto_withdrawn(self, member_id: MemberId) -> None:
        self.poll = replace(self.poll, vetoing=set(self.poll.vetoing) - {member_id})

    def facts(self, **known: Any) -> None:
        self.poll = replace(self.poll, facts=replace(self.poll.facts, **known))

    def called_again(self) -> None:
        self.poll = replace(self.poll, reconvened=True)


def carried(poll: Poll, holder_id: MemberId, principal_id: MemberId, support: int) -> Poll:
    principals = with_one(poll.carried.get(holder_id, ()), principal_id)
    ballot = Ballot(Choice(support), by_mandate=True)
    ballots = {**poll.ballots, principal_id: ballot}
    return replace(poll, ballots=ballots, carried={**poll.carried, holder_id: principals})


def with_one(members: Collection[MemberId], one: MemberId) -> set[MemberId]:
    return {*members, one}


def filed(roll: Roll, question: Question, kind: str, party: int | None, proposer: MemberId, now: int) -> Vote:
    """A proposal published in second `now`, to be opened as soon as the ordinary notice allows."""
    body_id, rule_name, *_ = (KINDS | EXTRA_KINDS)[kind]
    terms, effect = rule_named(rule_name), PartyEffect(EFFECTS[kind])
    opens_at = earliest_opening(terms, Timepoint(now), extraordinary=False)
    poll = Poll(
        ProposalId(question.id),
        BodyId(body_id),
        terms,
        ProposalFacts(opens_at, closing(terms, opens_at)),
        recused={MemberId(party)} if party and effect is PartyEffect.RECUSES else set(),
        party=MemberId(party) if party else None,
        party_effect=effect if party else PartyEffect.NONE,
        chair=roll.chairs.get(BodyId(body_id)),
    )
    return Vote(question, kind, proposer, poll)


def called_again(roll: Roll, vote: Vote, question: Question, proposer: MemberId, opens_at: int) -> Vote:
    """The next call of the same question, under the same version of its rule."""
    poll = vote.poll
    recused = {poll.party} if poll.party and poll.party_effect is PartyEffect.RECUSES else set()
    second = Poll(
        ProposalId(question.id),
        poll.body_id,
        poll.rule,
        ProposalFacts(Timepoint(opens_at), closing(poll.rule, Timepoint(opens_at))),
        recused=recused,
        party=poll.party,
        party_effect=poll.party_effect,
        chair=roll.chairs.get(poll.body_id),
        attempt=poll.attempt + 1,
    )
    return Vote(question, vote.kind, proposer, second, vote.earlier | {vote.proposer})
