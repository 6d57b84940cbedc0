"""A service with the story in its database, asked over HTTP as any client would."""

import json
import os
import sys
import urllib.request
from pathlib import Path

import msgspec
import pytest

from scripts.processes import service
from scripts.toolchain import free_port
from scripts.tools_apart import ensure_tools
from tests.backend.conftest import (
    databases,
    deployment,
    documents,
    documents_folder,
    fresh_url,
    make_mirror,
    story,
    told_url,
)
from tests.backend.keys import COORDINATOR, signed

__all__ = [
    "databases",
    "deployment",
    "documents",
    "documents_folder",
    "fresh_url",
    "make_mirror",
    "story",
    "told_url",
]
NO_NODE = "http://127.0.0.1:9"


def pytest_addoption(parser):
    parser.addoption("--engine", choices=["sqlite", "postgresql"], default="sqlite", help="database of the mirror")
    parser.addoption("--cases", type=int, default=3, help="how many cases of each operation are made up")
    parser.addoption("--seed", type=int, default=1, help="what the cases are made from")


@pytest.fixture(scope="session")
def api_tools():
    """Where the programs are that try the API by its description."""
    return ensure_tools("api")


@pytest.fixture(scope="session")
def url(make_mirror, story, deployment, documents_folder, fresh_url, tmp_path_factory):
    """Where the service answers."""
    folder = tmp_path_factory.mktemp("service")
    database = fresh_url()
    make_mirror(story.told, url=database)
    record = folder / "deployment.json"
    record.write_bytes(msgspec.json.encode(deployment))
    settings = {
        "ZBOR_DEPLOYMENT": str(record),
        "ZBOR_DATABASE_URL": database,
        "ZBOR_DOCUMENTS": str(documents_folder),
        "ZBOR_CONSORTIUM": "Trial consortium",
        "ZBOR_RPC_URL": NO_NODE,
        "ZBOR_INDEX": "0",
        "ZBOR_CORS_ORIGINS": "*",
        "ZBOR_COORDINATORS": COORDINATOR.address,
    }
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    with service(free_port(), env, settings, folder / "service.log") as address:
        yield address


@pytest.fixture(scope="session")
def signed_in(url):
    """The headers of a page of ours after the coordinator has signed in."""
    own = {"Origin": url, "Content-Type": "application/json"}

    def post(path, body):
        request = urllib.request.Request(url + path, json.dumps(body).encode(), own)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer), answer.headers

    message = post("/v1/sign-in/message", {"wallet": COORDINATOR.address})[0]["message"]
    _, headers = post("/v1/sign-in", {"message": message, "signature": signed(COORDINATOR, message)})
    return {"Cookie": headers["set-cookie"].split(";")[0], "Origin": url}
