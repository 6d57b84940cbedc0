"""Nothing that comes from outside adds a header, a reader, markup or a link to a letter."""

from __future__ import annotations

import email
import email.policy

import pytest

from backend.database.desk import PersonRecord
from backend.database.records import MemberRecord, ProposalRecord
from backend.documents.proposal_text import ProposalDocument, Text
from backend.domain.descriptions import compose_description
from backend.notices.letters import Envelope, Words, may_be_written_to, message_of
from backend.notices.readers import Reader
from tests.backend import story as s
from tests.backend.notices.conftest import ORIGIN, address_of, deliver, put_on_file

TITLE = 'Yes\r\nBcc: everyone@example.org\r\n\r\n<script src="https://evil.example/x"></script>'


@pytest.fixture
def titled(told):
    """The open proposal, under a title from somebody who means ill."""
    document = ProposalDocument("en", "P1", {"en": Text(TITLE.replace("\r\n", " "), "Summary", "Body")})
    cid = told.consortium.documents.put_proposal(document)
    with told.writing() as session:
        row = session.get_one(ProposalRecord, (told.consortium.id, s.ASSEMBLY, s.OPEN))
        row.description = compose_description(cid, s.wallet_of(1))
    return told


def envelope(recipient="a@example.org", name="Zbor"):
    return Envelope("zbor@example.org", name, recipient, "f" * 40, f"{ORIGIN}/notices/unsubscribe?token=x", s.NOW)


@pytest.mark.parametrize(
    "subject",
    [
        TITLE,
        "a\nBcc: b@example.org",
        "a\r\n\r\nbody",
        "a\x00b",
        "a\u2028b",
        "a\u202egnp.exe",
        "=?utf-8?b?YQ0KQmNjOiBi?=",
        "=?utf-8?q?a=0D=0ABcc:_b?=",
    ],
)
def test_attack_a_title_adds_no_header_to_a_letter(subject):
    made = message_of(Words("en", subject, "text", "<p>text</p>"), envelope(name=subject))
    read = email.message_from_bytes(made.as_bytes(), policy=email.policy.default)

    assert set(read.keys()) == set(made.keys())
    assert "bcc" not in {key.lower() for key in read}
    assert len(read.get_all("to")) == 1
    assert read["to"] == "a@example.org"


def test_attack_markup_in_a_title_is_shown_as_it_is(titled, inbox, mail_server):
    put_on_file(titled, 3)
    deliver(titled, mail_server)
    letter = next(each for each in inbox.letters if "Yes" in each["subject"])
    html, text = (letter.get_body((part,)).get_content() for part in ("html", "plain"))

    assert "<script" not in html
    assert "&lt;script src=" in html
    assert "<script src=" in text, "plain text has no markup"
    assert 'href="https://evil' not in html
    assert letter["bcc"] is None


def test_attack_a_member_s_name_adds_no_line_to_a_letter(told, inbox, mail_server):
    put_on_file(told, 3)
    with told.writing() as session:
        member = session.get_one(MemberRecord, (told.consortium.id, 3))
        member.name = "Cvita\r\n\r\nVote here: https://evil.example\r\n<b>now</b>"
    deliver(told, mail_server)
    for letter in inbox.letters:
        html, text = (letter.get_body((part,)).get_content() for part in ("html", "plain"))
        assert not [line for line in text.splitlines() if line.startswith("Vote here")]
        assert "<b>" not in html


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org, b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "<a@example.org>",
        '"a b"@example.org',
        "a@example.org>",
        "@a.example,@b.example:c@example.org",
        "a@[127.0.0.1]",
        "a@exa mple.org",
        "a@exämple.org",
        "a@-example.org",
        "a@example..org",
        f"{'a' * 65}@example.org",
        f"a@{'b' * 64}.org",
        "a",
        "",
    ],
)
def test_attack_what_is_no_plain_address_is_not_written_to(address):
    assert not may_be_written_to(address)


def test_attack_a_hostile_address_that_is_on_file_all_the_same_gets_no_letter(told, inbox, mail_server):
    person = put_on_file(told, 3)
    with told.writing() as session:
        session.get_one(PersonRecord, (told.consortium.id, person)).email = "a@example.org\r\nRCPT TO:<b@example.org>"
    put_on_file(told, 3, 1)
    deliver(told, mail_server)

    assert {recipients for _, recipients, _ in inbox.envelopes} == {(address_of(3, 1),)}


def test_every_letter_can_be_stopped_by_one_click_and_knows_nothing_secret(told, inbox, mail_server):
    person = put_on_file(told, 3)
    deliver(told, mail_server)
    with told.asking() as session:
        key = session.connection().exec_driver_sql("SELECT key FROM seals").scalar_one()
    for letter in inbox.letters:
        assert letter["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
        link = letter["list-unsubscribe"]
        assert link.startswith(f"<{ORIGIN}/notices/unsubscribe?token={person}.")
        assert link.endswith(">")
        assert key not in letter.as_string()
        assert s.wallet_of(3).lower() not in letter.as_string().lower()


def test_nothing_personal_is_printed_of_who_is_written_to():
    reader = Reader("f" * 32, "nadja@example.org", "sl", 3, "Udruga Cvita")
    assert "nadja" not in repr(reader)
