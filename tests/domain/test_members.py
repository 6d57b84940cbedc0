from backend.domain.members import MemberStatus


def test_only_active_members_and_those_in_breach_vote():
    assert {status for status in MemberStatus if status.votes} == {MemberStatus.ACTIVE, MemberStatus.IN_BREACH}
