"""The document store: a folder in which every file is named by its hash and hashed again whenever it is read.

    texts/<cid>               public: proposal texts and attachments
    reasons/<commitment>      erasable: reasons of ballots with their salts

Names are checked before they touch the disk, writing is atomic, and what does not hash to its name is never handed out.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from backend.documents.cid import cid_of, hash_in, hash_of
from backend.documents.kept_texts import KeptTexts, Mark
from backend.documents.proposal_text import ProposalDocument, parse_proposal
from backend.documents.reasons import Reason, is_commitment, parse_reason
from backend.domain.values import Hash32
from backend.errors import DocumentMismatchError, InvalidDocumentError

MOST_BYTES = 8 * 1024 * 1024
"""Size of one stored document."""


class DocumentStore:
    """Texts and reasons in one folder, which is made when first written to."""

    def __init__(self, folder: Path) -> None:
        self._texts = folder / "texts"
        self._reasons = folder / "reasons"
        self._kept = KeptTexts()

    def put(self, data: bytes) -> str:
        """Keep these bytes and name them. Keeping the same bytes again changes nothing.

        Raises:
            InvalidDocumentError: too long.
        """
        if len(data) > MOST_BYTES:
            raise InvalidDocumentError("document", f"has {len(data)} bytes, more than {MOST_BYTES}")
        cid = cid_of(data)
        _write(self._texts / cid, data)
        return cid

    def get(self, cid: str) -> bytes | None:
        """Fetch the bytes of that name; None where they are not at hand.

        Raises:
            InvalidDocumentError: the name is not a CID.
            DocumentMismatchError: the file was changed or cut short.
        """
        hash_in(cid)
        data = _read(self._texts / cid)
        if data is not None and cid_of(data) != cid:
            raise DocumentMismatchError(cid, cid_of(data))
        return data

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
        if kept is not None and kept.mark == _mark(self._texts / cid):
            return kept.document
        hash_in(cid)
        mark = _mark(self._texts / cid)
        data = self.get(cid)
        if data is None:
            return None
        document = parse_proposal(data)
        self._kept.keep(cid, mark, document, len(data))
        return document

    def put_reason(self, reason: Reason) -> Hash32:
        """Keep a reason with its salt, and say what goes on chain for it.

        Raises:
            InvalidDocumentError: it breaks the format.
        """
        data = reason.to_bytes()
        _write(self._reasons / hash_of(data), data)
        return hash_of(data)

    def get_reason(self, commitment: str) -> Reason | None:
        """Fetch the reason behind a commitment; None where there is none at hand, or it was erased.

        Raises:
            InvalidDocumentError: not a commitment, or the bytes are no reason.
            DocumentMismatchError: the file was changed or cut short.
        """
        data = _read(self._reason_path(commitment))
        if data is not None and hash_of(data) != commitment:
            raise DocumentMismatchError(commitment, hash_of(data))
        return None if data is None else parse_reason(data)

    def erase_reason(self, commitment: str) -> bool:
        """Erase the words and the salt for good; False where there was nothing to erase.

        Raises:
            InvalidDocumentError: not a commitment.
        """
        path = self._reason_path(commitment)
        existed = path.exists()
        path.unlink(missing_ok=True)
        return existed

    def _reason_path(self, commitment: str) -> Path:
        if not is_commitment(commitment):
            raise InvalidDocumentError("commitment", "must be 0x and 64 lower-case hexadecimal digits")
        return self._reasons / commitment


def _mark(path: Path) -> Mark | None:
    """What changes when anything is written to the file; None where there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
