import threading

import pytest

from backend.exit_codes import ExitCode
from backend.indexer.follower import run
from backend.indexer.pulse import Pulse
from backend.indexer.watchdog import Watchdog


class Clock:
    def __init__(self):
        self.now = 5.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pulse(clock):
    return Pulse(clock)


def bitten(pulse, *, demanding):
    bites, done = [], threading.Event()

    def bite(code):
        bites.append(code)
        done.set()

    with Watchdog(lambda: [pulse], 0.2, demanding=demanding, bite=bite):
        done.wait(0.5)
    return bites


@pytest.mark.parametrize("demanding", [True, False])
def test_silence_ends_the_process_with_a_code_of_its_own(pulse, clock, demanding):
    clock.now += 100
    assert bitten(pulse, demanding=demanding) == [ExitCode.STALLED]


def test_a_follower_that_waits_for_its_node_is_no_silence_for_who_also_serves(pulse, clock):
    clock.now += 100
    pulse.failed("NODE_UNAVAILABLE")
    assert bitten(pulse, demanding=False) == []
    assert bitten(pulse, demanding=True) == [ExitCode.STALLED]


def test_ranges_taken_in_are_a_sign_of_life_long_before_the_look_ends(pulse, clock):
    clock.now += 100
    pulse.took_in(5, 1_000)
    assert bitten(pulse, demanding=True) == []


def test_a_consortium_whose_node_is_away_interrupts_no_other(pulse, clock):
    other = Pulse(clock)
    clock.now += 100
    pulse.failed("NODE_UNAVAILABLE")
    other.looked(0, 0, cut=0)
    bites = []
    with Watchdog(lambda: [pulse, other], 0.2, demanding=True, bite=bites.append) as watchdog:
        assert watchdog.silence() == 0
    assert bites == []


def test_a_follower_that_has_given_up_is_not_silent(pulse, clock):
    clock.now += 100
    pulse.failed("FINALITY_BROKEN", for_good=True)
    clock.now += 100
    assert bitten(pulse, demanding=False) == []


def test_events_are_counted_once_over_ranges_and_looks(pulse, clock):
    pulse.took_in(3, 7)
    pulse.took_in(8, 2)
    pulse.looked(8, 0, cut=2)
    pulse.took_in(4, 0)
    pulse.looked(4, 0, cut=0)
    clock.now += 2
    vitals = pulse.vitals()

    assert (vitals.events, vitals.reorganisations, vitals.blocks_cut, vitals.blocks_behind) == (12, 1, 2, 0)
    assert (vitals.looked, vitals.turned, vitals.problem) == (2, 2, None)


def test_a_bell_ends_the_wait_and_so_does_the_end(pulse):
    stop = threading.Event()
    pulse.ring()
    pulse.wait(60, stop)
    stop.set()
    pulse.wait(60, stop)


def test_a_wall_clock_that_jumps_neither_stops_the_mirror_nor_frightens_the_watchdog(
    make_follower, node, sessions, exported, fresh
):
    jumps = iter([2_000_000_000.0, 1_000.0, 3_000_000_000.0])
    follower, stop = make_follower(node, sessions, clock=lambda: next(jumps)), threading.Event()

    class Twice(Pulse):
        looks = 0

        def wait(self, _seconds, stop):
            self.looks += 1
            if self.looks == 2:
                stop.set()

    pulse = Twice()
    run(follower, stop, 0.01, pulse)

    assert pulse.vitals().looked < 60
    assert exported(sessions) == fresh(node)
