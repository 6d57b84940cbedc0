"""What a reader finds on a page, rendered from views without a database."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from backend.domain.refusals import Refusal
from backend.portal import labels
from backend.portal.ballot_list import ballot_list
from backend.portal.consequences import _SENTENCES as SENTENCES
from backend.portal.languages import languages
from backend.portal.reading_order import in_reading_order
from backend.portal.refusals import OTHER_REFUSALS, REFUSALS, WALLET_TURNS, voter_messages
from backend.portal.wallet_apps import wallet_apps
from backend.queries.views import (
    ApprovalView,
    MemberView,
    MinutesView,
    ObjectionView,
    ProposalRef,
    RecusalView,
    TallyView,
    VetoView,
)

MEMBER = MemberView(
    id=3,
    code="SI-PRVA",
    name="Prva",
    country="SI",
    member_class="partner",
    status="left",
    wallet="0x" + "12" * 20,
    revoked_wallets=(),
    accession_hash=None,
    admitted_at=0,
    remedy_until=None,
    bodies=(),
    rotation=None,
    mandates=(),
    history=(),
)


@pytest.fixture
def show(frame, ballot, silent):
    def render(view, language="en", **options):
        made = frame(language, **options)
        answer = made.render(
            "proposal.html",
            proposal=view,
            texts=in_reading_order(view.summary, language),
            ballots=ballot_list([ballot], made.here),
            silent=silent,
            held=(),
            page_address="https://zbor.example/proposals/7",
            names={"10": "Sončna zadruga"},
            bodies={"1": "executive_board"},
            ballot_box={"proposalId": str(view.summary.id), "messages": voter_messages(made.words)},
        )
        return answer.body.decode()

    return render


@pytest.mark.parametrize("language", languages())
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
    foreign = re.findall(r'(src|href)="((?:https?:)?//[^"]*)"', page)
    assert [(name, unescape(address)) for name, address in foreign] == [
        ("href", app.address) for app in wallet_apps("https://zbor.example/proposals/7?lang=en")
    ]


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


def test_whose_language_has_no_text_reads_english_before_an_authentic_text_in_slovene(show, proposal):
    greek = show(proposal("open"), "el")
    assert greek.index("Members pay nothing.") < greek.index("Članice ne plačajo.")


@pytest.mark.parametrize(("state", "shown"), [("pending", True), ("withdrawn", False)])
def test_a_proposal_without_votes_says_how_it_is_decided_and_shows_no_empty_verdict(show, proposal, state, shown):
    page = show(proposal(state))
    assert "How this is decided" in page
    assert 'class="verdict' not in page
    assert ('id="ballots"' in page) is shown


def test_a_text_that_does_not_match_its_fingerprint_is_not_shown(show, proposal):
    page = show(proposal("open", verified=False))
    assert "Members pay nothing." not in page.partition("<h2")[2]
    assert "Do not vote on a text you have not read" in page


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("state", ["open", "pending", "rejected", "executed"])
def test_a_resolution_of_another_text_is_warned_of_and_never_told_calmly(show, proposal, words, state, language):
    warning = words(language).gettext("What this proposal would enter in the public record is not this text.")
    calm = words(language).gettext(SENTENCES["resolve"])
    own, other = proposal(state), proposal(state, arguments=(("kindId", "7"), ("textHash", "0x" + "67" * 32)))
    assert (warning in show(own, language), calm in show(own, language)) == (False, True)
    assert (warning in show(other, language), calm in show(other, language)) == (True, False)


def test_what_was_entered_in_the_record_is_shown(show, proposal):
    page = show(proposal("executed"))
    assert "Entered in the public record" in page
    assert "0x" + "66" * 32 in page


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("state", ["rejected", "no_quorum", "binding", "consulted"])
def test_a_vote_whose_last_ballots_are_unread_has_no_result_yet(show, proposal, words, state, language):
    verdict = {"binding": "adopted"}.get(state, state)
    page = show(proposal(state, verdict=verdict, unread=True), language)
    assert words(language).gettext("Voting has closed; the last ballots are still being read.") in page
    for result in (labels.STATES, labels.STATE_SENTENCES):
        assert words(language).gettext(result[state]) not in page
    assert f"verdict-{verdict}" not in page


def test_a_reason_is_shown_beside_the_ballot_of_the_organisation(show, proposal):
    page = show(proposal("open"))
    row = page[page.index('data-member="10"') :]
    assert row.index("Sončna zadruga") < row.index("Prav je.") < row.index("0x" + "44" * 20)


def test_a_reason_is_quoted_in_the_language_it_was_written_in(show, proposal):
    assert '<q class="reason" lang="sl">Prav je.</q>' in show(proposal("open"))


def test_those_who_have_not_voted_are_named(show, proposal):
    assert "Have not voted yet" in show(proposal("open"))
    assert "Did not vote" in show(proposal("rejected"))


def test_a_stale_mirror_is_confessed(show, proposal):
    assert "may be out of date" in show(proposal("open"), lag=600)
    assert "may be out of date" not in show(proposal("open"), lag=5)


def test_what_lies_behind_is_told_in_the_past_tense(show, proposal):
    assert "<strong>Voting opens</strong>" in show(proposal("pending"))
    later = show(proposal("open"))
    assert "<strong>Voting opened</strong>" in later
    assert "<strong>Voting closes</strong>" in later
    assert "<strong>Glasovanje se je začelo</strong>" in show(proposal("open"), "sl")


def test_classes_are_counted_in_a_table_of_their_own_where_there_are_several(show, proposal):
    none = {"for": 0, "against": 0, "abstain": 0}
    tally = TallyView(2, 1, 0, 4, 3, 1, 3, {"founding": none | {"for": 2}, "partner": none | {"against": 1}})
    assert show(proposal("open")).count('class="tally"') == 1
    page = show(proposal("open", tally=tally))
    assert page.count('class="tally"') == 2
    assert [cell in page for cell in ("67%", "33%", "0%")] == [True] * 3


@pytest.mark.parametrize(
    ("present", "former", "said"),
    [(31, 1, "31 članic, 1 nekdanja"), (2, 2, "2 članici, 2 nekdanji"), (101, 0, "101 članica<")],
)
def test_present_and_former_members_are_counted_apart(frame, present, former, said):
    page = frame("sl").render("members.html", present=present, groups={"founding": [], "gone": [MEMBER] * former})
    assert said in page.body.decode()


def test_the_notice_is_marked_as_english_and_its_first_sentence_is_never_folded(frame):
    made = frame("sl")
    noticed = replace(made, consortium=replace(made.consortium, notice="Sample data. All of it is invented."))
    page = noticed.render("failure.html", 404, headline="", advice="", reference="").body.decode()
    assert '<span lang="en">Sample data.</span></summary>' in page
    assert '<p><span lang="en">All of it is invented.</span></p>' in page


def test_the_notice_stands_on_every_page(frame):
    page = frame("sl").render("failure.html", 500, headline="", advice="", reference="abc").body.decode()
    assert "Sample data." in page


def test_the_language_link_keeps_the_filters(frame):
    links = frame("en", query="state=open&kind=budget&lang=en").language_links()
    assert [link.address for link in links] == [f"?state=open&kind=budget&lang={each}" for each in languages()]


def test_a_language_asked_for_is_remembered(frame):
    answer = frame("sl", query="lang=sl").render("failure.html", 404, headline="", advice="", reference="")
    assert answer.headers["set-cookie"].startswith("language=sl;")


NOT_SAID_BY_MEMBERS = {
    "NONEXISTENT_PROPOSAL",
    "UNEXPECTED_PROPOSAL_STATE",
    "INVALID_SIGNATURE",
    "BATCH_TOO_LARGE",
    "NOT_AN_OFFICE",
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
