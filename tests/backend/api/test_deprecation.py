"""What a route says that is to go away, in an application that has one beside those of today."""

import asyncio
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

import httpx
import pytest
from fastapi import APIRouter, Request, Response
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.applications import Starlette
from starlette.routing import Mount

from backend.api.answers import answer_from
from backend.api.application import create_api
from backend.api.bodies import BodyResponse
from backend.api.deprecation import EXTRA, going_away
from backend.api.errors import problems
from backend.api.parameters import BodyName, Read
from backend.api.replies import respond
from backend.queries.bodies import find_body

router = APIRouter(tags=["bodies"], generate_unique_id_function=lambda route: route.name)
SINCE, SUNSET = date(2027, 1, 1), date(2028, 3, 1)


@router.get(
    "/organs/{name}",
    response_model=BodyResponse,
    responses=problems("BODY_NOT_FOUND"),
    summary="Find one organ",
    **going_away(since=SINCE, sunset=SUNSET, successor="/v1/bodies/{name}", explained="https://zbor.test/news#organs"),
)
def get_organ(request: Request, read: Read, name: BodyName) -> Response:
    """One body by its name, as it was called once."""
    return respond(
        request, answer_from(BodyResponse, read.as_of, find_body(read.session, read.consortium, name, read.now))
    )


@pytest.fixture(scope="module")
def api(mirror, app_settings):
    made = create_api(mirror, app_settings.model_copy(update={"consortium": "With an old path"}))
    made.include_router(router)
    return made


@pytest.fixture(scope="module")
def ask(api):
    def once(method, path, **more):
        async def asked():
            transport = httpx.ASGITransport(Starlette(routes=[Mount("/v1", api)]), raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as client:
                return await client.request(method, path, **more)

        return asyncio.run(asked())

    return once


def links(answer):
    """Relation → address, as a reader of RFC 8288 finds them."""
    return {rel: link["url"] for rel, link in answer.links.items()}


@pytest.mark.parametrize(
    ("method", "name", "status"),
    [("GET", "general_assembly", 200), ("HEAD", "general_assembly", 200), ("GET", "nobody", 404), ("GET", "!", 422)],
)
def test_every_answer_of_a_deprecated_path_says_since_when_until_when_and_what_takes_its_place(
    ask, method, name, status
):
    answer = ask(method, f"/v1/organs/{name}")

    assert answer.status_code == status
    assert answer.headers["deprecation"] == f"@{int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())}"
    assert answer.headers["sunset"].endswith(" GMT")
    assert parsedate_to_datetime(answer.headers["sunset"]) == datetime(2028, 3, 1, tzinfo=UTC)
    told = links(answer)
    assert told["deprecation"] == "https://zbor.test/news#organs"
    assert told["successor-version"] == ("/v1/bodies/%21" if name == "!" else f"/v1/bodies/{name}")


def test_what_takes_its_place_gives_the_same_and_says_nothing_of_the_kind(ask):
    old = ask("GET", "/v1/organs/general_assembly")
    new = ask("GET", links(old)["successor-version"])

    assert {**new.json(), "as_of": None} == {**old.json(), "as_of": None}
    assert {"deprecation", "sunset", "link"}.isdisjoint(new.headers)


def test_an_answer_that_says_nothing_is_new_says_so_too(ask):
    tag = ask("GET", "/v1/organs/general_assembly").headers["etag"]
    answer = ask("GET", "/v1/organs/general_assembly", headers={"if-none-match": tag})

    assert (answer.status_code, answer.headers["deprecation"]) == (304, "@1798761600")


def test_a_name_that_is_no_path_does_not_get_out_of_the_link(ask):
    answer = ask("GET", "/v1/organs/a%22%3E%3Bb%3C%7B%7D")

    assert links(answer)["successor-version"] == "/v1/bodies/a%22%3E%3Bb%3C%7B%7D"


def test_the_description_shows_it(api):
    described = api.openapi()
    operation = described["paths"]["/organs/{name}"]["get"]

    assert operation["deprecated"] is True
    assert operation[EXTRA]["sunset"] == "2028-03-01"
    for status, response in operation["responses"].items():
        assert {"Deprecation", "Sunset", "Link"} <= set(response["headers"]), status
    assert "ETag" in operation["responses"]["200"]["headers"]
    assert [error.message for error in OpenAPIV31SpecValidator(described).iter_errors()] == []


def test_nothing_goes_sooner_than_was_promised():
    with pytest.raises(ValueError, match="365 days"):
        going_away(since=date(2027, 1, 1), sunset=date(2027, 12, 31), successor="/v1/new", explained="/news")


def test_no_path_is_marked_without_its_days(mirror, app_settings):
    """None is deprecated today; whichever will be says from when and until when."""
    paths = create_api(mirror, app_settings).openapi()["paths"]
    operations = {f"{method} {path}": one for path, item in paths.items() for method, one in item.items()}

    assert {name for name, one in operations.items() if one.get("deprecated")} == {
        name for name, one in operations.items() if EXTRA in one
    }
