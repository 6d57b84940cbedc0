"""Notices by e-mail, beside whatever else a process does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from backend.beside import beside
from backend.health import Watch
from backend.installation import Installation
from backend.notices.postman import Postman, Stamp
from backend.notices.smtp import MailServer
from backend.portal.letters import Letters
from backend.settings import Settings

LONGEST_GOODBYE = 10.0
"""Seconds to wait for the letter in hand; one that is cut off is looked at again when its lease has run out."""

log = logging.getLogger("backend")


@contextmanager
def mailing(installation: Installation, watch: Watch) -> Iterator[None]:
    """Send notices in a thread of its own for the length of the block, if a mail server is set."""
    if not installation.settings.sends_mail:
        yield
        return
    postman = postman_of(installation)
    watch.further["notices"] = postman.health
    with beside("postman", partial(_run_or_say_why, postman), LONGEST_GOODBYE):
        yield


def postman_of(installation: Installation) -> Postman:
    """Make the postman of an installation."""
    settings = installation.settings
    server = MailServer(settings.smtp_url or "", settings.smtp_user, settings.smtp_password)
    # Not the copy of the database: who has just voted must be seen to have.
    mirror = replace(installation.mirror(), replica=None)
    return Postman(mirror, Letters(ZoneInfo(settings.time_zone)), server, stamp_of(settings))


def stamp_of(settings: Settings) -> Stamp:
    """What all letters have in common."""
    sender = settings.mail_from or f"zbor@{urlsplit(settings.origin).hostname}"
    return Stamp(settings.origin, sender, settings.consortium)


def _run_or_say_why(postman: Postman, stop: threading.Event) -> None:
    try:
        postman.run(stop)
    except Exception:
        postman.failed()
        log.critical("Notices have stopped, letters wait.", exc_info=True)
