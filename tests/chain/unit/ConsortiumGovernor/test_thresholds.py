"""Every threshold at exactly equal, one more and one less, by real ballots of eight members."""

import pytest
from consortium import (
    AGREEMENT,
    CAST,
    DAY,
    ENTITLED,
    PARTICIPATING,
    PARTNER,
    admission,
    closed,
    opened,
    vote,
    wallet_of,
)
from laws import ask, ask_now, make_law
from phases import Phase, counts, phase

ADOPTED, REJECTED, NO_QUORUM = Phase.BINDING, Phase.REJECTED, Phase.NO_QUORUM
HALF = {"majority_numerator": 1, "majority_denominator": 2}
CHAIR = 1


def outcome(consortium, votes, **settings):
    question = ask_now(consortium, make_law(consortium, **settings))
    vote(consortium, question, **votes)
    return phase(closed(question))


def members(first, last):
    return list(range(first, last + 1))


@pytest.mark.parametrize(("present", "expected"), [(5, NO_QUORUM), (6, ADOPTED), (7, ADOPTED)])
def test_quorum_of_three_quarters(consortium, present, expected):
    quorum = {"quorum_numerator": 3, "quorum_denominator": 4}
    assert outcome(consortium, {"for_": members(1, present)}, **quorum) == expected


@pytest.mark.parametrize(
    ("strict", "in_favour", "expected"), [(False, 4, ADOPTED), (True, 4, REJECTED), (True, 5, ADOPTED)]
)
def test_strict_majority_is_more_than_the_share(consortium, strict, in_favour, expected):
    votes = {"for_": members(1, in_favour), "against": members(in_favour + 1, 8)}
    assert outcome(consortium, votes, strict=strict, **HALF) == expected


@pytest.mark.parametrize(
    ("base", "counted", "expected"),
    [
        (CAST, False, ADOPTED),  # 2 of 3
        (CAST, True, REJECTED),  # 2 of 6
        (PARTICIPATING, False, REJECTED),  # 2 of 6
        (ENTITLED, False, REJECTED),  # 2 of 8
    ],
)
def test_abstentions_are_votes_where_the_setting_or_the_base_says_so(consortium, base, counted, expected):
    votes = {"for_": [1, 2], "against": [3], "abstain": [4, 5, 6]}
    assert outcome(consortium, votes, base=base, abstentions_cast=counted, **HALF) == expected


@pytest.mark.parametrize("base", [CAST, PARTICIPATING, ENTITLED])
def test_nothing_but_abstentions_is_no_majority(consortium, base):
    assert outcome(consortium, {"abstain": members(1, 8)}, base=base) == REJECTED


@pytest.mark.parametrize(("against", "expected"), [(1, ADOPTED), (2, ADOPTED), (3, REJECTED)])
def test_silence_consents_up_to_the_last_second(consortium, against, expected):
    """Without the two against, just three quarters of the eight consent."""
    votes = {"against": members(1, against)}
    majority = {"majority_numerator": 3, "majority_denominator": 4}
    assert outcome(consortium, votes, silence_consents=True, **majority) == expected


@pytest.mark.parametrize(
    ("base", "votes"),
    [
        (CAST, lambda more: {"for_": members(1, 4 + more), "against": [8, 7]}),  # 4 of 6
        (PARTICIPATING, lambda more: {"for_": members(1, 4 + more), "abstain": [8, 7]}),
        (ENTITLED, lambda more: {"for_": members(1, 6 + more)}),
    ],
)
@pytest.mark.parametrize(("more", "expected"), [(-1, REJECTED), (0, ADOPTED), (1, ADOPTED)])
def test_majority_is_reached_at_its_number_whatever_it_is_a_share_of(consortium, base, votes, more, expected):
    share = (3, 4) if base == ENTITLED else (2, 3)
    majority = dict(zip(("majority_numerator", "majority_denominator"), share, strict=True))
    assert outcome(consortium, votes(more), base=base, **majority) == expected


def test_silence_of_an_empty_electorate_adopts_nothing(consortium):
    for member in (1, 2, 3):
        consortium.registry.endSeat(1, member)
    question = ask_now(consortium, make_law(consortium, body=1, silence_consents=True), body=1)
    assert phase(closed(question)) == REJECTED


