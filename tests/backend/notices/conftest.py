"""A mail server of our own, people on file, and a postman between them."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from backend.database.journal import CursorRecord
from backend.notices.postman import Postman, Stamp
from backend.notices.smtp import MailServer
from backend.people.representatives import Appointment, Function, appoint
from backend.portal.letters import Letters
from tests.backend import story as s
from tests.backend.mail_server import Inbox, Listening

ORIGIN = "https://governance.example.org"


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def mail_server(inbox, socket_enabled):
    controller = Listening(inbox, hostname="127.0.0.1", port=0)
    controller.start()
    yield MailServer(f"smtp://127.0.0.1:{controller.port}")
    controller.stop()


@pytest.fixture
def told(fresh_mirror, story):
    """The story, all of whose blocks but the last are final."""
    mirror = fresh_mirror(story.told)
    finalize(mirror, 0)
    return mirror


def finalize(mirror, behind=0):
    """Make all blocks final but the newest so many."""
    with mirror.writing() as session:
        cursor = session.get_one(CursorRecord, mirror.consortium.id)
        cursor.finalized_number = cursor.next_block - 1 - behind


def at(mirror, now):
    """The same mirror, which has just agreed with its node in that second."""
    with mirror.writing() as session:
        cursor = session.get_one(CursorRecord, mirror.consortium.id)
        cursor.checked_at, cursor.block_time = now, max(cursor.block_time, now)
    return replace(mirror, wall_clock=lambda: now)


def address_of(member, index=0):
    return f"person{member}-{index}@example.org"


def put_on_file(mirror, member, index=0, language="en", address=None):
    appointment = Appointment(
        member, Function.REPRESENTATIVE, f"Person {member}", address or address_of(member, index), language, s.START
    )
    with mirror.writing() as session:
        return appoint(session, mirror.consortium, appointment, s.START)


def postman_at(mirror, server, now=s.NOW, **more):
    stamp = Stamp(ORIGIN, "zbor@governance.example.org", "Trial consortium")
    return Postman(at(mirror, now), Letters(ZoneInfo("Europe/Ljubljana")), server, stamp, clock=lambda: now, **more)


def deliver(mirror, server, now=s.NOW, **more):
    """Write and send until nothing waits."""
    postman = postman_at(mirror, server, now, **more)
    while postman.turn():
        pass
    return postman
