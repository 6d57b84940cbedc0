"""Which proposals speak of something: words in their titles and summaries, in whatever language.

Texts are not in the database but in the document store, each named by its hash; so what a text says can be kept for as
long as the process lives. Words are compared here and never reach the database.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord
from backend.documents.store import DocumentStore
from backend.domain.descriptions import parse_description
from backend.domain.folding import folded
from backend.errors import DocumentError
from backend.queries.consortium import Consortium
from backend.queries.filed import Key, select_filed

P = ProposalRecord
MOST_TEXTS = 20_000
"""Texts whose words are kept in memory, some two kilobytes each."""
_one_reads = Lock()
"""Many may ask at once for what nobody has asked for before: whoever comes second finds what the first has read."""


def speaking_of(session: Session, consortium: Consortium, words: str, *conditions: ColumnElement[bool]) -> list[Key]:
    """Find the proposals that meet the conditions and whose titles and summaries hold all the words."""
    wanted = folded(words).split()
    rows = session.execute(
        select_filed(consortium, *conditions).with_only_columns(P.body_id, P.proposal_id, P.description)
    )
    said = ((body_id, proposal_id, _said_in(consortium, description)) for body_id, proposal_id, description in rows)
    return [(body_id, proposal_id) for body_id, proposal_id, text in said if all(word in text for word in wanted)]


def _said_in(consortium: Consortium, description: str) -> str:
    cid = parse_description(description).cid
    try:
        with _one_reads:
            return "" if cid is None else _words_of(consortium.documents, cid)
    except (DocumentError, LookupError):
        return ""


@lru_cache(maxsize=MOST_TEXTS)
def _words_of(documents: DocumentStore, cid: str) -> str:
    """The words of a text; raises while it is not at hand, so that it is looked for again."""
    document = documents.get_proposal(cid)
    if document is None:
        raise LookupError(cid)
    return folded(
        "\n".join((document.reference, *(f"{text.title}\n{text.summary}" for text in document.texts.values())))
    )
