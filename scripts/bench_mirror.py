"""A mirror of a made-up consortium, for measuring the API: a hundred members, any number of proposals, a ballot each.

Written as the indexer writes it, event by event, but without a chain: only the reading is measured.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from eth_utils.abi import function_signature_to_4byte_selector
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from backend.chain.contracts import load_deployment
from backend.chain.decoder import Logged
from backend.database.journal import CursorRecord
from backend.database.records import VoteRecord
from backend.database.schema import upgrade
from backend.database.session import engine_from, is_sqlite, writing_factory
from backend.documents.cid import hash_in
from backend.documents.proposal_text import ProposalDocument, Text
from backend.documents.store import DocumentStore
from backend.domain import events as e
from backend.domain.ballots import Choice
from backend.domain.bodies import mask_of
from backend.domain.descriptions import compose_description
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.rules import Base, Rule
from backend.domain.values import Address, BodyId, Hash32, KindId, MemberId, ProposalId, Ratio, RuleId, Timepoint
from backend.indexer import feed, journal
from backend.indexer.consortia import register
from backend.indexer.projections import project
from backend.indexer.projections.projection import Projection

MEMBERS = 100
DAY = 86_400
REGISTRY, RULEBOOK, RECORDS, LENS, GOVERNOR, TIMELOCK = (Address("0x" + f"{each}1" * 20) for each in range(1, 7))
BODY, KIND, RULE = BodyId(0), KindId(1), RuleId(1)
RESOLVE = "0x" + function_signature_to_4byte_selector("resolve(uint16,bytes32)").hex()
LAW = Rule(0, 0, 5 * DAY, Ratio(2, 3), Ratio(2, 3), Base.CAST, strict=False, binding=True)
AT_ONCE = 50
"""Proposals in one batch."""


def write_record(path: Path) -> Path:
    """Write the deployment record of contracts that are nowhere."""
    addresses = {"MemberRegistry": REGISTRY, "Rulebook": RULEBOOK, "Records": RECORDS, "Lens": LENS}
    record = {
        "network": "benchmark",
        "chainId": 31_337,
        "block": 1,
        "deployer": REGISTRY,
        "registrar": REGISTRY,
        "approver": RULEBOOK,
        "contracts": {name: {"address": address, "block": 1} for name, address in addresses.items()},
        "bodies": [{"id": BODY, "name": "general_assembly", "governor": GOVERNOR, "timelock": TIMELOCK}],
    }
    path.write_text(json.dumps(record))
    return path


def fill(url: str, deployment: Path, documents: Path, proposals: int, now: int) -> None:
    """Fill a fresh database: the newest fifty proposals are open in second `now`, all others are decided."""
    upgrade(url)
    engine = engine_from(url)
    record, store = load_deployment(deployment), DocumentStore(documents)
    with writing_factory(engine)() as session:
        consortium_id = register(session, record, "Benchmark consortium")
        _take_in(session, consortium_id, _founding(now - 400 * DAY))
        for first in range(0, proposals, AT_ONCE):
            part = range(first, min(proposals, first + AT_ONCE))
            _take_in(session, consortium_id, [each for number in part for each in _put(store, number, proposals, now)])
        session.add(_cursor(consortium_id, now))
        session.commit()
        if not is_sqlite(url):
            session.execute(text("ANALYZE"))  # as PostgreSQL does by itself within a minute
            session.commit()
    engine.dispose()


def cast_once_more(url: str, on: int = 1) -> None:
    """Let the first member change its ballot on a proposal, in a block of its own."""
    engine = engine_from(url)
    with writing_factory(engine).begin() as session:
        cursor = session.scalars(select(CursorRecord)).one()
        at, proposal, member = cursor.next_block, proposal_of(on), MemberId(1)
        before = session.get_one(VoteRecord, (cursor.consortium_id, BODY, proposal, member))
        ballot = e.VoteCast(_wallet(member), proposal, 1, 1, "")
        counted = e.BallotCounted(proposal, member, Choice(before.choice), before.revision + 1, member)
        told = [_logged(at, 0, GOVERNOR, ballot), _logged(at, 1, GOVERNOR, counted)]
        _take_in(session, cursor.consortium_id, told)
        cursor.next_block, cursor.block_hash, cursor.block_time = at + 1, _hash(at), at
        cursor.revision += 1
    engine.dispose()


def _cursor(consortium_id: int, now: int) -> CursorRecord:
    return CursorRecord(
        consortium_id=consortium_id,
        next_block=now + 1,
        block_hash=_hash(now),
        block_time=now,
        head_number=now,
        finalized_number=now,
        revision=1,
        checked_at=now,
    )


def _take_in(session: Session, consortium_id: int, told: list[Logged]) -> None:
    connection = session.connection()
    journal.append(connection, consortium_id, (), told)
    project(Projection.begin(connection, consortium_id), told)
    feed.note(session, consortium_id, told)


def _founding(at: int) -> list[Logged]:
    voting = mask_of((MemberClass.FOUNDING, MemberClass.PARTNER))
    told = [
        _logged(at, 0, REGISTRY, e.BodyCreated(BODY, "general_assembly", GOVERNOR, TIMELOCK, voting)),
        _logged(at, 1, RULEBOOK, e.RuleSet(RULE, "GA_2_3", 1, LAW)),
        _logged(at, 2, RULEBOOK, e.KindSet(KIND, "policy", BODY, RULE, resolution=True)),
    ]
    admissions = (each for number in range(1, MEMBERS + 1) for each in _admission(MemberId(number)))
    return told + [_logged(at, 3 + index, REGISTRY, event) for index, event in enumerate(admissions)]


def _admission(member: MemberId) -> Iterator[e.Event]:
    code, country = f"M{member:03}", ("SI", "IT", "RO", "GR")[member % 4]
    yield e.MemberAdmitted(member, _wallet(member), MemberClass.PARTNER, country, code, f"Institute {code}")
    yield e.AccessionRecorded(member, _hash(member))
    yield e.MemberStatusChanged(member, MemberStatus.ADMITTED, MemberStatus.ACTIVE)
    yield e.VotingRightsChanged(member, 1)


def _put(store: DocumentStore, number: int, proposals: int, now: int) -> Iterator[Logged]:
    proposal = proposal_of(number)
    at = now - 2 * DAY - (proposals - number) * (60 if proposals - number <= AT_ONCE else 3_600)
    title = f"Question {number}: report on milestone, second instalment and access rights"
    cid = store.put_proposal(ProposalDocument("en", f"Q{number}", {"en": Text(title, title * 3, title * 30)}))
    call = RESOLVE + f"{KIND:064x}" + hash_in(cid)[2:]
    terms = (Timepoint(at + 60), Timepoint(at + 60 + 5 * DAY), compose_description(cid, _wallet(MemberId(1))))
    proposer = MemberId(1 + number % MEMBERS)
    yield _logged(at, 0, GOVERNOR, e.ProposalCreated(proposal, _wallet(proposer), (RECORDS,), (0,), (call,), *terms))
    yield _logged(at, 1, GOVERNOR, e.ProposalFiled(proposal, number + 1, KIND, RULE, proposer, extraordinary=False))
    for member in range(1, MEMBERS + 1):
        choice = (1, 1, 1, 0, 1, 2)[(member + number) % 6]
        ballot = e.VoteCast(_wallet(MemberId(member)), proposal, choice, 1, _hash(member * number))
        yield _logged(at + 90, 1 + member, GOVERNOR, ballot)


def _logged(at: int, index: int, emitter: Address, event: e.Event) -> Logged:
    return Logged(event, e.Place(at, _hash(at), Timepoint(at), _hash(at * 1_000 + index), index, emitter))


def _wallet(member: MemberId) -> Address:
    return Address("0x" + f"{member:040d}")


def _hash(number: int) -> Hash32:
    return Hash32(f"0x{number:064x}")


def proposal_of(number: int) -> ProposalId:
    """Give the id of a proposal, spread over all numbers as one that follows from the content is."""
    return ProposalId(int.from_bytes(sha256(str(number).encode()).digest()[:24]))
