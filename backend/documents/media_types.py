"""What kind of file some bytes are, told from the bytes alone: what a sender claims is only compared."""

from __future__ import annotations

import re

from backend.documents.proposal_text import parse_proposal
from backend.documents.refusals import DocumentTypeError
from backend.errors import InvalidDocumentError

JSON, TEXT = "application/json", "text/plain"
_BEGINNINGS = {
    "application/pdf": (b"%PDF-",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
}
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", JSON: "json", TEXT: "txt"}
"""Type → ending of a file's name; the types that are kept."""
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
OTHER = "application/octet-stream"


def media_type_of(data: bytes) -> str:
    """Tell the type, for whoever is handed the bytes; whatever is not known for certain is just bytes."""
    for media_type, beginnings in _BEGINNINGS.items():
        if data.startswith(beginnings):
            return media_type
    if _is_proposal(data):
        return JSON
    return TEXT if _is_text(data) else OTHER


def require_kept(data: bytes, claimed: str | None) -> str:
    """See that the bytes are of a type that is kept, and of the one that was claimed, if one was.

    Raises:
        DocumentTypeError: they are not.
        InvalidDocumentError: JSON that is no proposal text in canonical form.
    """
    claim = (claimed or OTHER).partition(";")[0].strip().lower()
    if claim == JSON:
        parse_proposal(data)
        return JSON
    found = media_type_of(data)
    if found not in ENDINGS or (claim not in {OTHER, found} and not (found == TEXT and claim == "text/markdown")):
        raise DocumentTypeError(tuple(sorted(ENDINGS)))
    return found


def _is_proposal(data: bytes) -> bool:
    try:
        parse_proposal(data)
    except InvalidDocumentError:
        return False
    return True


def _is_text(data: bytes) -> bool:
    """Whether it is plain text; what begins like HTML, XML or SVG is not, however it came here."""
    if _CONTROL.search(data) or _MARKUP.match(data):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return bool(data.strip())
