"""Prints how good and how quick the portal's pages are by Lighthouse, on its throttled profile of a middling phone.

    python -m scripts.bench_portal [http://127.0.0.1:8000]        make bench-portal

One JSON object a line. Without an address, the demo is started for the length of the run. Lighthouse is fetched by npx
into `var/tools/`: with all that it brings it is larger than the rest of the project, and only this script wants it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from scripts.demo import running_demo
from scripts.figures import Line, at_least, at_most
from scripts.screenshots import chromium_path
from scripts.toolchain import VAR, environment, free_port
from scripts.web import get_json

LIGHTHOUSE: Final = "lighthouse@12.8.2"
"""The last one for Node 20."""
TOOLS: Final = VAR / "tools" / "lighthouse"
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
LEAST_SCORE: Final = 0.98
READABLE_WITHIN: Final = 1.5
"""Seconds until the largest text of a proposal is painted, on a phone with a slow connection."""
PATIENCE: Final = 600
ATTEMPTS: Final = 3
"""Now and then Lighthouse gets no trace of a page out of the browser, and asks to be run again."""


def main() -> None:
    """Measure and print; exit with 1 if a goal is missed."""
    missed = False
    with portal(sys.argv[1:]) as url:
        for each in lines(url):
            print(json.dumps(each), flush=True)
            missed |= not each["ok"]
    sys.exit(missed)


@contextmanager
def portal(arguments: list[str]) -> Iterator[str]:
    """The address of the portal to measure: the one given, or that of a demo started for it."""
    if arguments:
        yield arguments[0].rstrip("/")
        return
    with ExitStack() as stack:
        with redirect_stdout(sys.stderr):
            state = VAR / "bench-portal"
            demo = stack.enter_context(running_demo(state, free_port(), free_port(), report=lambda _: None))
        yield demo.url


def lines(url: str) -> Iterator[Line]:
    """All figures, as they are measured."""
    for name, path in pages(url).items():
        report = measured(f"{url}{path}", ATTEMPTS)
        for category in CATEGORIES:
            yield at_least(f"{name}.{category}", report["categories"][category]["score"] or 0, "score", LEAST_SCORE)
        if name == "proposal":
            painted = report["audits"]["largest-contentful-paint"]["numericValue"] / 1000
            yield at_most("proposal.readable", painted, "s", READABLE_WITHIN)


def pages(url: str) -> dict[str, str]:
    """Name and path of each page that is measured."""
    first = get_json(f"{url}/v1/proposals?state=open&limit=1")["items"][0]
    names = {"home": "/", "proposals": "/proposals", "decisions": "/decisions", "participation": "/participation"}
    return {"proposal": f"/proposals/{first['id']}", **names}


def measured(address: str, attempts: int) -> dict[str, Any]:
    """Lighthouse's report of a page. Raises `subprocess.CalledProcessError` if no attempt gets to one."""
    for _ in range(attempts - 1):
        try:
            return _report(address)
        except subprocess.CalledProcessError as failed:
            print(f"No report of {address} (exit code {failed.returncode}); once more.", file=sys.stderr)
    return _report(address)


def _report(address: str) -> dict[str, Any]:
    TOOLS.mkdir(parents=True, exist_ok=True)
    env = {
        **environment(VAR / "home" / "lighthouse"),
        "CHROME_PATH": chromium_path(),
        "npm_config_cache": str(TOOLS),
        "npm_config_update_notifier": "false",
    }
    with TemporaryDirectory(prefix="zbor-lighthouse-") as work:
        file = Path(work) / "report.json"
        command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={file}"]
        command += [f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox"]
        subprocess.run(command, env=env, check=True, timeout=PATIENCE, stdin=subprocess.DEVNULL)
        return dict(json.loads(file.read_text("utf-8")))


if __name__ == "__main__":
    main()
