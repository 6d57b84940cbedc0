"""Paths of tests may be named in any order."""

import subprocess
import sys

import pytest

from scripts.toolchain import ROOT

FILES = {
    "pyproject.toml": "[tool.pytest.ini_options]\n",
    "test_top.py": "def test_nothing(): pass\n",
    "inner/conftest.py": "import pytest\n@pytest.fixture\ndef mine(): return 1\n",
    "inner/test_one.py": "def test_it(mine): assert mine == 1\n",
    "inner/test_two.py": "def test_it(mine): assert mine == 1\n",
}


@pytest.fixture
def tree(tmp_path):
    """Tests in two folders, with the project's own `conftest.py` above them."""
    (tmp_path / "inner").mkdir()
    for name, text in {**FILES, "conftest.py": (ROOT / "tests" / "conftest.py").read_text()}.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    "paths",
    [
        ["inner/test_one.py", "test_top.py", "inner/test_two.py"],
        ["inner", "test_top.py", "inner/test_two.py"],
        ["test_top.py", "inner"],
    ],
    ids=" ".join,
)
def test_a_path_between_two_others_costs_no_fixture(tree, paths):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:pytest-brownie", "--import-mode=importlib", *paths]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
