"""What the voting panel is given: links into wallets' apps, mandates, and the QR code of the page."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest

from backend.portal.ballot_box import held_mandates
from backend.portal.wallet_apps import wallet_apps
from backend.queries.views import MandateView, MemberRef
from tests.backend import story as s

PAGE = "https://votes.example/proposals/5"
ANA, BEPPE = MemberRef(1, "SI-ANA", "Ana", "SI"), MemberRef(2, "IT-BEPPE", "Beppe", "IT")


def test_links_lead_into_the_apps_with_the_whole_address_of_the_page():
    metamask, trust = (urlsplit(app.address) for app in wallet_apps(PAGE))
    assert metamask.path == "/dapp/votes.example/proposals/5"
    assert parse_qs(trust.query)["url"] == [PAGE]


def test_the_wallets_own_browser_is_told_language_and_organisation(visitor, mirror):
    page = visitor(mirror)(f"/proposals/{s.OPEN}?lang=sl", cookie="zbor_member=SI-ANA").text
    (metamask,) = re.findall(r'href="https://metamask[^"]*"', page)
    assert metamask.endswith(f'/proposals/{s.OPEN}?lang=sl&amp;organisation=SI-ANA"')
    assert f"/proposals/{s.OPEN}/code.svg?lang=sl&amp;organisation=SI-ANA" in page


def test_the_code_for_the_camera_tells_it_too_and_nothing_that_was_made_up(visitor, mirror):
    get = visitor(mirror)
    plain, told = (get(f"/proposals/{s.OPEN}/code.svg{query}").text for query in ("", "?lang=sl&organisation=SI-ANA"))
    assert plain != told
    assert get(f"/proposals/{s.OPEN}/code.svg?lang=xx&else=1").text == plain


def mandate(**change):
    given = MandateView(ANA, BEPPE, "general_assembly", None, 0, 10, None, in_force=True, transaction_hash="0x00")
    return replace(given, **change)


@pytest.mark.parametrize(
    ("change", "usable"),
    [
        ({}, True),
        ({"proposal_id": 2**191 + 5}, True),
        ({"proposal_id": 7}, False),
        ({"body": "executive_board"}, False),
        ({"in_force": False}, False),
    ],
)
def test_only_mandates_for_this_proposal_are_offered(proposal, change, usable):
    view = proposal("open")
    view = replace(view, outcome=replace(view.outcome, rule=replace(view.outcome.rule, mandates=1)))
    assert held_mandates(view, [mandate(**change)]) == ((mandate(**change),) if usable else ())


def test_where_the_rule_allows_no_mandates_none_is_offered(proposal):
    assert held_mandates(proposal("open"), [mandate()]) == ()


def test_the_code_is_a_picture_of_the_pages_public_address(visitor, mirror):
    answer = visitor(mirror)(f"/proposals/{s.OPEN}/code.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert ET.fromstring(answer.text).tag == "{http://www.w3.org/2000/svg}svg"
    assert "style=" not in answer.text
    assert visitor(mirror)("/proposals/%3Cscript%3E/code.svg").status_code == 404


@pytest.mark.parametrize("path", ["/receipts", "/receipts?organisation=SI-ANA", f"/receipts/{s.REVISED}/SI-ANA"])
@pytest.mark.parametrize("language", ["en", "sl"])
def test_receipts_are_pages_in_each_language(visitor, mirror, path, language):
    joined = "&" if "?" in path else "?"
    answer = visitor(mirror)(f"{path}{joined}lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text


def test_a_replaced_ballot_says_so_on_its_receipt(visitor, mirror):
    page = visitor(mirror)(f"/receipts/{s.REVISED}/SI-ANA").text
    assert page.count("no longer counts") == 2
