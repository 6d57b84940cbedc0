"""The typed client that `make client` makes, against the service whose description it was made from."""

from __future__ import annotations

import json
import subprocess
import urllib.request

import pytest

from scripts.make_client import PACKAGE, make_client

LISTS = {
    "members": "members",
    "mandates": "members",
    "rules": "rules",
    "kinds": "kinds",
    "bodies": "bodies",
    "anchors": "documents",
    "participation": "activity",
}
"""Path → tag, which is the module of the client."""
WALK = """
import importlib, json, sys
from zbor_client import Client

def parts_of(path, tag, client):
    get, cursor = importlib.import_module(f"zbor_client.api.{tag}.get_{path}"), None
    while True:
        part = get.sync(client=client, limit=1, **({} if cursor is None else {"cursor": cursor}))
        yield part.total, [each.to_dict() for each in part.items]
        cursor = part.next_cursor
        if cursor is None:
            return

client = Client(sys.argv[1] + "/v1")
print(json.dumps({path: list(parts_of(path, tag, client)) for path, tag in json.loads(sys.argv[2]).items()}))
"""


@pytest.fixture(scope="module")
def client_folder(api_tools, url, tmp_path_factory):
    folder = tmp_path_factory.mktemp("client")
    with urllib.request.urlopen(f"{url}/v1/openapi.json") as answer:
        make_client(json.load(answer), folder)
    assert (folder / PACKAGE / "client.py").is_file()
    return folder


def test_the_client_goes_through_every_list_part_by_part(api_tools, url, client_folder):
    command = [str(api_tools / "python"), "-c", WALK, url, json.dumps(LISTS)]
    done = subprocess.run(command, cwd=client_folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for path, parts in json.loads(done.stdout.replace('+00:00"', 'Z"')).items():
        with urllib.request.urlopen(f"{url}/v1/{path}") as answer:
            whole = json.load(answer)
        assert [item for _, items in parts for item in items] == whole["items"], path
        assert {total for total, _ in parts} == {len(parts)} == {whole["total"]}, path
        assert len(parts) > 1, path
