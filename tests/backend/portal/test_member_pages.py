"""Pages of those who act for an organisation: they render for everybody, and hold nothing personal."""

from __future__ import annotations

import asyncio
import html
import json
import re

import httpx
import pytest
from eth_utils.abi import function_signature_to_4byte_selector

from backend.app import create_app
from backend.portal.proposable import ACTS, acts_of
from backend.portal.proposing_pages import LONGEST_PREVIEW
from backend.queries.views import ActionPermission, KindView
from backend.settings import Settings
from tests.backend import story as s

PAGES = ("/sign-in", "/organisation", "/organisation?organisation=SI-ANA", "/propose", "/propose/policy", "/drafts")


@pytest.fixture(scope="session")
def get(visitor, mirror):
    return visitor(mirror)


@pytest.fixture(scope="session")
def post(mirror, tmp_path_factory):
    record = tmp_path_factory.mktemp("record") / "trial.json"
    record.write_text("{}")
    app = create_app(mirror, Settings(deployment=record))

    def ask(path, headers=None, **more):
        async def once():
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as client:
                return await client.post(path, headers={"accept-language": "en", **(headers or {})}, **more)

        return asyncio.run(once())

    return ask


def module_of(page):
    return json.loads(html.unescape(re.search(r'data-page="([^"]*)"', page).group(1)))


@pytest.mark.parametrize("path", PAGES)
def test_each_page_answers_everybody_without_asking_who_they_are(get, path):
    answer = get(path)
    assert answer.status_code == 200, answer.text
    assert re.search(r"<p data-who[^>]*></p>", answer.text) or path == "/propose"


def test_what_can_be_proposed_stands_under_the_body_that_decides_it(get):
    page = get("/propose").text
    assert 'href="/propose/policy"' in page
    assert 'href="/propose/survey"' in page


def test_a_form_in_the_place_of_a_vetoed_proposal_names_it_and_offers_kinds_of_its_body_alone(get):
    page = get(f"/propose?revises={s.OPEN}").text
    assert f'href="/propose/policy?revises={s.OPEN}"' in page
    assert "/propose/survey" not in page
    form = get(f"/propose/policy?revises={s.OPEN}").text
    assert module_of(form)["revises"]["id"] == str(s.OPEN)
    assert f'href="/proposals/{s.OPEN}"' in form
    assert "This proposal cannot be revised" in form, "no veto stands against it"
    assert module_of(get("/propose/policy").text)["revises"] is None


@pytest.mark.parametrize("path", ["/propose", "/propose/policy"])
@pytest.mark.parametrize(("wanted", "status"), [("1", 404), ("x", 400), ("", 400), ("9" * 59, 400), ("-1", 400)])
def test_attack_what_is_no_proposal_of_ours_has_no_place_to_take(get, path, wanted, status):
    assert get(f"{path}?revises={wanted}").status_code == status


def test_where_another_body_decides_on_the_kind_one_of_its_own_is_to_be_chosen(get):
    answer = get(f"/propose/survey?revises={s.OPEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/propose?revises={s.OPEN}")


def test_a_kind_that_is_not_there_has_no_form(get):
    assert get("/propose/coup").status_code == 404


def test_the_module_is_told_the_contracts_of_the_consortium_and_no_more(get):
    told = module_of(get("/propose/policy").text)
    assert told["targets"] == {"resolve": s.RECORDS}
    assert told["governor"] == s.GOVERNORS[s.ASSEMBLY]
    assert told["timelock"] == s.TIMELOCKS[s.ASSEMBLY]
    assert told["acts"] == {"resolve": []}


def test_a_preview_says_what_calls_would_do_from_the_calls_alone(post):
    text = function_signature_to_4byte_selector("resolve(uint16,bytes32)").hex() + f"{1:064x}" + "ab" * 32
    answer = post("/propose/policy/preview", json={"calls": [{"target": s.RECORDS, "data": f"0x{text}"}]})
    assert answer.status_code == 200, answer.text
    assert "The text becomes a decision of the consortium" in answer.text
    assert f"0x{text}" in answer.text


@pytest.mark.parametrize(
    "calls",
    [
        [],
        [{"target": s.RECORDS, "data": "0x"}],
        [{"target": "0x12", "data": "0x12345678"}],
        [{"target": s.RECORDS, "data": "0x12345678"}] * 21,
        [{"target": s.RECORDS, "data": "0x12345678", "value": "1"}],
        [{"target": s.RECORDS, "data": "0x" + "00" * 8193}],
    ],
)
def test_a_preview_of_what_are_no_calls_is_refused(post, calls):
    assert post("/propose/policy/preview", json={"calls": calls}).status_code == 400


def test_attack_a_preview_without_end_is_not_read(post):
    longest = json.dumps({"calls": [{"target": s.RECORDS, "data": "0x" + "12" * 8_192}] * 20})
    path, headers = "/propose/policy/preview", {"content-type": "application/json"}

    assert post(path, content=longest, headers=headers).status_code == 200
    assert post(path, content=longest + " " * LONGEST_PREVIEW, headers=headers).status_code == 413


def test_an_unknown_call_of_a_kind_is_left_out_of_its_form():
    known = ActionPermission("0x" + "11" * 20, "MemberRegistry", "0x", "admit((address))", "none", 0)
    other = ActionPermission("0x" + "11" * 20, "0x", "0x", "explode(uint256)", "none", 0)
    kind = KindView(
        1, "x", "general_assembly", "R", 1, resolution=False, party_effect="recuses", actions=(known, other)
    )
    assert list(acts_of(kind)) == ["admit", "resolveFor"]


def test_every_field_has_a_label_and_no_act_has_two_of_a_name():
    for act in ACTS.values():
        names = [field.name for field in act.fields]
        assert len(set(names)) == len(names)
        assert all(field.label for field in act.fields)
