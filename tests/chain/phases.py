"""Where a proposal stands, by the numbers of the contracts."""

from enum import IntEnum


class Phase(IntEnum):
    """`Phase` of the governor's interface."""

    PENDING = 0
    OPEN = 1
    NO_QUORUM = 2
    REJECTED = 3
    VETOED = 4
    NOT_APPROVED = 5
    CONSULTED = 6
    ADOPTED = 7
    AWAITING_APPROVAL = 8
    BINDING = 9
    QUEUED = 10
    EXECUTED = 11
    WITHDRAWN = 12


def phase(question) -> Phase:
    """Where the question stands in the newest block."""
    return Phase(question.governor.phaseOf(question.id))


def counts(question) -> tuple[int, ...]:
    """Against, for, abstain, entitled, recused."""
    return tuple(question.governor.tallyOf(question.id))[:5]
