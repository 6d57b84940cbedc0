"""Decisions, mandates, minutes, participation and the pages that explain, over a mirror with a story in it."""

import re

import pytest

from backend.domain.refusals import Refusal
from backend.portal import labels
from tests.backend import story as s

PAGES = ("/decisions", "/mandates", "/minutes", "/participation", "/how-it-works", "/verify")


@pytest.fixture(scope="session")
def get(visitor, mirror):
    return visitor(mirror)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "sl"])
def test_every_page_answers_in_each_language(get, path, language):
    answer = get(f"{path}?lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert " style=" not in answer.text


def test_every_place_of_the_navigation_that_is_read_is_there(get):
    for path in ("/", "/proposals", "/members", "/bodies", "/status", *PAGES):
        page = get(path).text
        assert page.count('aria-current="page"') == 1, path
        assert re.search(rf'href="{path}" aria-current="page"', page), path


def test_decisions_have_their_register_numbers_and_the_day_since_which_they_bind(get):
    page = get("/decisions").text
    force = page[page.index('id="force-heading"') :]
    assert re.search(r'<span class="reference">[A-Z]+-\d{4}-\d{3}</span>', force)
    assert f'href="/proposals/{s.EXECUTED}"' in force
    assert f'href="/proposals/{s.REVISED}"' not in force


def test_what_is_adopted_and_does_not_bind_yet_stands_apart_with_what_it_waits_for(get):
    page = get("/decisions").text
    waiting = page[page.index('id="waiting-heading"') : page.index('id="force-heading"')]
    assert f'href="/proposals/{s.AWAITING}"' in waiting
    assert "once the outside authority has approved" in waiting


def test_decisions_can_be_narrowed_to_a_body(get):
    page = get("/decisions?body=executive_board").text
    assert f'href="/proposals/{s.EXECUTED}"' not in page
    assert 'href="/decisions" aria-current="true"' in page


@pytest.mark.parametrize("query", ["body=nobody", "cursor=nonsense"])
def test_an_address_that_makes_no_sense_is_not_our_fault(get, query):
    assert get(f"/decisions?{query}").status_code == 400


def test_mandates_name_who_may_cast_whose_ballot(get):
    page = get("/mandates").text
    assert re.search(r"Udruga Cvita</a></th><td[^>]*><a [^>]*>Zavod Ana", page)
    assert 'href="/mandates/give"' in page


def test_minutes_are_listed_with_their_versions_and_objections(get):
    page = get("/minutes").text
    assert "Draft" in page
    assert "Objection by" in page


def test_minutes_and_receipts_name_their_proposal_by_its_title_in_the_readers_language(get):
    for path, word in (
        ("/minutes?lang=en", "Question"),
        ("/minutes?lang=sl", "Vprašanje"),
        ("/receipts?lang=sl", "Vprašanje"),
    ):
        page = get(path, cookie="zbor_member=SI-ANA").text
        main = page[page.index("<main") : page.index("</main>")]
        rows = re.findall(r'<a href="/proposals/(\d+)(?:#record)?">(.*?)</a>', main)
        assert rows, path
        assert [number for number, inner in rows if f">{word} {number}<" not in inner] == [], path


def test_tables_that_are_offered_to_who_verifies_are_there(get):
    offered = re.findall(r'href="(/v1/exports/[^"]+)"', get("/verify").text)
    assert len(offered) == 5
    assert [path for path in offered if get(path).status_code != 200] == []


@pytest.mark.parametrize(
    ("code", "said"), [("SI-ANA", f'href="/receipts/{s.EXECUTED}/SI-ANA"'), ("HR-CVITA", "Your vote: ")]
)
def test_a_closed_proposal_says_how_the_own_organisation_voted(get, code, said):
    panel = (
        get(f"/proposals/{s.EXECUTED}", cookie=f"zbor_member={code}")
        .text.partition('id="own"')[2]
        .partition("</div>")[0]
    )
    assert said in panel
    assert "Your vote: " not in get(f"/proposals/{s.EXECUTED}").text


def test_participation_shows_each_member_and_the_same_as_a_table(get):
    page = get("/participation", cookie="zbor_member=SI-ANA").text
    assert page.count('class="chart chart-strip"') == page.count('<li><a class="tap"') + page.count('<li class="mine">')
    assert page.count("The same as a table") == 3
    assert 'class="mine"' in page
    assert re.search(r'<svg [^>]*role="img" aria-label="Zavod Ana: ballots in \d+ of \d+ votes"', page)


def test_every_state_and_every_refusal_has_its_sentence(get):
    page = get("/how-it-works").text
    assert [state for state in labels.STATES.values() if state not in page] == []
    assert [code for code in Refusal if f'id="{code}"' not in page] == []
    codes = re.findall(r"<li[^>]*>([^<]*)<code>([A-Z_]+)</code>", page[page.index('id="refusals"') :])
    assert len(codes) > 30
    assert [code for said, code in codes if not said.strip()] == [], "what it means comes before its code"
    assert not re.search(r"\{\w+\}", page[page.index('id="refusals"') :])


def test_verifying_names_the_commands_and_the_contracts_of_this_consortium(get):
    page = get("/verify").text
    assert "python -m backend verify --export zbor.jsonl --node http://127.0.0.1:8545" in page
    assert "brownie run verify_deployment" in page
    for address in (s.REGISTRY, s.RULEBOOK, s.RECORDS, *s.GOVERNORS):
        assert address.lower() in page.lower()


def test_a_closed_proposal_begins_with_its_result_and_an_open_one_with_its_question(get):
    closed, still_open = get(f"/proposals/{s.EXECUTED}").text, get(f"/proposals/{s.OPEN}").text
    assert closed.index('id="result"') < closed.index('id="text-heading"') < closed.index('id="ballots"')
    assert still_open.index('id="text-heading"') < still_open.index('id="vote"') < still_open.index('id="result"')
    assert 'id="vote"' not in closed


def test_who_asks_for_the_program_or_for_help_is_told_where(visitor, mirror):
    for path in ("/verify", "/how-it-works", "/sign-in", "/", f"/proposals/{s.OPEN}", "/nothing/here"):
        assert 'href="mailto:office@zbor.example"' in visitor(mirror, contact="office@zbor.example")(path).text, path
    assert "mailto:" not in visitor(mirror)("/").text
    told = visitor(mirror, sources_url="https://sources.zbor.example/zbor")("/verify").text
    assert 'href="https://sources.zbor.example/zbor"' in told


@pytest.fixture
def get_from_newborn(visitor, fresh_mirror, story):
    """Asks a consortium in which nothing was proposed yet."""
    names = [type(event).__name__ for _, event in story.told]
    first = min(names.index("ProposalCreated"), names.index("MandateGranted"))
    return visitor(fresh_mirror(story.told[:first]))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", "No vote is open"),
        ("/proposals", "No proposal has been published yet."),
        ("/decisions", "Nothing has been decided yet."),
        ("/mandates", "No mandate is in force."),
        ("/minutes", "No minutes have been recorded yet."),
        ("/participation", "No vote is over yet."),
    ],
)
def test_a_consortium_without_a_history_has_pages_that_say_so(get_from_newborn, path, said):
    answer = get_from_newborn(path)
    assert answer.status_code == 200
    assert said in answer.text


