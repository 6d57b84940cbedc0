"""Imports point towards the domain, and no file grows beyond what one can take in. Tools keep rules; this is the tool.

domain ◀── chain ◀────── indexer
       ◀── database ◀─── indexer, queries
       ◀── documents ◀── queries, api, portal
       ◀── queries ◀──── api, portal, people, relay, notices
       ◀── people ◀───── api, notices, portal
       ◀── notices ◀──── api, portal
       ◀── relay ◀────── api
       ◀── queries ◀──── commons ◀── api
       ◀── audit reads chain, database, indexer and queries; nobody reads it

`api` and `portal` never import each other; `errands` counts what `notices` and `relay` have to do; `app`, `health`,
`installation`, `metrics`, `commands` and `__main__` put the rest together and may import everything; `errors`,
`exit_codes` and `settings` may be imported from anywhere but the domain.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BACKEND = ROOT / "backend"
EVERYTHING = None

MAY_IMPORT = {
    "errors": set(),
    "exit_codes": set(),
    "settings": {"errors"},
    "domain": set(),
    "documents": {"domain", "errors", "settings"},
    "chain": {"domain", "errors", "settings"},
    "database": {"domain", "errors", "settings"},
    "indexer": {"chain", "database", "domain", "errors", "exit_codes", "settings"},
    "queries": {"database", "documents", "domain", "errors", "settings"},
    "notices": {"database", "domain", "errors", "people", "queries", "settings"},
    "relay": {"chain", "database", "documents", "domain", "errors", "queries", "settings"},
    "people": {"chain", "database", "documents", "domain", "errors", "queries", "settings"},
    "commons": {"errors", "queries"},
    "allowance": set(),
    "api": {
        "allowance",
        "commons",
        "notices",
        "people",
        "queries",
        "relay",
        "documents",
        "domain",
        "errors",
        "settings",
    },
    "portal": {"allowance", "notices", "people", "queries", "documents", "domain", "errors", "settings"},
    "audit": {"chain", "database", "documents", "domain", "errors", "indexer", "queries", "settings"},
    "app": EVERYTHING,
    "errands": {"errors", "notices", "queries"},
    "health": EVERYTHING,
    "metrics": EVERYTHING,
    "beside": set(),
    "interpreter": set(),
    "kept_answers": set(),
    "log_lines": set(),
    "well_known": set(),
    "commands": EVERYTHING,
    "installation": EVERYTHING,
    "__main__": EVERYTHING,
    "__init__": set(),
}
"""What each package, or file beside the packages, may import of ours; itself always."""

ONLY_IN = {
    "web3": {"chain"},
    "eth_utils": {"chain", "people"},
    "eth_": {"chain"},
    "faster_eth": {"chain"},
    "sqlalchemy": {
        "audit",
        "commands",
        "database",
        "indexer",
        "notices",
        "people",
        "queries",
        "relay",
        "installation",
        "errands",
        "health",
        "app",
        "__main__",
    },
    "httpcore": {"notices"},
    "icalendar": {"notices"},
    "alembic": {"database"},
    "psycopg": {"database"},
    "fastapi": {"api", "portal", "app", "__main__"},
    "starlette": {"api", "portal", "app", "kept_answers", "well_known", "__main__"},
    "jinja2": {"portal"},
    "websockets": {"chain"},
    "prometheus_client": {"metrics"},
}
"""Which packages may import a library, by the beginning of its name."""

MOST_LINES = 300
MOST_FUNCTION_LINES = 50
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}


def modules_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.py")) if "__pycache__" not in path.parts)


def imports_of(path: Path, folder: Path) -> Iterator[str]:
    """Full names of the modules that a file imports, at any depth; `from a import b` gives `a` and `a.b`."""
    package = [folder.name, *path.relative_to(folder).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
            source = base if node.level else str(node.module)
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def layer_of(path: Path, folder: Path) -> str:
    return path.relative_to(folder).parts[0].removesuffix(".py")


def wrong_arrows(folder: Path) -> list[str]:
    """Imports of our own packages that point the wrong way."""
    wrong = []
    for path in modules_in(folder):
        layer = layer_of(path, folder)
        allowed = MAY_IMPORT.get(layer, set())
        for name in imports_of(path, folder):
            parts = name.split(".")
            if parts[0] != folder.name or len(parts) < 2 or allowed is EVERYTHING:
                continue
            if parts[1] != layer and parts[1] not in allowed:
                wrong.append(f"{path.relative_to(folder)} imports {parts[0]}.{parts[1]}")
    return sorted(set(wrong))


def wrong_libraries(folder: Path) -> list[str]:
    """Imports of libraries that belong to other packages; the domain has the standard library only."""
    wrong = []
    for path in modules_in(folder):
        layer = layer_of(path, folder)
        for name in imports_of(path, folder):
            library = name.split(".")[0]
            homes = next((homes for prefix, homes in ONLY_IN.items() if library.startswith(prefix)), None)
            foreign = library not in sys.stdlib_module_names | {folder.name}
            if (homes is not None and layer not in homes) or (layer == "domain" and foreign):
                wrong.append(f"{path.relative_to(folder)} imports {library}")
    return sorted(set(wrong))


def clock_readers(folder: Path) -> list[str]:
    """Files of the domain that import what would tell the time, do I/O or draw lots."""
    forbidden = {"time", "datetime", "random", "secrets", "os", "io", "pathlib", "socket", "subprocess", "logging"}
    files = modules_in(folder / "domain")
    return [path.name for path in files if forbidden & {name.split(".")[0] for name in imports_of(path, folder)}]


def long_functions(folder: Path) -> list[str]:
    found = []
    for path in modules_in(folder):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MOST_FUNCTION_LINES:
                    found.append(f"{path.relative_to(folder)}: {node.name} has {length} lines")
    return found


def long_files(folder: Path) -> list[str]:
    """Of Python, and of what the portal's pages are made of; bundles of JavaScript are made by a program."""
    pages = (path for ending in ("*.css", "*.html", "src/*.js") for path in sorted(folder.rglob(ending)))
    lengths = ((path, len(path.read_text("utf-8").splitlines())) for path in (*modules_in(folder), *pages))
    return [f"{path.relative_to(folder)} has {lines} lines" for path, lines in lengths if lines > MOST_LINES]


