from typing import get_args

import pytest
from sqlalchemy import func, select

from backend.chain.addresses import checksummed
from backend.chain.decoder import Logged
from backend.database.records import (
    AnchorRecord,
    BodyRecord,
    ClassRecord,
    ConsortiumRecord,
    EarlierVoteRecord,
    EntitlementRecord,
    MandateRecord,
    MemberRecord,
    MinutesRecord,
    ObjectionRecord,
    ProposalRecord,
    RecusalRecord,
    ResolutionRecord,
    RotationRecord,
    RuleRecord,
    SeatRecord,
    StatusRecord,
    VetoRecord,
    VoteRecord,
    WalletRecord,
)
from backend.domain import events as e
from backend.domain.ballots import Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.rules import VetoGround
from backend.domain.values import Hash32, MemberId, Timepoint
from backend.errors import MirrorError
from backend.indexer.consortia import register
from backend.indexer.projections import HANDLERS, PoisonEventError, project
from backend.indexer.projections.projection import Projection
from backend.indexer.sources import NOT_KEPT
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


def test_every_event_of_the_domain_that_is_kept_has_a_handler_named_after_it():
    assert set(HANDLERS) == set(get_args(e.Event)) - set(NOT_KEPT)
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
    changed = (s.GOVERNORS[0], e.BallotCounted(s.OPEN, ANA, Choice.FOR, 2, ANA))
    node.mine(s.NOW, (s.GOVERNORS[0], e.VoteCast(s.wallet_of(1), s.OPEN, 0, 1, "")), changed)
    follower.follow_once()

    assert [row.choice for row in rows(VoteRecord, proposal_id=s.OPEN, member_id=1)] == [0]


def ballots(rows, member, proposal=s.REVISED):
    """What a member handed in, oldest first, as choice, caster and revision; the last one counts."""
    earlier = rows(EarlierVoteRecord, proposal_id=proposal, member_id=member)
    counted = rows(VoteRecord, proposal_id=proposal, member_id=member)
    assert len(counted) == 1
    return [(row.choice, row.cast_by, row.revision) for row in (*earlier, *counted)]


@pytest.mark.parametrize("limit", [1_000_000, 3])
def test_every_ballot_before_the_last_is_kept_with_who_cast_it(follower, node, rows, limit):
    node.widest = limit
    follower.follow_once()

    assert ballots(rows, 1) == [(s.AGAINST, None, 1), (s.ABSTAIN, None, 2), (s.FOR, None, 3)]
    assert ballots(rows, 4) == [(s.AGAINST, 2, 0), (s.FOR, None, 1)]
    assert ballots(rows, 2) == [(s.FOR, None, 1)]


def test_a_changed_ballot_replaces_one_that_was_on_record_before(follower, node, rows):
    follower.follow_once()
    changed = (s.GOVERNORS[0], e.BallotCounted(s.OPEN, ANA, Choice.FOR, 2, ANA))
    node.mine(s.NOW, (s.GOVERNORS[0], e.VoteCast(s.wallet_of(1), s.OPEN, s.AGAINST, 1, "")), changed)
    follower.follow_once()

    assert ballots(rows, 1, s.OPEN) == [(s.FOR, None, 1), (s.AGAINST, None, 2)]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_second_ballot_of_which_nothing_is_said_stops_the_mirror(follower, node, rows, at_once):
    follower.follow_once()
    node.mine(s.NOW, (s.GOVERNORS[0], e.VoteCast(s.wallet_of(3), s.OPEN, s.FOR, 1, "")))
    if not at_once:
        follower.follow_once()
    node.mine(s.NOW, (s.GOVERNORS[0], e.VoteCast(s.wallet_of(3), s.OPEN, s.AGAINST, 1, "")))
    # Contracts say `BallotCounted` where a ballot is replaced; one that did not would leave no trace of the first.
    with pytest.raises(MirrorError, match="Rebuild the mirror"):
        follower.follow_once()

    assert [row.choice for row in rows(VoteRecord, proposal_id=s.OPEN, member_id=3)] == [s.FOR] * (not at_once)


