"""A text that was read once is not read again, and never outlives its file."""

import pytest

from backend.documents.kept_texts import KeptTexts
from backend.documents.store import DocumentStore
from backend.errors import DocumentMismatchError
from tests.backend.documents.samples import DOCUMENT


def test_a_text_is_parsed_once(tmp_path):
    store = DocumentStore(tmp_path)
    cid = store.put_proposal(DOCUMENT)

    assert store.get_proposal(cid) is store.get_proposal(cid)


def test_attack_on_a_file_behind_a_kept_text_is_noticed(tmp_path):
    store = DocumentStore(tmp_path)
    cid = store.put_proposal(DOCUMENT)
    store.get_proposal(cid)
    path = tmp_path / "texts" / cid
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(DocumentMismatchError):
        store.get_proposal(cid)
    path.unlink()
    assert store.get_proposal(cid) is None


def test_kept_texts_never_take_more_room_than_they_are_given():
    kept = KeptTexts(most_bytes=100)
    for number in range(10):
        kept.keep(f"cid{number}", (1, 2, 3), DOCUMENT, 30)
    kept.keep("cid9", (1, 2, 4), DOCUMENT, 30)

    assert [number for number in range(10) if kept.get(f"cid{number}")] == [7, 8, 9]
    assert kept.get("cid9").mark == (1, 2, 4)
    assert kept._bytes == 90
