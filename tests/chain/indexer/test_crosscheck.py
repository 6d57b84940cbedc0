"""What the mirror says is put to the contracts: nothing is missed, nothing is reported that agrees."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from brownie import chain
from consortium import AGAINST, DAY, FOR, mine_at, opened, put, resolution
from sqlalchemy import delete, update

from backend.audit.comparison import compare
from backend.audit.crosscheck import Crosscheck
from backend.audit.rota import all_claims
from backend.chain.contracts import DeployedContract
from backend.database.comparison import ComparisonRecord
from backend.database.journal import CursorRecord
from backend.database.records import (
    KindRecord,
    MandateRecord,
    MemberRecord,
    ProposalRecord,
    RecusalRecord,
    RuleRecord,
    SeatRecord,
    VoteRecord,
)
from backend.queries.mirror import Mirror

CONSORTIUM = SimpleNamespace(id=1, chain_id=31337)


@pytest.fixture
def audited(consortium, deployment):
    """The record with the lens, so that every single ballot is compared, too."""
    lens = DeployedContract(address=consortium.lens.address, block=1)
    return type(deployment)(
        network=deployment.network,
        chain_id=deployment.chain_id,
        block=1,
        contracts=deployment.contracts | {"Lens": lens},
    )


@pytest.fixture
def mirror(sessions):
    return Mirror(sessions, CONSORTIUM, lambda: chain[-1].timestamp)


@pytest.fixture
def lived(consortium, follower):
    """Ballots of every way, a recusal, a mandate, a seat that ended: all of it mirrored."""
    registry, deployer = consortium.registry, {"from": consortium.deployer}
    registry.grantMandate(7, 0, 0, chain[-1].timestamp + 90 * DAY, {"from": consortium.wallet(8)})
    registry.grantMandate(5, 0, 0, chain[-1].timestamp + 90 * DAY, {"from": consortium.wallet(6)})
    registry.revokeMandate(0, {"from": consortium.wallet(6)})
    registry.endSeat(1, 1, deployer)
    registry.setChair(0, 2, deployer)
    question = opened(put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")]))
    for member, choice in ((1, FOR), (2, AGAINST), (3, FOR)):
        question.governor.castVote(question.id, choice, {"from": consortium.wallet(member)})
    question.governor.recuse(question.id, {"from": consortium.wallet(4)})
    follower.follow_once()
    return question


def compared(mirror, audited, connection):
    with mirror.reading() as reading:
        return compare(connection, all_claims(reading, audited), reading.as_of.block_hash)


def test_everything_the_mirror_holds_is_what_the_contracts_say(lived, mirror, audited, connection, follower):
    outcome = compared(mirror, audited, connection)
    assert outcome.differences == []
    assert outcome.unanswered == 0
    assert outcome.answers > 80

    mine_at(lived.closes_at + 1)
    follower.follow_once()
    assert compared(mirror, audited, connection).differences == []


TAMPERED = {
    "a ballot turned": (
        update(VoteRecord).where(VoteRecord.member_id == 2).values(choice=FOR),
        "tallyOf.forVotes",
        "3",
        "2",
    ),
    "a ballot lost": (delete(VoteRecord).where(VoteRecord.member_id == 1), "ballots.electorate.1.choice", "0", "2"),
    "a recusal lost": (delete(RecusalRecord), "tallyOf.recused", "0", "1"),
    "a deadline moved": (update(ProposalRecord).values(closes_at=1), "phaseOf", "2", "1"),
    "a member renamed": (
        update(MemberRecord).where(MemberRecord.member_id == 9).values(status=4),
        "member.status",
        "4",
        "2",
    ),
    "a rule softened": (update(RuleRecord).values(majority_numerator=1), "rule.majorityNumerator", "1", "2"),
    "a kind moved": (update(KindRecord).values(resolution=False), "kind.resolution", "False", "True"),
    "a mandate brought back": (update(MandateRecord).values(revoked_at=None), "mandateOf.holderId", "5", "0"),
    "a seat kept": (update(SeatRecord).values(ended_at=None), "member.seats", "2", "0"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_attack_24_mirror_that_drifts_from_the_chain_is_named_with_both_values(
    lived, mirror, audited, connection, sessions, name
):
    statement, field, ours, theirs = TAMPERED[name]
    with sessions.begin() as session:
        session.execute(statement)

    found = compared(mirror, audited, connection).differences
    assert (field, ours, theirs) in {(each.field, each.mirror, each.chain) for each in found}


def test_attack_24_alarm_is_raised_once_kept_and_lifted_when_the_mirror_is_mended(
    lived, mirror, audited, connection, sessions, caplog
):
    crosscheck = Crosscheck(mirror, audited, connection, lambda: 77.0)
    crosscheck.look()
    assert crosscheck.differences == []
    with sessions.begin() as session:
        session.execute(update(VoteRecord).where(VoteRecord.member_id == 2).values(choice=FOR))
    crosscheck.look()
    crosscheck.look()
    alarms = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len(alarms) == len(set(alarms)) == len(crosscheck.differences) == 3
    assert any("tallyOf.forVotes: the mirror says 3, the chain 2" in alarm for alarm in alarms)
    with sessions() as session:
        kept = session.get(ComparisonRecord, 1)
        assert (kept.compared_at, len(kept.differences)) == (77.0, 3)

    assert Crosscheck(mirror, audited, connection).differences == crosscheck.differences
    with sessions.begin() as session:
        session.execute(update(VoteRecord).where(VoteRecord.member_id == 2).values(choice=AGAINST))
    crosscheck.look()
    assert crosscheck.differences == []
    with sessions() as session:
        assert session.get(ComparisonRecord, 1).differences == []


def test_a_block_that_was_reorganised_away_raises_no_alarm(lived, mirror, audited, connection, sessions):
    with sessions.begin() as session:
        session.execute(update(CursorRecord).values(block_hash="0x" + "ab" * 32))
    crosscheck = Crosscheck(mirror, audited, connection)
    outcome = crosscheck.look()
    assert outcome.answers == 0
    assert outcome.unanswered > 0
    assert crosscheck.differences == []