def test_a_ballot_on_a_proposal_that_is_not_on_record_stops_the_mirror(follower, node, rows):
    follower.follow_once()
    node.mine(s.NOW, (s.GOVERNORS[0], e.VoteCast(s.wallet_of(3), 987654, s.FOR, 1, "")))
    with pytest.raises(MirrorError, match="987654"):
        follower.follow_once()

    assert rows(VoteRecord, proposal_id=987654, member_id=3) == []


def test_a_ballot_said_to_replace_one_that_never_was_is_poison(follower, node):
    follower.follow_once()
    changed = (s.GOVERNORS[0], e.BallotCounted(s.OPEN, MemberId(3), Choice.FOR, 2, MemberId(3)))
    node.mine(s.NOW, (s.GOVERNORS[0], e.VoteCast(s.wallet_of(3), s.OPEN, s.AGAINST, 1, "")), changed)
    with pytest.raises(PoisonEventError, match="BallotCounted"):
        follower.follow_once()


def test_a_mandate_takes_the_place_of_the_one_before_and_can_be_taken_back(follower, rows):
    follower.follow_once()

    given = {(row.principal_id, row.body_id): row for row in rows(MandateRecord)}
    assert (given[3, 0].holder_id, given[3, 0].proposal_id, given[3, 0].revoked_at) == (1, s.OPEN, None)
    assert (given[4, 0].holder_id, given[4, 0].proposal_id, given[4, 0].until) == (2, None, s.NOW - s.DAY)
    assert given[1, 2].revoked_at == s.START + 2 * s.DAY


def test_a_lost_wallet_waits_until_it_is_stopped_or_replaced(follower, node, rows):
    follower.follow_once()
    assert [(row.member_id, row.new_wallet) for row in rows(RotationRecord)] == [(3, checksummed(s.wallet_of(3, 1)))]
    assert rows(RotationRecord)[0].effective_from == s.NOW + 2 * s.DAY

    node.mine(s.NOW, (s.REGISTRY, e.WalletRotated(MemberId(3), s.wallet_of(3), s.wallet_of(3, 2))))
    follower.follow_once()
    assert rows(RotationRecord) == []


def test_a_new_request_for_a_wallet_needs_a_new_approval(follower, node, rows):
    follower.follow_once()
    node.mine(s.NOW, (s.REGISTRY, e.RotationProposed(MemberId(3), s.wallet_of(3, 2))))
    follower.follow_once()

    assert [(row.new_wallet, row.effective_from) for row in rows(RotationRecord)] == [
        (checksummed(s.wallet_of(3, 2)), None)
    ]


def test_what_is_said_on_a_proposal_is_on_record(follower, rows):
    follower.follow_once()

    vetoes = {row.member_id: (row.ground.label, row.withdrawn_at) for row in rows(VetoRecord, proposal_id=s.VETOED)}
    assert vetoes == {3: ("costs", None), 4: ("liabilities", s.START + 5 * s.DAY + 7)}
    assert [(row.member_id, row.declared) for row in rows(RecusalRecord)] == [(3, False)]
    assert [(row.version, row.recorded_at) for row in rows(MinutesRecord)] == [
        (1, s.START + 5 * s.DAY + 11),
        (2, s.NOW - s.DAY),
    ]
    assert [row.member_id for row in rows(ObjectionRecord)] == [2]


def test_a_veto_can_be_raised_again_and_withdrawn_again(follower, node, rows):
    follower.follow_once()
    governor, dora = s.GOVERNORS[0], MemberId(4)
    node.mine(s.NOW, (governor, e.VetoRaised(s.VETOED, dora, VetoGround.COSTS, Hash32("0x" + "aa" * 32))))
    node.mine(s.NOW + 1, (governor, e.VetoWithdrawn(s.VETOED, dora)))
    follower.follow_once()

    withdrawn = [row.withdrawn_at for row in rows(VetoRecord, proposal_id=s.VETOED, member_id=4)]
    assert withdrawn == [s.START + 5 * s.DAY + 7, s.NOW + 1]


def test_a_veto_that_was_never_raised_cannot_be_withdrawn(follower, node):
    follower.follow_once()
    node.mine(s.NOW, (s.GOVERNORS[0], e.VetoWithdrawn(s.VETOED, MemberId(4))))
    with pytest.raises(PoisonEventError, match="VetoWithdrawn"):
        follower.follow_once()


