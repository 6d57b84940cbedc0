"""Law and outcome in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.portal.consequences import consequences
from backend.portal.sentences import (
    reason_sentence,
    rule_sentences,
    silence_sentence,
    step_sentence,
    turnout_sentence,
    verdict_sentence,
)
from backend.portal.shares import needed_count
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


def test_every_further_setting_of_a_rule_has_its_sentence_and_no_other_rule_has_it(words, proposal):
    plain = proposal().outcome.rule
    settings = {
        "countries": ("55/100", "Countries: in 55% of the countries"),
        "tie": ("chair", "the chair's own ballot decides"),
        "calls": (2, "call 2 needs none"),
        "revisable": (True, "A ballot can be changed"),
        "early_close": (True, "closed as soon as no ballot"),
        "mandates": (1, "the ballot of 1 other member"),
        "veto_grounds": (("costs", "liabilities"), "on these grounds: costs, liabilities."),
        "standstill": (25 * 86_400, "binds 25 days after the vote"),
        "external_approval": (True, "an outside authority has approved"),
    }
    for name, (value, sentence) in settings.items():
        assert sentence in " ".join(rule_sentences(words("en"), replace(plain, **{name: value})))
        assert sentence not in " ".join(rule_sentences(words("en"), plain))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"veto_window": 0}, "only while voting is open"),
        ({"veto_window": 15 * 86_400}, "until 15 days after the vote"),
    ],
)
def test_a_veto_has_its_time(words, proposal, changed, sentence):
    rule = replace(proposal().outcome.rule, veto_grounds=("costs",), **changed)
    assert sentence in " ".join(rule_sentences(words("en"), rule))


def test_what_counts_for_the_majority_is_said_as_it_is(words, proposal):
    rule = proposal().outcome.rule
    told = " ".join(rule_sentences(words("en"), replace(rule, abstentions_cast=True)))
    assert "an abstention works like a vote against" in told
    consent = replace(rule, silence_consents=True, base="entitled", quorum="0/1")
    assert "silence counts as a vote in favour" in " ".join(rule_sentences(words("en"), consent))
    assert "like a vote in favour" in silence_sentence(words("en"), consent)


def test_on_a_further_call_silence_weighs_nothing_and_no_quorum_is_missed(words, proposal):
    rule = replace(proposal().outcome.rule, calls=2)
    assert "towards the quorum" in silence_sentence(words("en"), rule, attempt=1)
    assert "the others decide" in silence_sentence(words("en"), rule, attempt=2)
    assert "towards the quorum" not in silence_sentence(words("en"), rule, attempt=2)
    again = TallyView(1, 0, 0, 28, 1, 27, 0, attempt=2)
    assert "called again" in turnout_sentence(words("en"), again)


@pytest.mark.parametrize(
    ("reason", "step", "sentence"),
    [
        ("COUNTRIES_NOT_REACHED", StepView("countries", "4/10", ">=", "55/100", False), "In 4 of 10 countries"),
        ("CASTING_VOTE", StepView("casting_vote", "1/1", ">=", "1/1", True), "the chair voted in favour"),
        ("MAJORITY_NOT_REACHED", StepView("casting_vote", "0/1", ">=", "1/1", False), ""),
    ],
)
def test_countries_and_the_casting_vote_can_be_what_decided(words, proposal, reason, step, sentence):
    outcome = proposal("rejected", verdict="rejected", reason=reason, steps=(step,)).outcome
    assert sentence in reason_sentence(words("en"), outcome)


def test_a_chair_that_did_not_vote_in_favour_breaks_no_tie(words):
    step = StepView("casting_vote", "0/1", ">=", "1/1", False)
    assert "did not vote in favour" in step_sentence(words("en"), step, "cast")


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("vetoed", "a veto stops it"), ("not_approved", "refused it"), ("adopted", "The proposal passed.")],
)
def test_a_decision_that_does_not_bind_is_not_said_to_stand(words, proposal, state, sentence):
    met = {"verdict": "adopted", "reason": "MAJORITY_REACHED", "steps": (MAJORITY_MET,)}
    assert sentence in verdict_sentence(words("en"), proposal(state, **met).outcome)


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
