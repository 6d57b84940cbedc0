"""Tools find each other, keep to the checkout, and compile only what has changed."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from scripts import toolchain


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    (tmp_path / "contracts").mkdir()
    (tmp_path / "build").mkdir()
    for name in ("contracts/A.sol", "brownie-config.yaml", "package-lock.json"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(toolchain, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def brownie(tmp_path, monkeypatch):
    """Environment with a `brownie` that writes down each call; fails while a file `broken` is there."""
    program = tmp_path / "bin" / "brownie"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho $1 >> {tmp_path}/calls\ntest ! -e {tmp_path}/broken\n")
    program.chmod(0o755)
    return {"PATH": f"{program.parent}:/usr/bin:/bin"}


def calls(folder):
    return (folder / "calls").read_text().split()


def test_the_tools_of_the_checkout_come_before_those_of_the_machine(tmp_path):
    folders = toolchain.environment(tmp_path)["PATH"].split(":")
    assert folders[:2] == [str(toolchain.ROOT / "node_modules/.bin"), str(toolchain.ROOT / ".venv/bin")]


def test_brownie_finds_its_development_chain_at_the_given_port(tmp_path):
    env = toolchain.environment(tmp_path, port=1234)
    networks = yaml.safe_load((Path(env["HOME"]) / ".brownie/network-config.yaml").read_text())
    assert [(entry["id"], entry["cmd_settings"]["port"]) for entry in networks["development"]] == [
        ("development", 1234)
    ]


def test_the_users_home_is_not_the_tools_home(tmp_path):
    assert toolchain.environment(tmp_path / "home")["HOME"] == str(tmp_path / "home")


@pytest.mark.parametrize(
    ("message", "shown"), [("rpc.snapshot should not be called directly", False), ("beware", True)]
)
def test_a_warning_about_brownies_own_calls_is_not_shown_and_any_other_is(tmp_path, message, shown):
    program = [sys.executable, "-c", f"import warnings; warnings.warn({message!r}, FutureWarning)"]
    ended = subprocess.run(program, env=toolchain.environment(tmp_path), capture_output=True, text=True, check=True)
    assert (message in ended.stderr) == shown


def test_unchanged_contracts_are_compiled_once(checkout, brownie):
    assert [toolchain.compile_contracts(brownie) for _ in range(3)] == [True, False, False]
    assert calls(checkout) == ["compile"]


@pytest.mark.parametrize("name", ["contracts/A.sol", "contracts/B.sol", "brownie-config.yaml", "package-lock.json"])
def test_a_change_to_what_the_build_depends_on_compiles_again(checkout, brownie, name):
    toolchain.compile_contracts(brownie)
    (checkout / name).write_text("changed")
    assert toolchain.compile_contracts(brownie)


def test_a_failed_compilation_is_not_taken_for_a_build(checkout, brownie):
    (checkout / "broken").touch()
    with pytest.raises(subprocess.CalledProcessError):
        toolchain.compile_contracts(brownie)
    (checkout / "broken").unlink()
    assert toolchain.compile_contracts(brownie)
