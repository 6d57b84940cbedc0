from consortium import (
    ABSTAIN,
    AGREEMENT,
    ASSOCIATE,
    FOUNDING,
    PARTNER,
    admission,
    closed,
    opened,
    plain,
    put,
    resolution,
    vote,
    wallet_of,
)
from phases import counts

NO_QUORUM, REJECTED, ADOPTED, CONSULTED = range(4)


def counted(consortium, kind, body=0, **votes):
    question = opened(put(consortium.governors[body], consortium.wallet(1), [resolution(consortium, kind)]))
    vote(consortium, question, **votes)
    return closed(question)


def test_explain_gives_every_comparison_of_the_judgment(consortium):
    question = counted(consortium, "work_plan", for_=[1, 2, 3, 4], against=[5, 6])
    verdict, steps = plain(consortium.lens.explain(consortium.assembly, question.id))
    assert verdict == ADOPTED == consortium.assembly.verdictOf(question.id)
    assert steps == ((0, 6, 8, 2, 3, False, True), (1, 4, 6, 2, 3, False, True))


def test_explain_shows_the_majority_even_where_the_quorum_failed(consortium):
    question = counted(consortium, "work_plan", for_=[1, 2, 3])
    verdict, steps = plain(consortium.lens.explain(consortium.assembly, question.id))
    assert verdict == NO_QUORUM
    assert steps == ((0, 3, 8, 2, 3, False, False), (1, 3, 3, 2, 3, False, True))


def test_consultation_without_thresholds_has_no_steps(consortium):
    question = counted(consortium, "policy_consultation", body=2, for_=[1, 9])
    assert plain(consortium.lens.explain(consortium.governors[2], question.id)) == (CONSULTED, ())


def test_tally_by_class_adds_up_to_the_tally(consortium):
    question = counted(consortium, "policy_consultation", body=2, for_=[1, 2, 9], against=[5], abstain=[3, 10])
    tallies = plain(consortium.lens.tallyByClass(consortium.governors[2], question.id))
    by_class = [(member_class, tally[:5]) for member_class, tally in tallies]
    assert by_class == [(FOUNDING, (0, 2, 1, 4, 0)), (PARTNER, (1, 0, 0, 4, 0)), (ASSOCIATE, (0, 1, 1, 2, 0))]
    assert tuple(sum(tally[index] for _, tally in tallies) for index in range(5)) == counts(question)


def test_ballots_are_those_of_the_electorate_frozen_at_the_snapshot(consortium):
    question = opened(put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")]))
    vote(consortium, question, for_=[2], against=[8])
    consortium.registry.recordExit(4)
    ballots = plain(consortium.lens.ballots(consortium.assembly, question.id))
    assert [ballot[0] for ballot in ballots] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [ballot[3] for ballot in ballots] == [0, 2, 0, 0, 0, 0, 0, 1]
    assert ballots[1] == (2, FOUNDING, "0x5349", 2, 1, False, False)


def test_tally_by_country_adds_up_to_the_tally(consortium):
    greek = [(*admission(number, PARTNER)[:2], "0x4752", *admission(number, PARTNER)[3:]) for number in (11, 12)]
    consortium.registry.found(greek, AGREEMENT)
    question = opened(put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")]))
    vote(consortium, question, for_=[1, 2], against=[3])
    consortium.assembly.castVote(question.id, ABSTAIN, {"from": wallet_of(11)})
    consortium.assembly.recuse(question.id, {"from": wallet_of(12)})
    tallies = plain(consortium.lens.tallyByCountry(consortium.assembly, question.id))
    assert [(country, tally[:5]) for country, tally in tallies] == [
        ("0x5349", (1, 2, 0, 8, 0)),
        ("0x4752", (0, 0, 1, 1, 1)),
    ]
    assert tuple(sum(tally[index] for _, tally in tallies) for index in range(5)) == counts(question)
