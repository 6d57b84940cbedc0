"""A wallet as a real browser extension, put together from MetaMask's own modules into a folder that Chromium loads."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from scripts.record import ROOT
from scripts.toolchain import VAR, environment

SOURCES = Path(__file__).parent / "extension"
PROGRAMS = ("inpage.js", "content.js", "service_worker.js", "window.js")


def build_extension(folder: Path, *, key: str, node: str, chain_id: int) -> Path:
    """Bundle the extension for one account at one node."""
    command = ["esbuild", *(str(SOURCES / name) for name in PROGRAMS), "--bundle", "--format=iife", "--target=es2022"]
    command += ["--define:global=globalThis", "--alias:buffer=buffer/", f"--inject:{SOURCES / 'globals.js'}"]
    env = environment(VAR / "home" / "extension")
    subprocess.run([*command, f"--outdir={folder}"], cwd=ROOT, env=env, check=True, capture_output=True)
    for name in ("manifest.json", "window.html"):
        shutil.copy(SOURCES / name, folder)
    (folder / "facts.json").write_text(json.dumps({"key": key, "node": node, "chainId": hex(chain_id)}))
    return folder
