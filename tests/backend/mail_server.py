"""A mail server of our own, which keeps what it takes."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass, field
from threading import Lock

from aiosmtpd.controller import Controller


@dataclass
class Inbox:
    """What the mail server has taken, and how it is to answer."""

    letters: list = field(default_factory=list)
    envelopes: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    """By recipient; everybody else's letters are taken."""
    after: object = None
    """Called when a letter was taken, before that is said."""
    lock: Lock = field(default_factory=Lock)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's word
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        with self.lock:
            self.envelopes.append((envelope.mail_from, tuple(envelope.rcpt_tos), session.ssl is not None))
            self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        if self.after is not None:
            self.after()
        return "250 taken"

    def to(self, address):
        return [letter for letter in self.letters if letter["to"] == address]


class Listening(Controller):
    """Takes a free port, and says which."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
