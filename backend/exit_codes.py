"""How a command ends, as a number for service managers and scripts."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The codes, in one place. Restarting helps after 1 and 3, and not before somebody has looked after 2 and 4."""

    DONE = 0
    REFUSED = 1
    SETTINGS = 2
    STALLED = 3
    CONTRADICTED = 4
    INTERRUPTED = 130


MEANINGS = {
    ExitCode.DONE: "done",
    ExitCode.REFUSED: "refused; the message says why",
    ExitCode.SETTINGS: "a setting or an argument is wrong",
    ExitCode.STALLED: "indexing hung, and the watchdog ended the process: start it again",
    ExitCode.CONTRADICTED: "node, mirror, deployment record and release do not fit each other: do not restart",
    ExitCode.INTERRUPTED: "interrupted from the keyboard",
}


def explained() -> str:
    """Write the codes in one sentence, for `--help`."""
    return "Exit codes: " + "; ".join(f"{code.value} {meaning}" for code, meaning in MEANINGS.items()) + "."
