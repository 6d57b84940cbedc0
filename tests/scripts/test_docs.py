"""What the pages say of settings is what the service reads."""

import re

import pytest
from pydantic_core import PydanticUndefined

from backend.settings import PREFIX, Settings
from scripts.toolchain import ROOT

ROW = re.compile(r"^\| `(ZBOR_[A-Z_]+)` \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
OF_SCRIPTS = {"ZBOR_ACCOUNT", "ZBOR_YES"}


PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "contracts/**/*.md", "scripts/**/*.md", "tests/**/*.md", "backend/**/*.md")
    for path in ROOT.glob(pattern)
)
NAMED = re.compile(r"`((?:\.ci|backend|contracts|docs|interfaces|scripts|tests)/[\w./*-]*)`")
LINKED = re.compile(r"\]\((?!https?:|#)([^)#]+)[^)]*\)")
WRITTEN_BY_THE_READER = {"scripts/plans/consortium.toml", "scripts/deployments/consortium.json"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_names_is_there(page):
    text = page.read_text()
    missing = [name for name in NAMED.findall(text) if not list(ROOT.glob(name.rstrip("/")))]
    assert set(missing) - WRITTEN_BY_THE_READER == set()
    assert [name for name in LINKED.findall(text) if not (page.parent / name).exists()] == []


def test_the_pages_name_files_and_lead_to_one_another():
    readme = (ROOT / "README.md").read_text()
    assert len(NAMED.findall(readme)) > 10
    assert "docs/settings.md" in LINKED.findall(readme)


def rows():
    return dict(ROW.findall((ROOT / "docs/settings.md").read_text()))


def test_every_setting_is_described_and_none_that_is_not_there():
    assert rows().keys() - OF_SCRIPTS == {PREFIX + name.upper() for name in Settings.model_fields}


def test_the_defaults_told_are_the_defaults_taken():
    told = {name: cell.strip("`") for name, cell in rows().items() if re.fullmatch(r"`[^`]+`", cell)}
    taken = {PREFIX + name.upper(): field.default for name, field in Settings.model_fields.items()}
    assert told == {
        name: str(default).lower() if isinstance(default, bool) else str(default)
        for name, default in taken.items()
        if default not in {None, (), PydanticUndefined}
    }
