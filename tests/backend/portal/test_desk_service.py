"""What the desk says on a bad day: of a relay that stands still, of letters that do not get out, of reminders."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from sqlalchemy import update

from backend.app import create_app
from backend.database.desk import LetterRecord, RelayRecord, ReminderRecord
from backend.settings import Settings
from tests.backend import relayed
from tests.backend import story as s


@pytest.fixture
def desk(fresh_mirror, story, tmp_path):
    """The desk's page over a mirror of its own, in which rows are added and the relay is changed beforehand."""
    mirror = fresh_mirror(story.told)
    record = tmp_path / "trial.json"
    record.write_text("{}")

    async def ask(client, language):
        return (await client.get(f"/desk?lang={language}")).text

    def show(*rows, language="en", smtp="smtp://127.0.0.1:1", **relay):
        with mirror.sessions.begin() as session:
            session.add_all(rows)
            if relay:
                session.execute(update(RelayRecord).values(**relay))
        app = create_app(mirror, Settings(deployment=record, smtp_url=smtp))
        return run(app, lambda client: ask(client, language))

    return show


def run(app, ask):
    async def once():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as client:
            return await ask(client)

    return asyncio.run(once())


def letter(number, written_at=s.NOW - 120, **more):
    place = {"consortium_id": 1, "body_id": s.ASSEMBLY, "proposal_id": s.OPEN, "occasion": "reminder", "day": number}
    fate = {"failures": 0, "next_attempt_at": 0, "leased_until": 0, "settled_at": None, "problem": None} | more
    return LetterRecord(person=f"{number:032x}", written_at=written_at, **place, **fate)


def service_of(page):
    return page[page.index('id="desk-service"') :].partition("</section>")[0]


@pytest.mark.parametrize(
    ("relay", "told"),
    [
        ({}, "The money lasts for 1000 ballots."),
        ({"price": "0"}, "Members vote free of charge"),
        (
            {"balance": "0"},
            f'free voting stands still. It needs money; its address: <code class="address">{relayed.SENDER}',
        ),
        ({"seen_at": s.NOW - 900.0}, "gives no sign of life"),
        ({"problem": "FEES_TOO_HIGH"}, "Signed ballots are not sent just now (FEES_TOO_HIGH)"),
    ],
)
def test_how_free_voting_fares_is_said_with_what_to_do(desk, relay, told):
    service = service_of(desk(**relay))
    assert told in service
    assert ('class="warning"' in service) == bool(relay and "price" not in relay)
    assert "1 signed ballot waits to be sent." in service


@pytest.mark.parametrize(
    ("letters", "told", "warned"),
    [
        ([], "No letter waits.", False),
        ([letter(1)], "1 letter waits to be sent, written 2 minutes ago.", False),
        ([letter(1, s.NOW - 3600), letter(2)], "2 letters wait to be sent, the oldest written 60 minutes ago.", True),
        ([letter(1, failures=1, problem="MAIL_SERVER")], "The mail server does not take them.", True),
        (
            [letter(1, failures=9, settled_at=s.NOW - 60, problem="LETTER_REFUSED 550")],
            "1 letter of the last day was given up",
            True,
        ),
        ([letter(1, settled_at=s.NOW - 60)], "No letter waits.", False),
    ],
)
def test_letters_that_do_not_get_out_are_told_of(desk, letters, told, warned):
    service = service_of(desk(*letters))
    assert told in service
    assert ('class="warning"' in service) == warned


def test_where_no_letters_are_sent_nobody_is_reminded(desk):
    page = desk(smtp=None)
    assert "No letters are sent here" in service_of(page)
    assert "data-remind" not in page


def test_the_last_reminder_of_an_open_vote_is_told_with_how_many_it_reached(desk):
    key = {"consortium_id": 1, "body_id": s.ASSEMBLY, "proposal_id": s.OPEN, "created_by": "x", "members": 3}
    earlier = ReminderRecord(**key, day=1, created_at=s.NOW - 2 * s.DAY, letters=7)
    last = ReminderRecord(**key, day=2, created_at=s.NOW - s.DAY, letters=0)
    page = desk(last, earlier)
    item = page[page.index(f'id="open-{s.OPEN}"') :].partition("</article>")[0]
    assert "Last reminded:" in item
    assert "0 letters written" in item


@pytest.mark.parametrize("language", ["sl", "it", "ro", "el"])
def test_a_bad_day_is_told_in_the_coordinators_language(desk, language):
    service = service_of(desk(letter(1, s.NOW - 3600), language=language, balance="0"))
    assert "ballots" not in service
    assert "letters" not in service
    assert service.count('class="warning"') == 2
