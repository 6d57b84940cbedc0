"""The first page: for a reader of one organisation what needs its vote, for anybody else all that is open."""

import re

import pytest

from tests.backend import story as s


@pytest.fixture(scope="session")
def get(visitor, mirror):
    return visitor(mirror)


def tasks(page):
    return re.findall(r'id="task-(\d+)"', page)


def cards(page):
    return re.findall(r'<h3><a href="/proposals/(\d+)"', page)


def reading_for(code):
    return {"cookie": f"zbor_member={code}"}


def test_without_an_organisation_all_that_is_open_is_shown_and_the_choice_offered(get):
    page = get("/").text
    assert "2 votes are open" in page
    assert tasks(page) == []
    assert cards(page)[:3] == [str(s.OPEN), str(s.OPEN_LATER), str(s.PENDING)]
    assert "Which organisation do you vote for?" in page
    assert '<option value="AT-DORA">' in page


def test_a_reader_of_an_organisation_sees_what_needs_its_vote_until_when_and_what_silence_means(get):
    page = get("/", **reading_for("SI-ANA")).text
    assert "1 vote waits for you" in page
    assert tasks(page) == [str(s.OPEN_LATER)]
    assert re.search(r"Vote until <time[^>]*>Monday, 26\xa0April\xa02027, 22:00\xa0CEST</time>", page)
    assert re.search(r"in \d\d hours", page), "to the hour, once it is near"
    assert "If you stay silent, you do not count towards the quorum and the others decide." in page


def test_what_has_a_ballot_is_marked_with_it_and_waits_no_more(get):
    page = get("/", **reading_for("SI-ANA")).text
    assert str(s.OPEN) in cards(page)
    assert "Your vote: For" in page


def test_a_mandate_held_is_named_with_the_votes_that_wait_for_its_giver(get):
    assert "You hold the mandate of Udruga Cvita: 1 vote waits for it too." in get("/", **reading_for("SI-ANA")).text


def test_who_has_nothing_to_vote_on_learns_when_the_next_vote_opens(get):
    page = get("/", **reading_for("IT-BEPPE")).text
    assert "Nothing waits for your vote" in page
    assert "The next vote opens" in page
    assert "/v1/calendar.ics?language=en&amp;member=IT-BEPPE" in page


def test_an_organisation_that_may_not_vote_is_told_how_it_stands(get):
    assert "<strong>Defaulting, may not vote</strong>" in get("/", **reading_for("AT-DORA")).text
    assert "stands like this" not in get("/", **reading_for("SI-ANA")).text


def test_what_was_decided_says_since_when_it_binds(get):
    assert "binding since" in get("/").text


def test_an_organisation_asked_for_is_remembered_and_forgotten_again(get):
    chosen = get("/?organisation=SI-ANA").headers["set-cookie"]
    assert chosen.startswith("zbor_member=SI-ANA;")
    assert "HttpOnly" in chosen
    assert "Max-Age=0" in get("/?organisation=", **reading_for("SI-ANA")).headers["set-cookie"]
    assert "set-cookie" not in get("/", **reading_for("SI-ANA")).headers


@pytest.mark.parametrize("code", ["XX-NOBODY", "%00", "'; drop table members--", "x" * 999])
def test_an_organisation_that_is_not_on_the_roll_is_none(get, code):
    answer = get("/members", cookie=f"zbor_member={code}")
    assert answer.status_code == 200
    assert "Choose your organisation" in answer.text


@pytest.mark.parametrize("path", ["/", "/proposals", "/members", "/members/SI-ANA", f"/proposals/{s.OPEN}", "/bodies"])
def test_every_page_names_the_organisation_that_is_reading(get, path):
    assert '<span class="here-name">Zavod Ana</span>' in get(path, **reading_for("SI-ANA")).text


def test_the_list_marks_what_the_organisation_has_not_voted_on(get):
    page = get("/proposals", **reading_for("HR-CVITA")).text
    assert page.count("You have not voted yet") == 1
    assert "You have not voted yet" not in get("/proposals").text
