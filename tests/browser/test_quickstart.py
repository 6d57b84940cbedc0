"""Every block of the quickstart, run as it stands but for the demo's addresses and folders; and its example page."""

import json
import re
import shutil
import subprocess
import sys
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from scripts.make_client import PACKAGE, make_client
from scripts.toolchain import ROOT, environment
from scripts.tools_apart import folder_of

PAGE = (ROOT / "docs/quickstart.md").read_text()
RUNS = {"sh": ["bash", "-euo", "pipefail"], "js": ["node", "--input-type=module"], "python": ["python", "-"]}


BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def blocks(language):
    return [text for mark, text in BLOCKS if mark == language]


@pytest.fixture(scope="module")
def here(demo, tmp_path_factory):
    """Puts the demo's addresses and folders in place of the usual ones."""
    folder = tmp_path_factory.mktemp("quickstart")
    places = {
        "http://127.0.0.1:8000": demo.url,
        "http://127.0.0.1:8545": demo.node.url,
        "var/demo": str(demo.folder),
        "var/quickstart": str(folder / "export"),
        ".venv/bin/python": sys.executable,
    }
    return folder, lambda text: re.sub("|".join(map(re.escape, places)), lambda found: places[found[0]], text)


@pytest.fixture
def run(here, tmp_path):
    """Runs a program over all blocks of its language, one after the other, and gives what it said."""
    _, placed = here

    def run_blocks(language, program=None, cwd=ROOT):
        source = placed("\n".join(blocks(language)))
        command = [program or RUNS[language][0], *RUNS[language][1:]]
        env = environment(tmp_path)
        ended = subprocess.run(command, input=source, cwd=cwd, env=env, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr + ended.stdout
        return ended.stdout

    return run_blocks


def test_every_block_is_of_a_kind_that_is_run_or_starts_something():
    assert {mark for mark, _ in BLOCKS} == {"", *RUNS}
    assert blocks("") == ["make demo\n", "make client\n"]


def test_curl_reads_follows_and_verifies(run):
    said = run("sh")

    assert '"finality":' in said
    assert "event: proposal." in said
    assert "\n304\n" in said
    assert '"status":"0x1"' in said
    assert said.endswith("verified\n")


def test_javascript_reads_follows_and_verifies(run):
    said = run("js").splitlines()

    assert re.fullmatch(r".+: block \d+, (provisional|final), \d+ s old", said[0])
    assert any(re.fullmatch(r"[A-Z]+-\d{4}-\d{3} until .+: .+", line) for line in said)
    assert any(line.startswith("quorum: ") for line in said)
    assert said[-1] == "true"


def test_the_client_that_is_made_from_the_description_reads_and_follows(run, here, demo):
    folder, _ = here
    with urllib.request.urlopen(f"{demo.url}/v1/openapi.json") as answer:
        make_client(json.load(answer), folder)
    said = run("python", folder_of("api") / "bin" / "python", cwd=folder).splitlines()

    assert (folder / PACKAGE / "models" / "problem.py").is_file()
    assert any(line.startswith("quorum ") for line in said)
    assert said[-1].startswith("MEMBER_NOT_FOUND Take the number or code")


@pytest.fixture
def example(demo, tmp_path):
    """The example page on an origin of its own, as a portal developer would open it."""
    shutil.copy(ROOT / "docs/examples/portal.html", tmp_path)
    handler = partial(SilentHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/portal.html?api={demo.url}/v1"
        server.shutdown()


class SilentHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_the_example_page_shows_the_consortium_from_another_origin(example, open_context, api):
    page = open_context().new_page()
    page.goto(example)
    openly = api("/v1/proposals?state=open")["items"]

    expect(page.get_by_role("heading", level=1)).to_have_text(api("/v1/status")["consortium"])
    expect(page.locator("#open summary")).to_have_count(len(openly))
    page.locator("#open summary").first.click()
    expect(page.locator("#open details[open] li").first).to_be_visible()
    expect(page.locator("#changes li")).to_have_count(8)
    expect(page.get_by_role("alert")).to_be_empty()


def test_the_example_page_says_what_is_wrong(example, open_context):
    page = open_context().new_page()
    page.goto(example.replace("/v1", "/v1/nothing"))

    expect(page.get_by_role("alert")).to_contain_text("Nothing there. See /v1/openapi.json for what there is.")
