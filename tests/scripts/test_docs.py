"""What the pages say of settings is what the service reads."""

import re

from pydantic_core import PydanticUndefined

from backend.settings import PREFIX, Settings
from scripts.toolchain import ROOT

ROW = re.compile(r"^\| `(ZBOR_[A-Z_]+)` \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
OF_SCRIPTS = {"ZBOR_ACCOUNT", "ZBOR_YES"}


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
