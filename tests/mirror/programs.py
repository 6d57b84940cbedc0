"""Commands of the mirror as processes that can be watched, stopped and killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from itertools import count

from scripts.toolchain import ROOT


class Nursery:
    """Forks processes from one that has imported everything; see `nursery`."""

    def __init__(self, process):
        self._process = process
        self._lock = threading.Lock()

    def ask(self, **asked):
        with self._lock:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())


@contextmanager
def running_nursery():
    with subprocess.Popen(
        [sys.executable, "-m", "tests.mirror.nursery"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        yield Nursery(process)


class Forked:
    """A process of the nursery, to be handled as one of `subprocess`."""

    def __init__(self, nursery, pid):
        self._nursery = nursery
        self.pid = pid
        self._ended = None

    def poll(self):
        if self._ended is None:
            self._ended = self._nursery.ask(process=self.pid)
        return self._ended

    def wait(self, timeout=60):
        deadline = time.monotonic() + timeout
        while self.poll() is None:
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.005)
        return self._ended

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)


class Programs:
    """Runs commands of the mirror as processes."""

    def __init__(self, folder, nursery):
        self._folder = folder
        self._nursery = nursery
        self._numbers = count(1)
        self.started = []

    def start(self, command, **settings):
        """Start it as an operator does."""
        log = self._new_log(command)
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "backend", command],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), **_variables(settings)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        return self._note(process, log)

    def fork(self, command, **settings):
        """Start it at once, without the seconds of its imports."""
        log = self._new_log(command)
        pid = self._nursery().ask(command=command, variables=_variables(settings), log=str(log))
        return self._note(Forked(self._nursery(), pid), log)

    def end(self):
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
                process.wait()

    def _new_log(self, command):
        return self._folder / f"{command}-{next(self._numbers)}.log"

    def _note(self, process, log):
        process.log = log
        self.started.append(process)
        return process


def _variables(settings):
    return {f"ZBOR_{name.upper()}": str(value) for name, value in settings.items()}
