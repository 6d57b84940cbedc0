"""Back to what the chain and Brownie's books were."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from brownie import history, web3


@contextmanager
def going_back(project: Any) -> Iterator[None]:
    """After the block the chain is where it was before, and Brownie knows of nothing that happened in between.

    Brownie's own way, `chain.revert`, asks the node about every contract it knows and collects all garbage each time.
    """
    before = web3.provider.make_request("evm_snapshot", [])["result"]
    known = {container: len(container) for container in project.dict().values()}
    try:
        yield
    finally:
        assert web3.provider.make_request("evm_revert", [before])["result"]
        history.clear()
        for container, count in known.items():
            for contract in container[count:]:
                container.remove(contract)
