"""Ballots in any number, for a chain on which the story was told: ninety members, all questions of the assembly."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random

from backend.domain import events as e
from backend.domain.ballots import Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.values import MemberId
from tests.backend import story as s
from tests.backend.indexer.simulated_node import encode_event
from tests.mirror.chain import WHO, calldata_of

MEMBERS = range(10, 96)
MEMBER_OF = {s.wallet_of(member): MemberId(member) for member in MEMBERS}


class Crowd:
    """Casts ballots that nobody cast before, as long as there are any; then they are changed."""

    def __init__(self, chain, told, seed):
        assembly = (event for place, event in told if place.emitter == s.GOVERNORS[0])
        self._questions = [event.proposal_id for event in assembly if isinstance(event, e.ProposalFiled)]
        self.chain = chain
        self.random = Random(seed)
        self.cast = 0
        self._left = []
        self._votes = {}
        """The newest choice of each voter on each question, and how often it was made."""

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
                self._log(ballot)
            self.chain.mine()
            mined.append(ballots)
        return mined

    def _log(self, ballot):
        self.chain.log(s.GOVERNORS[0], ballot)
        previous, revision = self._votes.get((ballot.voter, ballot.proposal_id), (None, 0))
        self._votes[ballot.voter, ballot.proposal_id] = (Choice(ballot.support), revision + 1)
        if previous is not None:
            member = MEMBER_OF[ballot.voter]
            changed = e.BallotCounted(ballot.proposal_id, member, previous, revision + 1, member)
            self.chain.log(s.GOVERNORS[0], changed)

    @contextmanager
    def voting(self):
        """Go on voting, some twenty blocks a second, for the length of the block."""
        stop = threading.Event()

        def go_on():
            while not stop.wait(self.random.uniform(0, 0.1)):
                self.vote(1)

        with ThreadPoolExecutor(1, "crowd") as aside:
            voted = aside.submit(go_on)
            try:
                yield
            finally:
                stop.set()
            voted.result()


class Forks:
    """Replaces the newest blocks by as many others, in which most of the ballots come back elsewhere."""

    def __init__(self, chain, crowd):
        self._chain = chain
        self._random = crowd.random
        self.blocks = []
        """Ballots of the newest blocks that can be replaced."""
        self.moved = self.gone = 0
        """Ballots that came back at another place of the chain, and that did not come back, as the chain says."""

    def add(self, mined):
        """Note blocks that were mined."""
        self.blocks = (self.blocks + mined)[-200:]

    def reorganise(self, depth):
        """Replace so many blocks, and see that the ballots meant to be there took effect."""
        first = self._chain.head - depth + 1
        before = self._places(first)
        ballots = [ballot for block in self.blocks[-depth:] for ballot in block]
        self._random.shuffle(ballots)
        stay = [ballot for ballot in ballots if self._random.random() < 0.8]
        places = sorted(self._random.randrange(depth) for _ in stay)
        numbered = list(zip(places, stay, strict=True))
        self._chain.call("anvil_reorg", depth, [[_transaction(ballot), at] for at, ballot in numbered])
        after = self._places(first)
        assert before.keys() == {_data_of(ballot) for ballot in ballots}
        assert {data: place[0] for data, place in after.items()} == {_data_of(b): first + at for at, b in numbered}
        self.moved += sum(before[data] != place for data, place in after.items())
        self.gone += len(before) - len(after)
        replaced = [[ballot for at, ballot in numbered if at == place] for place in range(depth)]
        self.blocks = self.blocks[:-depth] + replaced

    def _places(self, first):
        """Where each ballot took effect, from a block on: block and index in it, by its data, which no other has."""
        found = {}
        for number in range(first, self._chain.head + 1):
            for receipt in self._chain.call("eth_getBlockReceipts", hex(number)):
                assert receipt["status"] == "0x1"
                found |= {log["data"]: (number, int(log["logIndex"], 16)) for log in receipt["logs"]}
        return found


def _data_of(event):
    return encode_event(event)[1]


def _transaction(event):
    return {"from": WHO, "to": s.GOVERNORS[0], "data": calldata_of(event), "gas": hex(3_000_000)}
