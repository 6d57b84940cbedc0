import json
from dataclasses import replace

import pytest

from backend.documents.canonical import canonical
from backend.documents.proposal_text import (
    MOST_ATTACHMENTS,
    MOST_BODY,
    MOST_BYTES,
    MOST_LANGUAGES,
    MOST_TITLE,
    Attachment,
    ProposalDocument,
    Text,
    parse_proposal,
)
from backend.errors import InvalidDocumentError
from tests.backend.documents.samples import DOCUMENT


def as_json(**changes):
    return json.loads(DOCUMENT.to_bytes()) | changes


def with_title(title):
    return replace(DOCUMENT, texts={"sl": Text(title, "", "")})


def with_body(body):
    return replace(DOCUMENT, texts={"sl": Text("Naslov", "", body)})


def with_attachment(**changes):
    return as_json(attachments=[{"name": "a.pdf", "sha256": "00" * 32, "size": 1} | changes])


def test_a_document_survives_its_bytes():
    assert parse_proposal(DOCUMENT.to_bytes()) == DOCUMENT


def test_the_bytes_are_canonical_and_say_what_they_are():
    data = DOCUMENT.to_bytes()
    assert data == canonical(json.loads(data))
    assert data.startswith(b'{"attachments":[{"name":"catalogue.pdf"')
    assert data.endswith(b'"type":"zbor/proposal","version":1}')


def test_the_order_in_which_languages_were_written_does_not_matter():
    turned = replace(DOCUMENT, texts=dict(reversed(DOCUMENT.texts.items())))
    assert turned.to_bytes() == DOCUMENT.to_bytes()


def test_a_changed_letter_changes_the_bytes():
    assert with_title("Katalog").to_bytes() != with_title("katalog").to_bytes()


@pytest.mark.parametrize("language", ["sl", "en", "pt-BR", "sr-Latn", "sr-Latn-RS", "es-419", "gsw"])
def test_languages_are_tags(language):
    document = ProposalDocument(language, "", {language: Text("Title", "", "")})
    assert parse_proposal(document.to_bytes()) == document


@pytest.mark.parametrize("language", ["", "SL", "slovene", "sl_SI", "sl-si", "../sl", "sl\n", "<b>"])
def test_nothing_else_is_a_language(language):
    with pytest.raises(InvalidDocumentError):
        ProposalDocument(language, "", {language: Text("Title", "", "")}).to_bytes()


@pytest.mark.parametrize(
    "document",
    [
        replace(DOCUMENT, authoritative="de"),
        replace(DOCUMENT, texts={}),
        replace(DOCUMENT, texts={f"a{chr(97 + i)}": Text("T", "", "") for i in range(MOST_LANGUAGES + 1)}),
        replace(DOCUMENT, reference="P" * 65),
        replace(DOCUMENT, attachments=(Attachment("a", "ab" * 32, 1),) * (MOST_ATTACHMENTS + 1)),
        with_title(""),
        with_title("  "),
        with_title("x" * (MOST_TITLE + 1)),
        with_title("two\nlines"),
        with_title("bell\x07"),
        with_title("evil \u202etxt.exe"),
        with_title("hidden\u200f"),
        with_body("x" * (MOST_BODY + 1)),
        with_body("nul\x00"),
        with_body("carriage\r\nreturn"),
        with_body("override \u2066"),
    ],
)
def test_a_document_that_breaks_the_format_is_not_written(document):
    with pytest.raises(InvalidDocumentError):
        document.to_bytes()


def test_a_body_may_run_over_many_lines():
    assert with_body("one\ntwo\n\n\tthree").to_bytes()


def test_the_longest_texts_are_still_texts():
    document = replace(DOCUMENT, texts={"sl": Text("x" * MOST_TITLE, "", "x" * MOST_BODY)})
    assert parse_proposal(document.to_bytes()) == document


@pytest.mark.parametrize(
    "value",
    [
        [],
        None,
        "text",
        {},
        as_json(type="zbor/reason"),
        as_json(version=2),
        as_json(version=True),
        as_json(version="1"),
        as_json(more="field"),
        {key: item for key, item in as_json().items() if key != "reference"},
        as_json(texts=[]),
        as_json(texts={"sl": "text"}),
        as_json(texts={"sl": {"title": "T", "summary": ""}}),
        as_json(texts={"sl": {"title": 1, "summary": "", "body": ""}}),
        as_json(texts={"sl": {"title": "T", "summary": "", "body": "", "more": ""}}),
        as_json(authoritative=None),
        as_json(authoritative=["sl"]),
        as_json(reference=14),
        as_json(attachments={}),
        as_json(attachments=["a.pdf"]),
        with_attachment(name="../a.pdf"),
        with_attachment(name="a\\b.pdf"),
        with_attachment(name=".htaccess"),
        with_attachment(name=""),
        with_attachment(sha256="AB" * 32),
        with_attachment(sha256="ab" * 31),
        with_attachment(size=-1),
        with_attachment(size=True),
        with_attachment(size="1"),
    ],
)
def test_bytes_that_break_the_format_are_not_read(value):
    with pytest.raises(InvalidDocumentError):
        parse_proposal(canonical(value))


def test_an_empty_file_may_be_attached():
    assert parse_proposal(canonical(with_attachment(size=0))).attachments[0].size == 0


def test_bytes_that_are_not_canonical_are_not_read():
    with pytest.raises(InvalidDocumentError, match="canonical"):
        parse_proposal(json.dumps(as_json()).encode())


def test_a_document_that_is_too_long_is_not_even_parsed():
    with pytest.raises(InvalidDocumentError, match="bytes, more than"):
        parse_proposal(b"[" * (MOST_BYTES + 1))
