import asyncio
from dataclasses import replace
from zoneinfo import ZoneInfo

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from backend.api.application import create_api
from backend.portal.phrasebook import Phrasebook
from backend.settings import Settings
from tests.backend.keys import AUDITOR, COORDINATOR, signed, told_with_keys

PHRASES = Phrasebook(ZoneInfo("Europe/Ljubljana"))


def pytest_addoption(parser):
    parser.addoption("--write-examples", action="store_true", help="renew backend/api/examples.json from the story")


@pytest.fixture(scope="session")
def app_settings(tmp_path_factory):
    record = tmp_path_factory.mktemp("record") / "trial.json"
    record.write_text("{}")
    return Settings(deployment=record, consortium="Trial consortium", cors_origins=("https://portal.example",))


@pytest.fixture(scope="session")
def client_of(app_settings):
    """Asks the API over a mirror, as mounted in the application; no socket is opened."""

    def make(mirror, settings=app_settings):
        app = Starlette(routes=[Mount("/v1", create_api(mirror, settings, phrasebook=PHRASES))])

        def ask(method, path, **more):
            async def once():
                transport = httpx.ASGITransport(app, raise_app_exceptions=False)
                async with httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as client:
                    return await client.request(method, path, **more)

            return asyncio.run(once())

        return ask

    return make


@pytest.fixture(scope="session")
def ask(client_of, mirror):
    return client_of(mirror)


@pytest.fixture(scope="session")
def get(ask):
    return lambda path, **more: ask("GET", path, **more)


@pytest.fixture
def get_at(client_of, mirror_at):
    def at(wall):
        ask = client_of(mirror_at(wall))
        return lambda path, **more: ask("GET", path, **more)

    return at


@pytest.fixture
def get_empty(client_of, empty_mirror):
    ask = client_of(empty_mirror)
    return lambda path, **more: ask("GET", path, **more)


@pytest.fixture
def get_broken(client_of, mirror):
    """Asks over a mirror with a bug whose message holds a secret."""

    def broken():
        raise RuntimeError("postgresql://zbor:s3cret@host/name")

    ask = client_of(replace(mirror, wall_clock=broken))
    return lambda path, **more: ask("GET", path, **more)


@pytest.fixture
def people(fresh_mirror, story):
    """A mirror of its own, in which some members' wallets have keys that the tests know."""
    told = fresh_mirror(told_with_keys(story.told))
    listed = {"coordinators": (COORDINATOR.address.lower(),), "auditors": (AUDITOR.address.lower(),)}
    return replace(told, consortium=replace(told.consortium, **listed))


@pytest.fixture
def settings_of_people(app_settings):
    return app_settings


@pytest.fixture
def ask_people(client_of, people, settings_of_people):
    return client_of(people, settings_of_people)


@pytest.fixture
def signed_in(ask_people):
    """Signs in with a key as a browser would, and gives the headers of a page of ours from then on."""

    def sign_in(key):
        message = ask_people("POST", "/v1/sign-in/message", json={"wallet": key.address}).json()["message"]
        body = {"message": message, "signature": signed(key, message)}
        answer = ask_people("POST", "/v1/sign-in", json=body, headers={"origin": "http://127.0.0.1:8000"})
        assert answer.status_code == 200, answer.text
        cookie = answer.headers["set-cookie"].split(";")[0]
        return {"cookie": cookie, "origin": "http://127.0.0.1:8000"}

    return sign_in
