"""What a reader finds on a page, rendered from views without a database."""

from __future__ import annotations

import re

import pytest

from backend.portal import labels
from backend.portal.reading_order import in_reading_order
from backend.portal.refusals import REFUSALS, WALLET_TURNS, voter_messages


@pytest.fixture
def show(frame, ballot, silent):
    def render(view, language="en", **options):
        made = frame(language, **options)
        answer = made.render(
            "proposal.html",
            proposal=view,
            texts=in_reading_order(view.summary, language),
            ballots=[ballot],
            silent=silent,
            names={"10": "Sončna zadruga"},
            ballot_box={"proposalId": str(view.summary.id), "messages": voter_messages(made.words)},
        )
        return answer.body.decode()

    return render


@pytest.mark.parametrize("language", ["en", "sl"])
@pytest.mark.parametrize("state", labels.STATES)
def test_every_state_has_its_sentence_in_each_language(show, proposal, words, state, language):
    page = show(proposal(state), language)
    assert words(language).label("state", state) in page
    if state != "open":
        assert words(language).label("state_sentence", state) in page


def test_only_an_open_proposal_brings_the_voting_module(show, proposal):
    assert "vote.js" in show(proposal("open"))
    assert not any("vote.js" in show(proposal(state)) for state in labels.STATES if state != "open")


def test_a_page_has_no_inline_script_or_style_and_no_foreign_address(show, proposal):
    page = show(proposal("open"))
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert "<style" not in page
    assert " style=" not in page
    assert not re.search(r'(src|href)="(https?:)?//', page)


def test_names_and_texts_from_outside_are_escaped(show, proposal):
    page = show(proposal("open"))
    assert "AN.KA. &lt;Karditsa&gt;" in page
    assert "<Karditsa>" not in page


def test_the_readers_language_comes_first_and_the_authentic_text_is_marked(show, proposal):
    english = show(proposal("open"), "en")
    assert english.index("Members pay nothing.") < english.index("Članice ne plačajo.")
    assert '<div lang="sl">' in english
    assert "authentic text" in english
    assert "To je verodostojno besedilo." in show(proposal("open"), "sl")


def test_a_text_that_does_not_match_its_fingerprint_is_not_shown(show, proposal):
    page = show(proposal("open", verified=False))
    assert "Members pay nothing." not in page.partition("<h2")[2]
    assert "Do not vote on a text you have not read" in page


def test_a_reason_is_shown_beside_the_ballot_of_the_organisation(show, proposal):
    page = show(proposal("open"))
    row = page[page.index('data-member="10"') :]
    assert row.index("Sončna zadruga") < row.index("Prav je.") < row.index("0x" + "44" * 20)


def test_those_who_have_not_voted_are_named(show, proposal):
    assert "Have not voted yet" in show(proposal("open"))
    assert "Did not vote" in show(proposal("rejected"))


def test_a_stale_mirror_is_confessed(show, proposal):
    assert "may be out of date" in show(proposal("open"), lag=600)
    assert "may be out of date" not in show(proposal("open"), lag=5)


def test_the_notice_stands_on_every_page(frame):
    page = frame("sl").render("failure.html", 500, fault=True, headline="", advice="", reference="abc").body.decode()
    assert "Sample data." in page


def test_the_language_link_keeps_the_filters(frame):
    links = frame("en", query="state=open&kind=budget&lang=en").language_links()
    assert [link.address for link in links] == [
        "/proposals?state=open&kind=budget&lang=en",
        "/proposals?state=open&kind=budget&lang=sl",
    ]


def test_a_language_asked_for_is_remembered(frame):
    answer = frame("sl", query="lang=sl").render("failure.html", 404, fault=False, headline="", advice="", reference="")
    assert answer.headers["set-cookie"].startswith("language=sl;")


def test_refusals_of_the_contract_all_have_a_sentence():
    codes = "NOT_A_MEMBER WALLET_REVOKED MEMBER_DEFAULTING NO_VOTING_RIGHT NOT_IN_ELECTORATE ALREADY_VOTED"
    assert {*codes.split(), "VOTING_NOT_OPEN", "VOTING_CLOSED", "NOTICE_TOO_SHORT"} <= REFUSALS.keys()
    assert not REFUSALS.keys() & WALLET_TURNS.keys()