def test_attempts_revisions_and_answers_are_facts_of_the_later_proposal(follower, rows):
    follower.follow_once()
    by_id = {row.proposal_id: row for row in rows(ProposalRecord)}

    assert (by_id[s.FIRST_CALL].attempt, by_id[s.FIRST_CALL].previous_id) == (1, None)
    assert (by_id[s.SECOND_CALL].attempt, by_id[s.SECOND_CALL].previous_id) == (2, s.FIRST_CALL)
    assert (by_id[s.REVISED].vetoed_id, by_id[s.REVISED].party_id) == (s.VETOED, 3)
    assert (by_id[s.NOT_APPROVED].approved, by_id[s.AWAITING].approved) == (False, None)
    closed = s.START + 8 * s.DAY + 6
    assert (by_id[s.AWAITING].closes_at, by_id[s.AWAITING].closed_early_at) == (closed, closed)
    assert (by_id[s.SECOND_CALL].chair_id, by_id[s.VETOED].chair_id) == (1, None)


def test_a_rule_comes_back_from_the_record_as_it_was_set(follower, rows):
    follower.follow_once()

    assert rows(RuleRecord, rule_id=s.GUARDED)[0].rule == s.GUARDED_RULE
    assert rows(RuleRecord, rule_id=s.OUTSIDE)[0].rule == s.OUTSIDE_RULE


def test_offices_chairs_and_terms_are_the_last_ones_named(follower, rows):
    follower.follow_once()

    offices = rows(ConsortiumRecord)[0]
    assert (offices.registrar, offices.approver, offices.factory) == tuple(
        checksummed(s.wallet_of(member)) for member in (9, 7, 6)
    )
    assert offices.dao_uri == "https://trial.example/dao.json"
    assert [row.chair_id for row in rows(BodyRecord)] == [1, None, None]
    assert [(row.member_id, row.until) for row in rows(SeatRecord)] == [(1, None), (2, s.NOW - 1)]


def test_a_resolution_about_a_member_and_documents_are_on_record(follower, rows):
    follower.follow_once()

    assert sorted((row.kind_id, row.member_id) for row in rows(ResolutionRecord) if row.member_id) == [(s.AWARD, 3)]
    assert [(row.topic, row.author) for row in rows(AnchorRecord)] == [
        ("notice_of_outcome", checksummed(s.wallet_of(8))),
        ("statutes", checksummed(s.TIMELOCKS[0])),
    ]


def test_a_change_to_a_member_that_was_never_admitted_is_poison(told):
    with pytest.raises(PoisonEventError, match="AccessionRecorded in block 10000"):
        told(e.AccessionRecorded(MemberId(99), Hash32("0x" + "ac" * 32)))


def test_a_member_admitted_twice_is_poison(told):
    with pytest.raises(PoisonEventError, match="IntegrityError"):
        told(e.MemberAdmitted(ANA, s.wallet_of(1), MemberClass.FOUNDING, "SI", "SI-ANA", "Ana"))


def test_a_proposal_canceled_twice_is_withdrawn_once_and_nothing_else_moves(follower, node, sessions, exported, fresh):
    again = (s.GOVERNORS[0], e.ProposalCanceled(s.WITHDRAWN))
    follower.follow_once()
    with sessions() as session:
        before = proposals_by_outcome(session)
    node.mine(s.NOW + 1, again, again)
    node.mine(s.NOW + 2, again)
    follower.follow_once()

    with sessions() as session:
        assert proposals_by_outcome(session) == before
    assert exported(sessions) == fresh(node)


def proposals_by_outcome(session):
    """How many proposals there are, were withdrawn, and have how many ballots."""
    canceled = session.scalar(select(func.count(ProposalRecord.canceled_at)))
    return session.scalar(select(func.count()).select_from(ProposalRecord)), canceled, tally(session)


def tally(session):
    return session.execute(
        select(VoteRecord.proposal_id, VoteRecord.choice, func.count()).group_by(
            VoteRecord.proposal_id, VoteRecord.choice
        )
    ).all()
