"""What is imported is asked for in pyproject.toml, so that a fresh installation has it."""

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.toolchain import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
OWNERS = packages_distributions()
# FastAPI, pydantic and eth-account are built on these and pass their names on.
COME_ALONG = {"starlette", "pydantic-core", "eth-keys", "eth-typing"}
# Brownie and web3 are built on these and pass their values on.
COME_WITH_THE_CHAIN = {"eth-abi", "eth-keys", "eth-utils", "rlp", "packaging"}


def names(lines):
    return {canonicalize_name(Requirement(line).name) for line in lines}


def modules(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def imported(source):
    """For each module of others that a program imports, the distributions that bring it."""
    tops = {module.partition(".")[0] for module in modules(ast.parse(source))} - sys.stdlib_module_names
    return {top: {canonicalize_name(owner) for owner in OWNERS[top]} for top in tops if top in OWNERS}


def undeclared(folder, declared):
    return {
        f"{path.relative_to(ROOT)}: {top}"
        for path in (ROOT / folder).rglob("*.py")
        for top, owners in imported(path.read_text()).items()
        if not owners & declared
    }


def test_an_import_is_traced_to_what_brings_it():
    source = "import os\nfrom yaml import safe_load\nimport sqlalchemy.orm\n"
    assert imported(source) == {"yaml": {"pyyaml"}, "sqlalchemy": {"sqlalchemy"}}


def test_an_import_that_nothing_asks_for_is_found():
    assert "scripts/check_locks.py: packaging" in undeclared("scripts", set())


def test_the_service_imports_only_what_a_server_installs():
    assert undeclared("backend", names(PROJECT["dependencies"]) | COME_ALONG) == set()


@pytest.mark.parametrize("folder", ["scripts", "tests"])
def test_scripts_and_tests_import_only_what_is_asked_for(folder):
    everything = [*PROJECT["dependencies"], *(line for lines in EXTRAS.values() for line in lines)]
    assert undeclared(folder, names(everything) | COME_ALONG | COME_WITH_THE_CHAIN) == set()
