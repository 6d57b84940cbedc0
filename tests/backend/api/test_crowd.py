"""Many who ask at once, with few connections to the database: all are answered, one after another."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from backend.api.application import create_api
from backend.database import session as session_module
from tests.backend import story as s

MANY = 120
FEW = {"pool_size": 2, "max_overflow": 0, "pool_timeout": 5}


@pytest.fixture
def cramped(fresh_mirror, story, monkeypatch):
    monkeypatch.setattr(session_module, "MANY", FEW)
    monkeypatch.setattr(session_module, "OF_POSTGRESQL", session_module.OF_POSTGRESQL | FEW)
    return fresh_mirror(story.told)


def test_attack_a_crowd_with_fewer_connections_than_threads_does_not_stand_still(cramped, app_settings):
    async def ask():
        app = Starlette(routes=[Mount("/v1", create_api(cramped, app_settings))])
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as client:
            paths = ["/v1/bodies", "/v1/rules", f"/v1/proposals/{s.OPEN}", "/v1/proposals?limit=1"]
            return await asyncio.gather(*(client.get(paths[each % 4], timeout=60) for each in range(MANY)))

    assert [answer.status_code for answer in asyncio.run(ask())] == [200] * MANY