def test_the_page_of_a_proposal_pins_the_own_ballot_and_narrows_the_others(get):
    page = get(f"/proposals/{s.OPEN}?choice=against", cookie="zbor_member=SI-ANA").text
    rows = re.findall(r'<tr( class="mine")? data-member="(\d+)" data-choice="(\w+)"', page)
    assert rows == [(' class="mine"', "1", "for"), ("", "2", "against")]
    assert "Your organisation" in page


def test_the_page_of_an_open_proposal_says_that_the_own_organisation_has_not_voted(get):
    page = get(f"/proposals/{s.OPEN}", cookie="zbor_member=HR-CVITA").text
    assert "Udruga Cvita has not voted yet." in page
    assert page.index("Udruga Cvita has not voted yet.") < page.index("To your vote") < page.index('id="text-heading"')
    assert "has not voted yet" not in get(f"/proposals/{s.OPEN}").text


def test_an_empty_list_says_when_the_next_vote_opens_and_how_to_hear_of_it(get):
    page = get("/proposals?state=executed&body=executive_board").text
    assert "The next vote opens" in page
    assert "/v1/calendar.ics?language=en" in page
    assert "/v1/feed.atom?language=en" in page


def test_the_list_counts_what_is_open_and_what_waits_for_the_reader(get):
    page = get("/proposals", cookie="zbor_member=SI-ANA").text
    assert "2 open for voting" in page
    assert "1 waits for your vote" in page


def test_a_narrowed_list_counts_only_what_it_shows(get):
    page = get("/proposals?state=executed&body=executive_board", cookie="zbor_member=SI-ANA").text
    assert "0 proposals" in page
    assert "open for voting</" not in page
    assert "for your vote" not in page


def test_a_members_page_shows_its_accounts_with_their_times_and_its_participation(get):
    page = get("/members/IT-BEPPE").text
    assert "Former account" in page
    assert s.wallet_of(2) in page
    assert 'id="participation-heading"' in page
    assert 'class="chart chart-strip"' in page
