"""The store over tables of the database does what the store over a folder does."""

from dataclasses import replace
from pathlib import Path

import pytest

from backend.database.schema import METADATA
from backend.database.session import file_of, forget_written, is_sqlite
from backend.documents.cid import cid_for, cid_of
from backend.documents.reasons import BallotName, Reason
from backend.documents.store import DocumentStore
from backend.errors import DocumentMismatchError, InvalidDocumentError
from backend.queries.document_table import DocumentTable
from tests.backend import story as s
from tests.backend.documents.samples import DOCUMENT

REASON = Reason(BallotName("0x" + "44" * 20, 4711, 7), "en", "The deadline is too short.", "5a" * 32)


@pytest.fixture
def mirror(fresh_mirror, story):
    return fresh_mirror(story.told)


@pytest.fixture
def folder(tmp_path):
    return DocumentStore(tmp_path / "documents")


@pytest.fixture
def store(mirror, tmp_path):
    table = DocumentTable(mirror.sessions, mirror.consortium.id, mirror.wall_clock)
    return DocumentStore(tmp_path / "documents", table)


def test_documents_and_reasons_come_back_and_the_folder_stays_empty(store, tmp_path):
    assert store.get(store.put(b"bytes")) == b"bytes"
    assert store.put(b"bytes") == cid_of(b"bytes")
    assert store.get_proposal(store.put_proposal(DOCUMENT)) == DOCUMENT
    assert store.get_reason(store.put_reason(REASON)) == REASON
    assert store.get(cid_of(b"none")) is None
    assert not Path(tmp_path / "documents").exists()


def test_what_lies_in_the_folder_is_read_and_erased_as_well(store, folder):
    cid, commitment = folder.put(b"old"), folder.put_reason(REASON)
    store.put_reason(REASON)

    assert store.get(cid) == b"old"
    assert store.erase_reason(commitment)
    assert folder.get_reason(commitment) is None
    assert store.get_reason(commitment) is None
    assert not store.erase_reason(commitment)


def test_changed_rows_are_never_handed_out(store, mirror):
    cid, commitment = store.put(b"true"), store.put_reason(REASON)
    with mirror.writing() as session:
        for name in ("documents", "reasons"):
            session.execute(METADATA.tables[name].update().values(data=b"forged"))

    with pytest.raises(DocumentMismatchError):
        store.get(cid)
    with pytest.raises(DocumentMismatchError):
        store.get_reason(commitment)
    store.put(b"true")
    assert store.get(cid) == b"true"


@pytest.mark.parametrize("name", ["", "x", "' OR 1=1 --", "../x"])
def test_a_name_that_is_none_is_never_asked_for(store, name):
    for act in (store.get, store.get_reason, store.erase_reason):
        with pytest.raises(InvalidDocumentError):
            act(name)


def test_an_erased_reason_stays_in_no_file_of_the_database(store, mirror):
    store.erase_reason(store.put_reason(REASON))
    engine = mirror.sessions.kw["bind"]
    assert forget_written(engine)
    url = str(engine.url)
    files = [file_of(url), Path(f"{file_of(url)}-wal")] if is_sqlite(url) else []

    assert not any(b"too short" in each.read_bytes() for each in files)


def test_texts_of_proposals_are_shown_from_the_table(fresh_mirror, tmp_path, story):
    """The mirror of a story whose documents were handed in to the database."""
    mirror = fresh_mirror(story.told)
    table = DocumentTable(mirror.sessions, mirror.consortium.id, mirror.wall_clock)
    store = DocumentStore(tmp_path / "documents", table)
    told = s.whole_story(store)

    assert store.get_proposal(cid_of_first(told)) is not None


def cid_of_first(told):
    return cid_for(next(iter(told.hashes.values())))


def test_of_many_each_is_read_from_where_a_true_copy_lies(store, folder, mirror):
    lies_in_folder, lies_in_table = folder.put_proposal(DOCUMENT), store.put_proposal(replace(DOCUMENT, reference="2"))
    commitment = folder.put_reason(REASON)
    store.put_reason(REASON)
    with mirror.writing() as session:
        session.execute(METADATA.tables["reasons"].update().values(data=b"forged"))

    found = store.get_proposals([lies_in_folder, lies_in_table, cid_of(b"none")])
    assert set(found) == {lies_in_folder, lies_in_table}
    assert store.get_reasons([commitment]) == {commitment: REASON}
    assert store.get_reasons([]) == {}
