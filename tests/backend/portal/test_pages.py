"""What a reader finds on a page, rendered from views without a database."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from backend.domain.refusals import Refusal
from backend.portal import labels
from backend.portal.reading_order import in_reading_order
from backend.portal.refusals import OTHER_REFUSALS, REFUSALS, WALLET_TURNS, voter_messages
from backend.queries.views import (
    ApprovalView,
    MinutesView,
    ObjectionView,
    ProposalRef,
    RecusalView,
    TallyView,
    VetoView,
)


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


NOT_SAID_BY_MEMBERS = {
    "NONEXISTENT_PROPOSAL",
    "UNEXPECTED_PROPOSAL_STATE",
    "INVALID_SIGNATURE",
    "BATCH_TOO_LARGE",
    "NOT_REGISTRAR",
    "MISSING_DOCUMENT",
    "OPENS_TOO_LATE",
    "VALUE_NOT_ALLOWED",
    "PARAMS_NOT_SUPPORTED",
    "NOT_BINDING",
    "DISABLED",
}
"""Refusals that no member meets through a page: those of malformed calls, of relayers and of the registrar."""


def test_refusals_that_a_member_may_meet_all_have_a_sentence():
    said = REFUSALS.keys() | OTHER_REFUSALS.keys()
    assert {refusal.value for refusal in Refusal} - said == NOT_SAID_BY_MEMBERS
    assert not REFUSALS.keys() & WALLET_TURNS.keys()


@pytest.mark.parametrize(("revisable", "said"), [(True, "until the deadline"), (False, "cannot be changed")])
def test_before_a_ballot_is_sent_it_is_said_whether_it_can_be_changed(words, revisable, said):
    assert said in voter_messages(words("en"), revisable=revisable)["review"]


def test_a_changed_ballot_shows_what_it_was_before_and_who_cast_it(show, proposal):
    page = show(proposal("open"))
    row = page[page.index('data-member="10"') :]
    assert row.index("Changed; before that") < row.index("Abstain") < row.index("cast by mandate by")


@pytest.fixture
def eventful(proposal, ballot):
    """A vetoed second call about one member, with everything on record that can be."""
    by_country = {"SI": dict.fromkeys(("for", "against", "abstain"), 1)}
    counted = TallyView(*(2, 0, 0, 2, 2, 0, 0), recused=1, attempt=2, by_country=by_country)
    member, receipt = ballot.member, ("0x" + "ab" * 32, ballot.cast_at, "0x" + "cd" * 32)
    other = ProposalRef(7, "GA-6")
    return replace(
        proposal("vetoed", tally=counted),
        party=member,
        party_effect="recuses",
        previous=other,
        revised_by=other,
        recusals=(RecusalView(member, False, ballot.cast_at, "0x", "final"),),
        vetoes=(VetoView(member, "costs", *receipt, None, None, "final"),),
        minutes=(MinutesView(2, *receipt, "final"),),
        objections=(ObjectionView(member, *receipt, "final"),),
        approval=ApprovalView(False, *receipt),
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            (
                "Call 2 of a question",
                "took its place",
                "It is about",
                "which takes no part",
                "Taking no part",
                "stands",
            ),
        ),
        (
            "en",
            (
                "Vetoes",
                "costs",
                "stands",
                "Corrected, version 2",
                "objected to the minutes",
                "Refused",
                "Ballots by country",
            ),
        ),
        ("sl", ("Sklic 2 vprašanja", "Veti", "stroški", "Popravek, različica 2", "Zunanji organ", "Slovenija")),
    ],
)
def test_everything_on_record_of_a_proposal_is_on_its_page(show, eventful, language, told):
    page = show(eventful, language)
    assert [sentence for sentence in told if sentence not in page] == []


def test_an_adopted_decision_says_when_it_binds_or_that_nothing_says_when(show, proposal):
    adopted = proposal("adopted")
    assert "Binds after" in show(adopted)
    objected = replace(adopted, summary=replace(adopted.summary, binding_at=None))
    assert "only after corrected minutes are accepted" in show(objected)


def test_a_page_says_until_when_a_veto_can_be_raised_and_not_when_it_is_over(show, proposal, words):
    now = words("en").now
    assert "A veto can be raised until" in show(replace(proposal("open"), veto_until=now))
    assert "A veto can be raised until" not in show(replace(proposal("open"), veto_until=now - 1))
