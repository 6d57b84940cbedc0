"""A reader finds the own ballot first, and the others by choice."""

from dataclasses import replace

import pytest

from backend.portal.ballot_list import ballot_list, own_first
from backend.queries.views import MemberRef

OTHER = MemberRef(12, "GR-ANKA", "AN.KA.", "GR")


@pytest.fixture
def ballots(ballot):
    return (replace(ballot, member=OTHER, choice="against"), ballot)


def test_the_own_ballot_comes_first_and_stays_whatever_the_filter(ballots, ballot):
    for choice in ("", "against"):
        arranged = ballot_list(ballots, ballot.member, choice)
        assert arranged.own is ballot
        assert [one.member.code for one in arranged.shown] == ["SI-SONCNA", "GR-ANKA"]
    assert [one.member.code for one in ballot_list(ballots, ballot.member, "for").shown] == ["SI-SONCNA"]


def test_without_an_organisation_ballots_keep_their_order(ballots):
    assert ballot_list(ballots, None).shown == ballots
    assert ballot_list(ballots, None, "for").shown == ballots[1:]


def test_counts_are_of_all_ballots_whatever_the_filter(ballots, ballot):
    assert ballot_list(ballots, None, "for").counts == {"for": 1, "against": 1, "abstain": 0}


@pytest.mark.parametrize("nonsense", ["none", "<script>", "FOR", "\0"])
def test_a_choice_that_is_none_narrows_nothing(ballots, nonsense):
    assert ballot_list(ballots, None, nonsense).shown == ballots


def test_who_has_not_voted_starts_with_the_own_organisation(ballot):
    assert own_first((OTHER, ballot.member), ballot.member) == (ballot.member, OTHER)
    assert own_first((OTHER, ballot.member), None) == (OTHER, ballot.member)


def test_many_ballots_come_in_pages_with_the_own_one_on_each(ballot):
    many = [replace(ballot, member=MemberRef(100 + n, f"XX-{n}", f"Member {n}", "SI")) for n in range(205)]
    first, last = (ballot_list([*many, ballot], ballot.member, page=page) for page in (1, 3))
    assert (len(first.shown), len(last.shown), first.pages) == (101, 6, 3)
    assert first.shown[0] is last.shown[0] is ballot
    assert last.shown[1].member.code == "XX-200"


@pytest.mark.parametrize(("asked", "page"), [(-1, 1), (0, 1), (2, 1), (10**9, 1)])
def test_a_page_that_is_none_is_the_nearest_one(ballots, asked, page):
    assert ballot_list(ballots, None, page=asked).page == page
