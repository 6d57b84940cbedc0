from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.documents import folder as folder_module
from backend.documents.canonical import canonical
from backend.documents.cid import cid_of
from backend.documents.reasons import BallotName, Reason
from backend.documents.store import MOST_BYTES, DocumentStore
from backend.errors import DocumentMismatchError, InvalidDocumentError
from tests.backend.documents.samples import DOCUMENT

BALLOT = BallotName("0x" + "44" * 20, 4711, 7)
REASON = Reason(BALLOT, "en", "The deadline is too short.", "5a" * 32)
ABSENT = cid_of(b"never stored")
PATHS = ["../outside", "/etc/passwd", "..", ".", "", "texts/..", "\x00", ABSENT + "/..", ABSENT.upper()]


@pytest.fixture
def store(tmp_path):
    return DocumentStore(tmp_path / "documents")


def stored_files(tmp_path):
    return sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())


@given(data=st.binary(max_size=100))
def test_bytes_come_back_under_their_name(tmp_path_factory, data):
    store = DocumentStore(tmp_path_factory.mktemp("store"))
    assert store.get(store.put(data)) == data


def test_a_proposal_text_comes_back_under_its_name(store):
    assert store.get_proposal(store.put_proposal(DOCUMENT)) == DOCUMENT


def test_what_is_not_at_hand_is_none(store):
    assert store.get(ABSENT) is None
    assert store.get_proposal(ABSENT) is None
    assert store.get_reason(REASON.commitment) is None


def test_the_same_bytes_are_kept_once(store, tmp_path):
    assert store.put(b"same") == store.put(b"same")
    assert stored_files(tmp_path) == [f"documents/texts/{cid_of(b'same')}"]


@pytest.mark.parametrize("forged", [b"forged", b"", b"tru", b"true" + b"x" * 100])
def test_a_changed_file_is_never_handed_out(store, tmp_path, forged):
    cid = store.put(b"true")
    (tmp_path / "documents/texts" / cid).write_bytes(forged)
    with pytest.raises(DocumentMismatchError, match=cid):
        store.get(cid)


def test_a_file_grown_beyond_all_bounds_is_not_read_whole(store, tmp_path, monkeypatch):
    monkeypatch.setattr(folder_module, "MOST_BYTES", 10)
    cid = store.put(b"ten bytes!")
    (tmp_path / "documents/texts" / cid).write_bytes(b"ten bytes!" + b"x" * 1000)
    with pytest.raises(DocumentMismatchError) as refused:
        store.get(cid)
    assert refused.value.found == cid_of(b"ten bytes!x")


def test_a_link_to_another_file_is_not_followed_into_the_open(store, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    cid = store.put(b"true")
    (tmp_path / "documents/texts" / cid).unlink()
    (tmp_path / "documents/texts" / cid).symlink_to(secret)
    with pytest.raises(DocumentMismatchError):
        store.get(cid)


def test_bytes_that_are_no_proposal_text_are_not_handed_out_as_one(store):
    with pytest.raises(InvalidDocumentError):
        store.get_proposal(store.put(b"<script>alert(1)</script>"))


def test_too_long_a_document_is_not_kept(store, tmp_path):
    with pytest.raises(InvalidDocumentError):
        store.put(b"x" * (MOST_BYTES + 1))
    assert stored_files(tmp_path) == []


@pytest.mark.parametrize("name", PATHS)
def test_a_name_cannot_lead_out_of_the_folder(store, name):
    with pytest.raises(InvalidDocumentError):
        store.get(name)


@pytest.mark.parametrize("name", PATHS)
def test_a_commitment_cannot_lead_out_of_the_folder(store, tmp_path, name):
    (tmp_path / "outside").write_text("precious")
    for act in (store.get_reason, store.erase_reason):
        with pytest.raises(InvalidDocumentError):
            act(name)
    assert stored_files(tmp_path) == ["outside"]


def test_writing_leaves_the_old_file_whole_when_it_fails(store, tmp_path, monkeypatch):
    cid = store.put(b"kept")

    def full(_):
        raise OSError("no space left on device")

    monkeypatch.setattr(folder_module.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        store.put(b"kept")
    assert store.get(cid) == b"kept"
    assert stored_files(tmp_path) == [f"documents/texts/{cid}"]


def test_a_reason_comes_back_under_its_commitment(store):
    assert store.get_reason(store.put_reason(REASON)) == REASON


def test_an_erased_reason_leaves_no_word_and_no_salt(store, tmp_path):
    commitment = store.put_reason(REASON)
    assert store.erase_reason(commitment)
    assert store.get_reason(commitment) is None
    assert stored_files(tmp_path) == []


def test_erasing_twice_says_that_there_was_nothing(store):
    assert not store.erase_reason(REASON.commitment)


def test_erasing_one_reason_leaves_the_others(store):
    other = Reason(BALLOT, "sl", "Rok je prekratek.")
    store.put_reason(other)
    store.erase_reason(store.put_reason(REASON))
    assert store.get_reason(other.commitment) == other


def test_a_forged_reason_is_never_handed_out(store, tmp_path):
    commitment = store.put_reason(REASON)
    forged = {"type": "zbor/reason", "version": 1, "salt": "5a" * 32, "language": "en", "text": "I was bribed."}
    (tmp_path / "documents/reasons" / commitment).write_bytes(canonical(forged))
    with pytest.raises(DocumentMismatchError):
        store.get_reason(commitment)


def test_of_many_texts_only_the_true_ones_are_handed_out(store, tmp_path):
    cid, forged, other = store.put_proposal(DOCUMENT), store.put(b"true"), store.put(b"no proposal text")
    (tmp_path / "documents/texts" / forged).write_bytes(b"false")
    for _ in range(2):  # the second time out of memory
        assert store.get_proposals([cid, forged, other, *PATHS]) == {cid: DOCUMENT}
    (tmp_path / "documents/texts" / cid).write_bytes(b"false")
    assert store.get_proposals([cid]) == {}


def test_of_many_reasons_only_the_true_ones_are_handed_out(store, tmp_path):
    commitment = store.put_reason(REASON)
    forged = store.put_reason(replace(REASON, salt="6b" * 32))
    (tmp_path / "documents/reasons" / forged).write_bytes(REASON.to_bytes())
    assert store.get_reasons([commitment, forged, "0x" + "00" * 32, *PATHS]) == {commitment: REASON}
    store.erase_reason(commitment)
    assert store.get_reasons([commitment]) == {}
