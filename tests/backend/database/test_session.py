import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from backend.database.base import table_of
from backend.database.records import ConsortiumRecord, MemberRecord, ProposalRecord
from backend.database.session import engine_from, session_factory
from backend.database.upsert import upsert
from backend.domain.members import MemberClass, MemberStatus

GREATEST = (1 << 192) - 1


@pytest.fixture
def sessions(fresh_url):
    engine = engine_from(fresh_url())
    with session_factory(engine).begin() as session:
        session.add(ConsortiumRecord(slug="trial", name="Trial", chain_id=1, registry_address="0x01"))
    yield session_factory(engine)
    engine.dispose()


def member(number, **changed):
    values = {
        "consortium_id": 1,
        "member_id": number,
        "code": "SI-ANA",
        "name": "Ana",
        "country": "SI",
        "member_class": MemberClass.FOUNDING,
        "status": MemberStatus.ACTIVE,
        "wallet": "0x02",
        "rights": 0,
        "admitted_at": 0,
        "accession_hash": None,
        "remedy_until": None,
        "block_number": 1,
        "log_index": 0,
        "transaction_hash": "0x03",
    }
    return values | changed


def test_readers_see_one_state_throughout_a_transaction(sessions):
    with sessions() as reader:
        assert reader.scalars(select(MemberRecord)).all() == []
        with sessions.begin() as writer:
            writer.add(MemberRecord(**member(1)))
        assert reader.scalars(select(MemberRecord)).all() == []
    with sessions() as reader:
        assert len(reader.scalars(select(MemberRecord)).all()) == 1


def test_a_row_of_a_consortium_that_does_not_exist_is_refused_at_commit(sessions):
    with sessions() as session:
        session.add(MemberRecord(**member(1, consortium_id=99)))
        session.flush()
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
            session.commit()


def test_an_upsert_writes_over_the_row_of_the_same_key(sessions):
    with sessions.begin() as session:
        connection = session.connection()
        statement = upsert(connection, table_of(MemberRecord))
        connection.execute(statement, [member(1), member(2), member(1, name="Ana the second")])
    with sessions() as session:
        names = session.scalars(select(MemberRecord.name).order_by(MemberRecord.member_id)).all()
    assert names == ["Ana the second", "Ana"]


def test_enumerations_come_back_as_what_they_are_and_others_are_refused(sessions):
    with sessions.begin() as session:
        session.add(MemberRecord(**member(1)))
    with sessions() as session:
        assert session.get(MemberRecord, (1, 1)).status is MemberStatus.ACTIVE
        session.add(MemberRecord(**member(2, status=77)))
        with pytest.raises(StatementError, match="77 is not a valid MemberStatus"):
            session.flush()


def test_ids_of_192_bits_keep_every_digit_and_their_order(sessions):
    ids = (1, 10**20, GREATEST)
    with sessions() as session:
        for number, proposal_id in enumerate(reversed(ids), start=1):
            session.add(ProposalRecord(**_proposal(proposal_id, number)))
        session.flush()
        found = session.scalars(select(ProposalRecord.proposal_id).order_by(ProposalRecord.proposal_id)).all()
        texts = session.execute(text("SELECT proposal_id FROM proposals")).scalars().all()

    assert tuple(found) == ids
    assert {len(each) for each in texts} == {58}


def _proposal(proposal_id, number):
    return {
        "consortium_id": 1,
        "body_id": 0,
        "proposal_id": proposal_id,
        "number": number,
        "kind_id": 1,
        "rule_id": 1,
        "extraordinary": False,
        "proposer": "0x02",
        "proposer_id": 1,
        "description": "",
        "actions": [],
        "created_at": 0,
        "opens_at": 0,
        "closes_at": 0,
        "party_effect": 0,
        "attempt": 1,
        "block_number": 1,
        "log_index": 0,
        "transaction_hash": "0x03",
    }