@pytest.mark.parametrize(("chair_votes", "expected"), [("for_", ADOPTED), ("against", REJECTED), (None, REJECTED)])
def test_chair_breaks_a_tie_with_its_own_ballot(consortium, chair_votes, expected):
    consortium.registry.setChair(0, CHAIR)
    votes = {"for_": [2, 3], "against": [4, 5]}
    if chair_votes:
        votes[chair_votes] = [CHAIR, *votes[chair_votes][1:]]
    assert outcome(consortium, votes, tie=1, strict=True, **HALF) == expected


def test_chair_decides_nothing_where_there_is_no_tie_or_the_rule_does_not_ask(consortium):
    consortium.registry.setChair(0, CHAIR)
    votes = {"for_": [CHAIR, 2], "against": [3, 4, 5]}
    assert outcome(consortium, votes, tie=1, strict=True, **HALF) == REJECTED
    question = ask_now(consortium, make_law(consortium, "no_tie_break", strict=True, **HALF))
    vote(consortium, question, for_=[CHAIR], against=[2])
    assert phase(closed(question)) == REJECTED
    assert question.governor.proposalParties(question.id)[2] == 0


def test_chair_is_the_one_at_filing_whoever_takes_the_chair_later(consortium):
    consortium.registry.setChair(0, CHAIR)
    question = ask(consortium, make_law(consortium, tie=1, strict=True, **HALF))
    consortium.registry.setChair(0, 2)
    vote(consortium, opened(question), for_=[CHAIR], against=[2])
    assert phase(closed(question)) == ADOPTED
    steps = consortium.lens.explain(question.governor, question.id)[1]
    assert [step[0] for step in steps] == [1, 3]


def test_recused_chair_breaks_no_tie(consortium):
    consortium.registry.setChair(0, CHAIR)
    question = ask_now(consortium, make_law(consortium, tie=1, strict=True, **HALF))
    question.governor.recuse(question.id, {"from": consortium.wallet(CHAIR)})
    vote(consortium, question, for_=[2], against=[3])
    assert phase(closed(question)) == REJECTED


@pytest.fixture
def three_countries(consortium):
    """Slovenia has members 1 to 8, Italy 11 and 12, Greece 13."""
    parts = [admission(number, PARTNER) for number in (11, 12, 13)]
    abroad = [
        (*part[:2], country, *part[3:]) for part, country in zip(parts, ("0x4954", "0x4954", "0x4752"), strict=True)
    ]
    consortium.registry.found(abroad, AGREEMENT)


@pytest.mark.parametrize(
    ("ballots", "expected", "for_countries"),
    [
        ({1: 1, 11: 1, 13: 0}, ADOPTED, 2),  # 2 of 3 is exactly 2/3
        ({1: 1, 2: 1, 3: 1, 11: 1, 12: 0, 13: 0}, REJECTED, 1),  # Italy is divided
        ({1: 1, 2: 1, 3: 1, 11: 2}, REJECTED, 1),  # silence and abstention are for nothing
        ({1: 1, 11: 1, 13: 1}, ADOPTED, 3),
    ],
)
def test_countries_count_one_each(consortium, three_countries, ballots, expected, for_countries):
    law = make_law(consortium, country_numerator=2, country_denominator=3)
    question = ask_now(consortium, law)
    for member, support in ballots.items():
        question.governor.castVote(question.id, support, {"from": wallet_of(member)})
    assert tuple(question.governor.tallyOf(question.id))[5:7] == (3, for_countries)
    assert phase(closed(question)) == expected


def test_country_whose_members_are_all_recused_is_no_country_of_the_electorate(consortium, three_countries):
    question = ask_now(consortium, make_law(consortium, country_numerator=1, country_denominator=1))
    question.governor.recuse(question.id, {"from": wallet_of(13)})
    vote(consortium, question, for_=[1])
    question.governor.castVote(question.id, 1, {"from": wallet_of(11)})
    assert tuple(question.governor.tallyOf(question.id))[5:7] == (2, 2)
    assert phase(closed(question)) == ADOPTED


def test_all_recused_decide_nothing(consortium):
    question = ask_now(consortium, make_law(consortium, silence_consents=True, period=DAY))
    for member in members(1, 8):
        question.governor.recuse(question.id, {"from": consortium.wallet(member)})
    assert counts(question) == (0, 0, 0, 0, 8)
    assert phase(closed(question)) == REJECTED


def test_one_member_is_an_electorate(consortium):
    for member in (2, 3):
        consortium.registry.endSeat(1, member)
    question = ask_now(consortium, make_law(consortium, body=1, quorum_numerator=1), body=1)
    vote(consortium, question, for_=[1])
    assert phase(closed(question)) == ADOPTED
