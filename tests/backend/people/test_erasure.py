"""Erasure breaks no proof, and what is no part of the chain survives whatever happens to the mirror of it."""

import json
from dataclasses import replace

import msgspec
import pytest
from sqlalchemy import select

from backend.__main__ import main
from backend.database import desk
from backend.database.base import table_of
from backend.database.journal import BlockRecord, CursorRecord
from backend.database.schema import METADATA
from backend.database.session import file_of, is_sqlite
from backend.documents.reasons import BallotName, Reason
from backend.documents.store import DocumentStore
from backend.domain.values import MemberId
from backend.indexer import rebuild as rebuilding
from backend.indexer.export import export
from backend.indexer.reorg import _cut
from backend.notices.preferences import unsubscribe
from backend.notices.subscriptions import Subscription, subscribe
from backend.people.callers import Scope
from backend.people.erasure import REMOVED, erase
from backend.people.representatives import Appointment, Function, appoint, list_representatives
from backend.people.sessions import open_session
from backend.people.tokens import TokenOrder, make_token
from backend.queries.ballots import list_ballots
from tests.backend import relayed
from tests.backend import story as s

NAME, EMAIL = "Nadja Čarovnik", "nadja.carovnik@zavod-ana.example"
ROWS = {"persons": 1, "sessions": 1, "tokens": 1, "webhooks": 2, "notice_preferences": 1, "letters": 1}
HOOK = "https://nadja-carovnik.example/hook"
RECORDS = [getattr(desk, name) for name in desk.__all__]


@pytest.fixture
def kept(tmp_path, story):
    """A store of its own, with the story's documents."""
    store = DocumentStore(tmp_path / "documents")
    return s.whole_story(store), store


@pytest.fixture
def mirror(fresh_mirror, kept):
    story, store = kept
    made = fresh_mirror(story.told)
    return replace(made, consortium=replace(made.consortium, documents=store))


@pytest.fixture
def person(mirror):
    """Somebody who acted for member 1 since before its ballots."""
    appointment = Appointment(1, Function.REPRESENTATIVE, NAME, EMAIL, "sl", s.START, s.wallet_of(1))
    with mirror.writing() as session:
        made = appoint(session, mirror.consortium, appointment, s.NOW)
        open_session(session, mirror.consortium.id, s.wallet_of(1), made, s.NOW)
        order = TokenOrder("x", [Scope.WEBHOOKS_WRITE], 60, person=made)
        token, _ = make_token(session, mirror.consortium, order, s.NOW)
        called_with(session, mirror, f"token {token.name}", made)
        called_with(session, mirror, f"wallet {s.wallet_of(1)}", None)
        unsubscribe(session, mirror.consortium.id, made, s.NOW)
        session.add(letter_to(mirror, made))
    return made


def letter_to(mirror, person):
    letter = {"body_id": 0, "proposal_id": s.OPEN, "occasion": "opened", "day": 0, "written_at": s.NOW}
    waits = {"failures": 0, "next_attempt_at": 0, "leased_until": 0}
    return desk.LetterRecord(consortium_id=mirror.consortium.id, person=person, **letter, **waits)


def called_with(session, mirror, caller, person):
    """Have somebody's address called, and write down one call."""
    kept = subscribe(session, mirror.consortium, Subscription(HOOK), caller, person, s.NOW)
    call = {"attempt": 1, "change": "0", "type": "x", "at": s.NOW, "milliseconds": 1, "delivered": True}
    session.add(desk.DeliveryRecord(consortium_id=mirror.consortium.id, webhook_id=kept.webhook_id, **call))
    return kept.webhook_id


def exported(mirror):
    with mirror.asking() as session:
        return "".join(export(session, mirror.consortium.id))


def desk_rows(mirror):
    with mirror.asking() as session:
        return {table_of(each).name: session.execute(select(table_of(each))).all() for each in RECORDS}


def test_another_representative_changes_no_past_record(mirror):
    """O2 of the sample scenario."""
    before = exported(mirror)
    for name in (NAME, "Bojan"):
        with mirror.writing() as session:
            appoint(session, mirror.consortium, Appointment(2, Function.DEPUTY, name, EMAIL, "sl", s.NOW), s.NOW)

    assert exported(mirror) == before
    assert NAME not in before


def test_an_erased_representative_leaves_every_ballot_and_hash_as_it_was(mirror, person, kept):
    """O3 of the sample scenario."""
    before = exported(mirror)
    erased = erase(mirror, person, reasons=True)

    assert erased.rows == ROWS
    assert erased.reasons == 1
    assert exported(mirror) == before
    with mirror.reading() as reading:
        session, consortium = reading.session, reading.consortium
        ballots = list_ballots(session, consortium, s.OPEN).items
        rebuilding.rebuild(session, consortium.id)
        assert "".join(export(session, consortium.id)) == before
    mine = next(each for each in ballots if each.member.id == 1)
    assert (mine.reason, mine.reason_commitment is not None) == (None, True)
    assert kept[1].get_reason(mine.reason_commitment) is None


def test_nobody_is_called_at_the_address_of_an_erased_person(mirror, person):
    """Nor does anything say that they were; the addresses of others are called as before."""
    with mirror.writing() as session:
        others = {
            called_with(session, mirror, *each) for each in (("token 0", None), (f"wallet {s.wallet_of(2)}", None))
        }
        successor = called_with(session, mirror, f"wallet {s.wallet_of(1)}", "f" * 32)
    erase(mirror, person)

    left = desk_rows(mirror)
    assert {row.webhook_id for row in left["webhooks"]} == {*others, successor}
    assert {row.webhook_id for row in left["deliveries"]} == {*others, successor}


