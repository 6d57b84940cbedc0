"""Refusals by name and facts: `with refused("ConsortiumGovernorAlreadyVoted", proposal_id, 3): …`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
