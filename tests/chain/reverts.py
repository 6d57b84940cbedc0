"""Refusals by name and facts: `with refused("ConsortiumGovernorAlreadyVoted", proposal_id, 3): …`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import IntEnum
from typing import Any

import pytest
from brownie.exceptions import VirtualMachineError


@contextmanager
def refused(error: str, *facts: Any) -> Iterator[None]:
    """The block ends in exactly this custom error with exactly these facts."""
    with pytest.raises(VirtualMachineError) as caught:
        yield
    # Addresses come in either spelling.
    said = (caught.value.revert_msg or "").lower()
    assert said.removesuffix(": ") == ": ".join([error, ", ".join(map(str, facts))]).removesuffix(": ").lower()


@contextmanager
def refused_as(error: str) -> Iterator[None]:
    """The block ends in this custom error; its facts are not looked at."""
    with pytest.raises(VirtualMachineError) as caught:
        yield
    assert (caught.value.revert_msg or "").partition(":")[0] == error


class State(IntEnum):
    """`ProposalState` of OpenZeppelin's governor."""

    PENDING = 0
    ACTIVE = 1
    CANCELED = 2
    DEFEATED = 3
    SUCCEEDED = 4
    QUEUED = 5
    EXECUTED = 7


def refused_in(question: Any, state: State, *needed: State) -> AbstractContextManager[None]:
    """The block is refused because the question is in this state; only those needed would do."""
    bitmap = sum(1 << one for one in needed)
    return refused("GovernorUnexpectedProposalState", question.id, int(state), bitmap.to_bytes(32, "big"))
