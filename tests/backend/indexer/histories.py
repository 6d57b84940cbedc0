"""Random histories of the simulated chain: what members and offices might do, in blocks of any size, with forks.

Whatever happens is something that contracts could have logged: a ballot is changed only if there is one, a veto
withdrawn only if it stands. A reorganisation takes that back, too.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from backend.domain import events as e
from backend.domain.ballots import Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.rules import VetoGround
from backend.domain.values import Hash32
from tests.backend import story as s

ASSEMBLY = s.GOVERNORS[0]
MEMBERS = (1, 2, 3, 4, 6)
PROPOSALS = (s.OPEN, s.VETOED, s.AWAITING, s.BINDING)
HASH = Hash32("0x" + "5a" * 32)


@dataclass
class Facts:
    """What further events depend on."""

    choices: dict = field(default_factory=dict)
    """(proposal, member) → the choice that counts."""
    own: dict = field(default_factory=dict)
    """(proposal, member) → ballots of its own so far."""
    turns: dict = field(default_factory=dict)
    """Member → how many wallets it has left behind."""
    vetoes: set = field(default_factory=set)
    recused: set = field(default_factory=set)
    minutes: dict = field(default_factory=dict)
    seated: set = field(default_factory=set)
    mandates: set = field(default_factory=set)
    classes: dict = field(default_factory=dict)


class History:
    """A chain that goes on at random."""

    def __init__(self, node, draw, told):
        self.node = node
        self.draw = draw
        self.facts = Facts()
        for _, event in told:
            self._learn(event)
        self.before = []
        """The facts before each block that was added."""

    def _learn(self, event):
        match event:
            case e.VoteCast(voter=voter, proposal_id=proposal, support=support):
                self.facts.choices[proposal, self._member(voter)] = Choice(support)
                self.facts.own[proposal, self._member(voter)] = 1
            case e.BallotCounted(proposal_id=proposal, member_id=member, revision=revision):
                self.facts.own[proposal, member] = revision
            case e.MinutesRecorded(proposal_id=proposal, version=version):
                self.facts.minutes[proposal] = version
            case e.WalletRotated(member_id=member):
                self.facts.turns[member] = self.facts.turns.get(member, 0) + 1
            case _:
                self._learn_who(event)

    def _learn_who(self, event):
        match event:
            case e.VetoRaised(proposal_id=proposal, member_id=member):
                self.facts.vetoes.add((proposal, member))
            case e.VetoWithdrawn(proposal_id=proposal, member_id=member):
                self.facts.vetoes.discard((proposal, member))
            case e.MemberRecused(proposal_id=proposal, member_id=member):
                self.facts.recused.add((proposal, member))
            case e.SeatGranted(member_id=member):
                self.facts.seated.add(member)

    def _member(self, wallet):
        return int(wallet[2:4], 16) - 0xA0

    # ---- what tests do

    def go_on(self, blocks):
        """Mine blocks, each with a few events or none."""
        for _ in range(blocks):
            self.before.append(deepcopy(self.facts))
            logged = [each for _ in range(self.draw.randint(0, 4)) for each in self._happen()]
            self.node.mine(self.node.blocks[-1].header.time + self.draw.randint(0, 9), *logged, salt=self._salt())

    def fork(self, depth):
        """Take back that many blocks of those that were added, and go on otherwise for longer."""
        depth = min(depth, len(self.before))
        if depth:
            self.node.forget(depth)
            self.facts = self.before[-depth]
            del self.before[-depth:]
            self.go_on(depth + 1)

    def _salt(self):
        return str(self.draw.getrandbits(40))

    # ---- what happens

    def _happen(self):
        acts = (self._vote, self._vote, self._vote, self._veto, self._recuse, self._record, self._rotate, self._sit)
        return self.draw.choice((*acts, self._change_class, self._mandate, self._suspend))()

    def _pick(self):
        return self.draw.choice(PROPOSALS), self.draw.choice(MEMBERS)

    def _vote(self):
        key = proposal, member = self._pick()
        if key in self.facts.recused:
            return
        previous, support = self.facts.choices.get(key), self.draw.choice(tuple(Choice))
        by = self.draw.choice((member, member, *MEMBERS))
        own = self.facts.own.get(key, 0) + (by == member)
        yield ASSEMBLY, e.VoteCast(self._wallet(member), proposal, int(support), 1, self.draw.choice(("", "zakaj ne")))
        if previous is not None or by != member:
            yield ASSEMBLY, e.BallotCounted(proposal, member, previous, own, by)
        self.facts.choices[key], self.facts.own[key] = support, own

    def _veto(self):
        key = proposal, member = self._pick()
        if key in self.facts.vetoes:
            self.facts.vetoes.remove(key)
            yield ASSEMBLY, e.VetoWithdrawn(proposal, member)
        else:
            self.facts.vetoes.add(key)
            yield ASSEMBLY, e.VetoRaised(proposal, member, self.draw.choice(tuple(VetoGround)), HASH)

    def _recuse(self):
        key = proposal, member = self._pick()
        if key not in self.facts.recused and key not in self.facts.choices:
            self.facts.recused.add(key)
            yield ASSEMBLY, e.MemberRecused(proposal, member, True)

    def _record(self):
        proposal, member = self._pick()
        if proposal in self.facts.minutes and self.draw.random() < 0.5:
            yield ASSEMBLY, e.MinutesObjected(proposal, member, HASH)
        else:
            version = self.facts.minutes[proposal] = self.facts.minutes.get(proposal, 0) + 1
            yield ASSEMBLY, e.MinutesRecorded(proposal, version, HASH)

    def _rotate(self):
        member = self.draw.choice(MEMBERS)
        before = self._wallet(member)
        self.facts.turns[member] = self.facts.turns.get(member, 0) + 1
        yield s.REGISTRY, e.WalletRotated(member, before, self._wallet(member))

    def _wallet(self, member):
        return s.wallet_of(member, self.facts.turns.get(member, 0))

    def _sit(self):
        member = self.draw.choice(MEMBERS)
        seated = member in self.facts.seated
        yield s.REGISTRY, e.SeatEnded(s.BOARD, member) if seated else e.SeatGranted(s.BOARD, member)
        yield s.REGISTRY, e.VotingRightsChanged(member, 0b101 if seated else 0b111)
        self.facts.seated ^= {member}

    def _change_class(self):
        member = self.draw.choice(MEMBERS)
        before = self.facts.classes.get(member, MemberClass.PARTNER)
        now = MemberClass.FOUNDING if before is MemberClass.PARTNER else MemberClass.PARTNER
        self.facts.classes[member] = now
        yield s.REGISTRY, e.MemberClassChanged(member, before, now)

    def _mandate(self):
        principal, holder = self.draw.sample(MEMBERS, 2)
        if principal in self.facts.mandates and self.draw.random() < 0.5:
            self.facts.mandates.remove(principal)
            yield s.REGISTRY, e.MandateRevoked(principal, s.ASSEMBLY)
        else:
            self.facts.mandates.add(principal)
            yield s.REGISTRY, e.MandateGranted(principal, holder, s.ASSEMBLY, None, s.NOW + 90 * s.DAY)

    def _suspend(self):
        member, back = self.draw.choice(MEMBERS), self.draw.random() < 0.5
        now, before = (MemberStatus.ACTIVE, MemberStatus.DEFAULTING)[:: 1 if back else -1]
        yield s.REGISTRY, e.MemberStatusChanged(member, before, now)
        yield s.REGISTRY, e.VotingRightsChanged(member, 0b101 if back else 0)


class Lawful(History):
    """Only members of the electorates act, so that the ballots can be judged."""

    def _pick(self):
        return self.draw.choice(PROPOSALS), self.draw.choice((1, 2, 3, 4))


def let_days_pass(history, draw):
    history.before.append(deepcopy(history.facts))
    last = history.node.blocks[-1].header.time
    history.node.mine(last + draw.randint(1, 90) * s.DAY, salt=str(draw.getrandbits(40)))
