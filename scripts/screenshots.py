"""Pictures of the portal's pages, for people to look at: each page, language and width as one PNG.

Run while the demo is up:  python -m scripts.screenshots [http://127.0.0.1:8000]
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.record import ROOT

FOLDER = ROOT / "screenshots"
WIDTHS = (1280, 360)
LANGUAGES = ("sl", "en")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's own browser, without a window."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("chromium is missing: install it with  apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def pages(browser: Browser, url: str) -> dict[str, str]:
    """Name and path of each page worth a picture; proposals are taken from what is on record."""
    request = browser.new_context().request
    found = {"list": "/proposals", "members": "/members", "member": "/members/SI-SONCNA", "bodies": "/bodies"}
    for state in ("open", "pending", "executed", "rejected", "withdrawn"):
        answer = request.get(f"{url}/v1/proposals?state={state}&limit=1").json()
        found |= {f"proposal-{state}": f"/proposals/{item['id']}" for item in answer["items"]}
    return found | {"status": "/status", "missing": "/nothing/here"}


def take(url: str, folder: Path = FOLDER) -> list[Path]:
    """Take all pictures; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    with chromium() as browser:
        listed = pages(browser, url)
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 900})
            for name, path in listed.items():
                for language in LANGUAGES:
                    page.goto(f"{url}{path}?lang={language}", wait_until="networkidle")
                    page.wait_for_timeout(800 if name == "proposal-open" else 0)
                    taken.append(folder / f"{name}-{language}-{width}.png")
                    page.screenshot(path=taken[-1], full_page=True)
            page.close()
    return taken


def main() -> None:
    """Take the pictures of the demo at the address given, or at its usual one."""
    url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    taken = take(url.rstrip("/"))
    print(f"{len(taken)} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
