"""The voting module that is served is the one its sources make."""

from __future__ import annotations

import json
import subprocess

from backend.portal.refusals import REFUSALS, WALLET_TURNS
from scripts.record import ROOT
from scripts.toolchain import VAR, environment


def test_the_committed_module_equals_a_fresh_build(tmp_path):
    command = json.loads((ROOT / "package.json").read_text())["scripts"]["build:portal"].split()
    fresh = tmp_path / "vote.js"
    command[-1] = f"--outfile={fresh}"
    subprocess.run(command, cwd=ROOT, env=environment(VAR / "home" / "bundle"), check=True, capture_output=True)
    assert fresh.read_bytes() == (ROOT / "backend" / "portal" / "static" / "vote.js").read_bytes()


def test_every_sentence_the_module_says_is_handed_to_it():
    bundle = (ROOT / "backend" / "portal" / "static" / "vote.js").read_text()
    unused = [code for code in REFUSALS | WALLET_TURNS if f'"{code}"' not in bundle and f".{code}" not in bundle]
    assert unused == ["NOTICE_TOO_SHORT"]
