"""Pages of those who act for an organisation: they render for everybody, and hold nothing personal."""

from __future__ import annotations

import asyncio
import html
import json
import re

import httpx
import pytest

from backend.app import create_app
from backend.portal.proposable import ACTS, acts_of
from backend.portal.wording import Wording
from backend.queries.views import ActionPermission, KindView
from tests.backend import story as s

PAGES = ("/sign-in", "/organisation", "/organisation?organisation=SI-ANA", "/propose", "/propose/policy", "/drafts")


@pytest.fixture(scope="session")
def get(visitor, mirror):
    return visitor(mirror)


@pytest.fixture
def post(app_of_members):
    return app_of_members


@pytest.fixture(scope="session")
def app_of_members(mirror, tmp_path_factory):
    from backend.settings import Settings

    record = tmp_path_factory.mktemp("record") / "trial.json"
    record.write_text("{}")
    app = create_app(mirror, Settings(deployment=record))

    def ask(path, **more):
        async def once():
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as client:
                return await client.post(path, headers={"accept-language": "en"}, **more)

        return asyncio.run(once())

    return ask


def module_of(page):
    return json.loads(html.unescape(re.search(r'data-page="([^"]*)"', page).group(1)))


@pytest.mark.parametrize("path", PAGES)
def test_each_page_answers_everybody_without_asking_who_they_are(get, path):
    answer = get(path)
    assert answer.status_code == 200, answer.text
    assert re.search(r'<p data-who[^>]*></p>', answer.text) or path == "/propose"


def test_what_can_be_proposed_stands_under_the_body_that_decides_it(get):
    page = get("/propose").text
    assert 'href="/propose/policy"' in page
    assert 'href="/propose/survey"' in page


def test_a_kind_that_is_not_there_has_no_form(get):
    assert get("/propose/coup").status_code == 404
