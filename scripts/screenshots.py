"""Pictures of the portal's pages, for people to look at: each page, language and width as one PNG.

    python -m scripts.screenshots [http://127.0.0.1:8000]        make screenshots

Without an address, the demo is started for the length of the run.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from backend.portal.languages import languages
from scripts.demo import running_demo
from scripts.toolchain import VAR, free_port

FOLDER = VAR / "screenshots"
WIDTHS = (1280, 360)
HEIGHT = 900
ORGANISATION = "SI-SONCNA"
"""Chosen on the pages of somebody who reads for an organisation."""
PLACES = {
    "home": "/",
    "list": "/proposals",
    "empty": "/proposals?kind=appeal",
    "decisions": "/decisions",
    "members": "/members",
    "member": f"/members/{ORGANISATION}",
    "bodies": "/bodies",
    "organisation": "/organisation",
    "mandates": "/mandates",
    "minutes": "/minutes",
    "participation": "/participation",
    "receipts": "/receipts",
    "propose": "/propose",
    "desk": "/desk",
    "how-it-works": "/how-it-works",
    "verify": "/verify",
    "status": "/status",
    "missing": "/nothing/here",
}


def chromium_path() -> str:
    """Where the system's own browser is; ends the program where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("chromium is missing: install it with  apt-get install chromium")
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's own browser, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield browser
        browser.close()


def pages(browser: Browser, url: str) -> dict[str, str]:
    """Name and path of each page worth a picture; one proposal in each state that is on record."""
    answer = browser.new_context().request.get(f"{url}/v1/proposals?limit=100").json()
    found: dict[str, str] = {}
    for item in answer["items"]:
        found.setdefault(f"proposal-{item['state']}", f"/proposals/{item['id']}")
    return PLACES | found


def take(url: str, folder: Path = FOLDER) -> list[Path]:
    """Take all pictures, also in dark and of a reader who has chosen no organisation; returns their paths."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with chromium() as browser:
        listed = pages(browser, url)
        dark = {name: path for name, path in listed.items() if name in ("home", "participation", "proposal-open")}
        anybody = {"home-anybody": "/"}
        return [
            *_series(browser, url, folder, listed, languages(), ORGANISATION),
            *_series(browser, url, folder, dark, languages()[:1], ORGANISATION, dark=True),
            *_series(browser, url, folder, anybody, languages(), ""),
        ]


def _series(
    browser: Browser,
    url: str,
    folder: Path,
    listed: dict[str, str],
    spoken: tuple[str, ...],
    organisation: str,
    *,
    dark: bool = False,
) -> Iterator[Path]:
    """Each page in each language at each width."""
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme="dark" if dark else "light")
        page.goto(f"{url}/?organisation={organisation}")
        for language in spoken:
            page.goto(f"{url}/?lang={language}")
            for name, path in listed.items():
                page.goto(f"{url}{path}", wait_until="networkidle")
                _settle(page)
                taken = folder / f"{name}-{language}-{width}{'-dark' if dark else ''}.png"
                page.screenshot(path=taken, full_page=True)
                yield taken
        page.close()


def _settle(page: Page) -> None:
    """Wait where a page looks for a wallet until it has said that there is none: the page grows by it."""
    if page.locator('[data-part="no-wallet"]').count():
        page.locator('[data-part="no-wallet"]').wait_for()


def main() -> None:
    """Take the pictures of the portal at the address given, or of a demo started for it."""
    with ExitStack() as stack:
        if len(sys.argv) > 1:
            url = sys.argv[1]
        else:
            url = stack.enter_context(running_demo(VAR / "screenshots-demo", free_port(), free_port())).url
        taken = take(url.rstrip("/"))
    print(f"{len(taken)} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
