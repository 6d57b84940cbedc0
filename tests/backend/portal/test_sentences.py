"""Law and outcome in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.portal.consequences import consequences
from backend.portal.languages import languages
from backend.portal.sentences import (
    consequences_heading,
    reason_sentence,
    rule_sentences,
    shares,
    silence_sentence,
    turnout_sentence,
    verdict_sentence,
)
from backend.portal.steps import step_sentence
from backend.queries.views import StepView, TallyView

QUORUM_MISSED = StepView("quorum", "17/28", ">=", "2/3", False, 19)
MAJORITY_MET = StepView("majority", "16/24", ">=", "2/3", True, 16)


def test_a_step_gives_its_counts_and_the_count_it_needed(words):
    assert step_sentence(words("en"), MAJORITY_MET, "cast") == (
        "16 of 24 votes cast are in favour; at least 16 votes (two thirds) are needed."
    )
    assert "potrebnih je vsaj 19 (dve tretjini)" in step_sentence(words("sl"), QUORUM_MISSED, "cast")


def test_a_majority_of_nothing_is_said_to_be_none(words):
    step = StepView("majority", "0/0", ">=", "2/3", False, 1)
    assert step_sentence(words("en"), step, "cast") == "No vote for or against was cast, so there is no majority."


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("sl", 1, "Glasovnico je oddala 1 od 200 upravičenih članic; potrebna je vsaj 1 (dve tretjini)."),
        ("sl", 2, "Glasovnico sta oddali 2 od 200 upravičenih članic; potrebni sta vsaj 2 (dve tretjini)."),
        ("sl", 3, "Glasovnico so oddale 3 od 200 upravičenih članic; potrebne so vsaj 3 (dve tretjini)."),
        ("sl", 5, "Glasovnico je oddalo 5 od 200 upravičenih članic; potrebnih je vsaj 5 (dve tretjini)."),
        ("sl", 101, "Glasovnico je oddala 101 od 200 upravičenih članic; potrebna je vsaj 101 (dve tretjini)."),
        ("en", 1, "1 of 200 entitled members handed in a ballot; at least 1 (two thirds) is needed."),
        ("en", 2, "2 of 200 entitled members handed in a ballot; at least 2 (two thirds) are needed."),
        ("en", 101, "101 of 200 entitled members handed in a ballot; at least 101 (two thirds) are needed."),
    ],
)
def test_both_numbers_of_a_step_have_the_form_that_goes_with_them(words, language, number, said):
    step = StepView("quorum", f"{number}/200", ">=", "2/3", True, number)
    assert step_sentence(words(language), step, "cast") == said


@pytest.mark.parametrize(
    ("base", "left", "needed", "said"),
    [
        (
            "entitled",
            "13/27",
            14,
            "Za je glasovalo 13 od 27 upravičenih članic; potrebnih je vsaj 14 (51\N{NO-BREAK SPACE}%).",
        ),
        (
            "entitled",
            "3/101",
            52,
            "Za so glasovale 3 od 101 upravičene članice; potrebnih je vsaj 52 (51\N{NO-BREAK SPACE}%).",
        ),
        ("cast", "2/3", 2, "Za sta 2 od 3 oddanih glasov; potrebna sta vsaj 2 glasova (51\N{NO-BREAK SPACE}%)."),
        ("cast", "1/1", 1, "Za je 1 od 1 oddanega glasu; potreben je vsaj 1 glas (51\N{NO-BREAK SPACE}%)."),
        ("participating", "5/8", 5, "Za je 5 od 8 oddanih glasovnic; potrebnih je vsaj 5 (51\N{NO-BREAK SPACE}%)."),
    ],
)
def test_a_slovene_majority_agrees_in_number_and_gender_whatever_its_base(words, base, left, needed, said):
    assert step_sentence(words("sl"), StepView("majority", left, ">=", "51/100", True, needed), base) == said


@pytest.mark.parametrize(
    ("language", "base", "said"),
    [
        ("sl", "entitled", "Za je glasovalo 27 od 28 upravičenih članic; potrebne so vse."),
        ("sl", "cast", "Za je 27 od 28 oddanih glasov; potrebni so vsi."),
        ("en", "entitled", "27 of 28 entitled members voted in favour; all of them are needed."),
        ("en", "cast", "27 of 28 votes cast are in favour; all these votes are needed."),
    ],
)
def test_unanimity_has_a_sentence_of_its_own(words, language, base, said):
    assert step_sentence(words(language), StepView("majority", "27/28", ">=", "1/1", False, 28), base) == said


@pytest.mark.parametrize(
    ("language", "step", "said"),
    [
        ("sl", "quorum", "Upravičena ni bila nobena članica, zato sklepčnosti ni."),
        ("sl", "majority", "Upravičena ni bila nobena članica, zato večine ni."),
        ("en", "quorum", "Nobody was entitled to vote, so there is no quorum."),
        ("en", "majority", "Nobody was entitled to vote, so there is no majority."),
    ],
)
def test_an_empty_electorate_has_a_sentence_of_its_own(words, language, step, said):
    assert step_sentence(words(language), StepView(step, "0/0", ">=", "2/3", False, 1), "entitled") == said


@pytest.mark.parametrize(
    ("state", "verdict", "heading"),
    [
        ("pending", "no_quorum", "What happens if it passes"),
        ("open", "adopted", "What happens if it passes"),
        ("executed", "adopted", "What happened because it passed"),
        ("queued", "adopted", "What follows"),
        ("rejected", "rejected", "What would have happened if it had passed"),
        ("no_quorum", "no_quorum", "What would have happened if it had passed"),
        ("withdrawn", "no_quorum", "What would have happened if it had passed"),
        ("adopted", "adopted", "What follows"),
        ("vetoed", "adopted", "What would have followed"),
        ("not_approved", "adopted", "What would have followed"),
    ],
)
def test_effects_stand_under_a_heading_in_the_tense_that_fits(words, proposal, state, verdict, heading):
    outcome = proposal(state, verdict=verdict).outcome
    assert consequences_heading(words("en"), outcome) == heading
    consultation = replace(outcome, rule=replace(outcome.rule, binding=False))
    assert consequences_heading(words("en"), consultation) == "What follows"


@pytest.mark.parametrize(
    ("counts", "said"),
    [((1, 1, 1), (34, 33, 33)), ((15, 8, 0), (65, 35, 0)), ((2, 2, 3), (29, 28, 43)), ((0, 0, 0), (0, 0, 0))],
)
def test_shares_are_whole_percents_that_add_up(counts, said):
    assert shares(counts) == said


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
    ("language", "said"),
    [
        ("en", "20 of 25 votes are in favour, silence among them; at least 17 votes (two thirds) are needed."),
        ("sl", "Za je, z molkom vred, 20 od 25 glasov; potrebnih je vsaj 17 glasov (dve tretjini)."),
    ],
)
def test_silence_that_consents_is_not_said_to_have_voted(words, proposal, language, said):
    rule = replace(proposal().outcome.rule, silence_consents=True)
    step = StepView("majority", "20/25", ">=", "2/3", True, 17)
    outcome = proposal("queued", verdict="adopted", reason="MAJORITY_REACHED", steps=(step,), rule=rule).outcome
    assert reason_sentence(words(language), outcome) == said


def test_abstentions_that_are_cast_are_counted_as_ballots(words, proposal):
    rule = replace(proposal().outcome.rule, abstentions_cast=True)
    outcome = proposal("queued", verdict="adopted", reason="MAJORITY_REACHED", steps=(MAJORITY_MET,), rule=rule).outcome
    assert reason_sentence(words("en"), outcome).startswith("16 of 24 ballots are in favour")


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ("4/10", "V 4 od 10 držav je več glasov za kot proti; potrebnih je vsaj 6 (55\N{NO-BREAK SPACE}%)."),
        ("1/1", "V 1 od 1 države je več glasov za kot proti; potrebnih je vsaj 6 (55\N{NO-BREAK SPACE}%)."),
        ("0/0", "Upravičena ni bila nobena članica, zato nobena država ni bila za."),
    ],
)
def test_countries_are_counted_in_slovene_as_they_are(words, left, said):
    assert step_sentence(words("sl"), StepView("countries", left, ">=", "55/100", False, 6), "cast") == said


@pytest.mark.parametrize(
    ("reason", "step", "sentence"),
    [
        ("COUNTRIES_NOT_REACHED", StepView("countries", "4/10", ">=", "55/100", False, 6), "In 4 of 10 countries"),
        ("CASTING_VOTE", StepView("casting_vote", "1/1", ">=", "1/1", True, 1), "the chair voted in favour"),
        ("MAJORITY_NOT_REACHED", StepView("casting_vote", "0/1", ">=", "1/1", False, 1), ""),
    ],
)
def test_countries_and_the_casting_vote_can_be_what_decided(words, proposal, reason, step, sentence):
    outcome = proposal("rejected", verdict="rejected", reason=reason, steps=(step,)).outcome
    assert sentence in reason_sentence(words("en"), outcome)


def test_a_chair_that_did_not_vote_in_favour_breaks_no_tie(words):
    step = StepView("casting_vote", "0/1", ">=", "1/1", False, 1)
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


def test_an_admission_names_the_organisation_and_its_class(words, proposal):
    given = (("admission.class", "3"), ("admission.code", "SI-NOVA"), ("admission.name", "Nova 100 %"))
    view = proposal(call="admit((address,uint8,bytes2,bytes32,string))", arguments=given)
    (said,) = consequences(words("en"), view, {})
    assert said.startswith("Nova 100 % becomes a member (Associate).")


@pytest.mark.parametrize("call", ["grantSeat(uint8,uint16)", "endSeat(uint8,uint16)"])
def test_a_seat_is_one_in_a_body_of_a_name(words, proposal, call):
    view = proposal(call=call, arguments=(("bodyId", "1"), ("memberId", "10")))
    (said,) = consequences(words("en"), view, {"10": "Sončna zadruga"}, {"0": "general_assembly", "1": "jury"})
    assert "Sončna zadruga" in said
    assert "“Jury”" in said


TERMS = {
    "notice": "864000",
    "shortNotice": "864000",
    "period": "172800",
    "standstill": "2160000",
    "vetoWindow": "1296000",
    "quorumNumerator": "1",
    "quorumDenominator": "2",
    "majorityNumerator": "3",
    "majorityDenominator": "4",
    "countryNumerator": "55",
    "countryDenominator": "100",
    "base": "2",
    "strict": "true",
    "abstentionsCast": "false",
    "silenceConsents": "false",
    "binding": "true",
    "earlyClose": "false",
    "revisable": "true",
    "externalApproval": "false",
    "tie": "0",
    "calls": "0",
    "mandates": "2",
    "vetoGrounds": "12",
}
SET_RULE = f"setRule(bytes32,({','.join('uint32' for _ in TERMS)}))"


def test_a_new_rule_is_told_in_the_words_of_any_rule(words, proposal):
    given = (("name", "GA_2_3"), *((f"rule.{name}", value) for name, value in TERMS.items()))
    said = consequences(words("en"), proposal(call=SET_RULE, arguments=given), {})
    assert "“Assembly meeting”" in said[0]
    assert said[1:] == (
        "Published at least 10 days before voting opens.",
        "Time to vote: 2 days.",
        "Quorum: half of the entitled members hand in a ballot, of any choice.",
        "Majority: more than three quarters of all entitled members; silence works like a vote against.",
        "Countries: in 55% of the countries more votes are in favour than against.",
        "A ballot can be changed until the deadline; the last one counts.",
        "A member can cast the ballots of 2 other members that gave it a mandate.",
        "A member can veto on these grounds: costs, liabilities.",
        "A veto can be raised until 15 days after the vote.",
        "The decision binds 25 days after the vote at the earliest.",
        "The decision binds.",
    )


@pytest.mark.parametrize("change", [{"base": "9"}, {"tie": "9"}, {"period": None}, {"vetoGrounds": None}], ids=str)
def test_terms_that_cannot_be_read_are_not_made_up(words, proposal, change):
    given = (("name", "GA_2_3"), *((f"rule.{n}", v) for n, v in (TERMS | change).items() if v is not None))
    assert len(consequences(words("en"), proposal(call=SET_RULE, arguments=given), {})) == 1


def test_a_resolution_of_another_text_or_elsewhere_is_not_told_calmly(words, proposal):
    other = proposal(arguments=(("kindId", "7"), ("textHash", "0x" + "67" * 32)))
    assert "other than the one shown here" in consequences(words("en"), other, {})[0]
    elsewhere = replace(proposal(), resolution_matches_text=None)
    assert consequences(words("en"), elsewhere, {}) == ("Calls resolve(uint16,bytes32) on Records.",)


@pytest.mark.parametrize(
    ("matches", "said"),
    [(True, "a decision about Ana"), (False, "other than the one shown"), (None, "Calls resolveFor")],
)
def test_a_resolution_about_a_member_is_told_with_the_same_care(words, proposal, matches, said):
    given = (("kindId", "7"), ("memberId", "10"), ("textHash", "0x" + "66" * 32))
    view = replace(proposal(call="resolveFor(uint16,uint16,bytes32)", arguments=given), resolution_matches_text=matches)
    (sentence,) = consequences(words("en"), view, {"10": "Ana"})
    assert said in sentence


def test_a_new_body_made_by_the_factory_has_its_name(words, proposal):
    view = proposal(call="createBody((string,bytes32,uint256,bytes32,uint8))", arguments=(("plan.name", "jury"),))
    assert consequences(words("en"), view, {}) == ("The consortium gets a new body: “Jury”.",)


def test_a_call_that_nobody_described_is_named_as_it_is(words, proposal):
    view = proposal(call="relay(address)", arguments=())
    assert consequences(words("en"), view, {}) == ("Calls relay(address) on Records.",)


def test_nothing_follows_from_a_consultation(words, proposal):
    rule = replace(proposal().outcome.rule, binding=False)
    assert "binds nobody" in consequences(words("en"), proposal(rule=rule), {})[0]


def test_times_are_local_with_their_zone_and_a_code_nobody_named_is_readable(words):
    assert words("en").moment(1_795_000_000) == "Wed, 18\xa0Nov\xa02026, 12:06\xa0CET"
    assert words("sl").relative(words("sl").now + 2 * 86_400) == "čez 2 dneva"
    assert words("en").label("kind", "moon_landing") == "Moon landing"


@pytest.mark.parametrize("language", languages())
def test_a_quorum_that_was_missed_is_not_said_to_be_needed_still(words, language):
    short = TallyView(10, 0, 0, 28, 18, 9, 19)
    assert turnout_sentence(words(language), short, over=True) != turnout_sentence(words(language), short)
    assert "was needed" in turnout_sentence(words("en"), short, over=True)
