"""A person is erased between two exports of a real chain; the auditor notices nothing (O3 of the sample scenario)."""

from __future__ import annotations

import time

import msgspec
import pytest
from brownie import web3
from consortium import FOR, opened, put, resolution
from eth_abi import encode

from backend.__main__ import main
from backend.audit.export_file import lines_of
from backend.chain.calls import CallBook
from backend.chain.contracts import DeployedContract
from backend.documents.reasons import BallotName, Reason
from backend.documents.store import DocumentStore
from backend.domain.values import Address, MemberId, ProposalId
from backend.people.erasure import erase
from backend.people.representatives import Appointment, Function, appoint
from backend.queries.consortium import Consortium
from backend.queries.mirror import Mirror

NAME, EMAIL = "Nadja Čarovnik", "nadja@zavod.example"


@pytest.fixture
def audited(consortium, deployment):
    lens = DeployedContract(address=consortium.lens.address, block=1)
    return msgspec.structs.replace(deployment, contracts=deployment.contracts | {"Lens": lens})


@pytest.fixture
def documents(tmp_path):
    return DocumentStore(tmp_path / "documents")


@pytest.fixture
def commitment(consortium, documents, follower):
    """Member 1 voted for a reason, which is kept off chain."""
    question = opened(put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")]))
    ballot = BallotName(Address(question.governor.address), ProposalId(question.id), MemberId(1))
    made = documents.put_reason(Reason(ballot, "en", f"As {NAME} said."))
    vote = question.governor.castVoteWithReason
    arguments = encode(["uint256", "uint8", "string"], [question.id, FOR, made])  # Brownie would turn it into bytes
    consortium.wallet(1).transfer(question.governor.address, data=vote.signature + arguments.hex())
    follower.follow_once()
    return made


@pytest.fixture
def mirror(sessions, audited, documents, commitment):
    consortium = Consortium(
        id=1,
        name="Trial",
        notice=None,
        chain_id=audited.chain_id,
        registry=audited.registry,
        rulebook=audited.rulebook,
        records=audited.records,
        start_block=1,
        documents=documents,
        calls=CallBook(audited),
    )
    return Mirror(sessions, consortium, lambda: int(max(time.time(), web3.eth.get_block("latest")["timestamp"])))


def test_an_export_written_after_an_erasure_is_the_same_and_verifies(mirror, audited, documents, commitment, tmp_path):
    def exported():
        with mirror.asking() as session:
            return "".join(lines_of(session, 1, audited))

    before = exported()
    appointment = Appointment(1, Function.REPRESENTATIVE, NAME, EMAIL, "sl", 0)
    with mirror.writing() as session:
        person = appoint(session, mirror.consortium, appointment, mirror.wall_clock())
    erased = erase(mirror, person, reasons=True)
    path = tmp_path / "zbor.jsonl"
    path.write_text(exported())

    assert (erased.rows["persons"], erased.reasons) == (1, 1)
    assert documents.get_reason(commitment) is None
    assert path.read_text() == before
    assert commitment in before
    assert main(["verify", "--export", str(path), "--node", web3.provider.endpoint_uri]) == 0
