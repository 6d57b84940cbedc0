from typing import get_args

import pytest
from sqlalchemy import select

from backend.chain.decoder import Logged
from backend.database.records import (
    ClassRecord,
    ConsortiumRecord,
    EntitlementRecord,
    MemberRecord,
    SeatRecord,
    StatusRecord,
    VoteRecord,
    WalletRecord,
)
from backend.domain import events as e
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.values import Hash32, MemberId, Timepoint
from backend.indexer.consortia import register
from backend.indexer.projections import HANDLERS, PoisonEventError, project
from backend.indexer.projections.projection import Projection
from tests.backend import story as s

ANA = MemberId(1)
NOON = s.START + 1_000_000


@pytest.fixture
def told(sessions, deployment, story):
    """Tells events of the registry, one second each unless said otherwise, after the story's founding."""
    founding = [Logged(event, place) for place, event in story.told if place.block_time <= s.START + s.DAY]
    with sessions.begin() as session:
        register(session, deployment)
        project(Projection.begin(session.connection(), 1), founding)
    blocks = iter(range(10_000, 20_000))

    def tell(*happened, at=None, emitter=s.REGISTRY):
        logged = []
        for step, event in enumerate(happened):
            block = next(blocks)
            time = Timepoint(NOON + step if at is None else at)
            logged.append(Logged(event, e.Place(block, Hash32(hex(block)), time, Hash32("0xaa"), 0, emitter)))
        with sessions.begin() as session:
            project(Projection.begin(session.connection(), 1), logged)

    return tell


@pytest.fixture
def rows(sessions):
    def read(record, **key):
        with sessions() as session:
            query = select(record).filter_by(**key).order_by(*record.__table__.primary_key.columns)
            return session.scalars(query).all()

    return read


def spans(rows, member=ANA, body=0):
    return [(row.since, row.until) for row in rows(EntitlementRecord, member_id=member, body_id=body)]


def test_every_event_of_the_domain_has_a_handler_named_after_it():
    assert set(HANDLERS) == set(get_args(e.Event))
    for event, handler in HANDLERS.items():
        assert handler.__name__.replace("_", "") == event.__name__.lower()


def test_a_member_enters_the_roll_with_its_histories(told, rows):
    member = rows(MemberRecord, member_id=ANA)[0]

    assert (member.code, member.country, member.status) == ("SI-ANA", "SI", MemberStatus.ACTIVE)
    assert (member.admitted_at, member.rights, member.accession_hash) == (s.START + s.DAY, 0b111, "0x" + "ac" * 32)
    assert [row.status for row in rows(StatusRecord, member_id=ANA)] == [MemberStatus.ADMITTED, MemberStatus.ACTIVE]
    assert spans(rows) == [(s.START + s.DAY, None)]


def test_a_right_that_ends_and_begins_again_leaves_two_spans(told, rows):
    told(e.VotingRightsChanged(ANA, 0b110), at=NOON)
    told(e.VotingRightsChanged(ANA, 0b111), at=NOON + 10)

    assert spans(rows) == [(s.START + s.DAY, NOON), (NOON + 10, None)]
    assert spans(rows, body=2) == [(s.START + s.DAY, None)]


def test_within_one_second_the_last_change_of_rights_is_the_one_that_counts(told, rows):
    told(e.VotingRightsChanged(ANA, 0), e.VotingRightsChanged(ANA, 0b111), at=NOON)
    assert spans(rows) == [(s.START + s.DAY, None)]

    told(e.VotingRightsChanged(ANA, 0b110), at=NOON + 10)
    told(e.VotingRightsChanged(ANA, 0b111), e.VotingRightsChanged(ANA, 0b110), at=NOON + 20)
    assert spans(rows) == [(s.START + s.DAY, NOON + 10)]


def test_a_rotation_revokes_the_old_wallet_and_keeps_it_the_members(told, rows):
    told(e.WalletRotated(ANA, s.wallet_of(1), s.wallet_of(1, 1)), at=NOON)

    wallets = {row.address: (row.member_id, row.revoked_at) for row in rows(WalletRecord, member_id=ANA)}
    assert wallets == {s.wallet_of(1): (1, NOON), s.wallet_of(1, 1): (1, None)}
    assert rows(MemberRecord, member_id=ANA)[0].wallet == s.wallet_of(1, 1)


def test_a_breach_runs_until_it_is_remedied(told, rows):
    told(
        e.BreachNotified(ANA, Timepoint(NOON + 99)),
        e.MemberStatusChanged(ANA, MemberStatus.ACTIVE, MemberStatus.IN_BREACH),
    )
    assert rows(MemberRecord, member_id=ANA)[0].remedy_until == NOON + 99

    told(e.MemberStatusChanged(ANA, MemberStatus.IN_BREACH, MemberStatus.ACTIVE))
    assert rows(MemberRecord, member_id=ANA)[0].remedy_until is None
    assert [row.status.label for row in rows(StatusRecord, member_id=ANA)] == [
        "admitted",
        "active",
        "in_breach",
        "active",
    ]


def test_a_change_of_class_is_remembered_with_its_times(told, rows):
    told(e.MemberClassChanged(ANA, MemberClass.FOUNDING, MemberClass.PARTNER), at=NOON)
    told(e.MemberClassChanged(ANA, MemberClass.PARTNER, MemberClass.ASSOCIATE), at=NOON)

    classes = [(row.since, row.until, row.member_class) for row in rows(ClassRecord, member_id=ANA)]
    assert classes == [(s.START + s.DAY, NOON, MemberClass.FOUNDING), (NOON, None, MemberClass.ASSOCIATE)]


def test_a_seat_can_be_given_up_and_granted_again(told, rows):
    told(e.SeatEnded(s.BOARD, ANA), at=NOON)
    assert rows(SeatRecord)[0].ended_at == NOON

    told(e.SeatGranted(s.BOARD, ANA), at=NOON + 5)
    assert (rows(SeatRecord)[0].granted_at, rows(SeatRecord)[0].ended_at) == (NOON + 5, None)


def test_the_registrar_is_the_last_one_named(told, rows):
    told(e.RegistrarChanged(s.wallet_of(8), s.wallet_of(9)))

    assert rows(ConsortiumRecord)[0].registrar == s.wallet_of(9)


def test_a_ballot_cast_with_a_wallet_that_was_revoked_since_is_its_members(follower, sessions, rows):
    follower.follow_once()

    voters = [row.member_id for row in rows(VoteRecord, proposal_id=s.EXECUTED)]
    assert voters == [1, 2, 3, 4]


def test_a_changed_ballot_takes_the_place_of_the_first(follower, node, rows):
    node.mine(s.NOW, (s.GOVERNORS[0], e.VoteCast(s.wallet_of(1), s.OPEN, 0, 1, "")))
    follower.follow_once()

    assert [row.choice for row in rows(VoteRecord, proposal_id=s.OPEN, member_id=1)] == [0]


def test_a_change_to_a_member_that_was_never_admitted_is_poison(told):
    with pytest.raises(PoisonEventError, match="AccessionRecorded in block 10000"):
        told(e.AccessionRecorded(MemberId(99), Hash32("0x" + "ac" * 32)))


def test_a_member_admitted_twice_is_poison(told):
    with pytest.raises(PoisonEventError, match="IntegrityError"):
        told(e.MemberAdmitted(ANA, s.wallet_of(1), MemberClass.FOUNDING, "SI", "SI-ANA", "Ana"))
