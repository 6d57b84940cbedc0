"""An indexer that is killed at any point, while it reads the past or follows the present, loses and doubles nothing."""

from __future__ import annotations

import time
from collections import Counter
from random import Random

import pytest

from backend.database.schema import upgrade
from tests.mirror.chaos_proxy import Chaos, proxy
from tests.mirror.conftest import wait_until
from tests.mirror.reference import assert_a_beginning, assert_the_same
from tests.mirror.sizes import SEED, SIZE, figure

PRESENT, PAST, BEFORE = "present", "past", "before the first block"


class Killing:
    """Starts indexers and kills them, and holds what each leaves behind against a reference."""

    def __init__(self, crowd, start, new_mirror, reference):
        self._crowd, self._start, self._new_mirror = crowd, start, new_mirror
        self._reference = reference
        self._random = Random(SEED)
        self.kills = Counter()
        self.mirrors = 0
        self._begin_anew()

    def while_it_reads_the_past(self):
        """Kill at any moment of a reading that takes many transactions; a mirror that is done is begun anew."""
        index, former, term = self._start(self._url), self._reached(), self._term()
        if self._random.random() < 0.9:
            wait_until(lambda: self._reached() > former)
        time.sleep(self._random.uniform(0, 0.4))
        self._kill(index)
        done = self._reached() > self._crowd.chain.head
        self.kills[PRESENT if done else PAST if self._term() > term else BEFORE] += 1
        assert_a_beginning(self._mirror, self._reference.mirror, self._reached())
        if done:
            assert_the_same(self._mirror, self._reference.mirror)
            self._begin_anew()

    def while_it_follows_the_present(self):
        """Kill while blocks come; the next indexer finds more of them."""
        index = self._start(self._url)
        self.wait()
        self._crowd.vote(self._random.randint(1, 10))
        time.sleep(self._random.uniform(0, 0.15))
        self._kill(index)
        self.kills[PRESENT] += 1
        self._crowd.vote(self._random.randint(0, 10))
        self._reference.read()
        assert_a_beginning(self._mirror, self._reference.mirror, self._reached())

    def wait(self):
        """Wait until the mirror has all blocks, and compare."""
        self._mirror.wait_for(self._crowd.chain.head, 120)
        assert_the_same(self._mirror, self._reference.read())

    def end(self):
        """Let a last indexer finish. Returns the mirror."""
        self._start(self._url)
        self.wait()
        return self._mirror

    def _begin_anew(self):
        self.mirrors += 1
        self._url, self._mirror = self._new_mirror(self.mirrors)

    def _term(self):
        leader = self._mirror.leader()
        return 0 if leader is None else leader.term

    def _reached(self):
        cursor = self._mirror.cursor()
        return 0 if cursor is None else cursor.next_block

    def _kill(self, index):
        assert index.poll() is None
        index.kill()
        index.wait()


@pytest.fixture
def new_mirror(tmp_path, watch):
    def make(number):
        url = f"sqlite:///{tmp_path}/mirror-{number}.db"
        upgrade(url)
        return url, watch(url)

    return make


def test_kill_9_at_any_point_loses_nothing_and_doubles_nothing(crowd, settings, programs, new_mirror, reference, fresh):
    crowd.vote(SIZE.past)
    beside = reference(crowd.chain)
    beside.read()
    begun = time.monotonic()
    with proxy(crowd.chain.url, Chaos(["delay"], share=0.05, seed=SEED, most_blocks=20)) as address:
        reading = {**settings, "rpc_url": address}
        start = lambda url: programs.fork("index", **{**reading, "database_url": url})  # noqa: E731
        killing = Killing(crowd, start, new_mirror, beside)
        while killing.kills[PAST] < SIZE.kills // 2:
            killing.while_it_reads_the_past()
        while killing.kills.total() < SIZE.kills or killing.kills[PRESENT] < SIZE.kills // 4:
            killing.while_it_follows_the_present()
        mirror = killing.end()
        assert_the_same(mirror, fresh(crowd.chain))
    more = {"when": dict(killing.kills), "databases": killing.mirrors, "ballots": crowd.cast}
    figure("kill -9 of the indexer", killing.kills.total(), "kills", **more, seconds=round(time.monotonic() - begun))
