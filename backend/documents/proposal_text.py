"""The text of a proposal: in every language it was written in, with one that prevails and what was attached.

Anyone who may put a proposal may commit to any bytes at all; what does not keep to this format is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backend.documents import fields
from backend.documents.canonical import Json, canonical
from backend.errors import InvalidDocumentError

TYPE = "zbor/proposal"
VERSION = 1
MOST_BYTES = 512 * 1024
"""Size of a whole document in canonical form."""
MOST_TITLE, MOST_SUMMARY, MOST_BODY = 200, 2_000, 200_000
"""Characters in one language."""
MOST_LANGUAGES = 24
MOST_ATTACHMENTS = 64
MOST_REFERENCE = 64
MOST_NAME = 200


@dataclass(frozen=True, slots=True)
class Text:
    """The question in one language."""

    title: str
    summary: str
    body: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to the text; kept elsewhere, known by its hash."""

    name: str
    sha256: str
    """64 lower-case hexadecimal digits."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class ProposalDocument:
    """Everything the CID on chain stands for."""

    authoritative: str
    """Language that prevails where the texts differ."""
    reference: str
    """The consortium's own file number; may be empty."""
    texts: Mapping[str, Text]
    """By language (BCP 47, such as `sl` or `pt-BR`)."""
    attachments: tuple[Attachment, ...] = ()

    def to_bytes(self) -> bytes:
        """Write in canonical form, checked.

        Raises:
            InvalidDocumentError: it breaks the format; the message names the part.
        """
        data = canonical(self._to_json())
        parse_proposal(data)
        return data

    def _to_json(self) -> Json:
        return {
            "type": TYPE,
            "version": VERSION,
            "authoritative": self.authoritative,
            "reference": self.reference,
            "texts": {
                language: {"title": text.title, "summary": text.summary, "body": text.body}
                for language, text in self.texts.items()
            },
            "attachments": [{"name": item.name, "sha256": item.sha256, "size": item.size} for item in self.attachments],
        }


def parse_proposal(data: bytes) -> ProposalDocument:
    """Read a document from its canonical bytes.

    Raises:
        InvalidDocumentError: it breaks the format; the message names the part.
    """
    if len(data) > MOST_BYTES:
        raise InvalidDocumentError("document", f"has {len(data)} bytes, more than {MOST_BYTES}")
    value = fields.read_document(data, TYPE, VERSION, ("authoritative", "reference", "texts", "attachments"))
    texts = _texts(value["texts"])
    authoritative = fields.language(value["authoritative"], "authoritative")
    if authoritative not in texts:
        raise InvalidDocumentError("authoritative", f"is {authoritative}, in which there is no text")
    reference = fields.line(value["reference"], "reference", MOST_REFERENCE)
    return ProposalDocument(authoritative, reference, texts, _attachments(value["attachments"]))


def _texts(value: Json) -> dict[str, Text]:
    if not isinstance(value, dict) or not 1 <= len(value) <= MOST_LANGUAGES:
        raise InvalidDocumentError("texts", f"must hold 1 to {MOST_LANGUAGES} languages")
    return {fields.language(tag, "texts"): _text(text, f"texts.{tag}") for tag, text in value.items()}


def _text(value: Json, part: str) -> Text:
    text = fields.exactly(value, part, ("title", "summary", "body"))
    return Text(
        title=fields.filled(fields.line(text["title"], f"{part}.title", MOST_TITLE), f"{part}.title"),
        summary=fields.lines(text["summary"], f"{part}.summary", MOST_SUMMARY),
        body=fields.lines(text["body"], f"{part}.body", MOST_BODY),
    )


def _attachments(value: Json) -> tuple[Attachment, ...]:
    if not isinstance(value, list) or len(value) > MOST_ATTACHMENTS:
        raise InvalidDocumentError("attachments", f"must be a list of at most {MOST_ATTACHMENTS}")
    return tuple(_attachment(item, f"attachments[{index}]") for index, item in enumerate(value))


def _attachment(value: Json, part: str) -> Attachment:
    item = fields.exactly(value, part, ("name", "sha256", "size"))
    return Attachment(
        name=_file_name(item["name"], f"{part}.name"),
        sha256=fields.hex32(item["sha256"], f"{part}.sha256"),
        size=fields.natural(item["size"], f"{part}.size"),
    )


def _file_name(value: Json, part: str) -> str:
    name = fields.filled(fields.line(value, part, MOST_NAME), part)
    if name.startswith(".") or {"/", "\\"} & set(name):
        raise InvalidDocumentError(part, "must be a plain file name, without a folder")
    return name
