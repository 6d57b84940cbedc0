"""The same consortium as values of the domain: what the contracts must answer, worked out without them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from consortium import BODIES, CLASSES, KINDS, RULES, SEATED, Question

from backend.domain import events
from backend.domain.admissibility import Poll
from backend.domain.ballots import Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.outcome import Verdict, judge
from backend.domain.proposals import ProposalFacts, ProposalState, closing, earliest_opening, state_at
from backend.domain.roll import Roll, apply
from backend.domain.rules import Base, Rule
from backend.domain.tally import Tally, count
from backend.domain.values import BodyId, MemberId, Ratio, Timepoint

FOUNDED = Timepoint(1)
PHASES = list(ProposalState)
"""By the numbers of the contract's `Phase`."""


def rule_named(name: str) -> Rule:
    notice, short, period, *thresholds, base, strict, binding = RULES[name]
    quorum, majority = Ratio(*thresholds[:2]), Ratio(*thresholds[2:])
    return Rule(notice, short, period, quorum, majority, Base(base), strict, binding)


def founded_roll(consortium: Any) -> Roll:
    """The roll as `found_consortium` leaves it."""
    roll = Roll()
    for body_id, (name, (classes, _)) in enumerate(BODIES.items()):
        governor, timelock = consortium.governors[body_id].address, consortium.timelocks[body_id].address
        roll = apply(roll, events.BodyCreated(BodyId(body_id), name, governor, timelock, classes), FOUNDED)
    for member_id, member_class in enumerate(CLASSES, 1):
        roll = admitted(roll, member_id, consortium.wallet(member_id).address, member_class, FOUNDED)
        roll = moved(roll, member_id, MemberStatus.ACTIVE, FOUNDED)
    for member_id in SEATED:
        roll = apply(roll, events.SeatGranted(BodyId(1), MemberId(member_id)), FOUNDED)
    return roll


def admitted(roll: Roll, member_id: int, wallet: str, member_class: int, at: int) -> Roll:
    event = events.MemberAdmitted(MemberId(member_id), wallet, MemberClass(member_class), "SI", "X", "X")
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


@dataclass
class Vote:
    """One proposal of the model, beside the one on the chain."""

    question: Question
    body_id: BodyId
    rule: Rule
    proposer: MemberId
    facts: ProposalFacts
    choices: dict[MemberId, Choice] = field(default_factory=dict)

    @property
    def poll(self) -> Poll:
        return Poll(self.body_id, self.facts, self.choices.keys())

    def tally(self, roll: Roll, now: int) -> Tally:
        """Before voting opens: for the electorate as it stands."""
        electorate = Timepoint(min(self.facts.opens_at, now - 1))
        return count(self.choices.values(), roll.entitled_at(self.body_id, electorate))

    def verdict(self, roll: Roll, now: int) -> Verdict:
        return judge(self.rule, self.tally(roll, now)).verdict

    def state(self, roll: Roll, now: int) -> ProposalState:
        return state_at(self.facts, self.tally(roll, now), self.rule, Timepoint(now))

    def withdrawn(self) -> None:
        self.facts = replace(self.facts, canceled=True)

    def queued(self, eta: int) -> None:
        self.facts = replace(self.facts, eta=Timepoint(eta))


def filed(question: Question, kind: str, proposer: MemberId, now: int) -> Vote:
    body_id, rule_name, *_ = KINDS[kind]
    rule = rule_named(rule_name)
    opens_at = earliest_opening(rule, Timepoint(now), extraordinary=False)
    facts = ProposalFacts(opens_at, closing(rule, opens_at))
    return Vote(question, BodyId(body_id), rule, proposer, facts)
