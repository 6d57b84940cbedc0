"""Ballots in any number, for a chain on which the story was told: ninety members, all questions of the assembly."""

from __future__ import annotations

from random import Random

from backend.domain import events as e
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.values import MemberId
from tests.backend import story as s
from tests.backend.indexer.simulated_node import encode_event
from tests.mirror.chain import WHO

MEMBERS = range(10, 96)


class Crowd:
    """Casts ballots that nobody cast before, as long as there are any; then some are cast again."""

    def __init__(self, chain, told, seed):
        assembly = (event for place, event in told if place.emitter == s.GOVERNORS[0])
        self._questions = [event.proposal_id for event in assembly if isinstance(event, e.ProposalFiled)]
        self.chain = chain
        self.random = Random(seed)
        self.cast = 0
        self._left = []

    def join(self):
        """All are admitted, five in a block."""
        for member in MEMBERS:
            known = (MemberId(member), s.wallet_of(member), MemberClass.PARTNER, "SI", f"M{member}", f"Member {member}")
            self.chain.log(s.REGISTRY, e.MemberAdmitted(*known))
            active = e.MemberStatusChanged(MemberId(member), MemberStatus.ADMITTED, MemberStatus.ACTIVE)
            self.chain.log(s.REGISTRY, active)
            if member % 5 == 0:
                self.chain.mine()
        self.chain.mine()

    def ballot(self):
        """The next ballot as an event."""
        if not self._left:
            self._left = [(member, question) for member in MEMBERS for question in self._questions]
            self.random.shuffle(self._left)
        member, question = self._left.pop()
        self.cast += 1
        return e.VoteCast(s.wallet_of(member), question, self.random.randrange(3), 1, f"because {self.cast}")

    def vote(self, blocks, most_in_block=4):
        """Mine blocks with some ballots in each; some have none. Returns the ballots block by block."""
        mined = []
        for _ in range(blocks):
            ballots = [self.ballot() for _ in range(self.random.randint(0, most_in_block))]
            for ballot in ballots:
                self.chain.log(s.GOVERNORS[0], ballot)
            self.chain.mine()
            mined.append(ballots)
        return mined


class Forks:
    """Replaces the newest blocks by as many others, in which most of the ballots come back elsewhere."""

    def __init__(self, chain, crowd):
        self._chain = chain
        self._random = crowd.random
        self.blocks = []
        """Ballots of the newest blocks that can be replaced."""
        self.moved = self.gone = 0

    def add(self, mined):
        """Note blocks that were mined."""
        self.blocks = (self.blocks + mined)[-200:]

    def reorganise(self, depth):
        """Replace so many blocks."""
        ballots = [ballot for block in self.blocks[-depth:] for ballot in block]
        self._random.shuffle(ballots)
        stay = [ballot for ballot in ballots if self._random.random() < 0.8]
        self.moved += len(stay)
        self.gone += len(ballots) - len(stay)
        places = sorted(self._random.randrange(depth) for _ in stay)
        self._chain.call("anvil_reorg", depth, [[_transaction(b), at] for b, at in zip(stay, places, strict=True)])
        numbered = zip(places, stay, strict=True)
        replaced = [[] for _ in range(depth)]
        for place, ballot in numbered:
            replaced[place].append(ballot)
        self.blocks = self.blocks[:-depth] + replaced


def _transaction(event):
    topics, data = encode_event(event)
    calldata = "0x" + f"{len(topics):02x}" + "".join(topic[2:] for topic in topics) + data[2:]
    return {"from": WHO, "to": s.GOVERNORS[0], "data": calldata, "gas": hex(3_000_000)}
