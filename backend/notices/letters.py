"""One letter as it is sent: headers that nothing from outside can add to, plain text, and the same as simple HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Protocol

from backend.notices.occasions import Occasion
from backend.notices.titles import one_line
from backend.queries.views import ProposalView

ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}@"
    r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?)*"
)
"""The only addresses that are written to: what a header could take for more than one is none of them."""
LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class Subject:
    """What a letter is about, and for whom it is."""

    occasion: Occasion
    proposal: ProposalView
    consortium: str
    warning: str | None
    """What every page must show, such as that the data are samples."""
    member: str
    """Name of the organisation that the reader acts for."""
    language: str
    """As the reader's is on file."""
    now: int
    page: str
    """Address of the proposal's page."""
    farewell: str
    """Address of the page that stops notices."""


@dataclass(frozen=True, slots=True)
class Words:
    """A letter in words."""

    language: str
    """The one it is written in."""
    subject: str
    text: str
    html: str


class Writer(Protocol):
    """Puts letters into words."""

    def write(self, subject: Subject) -> Words:
        """Write one in the reader's language, or in English where it is not spoken here."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Between whom a letter goes, and how it is known."""

    sender: str
    sender_name: str
    recipient: str
    name: str
    """The same for the same letter, however often it is sent."""
    farewell: str
    sent_at: float


def may_be_written_to(address: str) -> bool:
    """Whether an address is a plain one."""
    return len(address) <= LONGEST_ADDRESS and ADDRESS.fullmatch(address) is not None


def name_of(*parts: object) -> str:
    """Make the name of a letter from what tells it from all others; nobody reads the parts out of it."""
    return sha256("|".join(map(str, parts)).encode()).hexdigest()[:40]


def in_header(text: str) -> str:
    """Make a text safe for a header: one line, in which nothing is an encoded word (RFC 2047) that hides another.

    Python's own headers decode such words, line breaks included, and write what they held.
    """
    return one_line(text).replace("=?", "= ?")


def message_of(words: Words, envelope: Envelope) -> EmailMessage:
    """Put a letter into a message."""
    host = envelope.sender.rpartition("@")[2]
    message = EmailMessage(SMTP)
    message["From"] = Address(in_header(envelope.sender_name), addr_spec=envelope.sender)
    message["To"] = Address(addr_spec=envelope.recipient)
    message["Subject"] = in_header(words.subject)
    message["Date"] = format_datetime(datetime.fromtimestamp(envelope.sent_at, UTC))
    message["Message-ID"] = f"<{envelope.name}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{envelope.farewell}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(words.text, cte="quoted-printable")
    message.add_alternative(words.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = words.language
    return message
