"""The desk and the page for mandates over a mirror with a story in it."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from backend.portal import desk_pages
from backend.portal.languages import languages
from tests.backend import story as s

PAGES = ("/desk", "/mandates/give", f"/proposals/{s.OPEN}", f"/proposals/{s.BINDING}", f"/proposals/{s.SECOND_CALL}")


@pytest.fixture(scope="session")
def get(visitor, mirror):
    return visitor(mirror)


def forms_in(page):
    return re.findall(r'<form method="dialog" data-act="(\w+)" data-facts="([^"]*)"', page)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", languages())
def test_every_page_with_acts_answers_in_each_language(get, path, language):
    answer = get(f"{path}?lang={language}")
    assert answer.status_code == 200
    assert "act.js" in answer.text
    assert "acts.css" in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_no_two_fields_of_a_page_share_their_name_for_the_label(get, path):
    ids = re.findall(r' id="([^"]+)"', get(path).text)
    assert sorted(ids) == sorted(set(ids))
    for wanted in re.findall(r'<label for="([^"]+)"', get(path).text):
        assert wanted in ids


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_chosen_beforehand(get, path):
    assert not re.search(r"<(input|option)[^>]* (checked|selected)", get(path).text)


def test_the_desk_names_who_is_missing_and_who_holds_the_offices(get):
    page = get("/desk").text
    assert s.wallet_of(9) in page
    assert s.wallet_of(7) in page
    assert "Have not voted yet" in page
    assert f'id="open-{s.OPEN}"' in page


def test_the_desk_offers_what_each_closed_vote_waits_for(get):
    found = [(act, json.loads(unescape(facts)).get("proposalId")) for act, facts in forms_in(get("/desk").text)]
    assert ("recordMinutes", str(s.VETOED)) in found
    assert ("queue", str(s.BINDING)) in found
    assert ("execute", str(s.QUEUED)) in found
    assert ("recordApproval", str(s.AWAITING)) in found


def test_a_lost_account_waits_at_the_desk_until_its_time_has_come(get):
    page = get("/desk").text
    assert "Complete the change of account" in page
    assert "completeRotation" not in {act for act, _ in forms_in(page)}
    assert "stopRotation" in {act for act, _ in forms_in(page)}


def test_no_reminder_is_offered_where_no_mail_is_sent(get):
    assert "data-remind" not in get("/desk").text


def test_a_form_carries_what_was_filed_for_the_module_to_check(get):
    (facts,) = (facts for act, facts in forms_in(get(f"/proposals/{s.BINDING}").text) if act == "queue")
    given = json.loads(unescape(facts))
    assert given["governor"] == s.GOVERNORS[0]
    assert len(given["targets"]) == len(given["calldatas"]) == 1
    assert given["description"]


def test_mandates_are_grouped_for_the_organisation_that_is_reading(get):
    page = get("/mandates/give?organisation=HR-CVITA").text
    assert "Given by Udruga Cvita" in page
    assert "Held by Udruga Cvita" in page
    assert page.index("Given by") < page.index('id="act-revokeMandate-3-0"') < page.index("Held by")
    assert "Given by" not in get("/mandates/give").text


def test_who_gives_a_mandate_chooses_among_bodies_and_questions_that_are_not_closed(get):
    scopes = re.findall(r'<option value="(\d+:\d+)"', get("/mandates/give").text)
    assert {"0:0", "1:0", "2:0", f"0:{s.OPEN}", f"0:{s.PENDING}"} <= set(scopes)
    assert f"0:{s.EXECUTED}" not in scopes


@pytest.mark.parametrize("path", PAGES)
def test_a_form_that_is_sent_without_the_module_puts_nothing_into_an_address(get, path):
    forms = re.findall(r"<form[^>]* data-act=[^>]*>", get(path).text)
    assert forms
    assert all('method="dialog"' in form for form in forms)


def closed_on(page):
    return re.findall(r'<article class="desk-item" id="closed-(\d+)">', page)


def test_attack_closed_votes_without_end_are_read_a_few_at_a_time(get, monkeypatch):
    """A hundred of them were read for each look at the desk, with a dozen questions to the database for each."""
    whole = closed_on(get("/desk").text)
    monkeypatch.setattr(desk_pages, "PER_PAGE", 2)
    address, found = "/desk", []
    while address:
        page = get(address).text
        assert len(closed_on(page)) <= 2
        found += closed_on(page)
        further = re.search(r'href="(\?skip=\d+)#closed-heading"', page)
        address = further and f"/desk{further.group(1)}"

    assert found == whole
    assert len(whole) > 4
    assert (get("/desk?skip=201").status_code, get("/desk?skip=-1").status_code) == (400, 400)
