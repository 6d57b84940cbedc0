import pytest

from backend.errors import InvalidCursorError, ProposalNotFoundError
from backend.queries.ballots import list_ballots
from backend.queries.keys import cursor_from
from backend.queries.non_voters import list_non_voters
from backend.queries.outcomes import read_outcome
from tests.backend import story as s


def ballots_of(reading, proposal, **more):
    return list_ballots(reading.session, reading.consortium, proposal, **more)


def non_voters_of(reading, proposal, now=None):
    members = list_non_voters(reading.session, reading.consortium, proposal, now or reading.now)
    return [member.code for member in members]


def test_ballots_are_listed_by_organisation(reading):
    page = ballots_of(reading, s.EXECUTED)

    assert [(ballot.member.code, ballot.choice) for ballot in page.items] == [
        ("AT-DORA", "abstain"),
        ("HR-CVITA", "for"),
        ("IT-BEPPE", "for"),
        ("SI-ANA", "for"),
    ]
    assert page.total == 4
    assert page.items[0].cast_at == s.START + 10 * s.DAY + 5
    assert page.items[0].finality == "final"


def test_a_reason_is_shown_with_its_commitment_and_plain_words_on_chain_are_not(reading):
    by_code = {ballot.member.code: ballot for ballot in ballots_of(reading, s.OPEN).items}

    assert by_code["SI-ANA"].reason == "Because it is right."
    assert by_code["SI-ANA"].reason_language == "en"
    assert by_code["SI-ANA"].reason_commitment.startswith("0x")
    assert by_code["IT-BEPPE"].reason is None
    assert by_code["IT-BEPPE"].reason_language is None
    assert by_code["IT-BEPPE"].reason_commitment is None
    assert by_code["IT-BEPPE"].wallet == s.wallet_of(2, 1)


def test_an_erased_reason_leaves_the_ballot_and_its_commitment(reading, erased_reason):
    commitment = erased_reason(s.OPEN)
    ballot = next(ballot for ballot in ballots_of(reading, s.OPEN).items if ballot.member.code == "SI-ANA")

    assert (ballot.choice, ballot.reason, ballot.reason_commitment) == ("for", None, commitment)


def test_a_commitment_that_another_member_or_question_copied_shows_no_words(tmp_path, make_mirror, story, documents):
    commitment = next(event.reason for _, event in story.told if getattr(event, "reason", "").startswith("0x"))
    copied = s.whole_story(documents)
    copied.told = list(story.told)
    copied.vote(s.LAST, s.ASSEMBLY, s.OPEN, (3, s.FOR), reason=commitment)
    copied.vote(s.LAST, s.BOARD, s.OPEN_LATER, (1, s.FOR), reason=commitment)
    with make_mirror(copied.told).reading() as reading:
        by_code = {ballot.member.code: ballot for ballot in ballots_of(reading, s.OPEN).items}
        (elsewhere,) = ballots_of(reading, s.OPEN_LATER).items

    assert by_code["SI-ANA"].reason == "Because it is right."
    assert (by_code["HR-CVITA"].reason_commitment, by_code["HR-CVITA"].reason) == (commitment, None)
    assert (elsewhere.reason_commitment, elsewhere.reason) == (commitment, None)


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_parts_join_to_all_ballots(reading, limit):
    found, cursor = [], None
    while True:
        page = ballots_of(reading, s.EXECUTED, limit=limit, cursor=cursor)
        assert page.total == 4
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            break

    assert tuple(found) == ballots_of(reading, s.EXECUTED).items


@pytest.mark.parametrize("cursor", ["", "zzz", cursor_from(1, 2), cursor_from(999), cursor_from(-1), "\0"])
def test_a_cursor_that_was_not_given_out_is_refused(reading, cursor):
    with pytest.raises(InvalidCursorError):
        ballots_of(reading, s.EXECUTED, cursor=cursor)


def test_non_voters_are_the_electorate_without_those_who_voted(reading):
    assert non_voters_of(reading, s.NO_QUORUM) == ["AT-DORA", "HR-CVITA"]
    assert non_voters_of(reading, s.EXECUTED) == []
    assert non_voters_of(reading, s.CONSULTED) == ["AT-DORA", "HR-CVITA", "IT-BEPPE"]
    assert non_voters_of(reading, s.OPEN) == ["HR-CVITA"]


def test_before_the_opening_the_electorate_is_the_roll_as_it_stands(reading):
    assert non_voters_of(reading, s.PENDING) == ["GR-FOTIS", "HR-CVITA", "IT-BEPPE", "SI-ANA"]


@pytest.mark.parametrize("proposal", [s.EXECUTED, s.NO_QUORUM, s.OPEN, s.CONSULTED, s.OPEN_LATER, s.PENDING])
def test_voters_and_non_voters_make_up_the_electorate(reading, proposal):
    tally = read_outcome(reading.session, reading.consortium, proposal, reading.now).tally
    assert ballots_of(reading, proposal).total == tally.participating
    assert len(non_voters_of(reading, proposal)) == tally.silent


def test_an_unknown_proposal_is_refused(reading):
    with pytest.raises(ProposalNotFoundError):
        ballots_of(reading, 5)
    with pytest.raises(ProposalNotFoundError):
        non_voters_of(reading, 5)
