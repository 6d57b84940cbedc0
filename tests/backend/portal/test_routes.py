"""The pages of the application over a mirror with a story in it."""

import re
from dataclasses import replace

import pytest

from backend.portal import labels
from backend.portal.languages import languages
from tests.backend import story as s

PAGES = ("/", "/proposals", f"/proposals/{s.OPEN}", "/members", "/members/SI-ANA", "/bodies", "/status")
STATES = {
    s.EXECUTED: "executed",
    s.QUEUED: "queued",
    s.REJECTED: "rejected",
    s.NO_QUORUM: "no_quorum",
    s.BINDING: "binding",
    s.CONSULTED: "consulted",
    s.WITHDRAWN: "withdrawn",
    s.PENDING: "pending",
    s.OPEN: "open",
    s.VETOED: "vetoed",
    s.NOT_APPROVED: "not_approved",
    s.REVISED: "adopted",
    s.SECOND_CALL: "adopted",
    s.AWAITING: "awaiting_approval",
}


@pytest.fixture(scope="session")
def get(visitor, mirror):
    return visitor(mirror)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", languages())
def test_every_page_answers_in_each_language_and_bears_the_notice(get, path, language):
    answer = get(f"{path}?lang={language}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in answer.text
    assert "Sample data." in answer.text


@pytest.mark.parametrize(("proposal", "state"), STATES.items(), ids=STATES.values())
def test_a_proposal_in_each_state_says_so_in_words(get, proposal, state):
    assert labels.STATES[state] in get(f"/proposals/{proposal}").text


def test_open_proposals_come_first_then_those_to_come_then_the_closed(get):
    page = get("/proposals").text
    places = [page.index(f'id="stage-{stage}"') for stage in ("open", "pending", "closed")]
    assert places == sorted(places)


def test_the_list_is_narrowed_by_state_kind_and_body(get):
    assert numbers(get("/proposals?state=rejected").text) == [str(s.REJECTED)]
    assert numbers(get("/proposals?kind=survey").text) == [str(s.CONSULTED)]
    assert numbers(get("/proposals?body=executive_board&state=open").text) == [str(s.OPEN_LATER)]


def test_a_members_page_shows_its_mandate_and_the_account_on_its_way(get):
    page = get("/members/HR-CVITA").text
    assert "Lost account, to be replaced" in page
    assert s.wallet_of(3, 1) in page
    assert "Zavod Ana" in page


def test_the_bodies_page_names_the_chair_and_terms_that_are_over(get):
    page = get("/bodies").text
    assert "Chair:" in page
    assert "term over on" in page


@pytest.mark.parametrize("language", ["en", "sl"])
def test_rules_stand_in_the_order_of_the_agreement_and_a_new_version_keeps_its_rules_place(get, language):
    page = get(f"/bodies?lang={language}").text
    assert re.findall(r'id="rule-([A-Z]\w*)"', page) == ["GA_2_3", "WRITTEN_51", "CONSULT", "GUARDED", "OUTSIDE"]
    assert re.search(r"<code>GA_2_3</code> · \S+ 2", page)


def test_a_kind_that_nobody_knows_is_an_address_not_understood(get):
    assert get("/proposals?kind=no_such").status_code == 400


def test_an_empty_list_says_so_and_leads_back(get):
    page = get("/proposals?state=executed&body=executive_board").text
    assert "No proposal fits these filters." in page
    assert 'href="/proposals"' in page


def test_a_ballot_stands_under_its_organisation_with_the_reason_at_hand(get):
    page = get(f"/proposals/{s.OPEN}").text
    assert 'data-member="1" data-choice="for"' in page
    assert "Because it is right." in page


def test_the_voting_module_gets_the_contract_of_the_body_and_the_whole_number_of_the_proposal(get):
    page = get(f"/proposals/{s.OPEN}").text
    assert f"&#34;governor&#34;:&#34;{s.GOVERNORS[0]}&#34;" in page
    assert f"&#34;proposalId&#34;:&#34;{s.OPEN}&#34;" in page


@pytest.mark.parametrize(
    "path",
    [
        "/proposals/1",
        "/proposals/-1",
        "/proposals/abc",
        "/proposals/" + "9" * 500,
        "/proposals/%00",
        "/proposals/١٢",
        "/members/nobody",
        "/members/%00",
        "/members/" + "x" * 3000,
        "/nothing/here",
    ],
)
def test_what_is_not_there_is_a_page_that_leads_back(get, path):
    answer = get(path)
    assert answer.status_code in (400, 404)
    assert 'href="/proposals"' in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "cursor=nonsense",
        "state=%00",
        "state='--",
        "kind=%00",
        "body=<script>",
        "lang=../../etc/passwd",
        "kind=" + "k" * 999,
    ],
)
def test_a_hostile_query_is_never_our_fault(get, query):
    answer = get(f"/proposals?{query}")
    assert answer.status_code < 500
    assert "<script>" not in answer.text


