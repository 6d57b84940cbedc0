"""The calendar and the feed, read again by programs that others wrote."""

from __future__ import annotations

import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from backend.documents.proposal_text import ProposalDocument, Text
from backend.domain import events as e
from backend.notices.titles import one_line
from tests.backend import story as s

ROOT = Path(__file__).parents[3]
READ_CALENDAR = """
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'
const events = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8'))).getAllSubcomponents('vevent')
const told = events.map(each => {
  const event = new ICAL.Event(each)
  const alarms = each.getAllSubcomponents('valarm').map(alarm => alarm.getFirstPropertyValue('trigger').toString())
  const named = name => each.getFirstPropertyValue(name)
  return { uid: event.uid, summary: event.summary, status: named('status'), sequence: event.sequence, alarms,
           begins: event.startDate.toUnixTime(), ends: event.endDate.toUnixTime(), zone: event.startDate.zone.tzid }
})
console.log(JSON.stringify(told))
"""
HOSTILE = (
    "GA\r\nEND:VEVENT\r\nBEGIN:VEVENT\x00\x0b\x1b;,\\ </title><script>alert(1)</script>&amp; \u202egnihton ]]> čšž 🗳"
)
SAID = HOSTILE.replace("\r\n", " ").translate(dict.fromkeys((0, 11, 27, 0x202E)))
"""What a document may hold of it."""
NAMED = HOSTILE.replace("\0", "")
"""What a name on chain may hold of it; PostgreSQL takes no NUL."""
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def read():
    def run(text):
        command = ["node", "--input-type=module", "--eval", READ_CALENDAR]
        done = subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=True)
        return {event["uid"].removesuffix("@zbor"): event for event in json.loads(done.stdout)}

    return run


def uid(proposal, occasion):
    return f"{proposal}-{s.GOVERNORS[0]}-{occasion}"


def test_votes_deadlines_vetoes_and_days_that_bind_are_appointments(get, read):
    answer = get("/v1/calendar.ics")
    events = read(answer.text)

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    voting, deadline = events[uid(s.OPEN, "voting")], events[uid(s.OPEN, "deadline")]
    assert voting["ends"] == deadline["begins"] == deadline["ends"] > s.NOW > voting["begins"]
    assert (voting["status"], voting["zone"], deadline["alarms"]) == ("CONFIRMED", "UTC", ["-P1D", "-PT2H"])
    assert events[uid(s.VETOED, "veto")]["status"] == "CONFIRMED"
    assert events[uid(s.VETOED, "binding")]["status"] == "CANCELLED"
    assert {event.rpartition("-")[2] for event in events} == {"voting", "deadline", "veto", "binding"}


def test_what_is_withdrawn_stays_as_cancelled_without_an_alarm(get, read):
    event = read(get("/v1/calendar.ics").text)[uid(s.WITHDRAWN, "deadline")]
    assert (event["status"], event["alarms"]) == ("CANCELLED", [])


def test_an_entry_keeps_its_uid_and_its_sequence_grows_when_it_changes(get_at, read):
    before, after = (read(get_at(wall)("/v1/calendar.ics").text) for wall in (s.NOW, s.NOW + 20 * s.DAY))

    assert before.keys() == after.keys()
    changed = {key for key in before if before[key] != after[key]}
    assert changed
    assert all(after[key]["sequence"] > before[key]["sequence"] for key in changed)


def test_a_calendar_of_one_body_or_member_has_only_its_own(get, read):
    board, associate = (read(get(f"/v1/calendar.ics?{query}").text) for query in ("body=executive_board", "member=5"))
    assert {event.split("-")[1] for event in board} == {s.GOVERNORS[1]}
    assert {event.split("-")[1] for event in associate} == {s.GOVERNORS[2]}


