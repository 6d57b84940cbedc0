from dataclasses import replace

import pytest

from backend.chain.decoder import Logged
from backend.domain import events as e
from backend.domain.members import MemberClass
from backend.domain.values import Address, BodyId, Hash32, KindId, MemberId, ProposalId, Timepoint
from backend.indexer.sources import Sources

REGISTRY, RULEBOOK, RECORDS, GOVERNOR, TIMELOCK, STRANGER = (Address("0x" + f"{n}{n}" * 20) for n in range(1, 7))
WALLET = Address("0x" + "77" * 20)

ADMITTED = e.MemberAdmitted(MemberId(1), WALLET, MemberClass.FOUNDING, "SI", "SI-ANA", "Ana")
CREATED = e.BodyCreated(BodyId(0), "jury", GOVERNOR, TIMELOCK, 2)
KIND = e.ActionListed(KindId(1), RECORDS, "0x12345678")
BALLOT = e.VoteCast(WALLET, ProposalId(1), 1, 1, "")
RESOLVED = e.Resolved(TIMELOCK, KindId(1), Hash32("0x" + "00" * 32))


def logged(emitter, event, index=0):
    return Logged(event, e.Place(1, Hash32("0x01"), Timepoint(1), Hash32("0x02"), index, emitter))


@pytest.fixture
def sources():
    return Sources(REGISTRY, RULEBOOK, RECORDS, frozenset(), frozenset(), frozenset({GOVERNOR}))


@pytest.fixture
def with_body(sources):
    return Sources(REGISTRY, RULEBOOK, RECORDS, frozenset({GOVERNOR}), frozenset({TIMELOCK}), frozenset())


def heard(sources, *told):
    return [each.event for each in sources.trusted(told)]


@pytest.mark.parametrize(
    ("emitter", "event"), [(REGISTRY, ADMITTED), (RULEBOOK, KIND), (GOVERNOR, BALLOT), (RECORDS, RESOLVED)]
)
def test_each_contract_is_heard_on_its_own_matters_and_nobody_else_is(with_body, emitter, event):
    assert heard(with_body, logged(emitter, event)) == [event]
    for other in {REGISTRY, RULEBOOK, RECORDS, GOVERNOR, STRANGER} - {emitter}:
        assert heard(with_body, logged(other, event)) == []


def test_a_resolution_by_anyone_but_a_bodys_timelock_is_not_heard(with_body):
    forged = e.Resolved(STRANGER, KindId(1), Hash32("0x" + "00" * 32))

    assert heard(with_body, logged(RECORDS, forged)) == []


ANCHORED = e.Anchored(WALLET, "minutes", Hash32("0x" + "00" * 32))


def test_a_resolution_about_a_member_counts_when_a_bodys_timelock_made_it(with_body):
    made, forged = (e.ResolvedFor(by, KindId(1), MemberId(1), Hash32("0x" + "00" * 32)) for by in (TIMELOCK, STRANGER))

    assert heard(with_body, logged(RECORDS, made), logged(RECORDS, forged), logged(STRANGER, made)) == [made]


def test_a_document_counts_from_the_registrar_of_that_time_and_from_a_bodys_timelock(with_body):
    to_wallet = e.RegistrarChanged(STRANGER, WALLET)
    away = e.RegistrarChanged(WALLET, STRANGER)
    told = (
        logged(RECORDS, ANCHORED),
        logged(REGISTRY, to_wallet, 1),
        logged(RECORDS, ANCHORED, 2),
        logged(STRANGER, ANCHORED, 3),
        logged(REGISTRY, away, 4),
        logged(RECORDS, ANCHORED, 5),
    )

    assert heard(with_body, *told) == [to_wallet, ANCHORED, away]
    by_body = replace(ANCHORED, by=TIMELOCK)
    assert heard(with_body, logged(RECORDS, by_body)) == [by_body]


def test_refused_ballots_of_a_batch_are_not_kept_for_anyone_can_have_them_refused(with_body):
    refused = e.BallotRefused(ProposalId(1), STRANGER, "0x12345678")

    assert heard(with_body, logged(GOVERNOR, refused)) == []


def test_a_governor_is_heard_from_its_bodys_creation_on_and_not_before(sources):
    told = [logged(GOVERNOR, BALLOT), logged(REGISTRY, CREATED, 1), logged(GOVERNOR, BALLOT, 2)]

    assert heard(sources, *told) == [CREATED, BALLOT]


def test_a_body_that_a_stranger_proclaims_is_none(sources):
    assert heard(sources, logged(STRANGER, CREATED), logged(GOVERNOR, BALLOT, 1)) == []


def test_the_node_is_asked_about_all_contracts_known_or_expected(sources):
    assert sources.addresses == sorted([REGISTRY, RULEBOOK, RECORDS, GOVERNOR])
    assert STRANGER in sources.expecting([STRANGER]).addresses
