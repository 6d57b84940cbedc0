"""The mail server that takes our letters: encrypted wherever it is not this machine itself, and with time-outs."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import urlsplit

from backend.notices.refusals import LetterRefusedError, MailServerError
from backend.settings import LOOPBACK

LONGEST_STEP = 10.0
"""Seconds for each question to the server."""
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over, and as whom."""

    url: str = field(repr=False)
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)
    longest_step: float = LONGEST_STEP

    @contextmanager
    def connected(self) -> Iterator[MailConnection]:
        """Connect for the length of the block.

        Raises:
            MailServerError: it does not answer, does not encrypt, or knows us not.
        """
        try:
            server = self._opened()
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerError(_told(error)) from error
        try:
            yield MailConnection(server)
        finally:
            _close(server)

    def _opened(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=self.longest_step, context=self.context)
        else:
            server = smtplib.SMTP(host, port, timeout=self.longest_step)
        try:
            self._prepare(server, host, encrypted=parts.scheme == "smtps")
        except BaseException:
            server.close()
            raise
        return server

    def _prepare(self, server: smtplib.SMTP, host: str, *, encrypted: bool) -> None:
        server.ehlo()
        if not encrypted and (host not in LOOPBACK or server.has_extn("starttls")):
            server.starttls(context=self.context)
            server.ehlo()
        if self.user is not None:
            server.login(self.user, self.password or "")


class MailConnection:
    """A connection over which letters are handed over, one by one."""

    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server

    def send(self, message: EmailMessage, sender: str, recipient: str) -> None:
        """Hand a letter over.

        Raises:
            LetterRefusedError: the server does not take this one; whether for good, the error says.
            MailServerError: the connection is lost, or the server takes none now.
        """
        try:
            self._server.send_message(message, sender, [recipient])
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise LetterRefusedError(code, for_good=code >= 500) from None
        except (smtplib.SMTPSenderRefused, smtplib.SMTPServerDisconnected) as error:
            raise MailServerError(_told(error)) from None
        except smtplib.SMTPResponseException as error:
            raise LetterRefusedError(error.smtp_code, for_good=error.smtp_code >= 500) from None
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerError(_told(error)) from None


def _told(error: Exception) -> str:
    """What may be logged of an error: servers like to repeat addresses and user names."""
    code = getattr(error, "smtp_code", None)
    return type(error).__name__ if code is None else f"{type(error).__name__} {code}"


def _close(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
