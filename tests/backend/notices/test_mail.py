"""Letters reach people by a real mail server: once each, in their language, while they have a sense."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from backend.database.desk import LetterRecord
from backend.domain import events as e
from backend.notices.occasions import DAY, Occasion
from backend.notices.preferences import change_preferences
from backend.notices.smtp import MailServer
from backend.people.erasure import erase
from backend.people.representatives import dismiss
from tests.backend import story as s
from tests.backend.happenings import ASSEMBLY, ballot, happen
from tests.backend.notices.conftest import ORIGIN, address_of, deliver, finalize, postman_at, put_on_file

OPENS = s.NOW - DAY // 2
"""Of the two open proposals; the assembly's closes half a day after NOW, the board's one and a half."""


@pytest.fixture
def people(told):
    return {member: put_on_file(told, member) for member in (1, 2, 3, 4, 5)}


def subjects(inbox, member):
    return sorted(letter["subject"] for letter in inbox.to(address_of(member)))


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def rows(mirror):
    with mirror.asking() as session:
        return {(row.person, row.proposal_id, row.occasion): row for row in session.scalars(select(LetterRecord))}


def test_people_are_told_of_what_is_published_and_open_and_only_the_silent_are_asked_to_vote(
    told, people, inbox, mail_server
):
    deliver(told, mail_server)

    assert f"New proposal: GA-8 Question {s.PENDING}" in subjects(inbox, 1)
    assert not [each for each in subjects(inbox, 1) if str(s.OPEN) in each], "member 1 has voted"
    assert f"Voting is open: GA-7 Question {s.OPEN}" in subjects(inbox, 3)
    assert subjects(inbox, 5) == [], "an associate is not of the assembly"


def test_a_letter_is_sent_once_however_often_one_looks_and_whoever_begins_anew(told, people, inbox, mail_server):
    deliver(told, mail_server)
    first = len(inbox.letters)
    for now in (s.NOW, s.NOW + 60, s.NOW + 120):
        deliver(told, mail_server, now)

    assert first > 0
    assert len(inbox.letters) == first


def test_two_processes_at_once_send_each_letter_once(told, people, inbox, mail_server):
    for index in range(1, 30):
        put_on_file(told, 3, index)
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: deliver(told, mail_server), range(2)))
    names = [letter["message-id"] for letter in inbox.letters]

    assert len(names) > 60
    assert len(set(names)) == len(names)


def test_a_letter_whose_sender_died_is_sent_by_another_when_the_lease_is_over(told, people, inbox, mail_server):
    dying = postman_at(told, mail_server)
    assert dying._write()
    taken = dying._take()
    deliver(told, mail_server)
    before = len(inbox.letters)
    deliver(told, mail_server, s.NOW + 181)

    assert taken
    assert before == 0
    assert len(inbox.letters) == len(taken)


def test_who_stood_still_and_comes_back_sends_nothing_that_another_has_taken(told, people, inbox, mail_server):
    slow = postman_at(told, mail_server)
    assert slow._write()
    taken = slow._take()
    deliver(told, mail_server, s.NOW + 181)
    sent = len(inbox.letters)
    slow._send(taken)

    assert len(inbox.letters) == sent


@pytest.mark.parametrize(
    ("language", "subject", "date"),
    [
        ("en", "Voting is open", "Sunday"),
        ("sl-SI", "Glasovanje je odprto", "nedelja"),
        ("it", "La votazione è aperta", "domenica"),
        ("ro", "Votarea este deschisă", "duminică"),
        ("el", "Η ψηφοφορία είναι ανοιχτή", "Κυριακή"),
        ("de", "Voting is open", "Sunday"),
    ],
)
def test_a_letter_is_in_the_person_s_language(told, inbox, mail_server, language, subject, date):
    put_on_file(told, 3, language=language)
    deliver(told, mail_server)
    letter = next(each for each in inbox.letters if str(s.OPEN) in each["subject"])

    assert letter["subject"].startswith(f"{subject}: GA-7 ")
    for part in ("plain", "html"):
        assert date in letter.get_body((part,)).get_content()
    assert letter["content-language"] == (language[:2] if language != "de" else "en")


def test_a_letter_says_what_silence_does_and_until_when_and_links_to_the_portal_alone(told, people, inbox, mail_server):
    deliver(told, mail_server)
    letter = next(each for each in inbox.to(address_of(3)) if str(s.OPEN) in each["subject"])
    text, html = text_of(letter), letter.get_body(("html",)).get_content()

    assert "If you stay silent, you do not count towards the quorum and the others decide." in text
    assert re.search(r"Vote until: \w+, \d+\s\w+\s\d{4}, .*\d\d:\d\d\sCES?T", text)
    assert "Udruga Cvita has not voted yet" in text
    assert "Sample data." in text
    assert f"{ORIGIN}/proposals/{s.OPEN}?lang=en" in text
    for address in re.findall(r"https?://[^\s\"<]+", text + html):
        assert address.startswith((f"{ORIGIN}/proposals/{s.OPEN}?", f"{ORIGIN}/notices/unsubscribe?token="))


def test_three_days_and_one_day_before_the_end_those_who_have_not_voted_are_told(told, inbox, mail_server):
    board = put_on_file(told, 1)
    opened = {"proposal": s.OPEN_LATER}
    deliver(told, mail_server, s.NOW + DAY + 60)

    last_day = [each for each in subjects(inbox, 1) if str(opened["proposal"]) in each]
    assert last_day == [f"Last day to vote: EB-1 Question {s.OPEN_LATER}"]
    assert (board, s.OPEN_LATER, "opened") not in rows(told), "what is late is not told any more"


def test_who_votes_before_the_letter_goes_is_not_asked_to(told, people, inbox, mail_server):
    postman = postman_at(told, mail_server)
    postman._write()
    happen(told, ballot(3))
    while postman.turn():
        pass

    assert not [each for each in subjects(inbox, 3) if str(s.OPEN) in each]
    assert rows(told)[people[3], s.OPEN, "opened"].problem == "NOT_CONCERNED"


def test_what_opens_is_not_told_after_the_end(told, people, inbox, mail_server):
    postman_at(told, mail_server)._write()
    deliver(told, mail_server, s.NOW + DAY)

    assert not [each for each in subjects(inbox, 3) if each.startswith("Voting is open: GA-7")]
    assert rows(told)[people[3], s.OPEN, "opened"].problem == "TOO_LATE"


def test_a_result_is_told_once_the_blocks_beyond_the_deadline_are_final(told, people, inbox, mail_server):
    after = s.NOW + DAY // 2 + 600
    happen(told, (s.REGISTRY, e.RegistrarChanged(s.wallet_of(9), s.wallet_of(8))), at=after)
    finalize(told, 1)
    deliver(told, mail_server, after)
    early = [each for each in subjects(inbox, 3) if each.startswith("Result: GA-7")]
    finalize(told, 0)
    deliver(told, mail_server, after)

    assert early == []
    assert f"Result: GA-7 Question {s.OPEN}" in subjects(inbox, 3)
    assert f"Result: GA-7 Question {s.OPEN}" in subjects(inbox, 1), "also to those who voted"
    letter = next(each for each in inbox.to(address_of(3)) if each["subject"].startswith("Result: GA-7"))
    assert "The proposal did not pass." in text_of(letter)


def test_a_result_waits_while_anything_on_record_of_the_proposal_may_still_change(told, people, inbox, mail_server):
    after = s.NOW + DAY // 2 + 600
    happen(told, (s.REGISTRY, e.RegistrarChanged(s.wallet_of(9), s.wallet_of(8))), at=after)
    finalize(told, 0)
    happen(told, (ASSEMBLY, e.ProposalQueued(s.OPEN, after + 60)), at=after)
    postman = postman_at(told, mail_server, after)
    finalize(told, 1)
    while postman.turn():
        pass

    assert not [each for each in subjects(inbox, 3) if each.startswith("Result: GA-7")]


def test_a_proposal_that_is_not_final_is_not_told_of(told, people, inbox, mail_server):
    finalize(told, 200)
    deliver(told, mail_server)

    assert inbox.letters == []


def test_a_mirror_that_is_behind_sends_nothing(told, people, inbox, mail_server):
    postman = postman_at(told, mail_server)
    postman.mirror = replace(postman.mirror, wall_clock=lambda: s.NOW + 901)

    assert postman.turn() is False
    assert inbox.letters == []


def test_a_choice_is_heeded(told, people, inbox, mail_server):
    with told.writing() as session:
        change_preferences(session, told.consortium.id, people[3], wanted={Occasion.OPENED: False})
    deliver(told, mail_server)

    assert not [each for each in subjects(inbox, 3) if each.startswith("Voting is open")]
    assert [each for each in subjects(inbox, 3) if each.startswith("New proposal")]


def test_who_was_erased_or_dismissed_or_left_is_not_written_to(told, people, inbox, mail_server):
    postman = postman_at(told, mail_server)
    postman._write()
    erase(told, people[3])
    with told.writing() as session:
        dismiss(session, told.consortium.id, people[2], s.NOW - 1)
    while postman.turn():
        pass

    assert (inbox.to(address_of(3)), inbox.to(address_of(2))) == ([], [])
    assert inbox.to(address_of(1)) != []
    assert not [row for row in rows(told) if row[0] == people[3]]


def test_a_letter_that_is_refused_for_now_comes_again_and_one_refused_for_good_does_not(
    told, people, inbox, mail_server
):
    put_on_file(told, 3, 1)
    inbox.answers = {address_of(3): "450 later", address_of(3, 1): "550 nobody"}
    deliver(told, mail_server)
    assert (inbox.to(address_of(3)), inbox.to(address_of(3, 1))) == ([], [])
    inbox.answers = {}
    deliver(told, mail_server, s.NOW + 75)

    assert inbox.to(address_of(3)) != []
    assert inbox.to(address_of(3, 1)) == []


def test_a_mail_server_that_is_away_costs_no_letter_a_try(told, people, inbox, mail_server):
    closed = MailServer("smtp://127.0.0.1:1")
    postman, stop = postman_at(told, closed, look_every=0.01), threading.Event()
    thread = threading.Thread(target=postman.run, args=(stop,))
    thread.start()
    while postman.health()["status"] == "ok":
        stop.wait(0.01)
    stop.set()
    thread.join(10)
    deliver(told, mail_server)

    assert postman.health() == {"status": "failing", "problem": "MAIL_SERVER"}
    assert inbox.to(address_of(3)) != []
    assert all(row.failures == 0 for row in rows(told).values())
