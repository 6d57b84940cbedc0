"""Words in texts."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from backend.documents.store import DocumentStore
from backend.queries.search import speaking_of

AT_ONCE = 8


class SlowStore(DocumentStore):
    """The store on a disk that takes its time, and how often each text was read from it."""

    def __init__(self, folder):
        super().__init__(folder)
        self.read = Counter()

    def get_proposal(self, cid):
        self.read[cid] += 1
        time.sleep(0.005)
        return super().get_proposal(cid)


def test_many_who_ask_at_once_read_each_text_once(mirror, documents_folder):
    store = SlowStore(documents_folder)

    def find(_):
        with mirror.reading() as reading:
            return speaking_of(reading.session, replace(reading.consortium, documents=store), "question")

    with ThreadPoolExecutor(AT_ONCE) as readers:
        found = list(readers.map(find, range(AT_ONCE)))

    assert found == [found[0]] * AT_ONCE
    assert len(found[0]) > 5
    assert set(store.read.values()) == {1}
