"""Each command waits for the imports that it needs, and for no others."""

import subprocess
import sys

import pytest

from backend.commands import COMMANDS, FILES
from scripts.toolchain import ROOT

OF_THE_WEB = {"fastapi", "starlette", "jinja2", "babel", "uvicorn"}
LOOK = """
import contextlib, sys
from backend.__main__ import main
with contextlib.suppress(SystemExit):
    main([sys.argv[1], "--help"])
print("\\n".join(sys.modules))
"""


def imported_by(command):
    ran = subprocess.run([sys.executable, "-c", LOOK, command], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ran.stdout.splitlines())


@pytest.mark.parametrize("command", sorted(FILES.keys() - {"serve"}))
def test_only_who_serves_imports_the_web(command):
    assert not OF_THE_WEB & imported_by(command)


def test_who_serves_imports_it_all():
    assert imported_by("serve") >= OF_THE_WEB


def test_each_command_stands_where_it_is_looked_for():
    assert [command.name for command in COMMANDS.values()] == list(COMMANDS) == list(FILES)
    assert len(COMMANDS) == len(FILES)
