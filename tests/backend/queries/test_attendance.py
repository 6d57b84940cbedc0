"""Who took part in which vote."""

from backend.queries.attendance import read_attendance
from backend.queries.own_ballots import choices_of
from backend.queries.participation import list_participation
from backend.queries.proposals import ProposalFilter, list_proposals
from tests.backend import story as s

OVER = ("executed", "queued", "rejected", "no_quorum", "binding", "consulted", "vetoed", "not_approved", "adopted")


def test_marks_add_up_to_what_participation_counts(mirror):
    with mirror.reading() as reading:
        told = reading.session, reading.consortium
        votes = list_proposals(*told, reading.now, ProposalFilter(states=(*OVER, "awaiting_approval")), limit=100).items
        attendance = read_attendance(*told, [vote.id for vote in votes])
        counted = list_participation(*told, reading.now)
    for mark, whole in (("recused", lambda row: row.recused), ("by_mandate", lambda row: row.by_mandate)):
        assert list(attendance.values()).count(mark) == sum(map(whole, counted))
    taken = sum(mark in ("voted", "by_mandate") for mark in attendance.values())
    assert taken == sum(row.cast for row in counted) > 0
    assert len(attendance) == sum(row.entitled + row.recused for row in counted)


def test_one_member_can_be_asked_for(mirror):
    with mirror.reading() as reading:
        of_ana = read_attendance(reading.session, reading.consortium, [s.OPEN, s.OPEN_LATER], member_id=1)
        assert of_ana == {(1, s.OPEN): "voted", (1, s.OPEN_LATER): "silent"}
        assert read_attendance(reading.session, reading.consortium, []) == {}


def test_a_members_ballots_are_named_by_their_choices(mirror):
    with mirror.reading() as reading:
        told = reading.session, reading.consortium
        assert choices_of(*told, 1, [s.OPEN, s.OPEN_LATER]) == {s.OPEN: "for"}
        assert choices_of(*told, 2, [s.OPEN]) == {s.OPEN: "against"}
        assert choices_of(*told, 1, []) == {}
