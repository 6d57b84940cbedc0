import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain import events
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.roll import Roll
from tests.domain.rolls import (
    ASSEMBLY,
    ASSOCIATE,
    BOARD,
    CONSULTATION,
    FOUNDED,
    FOUNDER,
    PARTNER,
    STRANGER,
    admitted,
    entered,
    founded,
    moved,
    told,
    wallet_of,
)

BODIES = (ASSEMBLY, BOARD, CONSULTATION)
STANDINGS = st.lists(st.tuples(st.sampled_from([FOUNDER, PARTNER, ASSOCIATE]), st.sampled_from(MemberStatus)))


def entitled(roll, at):
    return [roll.entitled_at(body, at) for body in BODIES]


def bodies_of(roll, member_id, at):
    return [body for body in BODIES if roll.may_vote_at(member_id, body, at)]


def test_an_empty_roll_entitles_nobody():
    assert entitled(Roll(), FOUNDED) == [0, 0, 0]


def test_members_vote_in_the_bodies_of_their_class_and_where_they_have_a_seat():
    roll = founded()
    assert bodies_of(roll, FOUNDER, FOUNDED) == [ASSEMBLY, BOARD, CONSULTATION]
    assert bodies_of(roll, PARTNER, FOUNDED) == [ASSEMBLY, CONSULTATION]
    assert bodies_of(roll, ASSOCIATE, FOUNDED) == [CONSULTATION]
    assert entitled(roll, FOUNDED) == [2, 1, 3]


def test_nobody_could_vote_before_they_came():
    assert entitled(founded(), FOUNDED - 1) == [0, 0, 0]


def test_an_admitted_member_does_not_vote_before_its_accession_is_recorded():
    roll = told(founded(), 20, admitted(4, MemberClass.PARTNER))
    assert bodies_of(roll, 4, 20) == []
    assert roll.members[4].rights == 0
    roll = told(roll, 30, events.AccessionRecorded(4, "0x" + "22" * 32))
    assert bodies_of(roll, 4, 30) == [ASSEMBLY, CONSULTATION]
    assert bodies_of(roll, 4, 29) == []


def test_a_member_in_breach_votes_on_and_a_defaulting_one_does_not():
    roll = told(founded(), 20, moved(PARTNER, MemberStatus.ACTIVE, MemberStatus.IN_BREACH))
    assert roll.entitled_at(ASSEMBLY, 20) == 2
    roll = told(roll, 30, moved(PARTNER, MemberStatus.IN_BREACH, MemberStatus.DEFAULTING))
    assert (roll.entitled_at(ASSEMBLY, 29), roll.entitled_at(ASSEMBLY, 30)) == (2, 1)


def test_a_remedied_default_gives_the_vote_back():
    roll = told(founded(), 20, moved(PARTNER, MemberStatus.ACTIVE, MemberStatus.DEFAULTING))
    roll = told(roll, 30, moved(PARTNER, MemberStatus.DEFAULTING, MemberStatus.ACTIVE))
    assert [roll.entitled_at(ASSEMBLY, at) for at in (19, 20, 29, 30)] == [2, 1, 1, 2]


def test_a_change_holds_for_the_whole_second_it_happens_in():
    roll = told(
        founded(),
        20,
        moved(PARTNER, MemberStatus.ACTIVE, MemberStatus.DEFAULTING),
        moved(PARTNER, MemberStatus.DEFAULTING, MemberStatus.ACTIVE),
        moved(PARTNER, MemberStatus.ACTIVE, MemberStatus.LEFT),
    )
    assert (roll.entitled_at(ASSEMBLY, 19), roll.entitled_at(ASSEMBLY, 20)) == (2, 1)


def test_a_seat_gives_the_vote_in_its_body_only_while_it_lasts():
    roll = told(founded(), 20, events.SeatGranted(BOARD, PARTNER))
    roll = told(roll, 30, events.SeatEnded(BOARD, PARTNER))
    assert [roll.entitled_at(BOARD, at) for at in (19, 20, 29, 30)] == [1, 2, 2, 1]
    assert roll.entitled_at(ASSEMBLY, 30) == 2


def test_a_change_of_class_changes_the_bodies():
    roll = told(founded(), 20, events.MemberClassChanged(ASSOCIATE, MemberClass.ASSOCIATE, MemberClass.PARTNER))
    assert bodies_of(roll, ASSOCIATE, 20) == [ASSEMBLY, CONSULTATION]


def test_a_body_created_later_includes_the_members_there_are():
    roll = told(founded(), 20, events.BodyCreated(3, "founders", "0xG3", "0xT3", 0b0010))
    assert (roll.entitled_at(3, 19), roll.entitled_at(3, 20)) == (0, 1)


def test_a_rotated_wallet_is_revoked_and_stays_its_members():
    roll = told(founded(), 20, events.WalletRotated(PARTNER, wallet_of(PARTNER), "0xNew"))
    assert roll.revoked(wallet_of(PARTNER))
    assert not roll.revoked("0xNew")
    assert roll.member_of(wallet_of(PARTNER)).id == roll.member_of("0xNew").id == PARTNER


def test_a_rotation_changes_no_right():
    roll = told(founded(), 20, events.WalletRotated(PARTNER, wallet_of(PARTNER), "0xNew"))
    assert entitled(roll, 20) == entitled(founded(), 20)


def test_a_strangers_wallet_belongs_to_nobody():
    assert founded().member_of(STRANGER) is None
    assert not founded().revoked(STRANGER)


@pytest.mark.parametrize("event", [events.ProposalExecuted(1), events.VotingRightsChanged(PARTNER, 0)])
def test_events_that_are_no_facts_about_members_leave_the_roll_as_it_is(event):
    assert told(founded(), 20, event) == founded()


@given(STANDINGS)
def test_the_past_never_changes(standings):
    roll, remembered = founded(), {}
    for step, (member_id, status) in enumerate(standings, start=FOUNDED + 1):
        remembered[step - 1] = entitled(roll, step - 1)
        roll = told(roll, step, moved(member_id, roll.members[member_id].status, status))
    assert {at: entitled(roll, at) for at in remembered} == remembered


@given(STANDINGS)
def test_the_latest_rights_follow_from_the_latest_standing(standings):
    roll = founded()
    for step, (member_id, status) in enumerate(standings, start=FOUNDED + 1):
        roll = told(roll, step, moved(member_id, roll.members[member_id].status, status))
    for entry in roll.members.values():
        expected = founded().members[entry.id].rights if entry.status.votes else 0
        assert entry.rights == expected


def test_a_batch_of_admissions_entitles_each_of_them():
    newcomers = [event for member_id in range(4, 34) for event in entered(member_id, MemberClass.PARTNER)]
    assert told(founded(), 20, *newcomers).entitled_at(ASSEMBLY, 20) == 32