def test_a_path_that_names_a_host_leads_nowhere(get):
    answer = get("http://zbor.test//evil.example/members?lang=sl")
    assert answer.status_code == 404
    assert "evil.example" not in answer.text


def test_a_mirror_that_is_empty_asks_for_patience(visitor, empty_mirror):
    answer = visitor(empty_mirror)("/")
    assert answer.status_code == 503
    assert "The records are being fetched" in answer.text


def test_a_bug_shows_a_reference_and_no_secret(visitor, mirror):
    def broken():
        raise RuntimeError("s3cret")

    answer = visitor(replace(mirror, wall_clock=broken))("/")
    assert answer.status_code == 500
    assert "s3cret" not in answer.text
    assert re.search(r"<code>[0-9a-f]{12}</code>", answer.text)


@pytest.mark.parametrize(
    ("path", "status"), [("/nothing/here", 404), ("/proposals/1", 404), ("/proposals?cursor=nonsense", 400)]
)
def test_whatever_went_wrong_has_a_reference_that_the_log_holds_too(get, caplog, path, status):
    with caplog.at_level("INFO", logger="backend.portal.failures"):
        answer = get(path)
    reference = re.search(r"<code>([0-9a-f]{12})</code>", answer.text)[1]
    assert answer.status_code == status
    assert [record.getMessage() for record in caplog.records] == [f"{status} {path.partition('?')[0]} {reference}"]


def test_attack_an_address_cannot_write_lines_of_its_own_into_the_log(get, caplog):
    with caplog.at_level("INFO", logger="backend.portal.failures"):
        get("/nothing%0A2026-01-01%20error%20forged" + "x" * 999)
    (said,) = [record.getMessage() for record in caplog.records]
    assert said.startswith("404 /nothing%0A2026")
    assert len(said) < 250
    assert "\n" not in said


def test_static_files_are_served_under_an_address_that_changes_with_them(get):
    page = get(f"/proposals/{s.OPEN}").text
    sheets = "/sheets/tokens+frame+content+results+controls+charts+vote+acts.css"
    for name in (sheets, "/static/print.css", "/static/vote.js", "/static/mark.svg"):
        address = re.search(rf"{re.escape(name)}\?v=[0-9a-f]{{12}}", page)
        assert address is not None
        assert get(address[0]).status_code == 200


def numbers(page):
    return re.findall(r'<h3><a href="/proposals/(\d+)"', page)


def test_joined_sheets_are_all_of_them_one_after_another(get):
    answer = get("/sheets/tokens+charts.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.text.index(":root") < answer.text.index(".bar-rest")


@pytest.mark.parametrize("names", ["nothing", "frame+frame", "..%2Fframe", "frame+nothing", "+", "%00"])
def test_what_is_no_sheet_of_ours_is_not_there(get, names):
    assert get(f"/sheets/{names}.css").status_code in (400, 404)