def nameless_modules(folder: Path) -> list[str]:
    """Files and folders whose names say nothing about what is in them."""
    paths = (path.relative_to(folder) for path in modules_in(folder))
    return [str(path) for path in paths if FORBIDDEN_NAMES & {part.removesuffix(".py") for part in path.parts}]


RULES = [wrong_arrows, wrong_libraries, clock_readers, long_functions, long_files, nameless_modules]


@pytest.mark.parametrize("rule", RULES)
def test_the_backend_keeps_to_the_layers(rule):
    assert rule(BACKEND) == []


@pytest.mark.parametrize("rule", [long_functions, long_files, nameless_modules])
def test_the_scripts_are_as_short_and_as_well_named(rule):
    assert rule(ROOT / "scripts") == []


def test_every_package_of_the_backend_has_its_place():
    layers = {layer_of(path, BACKEND) for path in modules_in(BACKEND)}
    assert layers <= MAY_IMPORT.keys()


def test_the_arrows_have_no_circle():
    def reaches(layer, seen):
        return any(other in seen or reaches(other, seen | {other}) for other in MAY_IMPORT[layer] or ())

    assert not any(reaches(layer, {layer}) for layer in MAY_IMPORT)


LONG_FUNCTION = "def f():\n" + "    x = 1\n" * MOST_FUNCTION_LINES


@pytest.mark.parametrize(
    ("rule", "file", "source"),
    [
        (wrong_arrows, "domain/tally.py", "import backend.database"),
        (wrong_arrows, "domain/tally.py", "from backend.errors import ZborError"),
        (wrong_arrows, "domain/tally.py", "from backend import settings"),
        (wrong_arrows, "domain/tally.py", "from ..chain import decoder"),
        (wrong_arrows, "domain/tally.py", "from .. import chain"),
        (wrong_arrows, "domain/tally.py", "def f():\n    import backend.chain.decoder"),
        (wrong_arrows, "indexer/projections/votes.py", "from ...queries import views"),
        (wrong_arrows, "database/records/votes.py", "from backend.indexer import follower"),
        (wrong_arrows, "queries/votes.py", "from backend.chain import connection"),
        (wrong_arrows, "api/votes.py", "from backend.database import session"),
        (wrong_arrows, "portal/pages.py", "from backend.api import errors"),
        (wrong_arrows, "queries/votes.py", "from backend.installation import Installation"),
        (wrong_arrows, "unplaced/thing.py", "from backend.domain import tally"),
        (wrong_arrows, "__init__.py", "from backend.domain import tally"),
        (wrong_libraries, "domain/tally.py", "import pydantic"),
        (wrong_libraries, "domain/tally.py", "from sqlalchemy.orm import Session"),
        (wrong_libraries, "queries/votes.py", "from web3 import Web3"),
        (wrong_libraries, "indexer/follower.py", "from eth_utils.abi import x"),
        (wrong_libraries, "portal/pages.py", "import sqlalchemy as sa"),
        (wrong_libraries, "queries/votes.py", "from fastapi import Request"),
        (clock_readers, "domain/tally.py", "from time import time"),
        (clock_readers, "domain/tally.py", "import datetime"),
        (long_functions, "api/votes.py", LONG_FUNCTION),
        (
            long_functions,
            "api/votes.py",
            "class A:\n" + "".join(f"    {line}\n" for line in LONG_FUNCTION.splitlines()),
        ),
        (long_functions, "api/votes.py", "async " + LONG_FUNCTION),
        (long_files, "api/votes.py", "x = 1\n" * (MOST_LINES + 1)),
        (long_files, "portal/static/votes.css", "p { margin: 0; }\n" * (MOST_LINES + 1)),
        (long_files, "portal/static/src/vote.js", "let x = 1;\n" * (MOST_LINES + 1)),
        (nameless_modules, "api/utils.py", ""),
        (nameless_modules, "common/votes.py", ""),
    ],
)
def test_a_violation_is_found(tmp_path, rule, file, source):
    path = tmp_path / "backend" / file
    path.parent.mkdir(parents=True)
    path.write_text(source)
    assert len(rule(tmp_path / "backend")) == 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("domain/tally.py", "from backend.domain.values import Ratio\nfrom dataclasses import dataclass"),
        ("domain/tally.py", "from . import values"),
        ("chain/decoder.py", "import web3\nfrom backend.domain import events\nfrom backend.errors import ChainError"),
        ("indexer/follower.py", "from backend.chain import decoder\nfrom backend.database import journal"),
        ("api/votes.py", "from fastapi import APIRouter\nfrom backend.queries.views import BallotView"),
        ("app.py", "from backend.api import errors\nfrom backend.portal import pages\nimport backend.indexer"),
        ("api/votes.py", "x = 1\n" * MOST_LINES),
        ("api/votes.py", "def f():\n" + "    x = 1\n" * (MOST_FUNCTION_LINES - 1)),
    ],
)
def test_what_keeps_to_the_layers_passes(tmp_path, file, source):
    path = tmp_path / "backend" / file
    path.parent.mkdir(parents=True)
    path.write_text(source)
    assert [rule(tmp_path / "backend") for rule in RULES] == [[]] * len(RULES)
