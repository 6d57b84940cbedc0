"""Starts commands of the mirror as processes of their own, at once: forks one that has imported everything.

Whoever kills hundreds of them would otherwise wait for little else. Each line of input asks for one thing as JSON, a
line of output answers: a command to start gives its process, a process gives its exit code, or null while it runs.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import backend.installation
from backend.__main__ import main

assert backend.installation.follow  # what `index` needs is imported, however late `main` does so


def answer(asked):
    """Do one thing that is asked for."""
    if "command" in asked:
        return os.fork() or _become(**asked)
    found, status = os.waitpid(asked["process"], os.WNOHANG)
    return None if found == 0 else os.waitstatus_to_exitcode(status)


def _become(command, variables, log):
    code = 70
    try:
        for stream, target in ((0, os.devnull), (1, log), (2, log)):
            os.dup2(os.open(target, os.O_RDWR | os.O_CREAT | os.O_APPEND), stream)
        os.environ.update(variables)
        code = main([command])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[2])
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()
