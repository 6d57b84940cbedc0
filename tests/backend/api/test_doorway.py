"""What is answered before any route runs: methods, addresses, bodies, allowances."""

import asyncio
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Body
from starlette.applications import Starlette
from starlette.routing import Mount

from backend.api.application import MOST_BODY, create_api
from backend.api.doorway import LONGEST_ADDRESS
from backend.app import create_app
from tests.backend import story as s
from tests.backend.api.test_refusals import assert_problem


@pytest.fixture(scope="module")
def client_from(mirror, app_settings):
    """Asks the whole application from an address, under further settings."""

    def make(**more):
        app = create_app(mirror, app_settings.model_copy(update=more))

        def get(path, client="192.0.2.1", **asked):
            async def once():
                transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(client, 1))
                async with httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as opened:
                    return await opened.get(path, **asked)

            return asyncio.run(once())

        return get

    return make


@pytest.mark.parametrize("path", ["/v1/status", f"/v1/proposals/{s.OPEN}", "/v1/proposals/5", "/v1/proposals?x=1"])
def test_head_says_what_get_says_without_the_body(ask, path):
    got, asked = ask("GET", path), ask("HEAD", path)

    assert asked.status_code == got.status_code
    assert asked.content == b""
    assert asked.headers.get("etag") == got.headers.get("etag")
    assert asked.headers["content-type"] == got.headers["content-type"]


def test_options_says_what_a_path_takes(ask):
    response = ask("OPTIONS", f"/v1/proposals/{s.OPEN}/ballots")

    assert (response.status_code, response.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    assert ask("OPTIONS", "/v1/nothing").status_code == 404


def test_scripts_of_other_origins_may_read_the_headers_they_need(ask):
    response = ask("GET", "/v1/status", headers={"origin": "https://portal.example"})
    preflight = ask(
        "OPTIONS",
        "/v1/status",
        headers={"origin": "https://portal.example", "access-control-request-method": "GET"},
    )
    foreign = ask("GET", "/v1/status", headers={"origin": "https://elsewhere.example"})

    assert response.headers["access-control-allow-origin"] == "https://portal.example"
    assert {"ETag", "RateLimit", "Retry-After"} <= set(response.headers["access-control-expose-headers"].split(", "))
    assert preflight.headers["access-control-allow-origin"] == "https://portal.example"
    assert "access-control-allow-origin" not in foreign.headers


@pytest.mark.parametrize("path", ["/v1/status", "/v1/members", f"/v1/proposals/{s.OPEN}", "/v1/problems"])
def test_a_parameter_that_a_path_does_not_take_is_refused(ask, path):
    for method in ("GET", "HEAD"):
        assert ask(method, f"{path}?verbose=1").status_code == 422
    response = ask("GET", f"{path}?verbose=1")
    assert response.json()["code"] == "UNKNOWN_PARAMETER"
    assert "verbose" not in response.text
    assert_problem(response)


def test_attack_of_an_endless_address_is_refused_before_anything_is_read(ask):
    response = ask("GET", f"/v1/proposals?q={'%20' * LONGEST_ADDRESS}")

    assert (response.status_code, response.json()["code"]) == (414, "ADDRESS_TOO_LONG")
    assert_problem(response)


def test_attack_of_thousands_of_parameters_is_refused(ask):
    response = ask("GET", "/v1/proposals?" + "&".join(["state=open"] * 700))

    assert response.status_code == 422
    assert_problem(response)


def test_attack_of_an_endless_body_is_refused(mirror, app_settings):
    router = APIRouter()
    api = create_api(mirror, app_settings)

    @router.post("/echo")
    def echo(words: Annotated[str, Body()]) -> str:
        return words

    api.include_router(router, max_body_size=MOST_BODY)
    app = Starlette(routes=[Mount("/v1", api)])
    assert post(app, "/v1/echo", b'"small"').json() == "small"
    response = post(app, "/v1/echo", b'"' + b"x" * MOST_BODY + b'"')
    assert (response.status_code, response.json()["code"]) == (413, "BODY_TOO_LARGE")
    assert_problem(response)


def test_without_a_setting_nobody_is_counted(ask):
    assert "ratelimit" not in ask("GET", "/v1/status").headers


def test_a_client_that_asks_too_often_is_told_when_to_come_back(client_from):
    get = client_from(requests_per_minute=3)
    answers = [get("/v1/status") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["ratelimit-policy"] == '"client";q=3;w=60'
    assert answers[0].headers["ratelimit"] == '"client";r=2;t=0'
    refused = answers[-1]
    assert (refused.json()["code"], 1 <= int(refused.headers["retry-after"]) <= 20) == ("TOO_MANY_REQUESTS", True)
    assert_problem(refused)
    assert get("/v1/status", client="192.0.2.2").status_code == 200


def test_a_refusal_counts_like_an_answer(client_from):
    get = client_from(requests_per_minute=2)
    answers = [get(path) for path in ("/v1/nothing", "/v1/proposals?x=1", "/v1/status")]

    assert [answer.status_code for answer in answers] == [404, 422, 429]


def test_attack_of_made_up_addresses_in_x_forwarded_for_gains_nothing(client_from):
    get = client_from(requests_per_minute=1)
    first, second = (get("/v1/status", headers={"x-forwarded-for": f"198.51.100.{last}"}) for last in (1, 2))

    assert (first.status_code, second.status_code) == (200, 429)


def test_behind_a_trusted_proxy_each_visitor_is_a_client(client_from):
    get = client_from(requests_per_minute=1, trusted_proxies=("10.0.0.0/8",))

    def through_the_proxy(told):
        return get("/v1/status", client="10.1.2.3", headers={"x-forwarded-for": told}).status_code

    assert through_the_proxy("198.51.100.1") == 200
    assert through_the_proxy("198.51.100.2") == 200
    assert through_the_proxy("203.0.113.9, 198.51.100.1") == 429, "what the visitor itself has claimed does not count"


def test_attack_of_one_visitor_with_a_whole_network_is_one_client(client_from):
    get = client_from(requests_per_minute=1)

    assert get("/v1/status", client="2001:db8::1").status_code == 200
    assert get("/v1/status", client="2001:db8::2").status_code == 429


def post(app, path, content):
    async def once():
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as client:
            return await client.post(path, content=content, headers={"content-type": "application/json"})

    return asyncio.run(once())
