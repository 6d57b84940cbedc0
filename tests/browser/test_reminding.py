"""The coordinator reminds those who have not voted: signed in at the desk, by a letter that arrives, with a way out."""

from __future__ import annotations

import re
from itertools import count
from time import monotonic, sleep

import pytest
from axe import faults_of
from playwright.sync_api import expect
from signing_wallet import SigningWallet, say, sign_in, who
from test_organisation import put_on_file

from backend.domain.ballots import Choice

MEMBER = "RO-GDC"
REMINDED = "The coordinator reminds you to vote: "
_NUMBERS = count(1)
A_DELIVERY = 60
"""Seconds within which a letter must have arrived."""


@pytest.fixture
def letter(later):
    """A question that is open, and on which nobody has voted."""
    question = later.put("service_catalogue")
    later.open(question)
    return question


@pytest.fixture
def on_file(act_on, later):
    """The address of somebody who is put on file by their member on its page."""
    name = f"Mihai Ionescu {next(_NUMBERS)}"
    address = f"{name.rsplit(maxsplit=1)[-1]}@gdc.example"
    page = act_on("/sign-in", SigningWallet(later.node, "0x" + later.key(MEMBER).hex()))
    sign_in(page, later.api(f"/members/{MEMBER}")["name"])
    page.goto(f"{later.url}/organisation?organisation={MEMBER}")
    put_on_file(page, name, address)
    expect(say(page)).to_have_text(f"{name} is on file.")
    return address


def signed_in_for_the_office(act_on, office_of, later):
    page = act_on("/sign-in", SigningWallet(later.node, office_of("registrar").key))
    page.get_by_role("button", name="Sign in with the wallet").click()
    expect(who(page)).to_contain_text("You are signed in")
    page.goto(f"{later.url}/desk")
    return page


def remind(page, question):
    item = page.locator(f"#open-{question['id']}")
    item.get_by_role("button", name="Remind those who have not voted").click()
    return item.locator("[data-form-say]")


def arrived(later, address, question):
    """The reminder of that question, once it is there."""
    deadline = monotonic() + A_DELIVERY
    while not reminders(later, address, question):
        assert monotonic() < deadline, "the letter does not arrive"
        sleep(0.2)
    return reminders(later, address, question)[0]


def reminders(later, address, question):
    title = question["texts"]["en"]["title"]
    letters = later.inbox.to(address)
    return [one for one in letters if one["subject"].startswith(REMINDED) and one["subject"].endswith(title)]


def text_of(one):
    return one.get_body(("plain",)).get_content()


def test_a_reminder_arrives_leads_to_the_vote_and_to_the_end_of_all_notices(act_on, office_of, later, letter, on_file):
    page = signed_in_for_the_office(act_on, office_of, later)
    said = remind(page, letter)
    expect(said).to_contain_text("The reminder is on its way. Letters written:")
    assert page.evaluate("document.activeElement.matches('[data-form-say]')")
    found = arrived(later, on_file, letter)
    assert f"{later.url}/proposals/{letter['id']}" in text_of(found)
    expect(remind(page, letter)).to_contain_text("They were reminded of this vote today.")
    stop = re.search(r"<(.+/notices/unsubscribe\?.+)>", found["list-unsubscribe"])[1]
    reader = act_on("/", bypass_csp=True, viewport={"width": 320, "height": 700})
    reader.goto(stop)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Notices by e-mail")
    assert faults_of(reader) == []
    reader.get_by_role("button", name="Get no more notices").click()
    expect(reader.get_by_role("status")).to_contain_text("You will get no more notices.")
    assert faults_of(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320


def test_who_has_voted_is_not_reminded(act_on, office_of, later, letter, on_file):
    governor = later.governor()
    later.wallet(MEMBER).send(governor.address, governor.data("castVote", int(letter["id"]), int(Choice.FOR)))
    later.settle()
    page = signed_in_for_the_office(act_on, office_of, later)
    expect(remind(page, letter)).to_contain_text(re.compile("The reminder is on its way|Nobody was written to"))
    other = later.put("service_catalogue")
    later.open(other)
    page.reload()
    expect(remind(page, other)).to_contain_text("The reminder is on its way. Letters written:")
    arrived(later, on_file, other)
    assert reminders(later, on_file, letter) == []


@pytest.mark.parametrize("code", [MEMBER, "SI-LRF"])
def test_a_member_reminds_nobody(act_on, later, letter, code):
    page = act_on("/sign-in", SigningWallet(later.node, "0x" + later.key(code).hex()))
    sign_in(page, later.api(f"/members/{code}")["name"])
    page.goto(f"{later.url}/desk")
    expect(remind(page, letter)).to_contain_text("Sign in with the account of the office first, then press again.")
