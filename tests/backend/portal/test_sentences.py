"""Law and outcome in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.portal.consequences import consequences
from backend.portal.sentences import (
    needed_count,
    reason_sentence,
    rule_sentences,
    silence_sentence,
    step_sentence,
    turnout_sentence,
    verdict_sentence,
)
from backend.queries.views import StepView, TallyView

QUORUM_MISSED = StepView("quorum", "17/28", ">=", "2/3", False)
MAJORITY_MET = StepView("majority", "16/24", ">=", "2/3", True)


@pytest.mark.parametrize(
    ("whole", "ratio", "strict", "needed"),
    [
        (24, "2/3", False, 16),
        (26, "2/3", False, 18),
        (28, "51/100", False, 15),
        (6, "1/2", True, 4),
        (7, "1/2", True, 4),
    ],
)
def test_the_needed_count_is_the_least_that_satisfies_the_ratio(whole, ratio, strict, needed):
    assert needed_count(whole, ratio, strict=strict) == needed


def test_a_step_gives_its_counts_and_the_count_it_needed(words):
    assert step_sentence(words("en"), MAJORITY_MET, "cast") == (
        "16 of 24 votes cast are in favour; at least 16 (two thirds) are needed."
    )
    assert "potrebnih je vsaj 19 (dve tretjini)" in step_sentence(words("sl"), QUORUM_MISSED, "cast")


def test_a_majority_of_nothing_is_said_to_be_none(words):
    step = StepView("majority", "0/0", ">=", "2/3", False)
    assert step_sentence(words("en"), step, "cast") == "No vote for or against was cast, so there is no majority."


def test_an_open_proposal_says_what_would_be_and_a_closed_one_what_is(words, proposal):
    met = {"verdict": "adopted", "reason": "MAJORITY_REACHED", "steps": (MAJORITY_MET,)}
    assert verdict_sentence(words("en"), proposal("open", **met).outcome) == (
        "If voting ended now, the proposal would pass."
    )
    assert verdict_sentence(words("en"), proposal("executed", **met).outcome) == "The proposal passed."


def test_the_reason_is_the_step_that_decided(words, proposal):
    missed = proposal("no_quorum", steps=(QUORUM_MISSED, MAJORITY_MET)).outcome
    assert reason_sentence(words("en"), missed) == step_sentence(words("en"), QUORUM_MISSED, "cast")


def test_the_quorum_says_how_many_are_missing_in_all_four_slovene_forms(words):
    said = [
        turnout_sentence(words("sl"), TallyView(10, 0, 0, 28, 19 - missing, 9, 19)).split(" (")[0]
        for missing in (1, 2, 3, 5)
    ]
    assert said == [
        "Sklepčnost: manjka še 1 glasovnica",
        "Sklepčnost: manjkata še 2 glasovnici",
        "Sklepčnost: manjkajo še 3 glasovnice",
        "Sklepčnost: manjka še 5 glasovnic",
    ]


def test_a_rule_is_told_in_plain_words(words, proposal):
    assert rule_sentences(words("en"), proposal().outcome.rule) == (
        "Published at least 45 days before voting opens; 15 days for an extraordinary meeting.",
        "Time to vote: 1 day.",
        "Quorum: two thirds of the entitled members hand in a ballot, of any choice.",
        "Majority: two thirds of the votes for and against; abstentions are not counted.",
        "The decision binds.",
    )


def test_silence_means_a_vote_against_where_all_the_entitled_are_the_base(words, proposal):
    rule = proposal().outcome.rule
    assert "does not" not in silence_sentence(words("en"), rule)
    assert "like a vote against" in silence_sentence(words("en"), replace(rule, base="entitled"))


def test_what_happens_follows_from_the_call_and_not_from_the_text(words, proposal):
    view = proposal(call="declareDefault(uint16)", arguments=(("memberId", "10"),))
    assert consequences(words("en"), view, {"10": "Sončna zadruga"}) == (
        "Sončna zadruga is declared a defaulting party: it stays a member and loses its vote.",
    )


def test_a_call_that_nobody_described_is_named_as_it_is(words, proposal):
    view = proposal(call="relay(address)", arguments=())
    assert consequences(words("en"), view, {}) == ("Calls relay(address) on Records.",)


def test_nothing_follows_from_a_consultation(words, proposal):
    rule = replace(proposal().outcome.rule, binding=False)
    assert "binds nobody" in consequences(words("en"), proposal(rule=rule), {})[0]


def test_times_are_local_with_their_zone_and_a_code_nobody_named_is_readable(words):
    assert words("en").moment(1_795_000_000) == "Wed, 18 Nov 2026, 12:06 CET"
    assert words("sl").relative(words("sl").now + 2 * 86_400) == "čez 2 dneva"
    assert words("en").label("kind", "moon_landing") == "Moon landing"
