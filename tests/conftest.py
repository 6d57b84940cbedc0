"""Tests that need no chain and no browser cannot open a socket: the law and the backend must not need the network."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import disable_socket, enable_socket

HERE = Path(__file__).parent
NEEDS_SOCKETS = [HERE / "chain", HERE / "browser", HERE / "bench", HERE / "mirror", HERE / "served"]

# How long an example takes depends on the machine: no test may fail by it.
settings.register_profile("zbor", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zbor")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=["sqlite", "postgresql"], default="sqlite", help="database of the mirror")


FOLDERS: dict[tuple[pytest.Collector, Path], pytest.Collector | None] = {}


@pytest.hookimpl(wrapper=True)
def pytest_collect_directory(path: Path, parent: pytest.Collector) -> Generator[None, pytest.Collector | None]:
    """Keep one node for each folder.

    A file named on the command line makes pytest 9.1 look at its folder anew, with new nodes for the folders in it;
    but fixtures of a `conftest.py` belong to the node that came first, and are not found by what follows.
    """
    made = yield
    return FOLDERS.setdefault((parent, path), made)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if not any(item.path.is_relative_to(folder) for folder in NEEDS_SOCKETS):
        disable_socket(allow_unix_socket=True)


def pytest_runtest_teardown() -> None:
    enable_socket()