def test_reasons_stay_unless_asked_for(mirror, person):
    assert erase(mirror, person).reasons == 0


def test_whoever_copies_the_hash_of_a_reason_does_not_erase_another_s_words(fresh_mirror, tmp_path):
    """A ballot may carry any hash; only the words written for that very ballot are erased with it."""
    store = DocumentStore(tmp_path / "documents")
    story = s.whole_story(store)
    words = Reason(BallotName(s.GOVERNORS[s.ASSEMBLY], s.OPEN, MemberId(3)), "en", "Ours.")
    commitment = store.put_reason(words)
    story.vote(s.LAST, s.ASSEMBLY, s.OPEN, (3, s.FOR), reason=commitment)
    story.vote(s.LAST, s.ASSEMBLY, s.OPEN, (6, s.FOR), reason=commitment)
    made = fresh_mirror(story.told)
    mirror = replace(made, consortium=replace(made.consortium, documents=store))
    with mirror.writing() as session:
        thief = appoint(session, mirror.consortium, Appointment(6, Function.CONTACT, NAME, EMAIL, "el", 0), s.NOW)

    assert erase(mirror, thief, reasons=True).reasons == 0
    assert store.get_reason(commitment) == words


@pytest.mark.parametrize("failure", [None, "REVERTED"])
def test_attack_words_of_a_ballot_that_never_counted_are_erased_with_the_others(mirror, person, kept, failure):
    words = Reason(BallotName(s.GOVERNORS[s.ASSEMBLY], s.OPEN, MemberId(1)), "en", f"{NAME} says so.")
    commitment = kept[1].put_reason(words)
    with mirror.writing() as session:
        row = session.get_one(desk.RelayBallotRecord, (mirror.consortium.id, relayed.WAITING))
        row.member_id, row.reason, row.failure = 1, commitment, failure

    assert erase(mirror, person, reasons=True).reasons == 2
    assert kept[1].get_reason(commitment) is None


def test_no_file_of_the_database_holds_an_erased_person(mirror, person):
    files = files_of(mirror)
    before = [each for each in files if personal_in(each)]
    erase(mirror, person)

    assert bool(before) == bool(files)
    assert [each for each in files if personal_in(each)] == []


def personal_in(file):
    found = file.read_bytes()
    return any(each.encode() in found for each in (NAME, EMAIL, HOOK))


def files_of(mirror):
    """The file of an SQLite database and its log; a server's files are its own."""
    url = str(mirror.sessions.kw["bind"].url)
    if not is_sqlite(url):
        return []
    file = file_of(url)
    return [file, file.with_name(file.name + "-wal")]


def test_rebuilding_reorganising_and_exporting_leave_the_desk_alone(mirror, person):
    before = desk_rows(mirror)
    assert sum(map(len, before.values())) >= 4
    names = {table_of(each).name for each in RECORDS}
    assert not names & {table_of(each).name for each in rebuilding.PROJECTED}
    assert not any(f'"{name}"' in exported(mirror) for name in names)
    with mirror.writing() as session:
        rebuilding.rebuild(session, mirror.consortium.id)
        cursor = session.get_one(CursorRecord, mirror.consortium.id)
        middle = cursor.next_block // 2
        ancestor = BlockRecord(consortium_id=mirror.consortium.id, number=middle, hash=f"0x{middle:064x}", time=s.START)
        assert _cut(session, cursor, ancestor) > 0

    assert desk_rows(mirror) == before


def test_every_table_that_knows_a_pseudonym_is_emptied_or_keeps_no_more_than_it():
    knowing = {table.name for table in METADATA.tables.values() if "person" in table.columns}
    emptied = {record.__tablename__ for record in REMOVED}

    assert knowing - emptied == KEPT_BY_PSEUDONYM


KEPT_BY_PSEUDONYM = {"representations"}


def test_persons_are_exported_and_erased_at_the_command_line(mirror, person, capsys, monkeypatch, tmp_path, deployment):
    record = tmp_path / "trial.json"
    record.write_bytes(msgspec.json.encode(deployment))
    monkeypatch.setenv("ZBOR_DEPLOYMENT", str(record))
    monkeypatch.setenv("ZBOR_DATABASE_URL", mirror.sessions.kw["bind"].url.render_as_string(hide_password=False))
    monkeypatch.setenv("ZBOR_DOCUMENTS", str(tmp_path / "documents"))

    def said(*arguments):
        assert main(arguments) == 0
        return json.loads(capsys.readouterr().out)

    assert [each["email"] for each in said("people", "export")] == [EMAIL]
    assert said("people", "export", "--member", "2") == []
    assert said("people", "erase", person, "--reasons")["rows"] == ROWS
    assert said("people", "export", "--person", person)["email"] is None
    assert main(["people", "erase", "0" * 32]) == 1
    made = said("tokens", "create", "archive", "--scope", "documents:write", "--days", "3", "--member", "1")
    assert made["secret"].startswith("zbor_")
    assert [each["name"] for each in said("tokens", "list")] == [made["name"]]
    assert said("tokens", "revoke", made["name"])["revoked_at"] is not None
    assert main(["tokens", "create", "x", "--scope", "tokens:write"]) == 1


def test_the_list_of_representatives_outlives_the_person(mirror, person):
    erase(mirror, person)
    with mirror.asking() as session:
        (left,) = list_representatives(session, mirror.consortium.id, with_email=True)

    assert (left.person, left.member_id, left.since, left.name) == (person, 1, s.START, None)
