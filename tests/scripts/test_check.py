"""`make test` leaves no test out, and never uses Brownie twice at a time."""

import re
import sys
import tomllib

import pytest

from scripts import check
from scripts.check import LANES, Step
from scripts.toolchain import ROOT

USES_BROWNIE = re.compile(r"^(import|from) brownie|run_founding\(|scripts\.demo", re.MULTILINE)


def paths_of(step):
    """What a step names for pytest to run; the root's own `testpaths` where it names nothing."""
    if "pytest" not in step.command:
        return []
    named = [ROOT / each for each in step.command if each.startswith("tests/")]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    return named or [ROOT / each for each in settings["testpaths"]]


def runs(step, file):
    return any(file.is_relative_to(path) for path in paths_of(step))


def left_out(files):
    steps = [step for lane in LANES["test"] for step in lane]
    return [str(file.relative_to(ROOT)) for file in files if not any(runs(step, file) for step in steps)]


def test_every_file_of_tests_is_run():
    assert left_out(sorted((ROOT / "tests").rglob("test_*.py"))) == []


def test_a_file_that_no_step_names_is_found():
    assert left_out([ROOT / "tests" / "elsewhere" / "test_it.py"]) == ["tests/elsewhere/test_it.py"]


def test_brownie_is_used_in_one_lane_only():
    using = {file for file in (ROOT / "tests").rglob("*.py") if USES_BROWNIE.search(file.read_text("utf-8"))}
    using -= set((ROOT / "tests" / "scripts").rglob("*.py"))
    folders = {ROOT / "tests" / file.relative_to(ROOT / "tests").parts[0] for file in using}
    lanes = [{folder for folder in folders if any(runs(step, folder) for step in lane)} for lane in LANES["test"]]

    assert len(folders) >= 3
    assert [lane for lane in lanes if lane] == [folders]


@pytest.mark.parametrize(("status", "failed"), [(0, []), (1, ["a step"])])
def test_a_step_that_fails_is_named(status, failed, capsys):
    step = Step("a step", [sys.executable, "-c", f"raise SystemExit({status})"])

    assert check.failed_in([step, Step("another", [sys.executable, "-c", ""])], {}) == failed
    assert "another: ok" in capsys.readouterr().out
