"""Refusals to whoever hands in documents, or asks for one that is not here."""

from __future__ import annotations

from backend.errors import DocumentError, NotFoundError


class DocumentNotFoundError(NotFoundError):
    """The document is not kept here: ask whoever published it to hand it in, or another keeper of documents."""

    code = "DOCUMENT_NOT_FOUND"
    noun = "document"


class DocumentTypeError(DocumentError):
    """Files of this type are not kept: hand in one of the types that the message lists."""

    code = "DOCUMENT_TYPE_REFUSED"

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self.allowed = allowed
        super().__init__(f"The bytes are of none of the types that are kept: {', '.join(allowed)}.")


class QuotaExceededError(DocumentError):
    """The member has handed in as much as it may in a day: wait until tomorrow, or ask the operator for more."""

    code = "QUOTA_EXCEEDED"

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(f"{problem} Try again tomorrow, or ask the operator to allow more.")