def test_lines_are_folded_and_end_as_calendars_want_it(get):
    lines = get("/v1/calendar.ics?language=sl").content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_nothing_new_is_not_sent_again(get):
    for path in ("/v1/calendar.ics", "/v1/feed.atom"):
        tag = get(path).headers["etag"]
        assert get(path, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(("query", "status"), [("body=nobody", 404), ("member=99", 404), ("body=a%0Ab", 422)])
def test_who_asks_for_nobody_s_calendar_is_told(get, query, status):
    assert get(f"/v1/calendar.ics?{query}").status_code == status


@pytest.fixture(scope="module")
def hostile(make_mirror, client_of, documents):
    """A story whose first proposal has a title that was meant to break out."""
    told = s.whole_story(documents).told
    document = ProposalDocument("en", "P99", {"en": Text(SAID, SAID, "Body")})
    cid = documents.put_proposal(document)
    index, (place, created) = next(
        (i, each)
        for i, each in enumerate(told)
        if isinstance(each[1], e.ProposalCreated) and each[1].proposal_id == s.OPEN
    )
    told[index] = (place, s.replace(created, description=s.compose_description(cid, s.wallet_of(1))))
    index, (place, admitted) = next((i, each) for i, each in enumerate(told) if isinstance(each[1], e.MemberAdmitted))
    told[index] = (place, s.replace(admitted, name=NAMED))
    ask = client_of(make_mirror(told))
    return lambda path: ask("GET", path)


def test_attack_line_breaks_in_a_title_add_nothing_to_the_calendar(hostile, get, read):
    events, usual = read(hostile("/v1/calendar.ics").text), read(get("/v1/calendar.ics").text)

    assert events.keys() == usual.keys()
    assert events[uid(s.OPEN, "voting")]["summary"].endswith(one_line(SAID))


def test_attack_a_title_cannot_break_out_of_the_feed(hostile):
    feed = ET.fromstring(hostile("/v1/feed.atom").content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]

    assert one_line(SAID) in "".join(titles)
    assert one_line(NAMED) in {name.text for name in feed.iter(f"{ATOM}name")}
    assert not list(feed.iter("script"))
    assert len({entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")}) == len(titles)


def test_attack_marks_that_turn_the_reading_direction_and_control_characters_are_left_out():
    assert one_line(HOSTILE) == (
        "GA END:VEVENT BEGIN:VEVENT ;,\\ </title><script>alert(1)</script>&amp; gnihton ]]> čšž 🗳"
    )


def test_the_feed_says_what_atom_wants_and_updates_what_changed(get_at):
    before, after = (ET.fromstring(get_at(wall)("/v1/feed.atom").content) for wall in (s.NOW, s.NOW + 20 * s.DAY))
    updated = [
        {entry.findtext(f"{ATOM}id"): entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")}
        for feed in (before, after)
    ]
    assert updated[0].keys() == updated[1].keys()
    assert any(updated[1][key] > updated[0][key] for key in updated[0])
    for feed in (before, after):
        assert feed.findtext(f"{ATOM}id").startswith("urn:zbor:eip155:31337:")
        assert feed.findtext(f"{ATOM}updated") == max(feed.findtext(f"{ATOM}updated"), *updated[feed is after].values())
        assert feed.find(f"{ATOM}link[@rel='self']").get("href").startswith("http://127.0.0.1:8000/v1/feed.atom")


def test_the_pages_of_the_feed_together_have_every_proposal_once(get, monkeypatch):
    monkeypatch.setattr("backend.api.feed.ON_A_PAGE", 4)
    path, found = "/v1/feed.atom?language=sl", []
    while path:
        feed = ET.fromstring(get(path).content)
        found += [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
        following = feed.find(f"{ATOM}link[@rel='next']")
        path = following is not None and following.get("href").removeprefix("http://127.0.0.1:8000")
    total = get("/v1/proposals").json()["total"]
    assert len(found) == len(set(found)) == total > 4


def test_attack_a_made_up_cursor_of_the_feed_is_refused(get):
    assert get("/v1/feed.atom?cursor=AAAA").json()["code"] == "INVALID_CURSOR"
