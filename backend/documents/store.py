"""The document store: whatever is kept is named by its hash and hashed again whenever it is read.

    texts/<cid>               public: proposal texts and attachments
    reasons/<commitment>      erasable: reasons of ballots with their salts

Names are checked before anything is asked for them, and what does not hash to its name is never handed out. Documents
may lie with several keepers, a folder and a table of the database: the first true copy is taken, the first keeper that
was named is written to.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from pathlib import Path

from backend.documents.cid import cid_of, hash_in, hash_of, is_cid
from backend.documents.folder import Folder
from backend.documents.keeper import MOST_BYTES, Keeper, Kind
from backend.documents.kept_texts import KeptTexts, Mark
from backend.documents.proposal_text import ProposalDocument, parse_proposal
from backend.documents.reasons import Reason, is_commitment, parse_reason
from backend.domain.values import Hash32
from backend.errors import DocumentMismatchError, InvalidDocumentError

log = logging.getLogger(__name__)

__all__ = ["MOST_BYTES", "DocumentStore"]


class DocumentStore:
    """Texts and reasons in a folder, which is made when first written to, and with a keeper that goes before it."""

    def __init__(self, folder: Path, first: Keeper | None = None) -> None:
        self._folder = Folder(folder)
        self._keepers: tuple[Keeper, ...] = (self._folder,) if first is None else (first, self._folder)
        self._kept = KeptTexts()

    def put(self, data: bytes) -> str:
        """Keep these bytes and name them. Keeping the same bytes again changes nothing.

        Raises:
            InvalidDocumentError: too long.
        """
        if len(data) > MOST_BYTES:
            raise InvalidDocumentError("document", f"has {len(data)} bytes, more than {MOST_BYTES}")
        cid = cid_of(data)
        self._keepers[0].write(Kind.TEXT, cid, data)
        return cid

    def get(self, cid: str) -> bytes | None:
        """Fetch the bytes of that name; None where they are not at hand.

        Raises:
            InvalidDocumentError: the name is not a CID.
            DocumentMismatchError: the file was changed or cut short.
        """
        hash_in(cid)
        return self._true_copy(Kind.TEXT, cid, cid_of)

    def put_proposal(self, document: ProposalDocument) -> str:
        """Keep the text of a proposal and name it.

        Raises:
            InvalidDocumentError: it breaks the format.
        """
        return self.put(document.to_bytes())

    def get_proposal(self, cid: str) -> ProposalDocument | None:
        """Fetch the text of a proposal; None where it is not at hand.

        Raises:
            InvalidDocumentError: the name is not a CID, or the bytes are no proposal text.
            DocumentMismatchError: the file was changed or cut short.
        """
        kept = self._kept.get(cid)
        if kept is not None and kept.mark == self._folder.mark(Kind.TEXT, cid):
            return kept.document
        hash_in(cid)
        mark = self._folder.mark(Kind.TEXT, cid)
        data = self.get(cid)
        if data is None:
            return None
        return self._parsed(cid, data, mark)

    def get_proposals(self, cids: Collection[str]) -> dict[str, ProposalDocument]:
        """Fetch the texts of many proposals by CID; what is not at hand, breaks the format or is no CID is left out."""
        marks = {cid: self._folder.mark(Kind.TEXT, cid) for cid in set(cids) if is_cid(cid)}
        kept = {cid: self._kept.get(cid) for cid in marks}
        found = {cid: one.document for cid, one in kept.items() if one is not None and one.mark == marks[cid]}
        copies = self._true_copies(Kind.TEXT, [cid for cid in marks if cid not in found], cid_of)
        for cid, data in copies.items():
            try:
                found[cid] = self._parsed(cid, data, marks[cid])
            except InvalidDocumentError:
                continue
        return found

    def put_reason(self, reason: Reason) -> Hash32:
        """Keep a reason with its salt, and say what goes on chain for it.

        Raises:
            InvalidDocumentError: it breaks the format.
        """
        data = reason.to_bytes()
        self._keepers[0].write(Kind.REASON, hash_of(data), data)
        return hash_of(data)

    def get_reason(self, commitment: str) -> Reason | None:
        """Fetch the reason behind a commitment; None where there is none at hand, or it was erased.

        Raises:
            InvalidDocumentError: not a commitment, or the bytes are no reason.
            DocumentMismatchError: the file was changed or cut short.
        """
        _require_commitment(commitment)
        data = self._true_copy(Kind.REASON, commitment, hash_of)
        return None if data is None else parse_reason(data)

    def get_reasons(self, commitments: Collection[str]) -> dict[str, Reason]:
        """Fetch many reasons by commitment; what is not at hand, was erased or is no true reason is left out."""
        reasons: dict[str, Reason] = {}
        wanted = [each for each in commitments if is_commitment(each)]
        for commitment, data in self._true_copies(Kind.REASON, wanted, hash_of).items():
            try:
                reasons[commitment] = parse_reason(data)
            except InvalidDocumentError:
                continue
        return reasons

    def erase_reason(self, commitment: str) -> bool:
        """Erase the words and the salt for good; False where there was nothing to erase.

        Raises:
            InvalidDocumentError: not a commitment.
        """
        _require_commitment(commitment)
        erased = [keeper.erase(Kind.REASON, commitment) for keeper in self._keepers]
        return any(erased)

    def _parsed(self, cid: str, data: bytes, mark: Mark | None) -> ProposalDocument:
        document = parse_proposal(data)
        if mark is not None:
            self._kept.keep(cid, mark, document, len(data))
        return document

    def _true_copies(self, kind: Kind, names: Collection[str], named: Callable[[bytes], str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for keeper in self._keepers:
            for name, data in keeper.read_all(kind, [name for name in names if name not in found]).items():
                if named(data) == name:
                    found[name] = data
                else:
                    log.error("A copy of %s with %s hashes to %s", name, type(keeper).__name__, named(data))
        return found

    def _true_copy(self, kind: Kind, name: str, named: Callable[[bytes], str]) -> bytes | None:
        wrong: str | None = None
        for keeper in self._keepers:
            data = keeper.read(kind, name)
            if data is None:
                continue
            if named(data) == name:
                return data
            wrong = named(data)
            log.error("A copy of %s with %s hashes to %s", name, type(keeper).__name__, wrong)
        if wrong is not None:
            raise DocumentMismatchError(name, wrong)
        return None


def _require_commitment(commitment: str) -> None:
    if not is_commitment(commitment):
        raise InvalidDocumentError("commitment", "must be 0x and 64 lower-case hexadecimal digits")
