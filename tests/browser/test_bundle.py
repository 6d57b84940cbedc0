"""The voting module that is served is the one its sources make."""

from __future__ import annotations

import json
import subprocess

from backend.portal.refusals import REFUSALS, WALLET_TURNS
from scripts.record import ROOT
from scripts.toolchain import VAR, environment

STATIC = ROOT / "backend" / "portal" / "static"


def test_the_committed_modules_equal_a_fresh_build(tmp_path):
    command = json.loads((ROOT / "package.json").read_text())["scripts"]["build:portal"].split()
    command[-1] = f"--outdir={tmp_path}"
    subprocess.run(command, cwd=ROOT, env=environment(VAR / "home" / "bundle"), check=True, capture_output=True)
    fresh = {module.name: module.read_bytes() for module in tmp_path.glob("*.js")}
    assert {"vote.js", "act.js", "acting.js"} <= fresh.keys()
    assert fresh == {module.name: module.read_bytes() for module in STATIC.glob("*.js")}


def test_every_sentence_the_module_says_is_handed_to_it():
    bundle = (STATIC / "vote.js").read_text()
    unused = [code for code in REFUSALS | WALLET_TURNS if f'"{code}"' not in bundle and f".{code}" not in bundle]
    assert unused == ["NOTICE_TOO_SHORT"]
