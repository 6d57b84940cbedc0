"""Proposals are written, tried out, refused, kept as drafts and published, in a real browser on the demo's chain."""

from __future__ import annotations

import hashlib
import json
import urllib.request
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from eth_account import Account
from playwright.sync_api import expect
from signing_wallet import SigningWallet, say, sign_in, who

from backend.documents.cid import cid_of
from backend.documents.proposal_text import parse_proposal
from scripts.demo import beat
from scripts.roll import sample_key

ZONE = "Europe/Athens"
"""Of the browser: not that of the consortium, so that a mix-up would show."""


def in_days(days):
    """A day and nine in the morning as somebody types it by their own clock."""
    return (datetime.now(ZoneInfo(ZONE)) + timedelta(days=days)).strftime("%Y-%m-%dT09:00")


MINE, OTHER = "SI-SONCNA", "IT-FGB"
ASSOCIATE = "DE-VILSTAL"
BODY = "Word for word.\n\nAnd more."
FRESH = Account.create().address
FACTS = {
    "line": "Line 7: training",
    "code": "FR-NOUVELLE",
    "name": "jury_2031",
    "rule_name": "GA_3_4",
    "kind_name": "house_rules",
    "address": FRESH,
    "uri": "https://consortium.example/dao.json",
    "selector": "0x12345678",
    "days": "30",
    "hours": "6",
    "whole": "0",
    "share": "2/3",
    "moment": in_days(400),
}
CHECKED = "Nothing speaks against it. Read the preview, then publish."
CHOSEN = {"country": "FR", "class": "2", "rule": "GA_2_3", "kind": "1", "base": "0", "tie": "0", "effect": "0"}


@pytest.fixture
def wallet_with(demo):
    return lambda code: SigningWallet(demo.node, "0x" + sample_key(code).hex())


@pytest.fixture
def name_of(api):
    return lambda code: api(f"/v1/members/{code}")["name"]


@pytest.fixture
def visit(demo, open_context):
    def go(path, *wallets, **options):
        context = open_context(timezone_id=ZONE, **options)
        for each in wallets:
            each.enter(context)
        page = context.new_page()
        page.goto(demo.url + path)
        expect(who(page)).not_to_be_empty()
        return page

    return go


def write_text(page, title="A question", language="en"):
    text = page.locator(f'fieldset[data-language="{language}"]')
    text.get_by_label("Title").fill(title)
    text.get_by_label("Summary in a sentence or two").fill("In short.")
    text.get_by_label("Full text").fill(BODY)


def fill_act(page):
    for place in page.locator("[data-acts] [data-field], [data-particulars] [data-field]").all():
        control = place.get_attribute("data-control")
        if control in FACTS:
            place.locator("input").fill(FACTS[control])
        elif control in CHOSEN:
            place.locator("select").select_option(CHOSEN[control])
        elif control in ("member", "any_member", "body", "seated_body"):
            place.locator("select").select_option(index=1)
        elif control == "flag" and place.get_attribute("data-field") == "binding":
            place.locator("input").check()


def check(page):
    page.get_by_role("button", name="Check and preview").click()


def test_every_kind_that_is_offered_is_taken_by_the_contract_with_each_act_it_may_carry(visit, demo, api, wallet_with):
    """Each is tried out by `eth_call`: filled in, encoded in the browser, judged by the real contracts."""
    page = visit("/propose/work_plan", wallet_with(MINE))
    page.goto(f"{demo.url}/propose")
    kinds = [link.get_attribute("href") for link in page.locator("a.kind").all()]
    assert {path.rpartition("/")[2] for path in kinds} == {kind["name"] for kind in api("/v1/kinds")["items"]}
    tried = []
    for path in kinds:
        page.goto(demo.url + path)
        expect(who(page)).not_to_be_empty()
        acts = [option.get_attribute("value") for option in page.locator("[data-add] option").all()][1:] or [None]
        for act in acts:
            if act:
                page.goto(demo.url + path)
                expect(who(page)).not_to_be_empty()
                page.evaluate("localStorage.clear()")
                page.reload()
                expect(who(page)).not_to_be_empty()
                page.get_by_label("Add an act").select_option(act)
            fill_act(page)
            write_text(page)
            page.locator("input[name=opens][value=soon]").check()
            check(page)
            expect(say(page), f"{path} {act}").to_have_text(CHECKED)
            expect(page.locator("[data-preview-calls] li").first).not_to_be_empty()
            expect(page.locator("[data-preview-calls]")).not_to_contain_text("Calls ")
            tried.append((path, act))
    assert len(tried) >= len(kinds)


def write_a_change_of_budget(page):
    """In two languages, with particulars and an attachment."""
    page.get_by_label("From budget line").fill("Travel")
    page.get_by_label("Amount in euro").fill("12 000")
    write_text(page, f"Less travel, says {FRESH}")
    page.get_by_label("Add a language").select_option("sl")
    write_text(page, "Manj poti: čžš", "sl")
    page.locator('fieldset[data-language="sl"]').get_by_label("This text is the authentic one").check()
    page.locator("input[type=file]").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Figures, one by one."}
    )
    expect(say(page)).to_have_text("plan.txt is attached.")
    page.locator("input[name=opens][value=soon]").check()


def test_a_resolution_is_published_and_its_text_is_the_one_that_was_committed_to(
    visit, demo, api, wallet_with, name_of
):
    wallet = wallet_with(MINE)
    page = visit("/propose/budget_change", wallet)
    sign_in(page, name_of(MINE))
    write_a_change_of_budget(page)
    check(page)
    expect(say(page)).to_have_text(CHECKED)
    expect(page.locator("[data-preview-texts]")).to_contain_text("From budget line: Travel")
    expect(page.locator("[data-preview-calls]")).to_contain_text("The text becomes a decision of the consortium")
    cid = page.locator("[data-fact=cid]").inner_text()
    page.get_by_role("button", name="Publish the proposal").click()
    beat(demo.node, 0, 0)
    expect(say(page)).to_have_text("The proposal is published.")
    page.get_by_role("link", name="Open the proposal").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Less travel, says {FRESH}")
    found = api(f"/v1/proposals/{page.url.rpartition('/')[2]}")
    with urllib.request.urlopen(f"{demo.url}/v1/documents/{cid}", timeout=30) as answer:
        kept = answer.read()
    document = parse_proposal(kept)
    assert (found["cid"], found["text_verified"], found["resolution_matches_text"]) == (cid, True, True)
    assert cid_of(kept) == cid
    assert (document.authoritative, document.texts["sl"].title) == ("sl", "Manj poti: čžš")
    assert document.texts["en"].body == f"From budget line: Travel\nAmount in euro: 12 000\n\n{BODY}"
    assert document.attachments[0].sha256 == hashlib.sha256(b"Figures, one by one.").hexdigest()
    assert found["description"] == f"{cid}#proposer={wallet.address}"
    page.goto(f"{demo.url}/drafts")
    expect(say(page)).to_have_text("Your organisation has no drafts.")


def test_an_admission_on_a_day_of_one_s_choice_is_published(visit, api, wallet_with, name_of):
    page = visit("/propose/member_admission", wallet_with(MINE))
    sign_in(page, name_of(MINE))
    page.get_by_label("Name of the organisation").fill("Nouvelle Coopérative")
    page.get_by_label("Short name").fill("FR-NOUVELLE")
    page.get_by_label("Country", exact=True).select_option("FR")
    page.get_by_label("Class of membership").select_option("2")
    page.get_by_label("Its account").fill(FRESH)
    write_text(page, "Admission of Nouvelle Coopérative")
    page.locator("input[name=opens][value=then]").check()
    page.get_by_label("Day and time").fill(in_days(60))
    check(page)
    expect(page.locator("[data-preview-calls]")).to_contain_text("Nouvelle Coopérative becomes a member (Partner).")
    page.get_by_role("button", name="Publish the proposal").click()
    expect(say(page)).to_have_text("The proposal is published.")
    found = api("/v1" + page.get_by_role("link", name="Open the proposal").get_attribute("href"))
    assert found["kind"] == "member_admission"
    assert {"name": "admission.wallet", "value": FRESH} in found["calls"][0]["arguments"]
    opens = datetime.fromisoformat(found["opens_at"]).astimezone(ZoneInfo(ZONE))
    assert opens.strftime("%Y-%m-%dT%H:%M") == in_days(60)


def test_too_early_a_day_is_refused_beside_the_field_with_the_earliest_one(visit, api, wallet_with):
    wallet = wallet_with(MINE)
    page = visit("/propose/work_plan", wallet)
    write_text(page)
    page.locator("input[name=opens][value=then]").check()
    page.get_by_label("Day and time").fill(in_days(10))
    check(page)
    error = page.locator("#opens-at-error")
    expect(error).to_contain_text("The notice is too short. The vote can open on ")
    earliest = datetime.fromisoformat(api("/v1/kinds/work_plan/opening")["earliest"]) + timedelta(minutes=70)
    earliest = earliest.astimezone(ZoneInfo("Europe/Ljubljana"))
    assert f"{earliest.day} {earliest:%B %Y}" in error.inner_text()
    assert page.evaluate("document.activeElement.id") == "opens-at"
    assert wallet.asked == [], "the law speaks before the wallet opens"
    page.get_by_label("An extraordinary meeting").check()
    page.get_by_label("Day and time").fill(in_days(20))
    check(page)
    expect(say(page)).to_have_text(CHECKED)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (ASSOCIATE, "Only founding members and partners in good standing put proposals."),
        (None, "This account belongs to no member"),
    ],
)
def test_who_may_not_propose_is_told_so_before_anything_is_signed(visit, demo, wallet_with, code, told):
    wallet = wallet_with(code) if code else SigningWallet(demo.node, Account.create().key.to_0x_hex())
    page = visit("/propose/work_plan", wallet)
    write_text(page)
    page.locator("input[name=opens][value=soon]").check()
    check(page)
    expect(say(page)).to_contain_text(told)
    assert {"personal_sign", "eth_sendTransaction"}.isdisjoint(wallet.asked)


def test_what_is_missing_is_marked_beside_its_field_and_nothing_is_lost(visit, wallet_with):
    page = visit("/propose/member_admission", wallet_with(MINE))
    page.get_by_label("Short name").fill("small letters")
    page.get_by_label("Its account").fill("0x70997970C51812dc3A010C7d01b50e0d17dc79c8")
    page.locator('fieldset[data-language="en"]').get_by_label("Full text").fill("Only a text.")
    check(page)
    expect(say(page)).to_contain_text("Something is missing or not right yet.")
    for label, told in (
        ("Name of the organisation", "Fill this in."),
        ("Short name", "Use capital letters, digits and hyphens"),
        ("Country", "Choose one."),
        ("Its account", "A letter or digit of this address is wrong."),
        ("Title", "Fill this in."),
    ):
        box = page.get_by_label(label, exact=True)
        expect(box).to_have_attribute("aria-invalid", "true")
        described = box.get_attribute("aria-describedby").split()[-1]
        expect(page.locator(f"#{described}")).to_contain_text(told)
    expect(page.locator("[data-error=opens]")).to_have_text("Say when voting is to open.")
    assert page.evaluate("document.activeElement.closest('[data-field]').dataset.field") == "name"
    assert page.get_by_label("Short name").input_value() == "small letters"


def test_an_act_that_could_not_be_carried_out_today_is_told_of(visit, wallet_with):
    page = visit("/propose/remedy", wallet_with(MINE))
    page.get_by_label("Organisation", exact=True).select_option(index=2)
    write_text(page)
    page.locator("input[name=opens][value=soon]").check()
    check(page)
    expect(page.locator("[data-today]")).to_contain_text("If it were carried out today, the contract would refuse")


def test_a_draft_outlives_the_browser_and_is_gone_on_with(visit, demo, wallet_with, name_of):
    page = visit("/propose/strategy", wallet_with(MINE))
    sign_in(page, name_of(MINE))
    write_text(page, "Half a thought")
    expect(page.locator("[data-draft]")).to_contain_text("Saved at ")
    page.context.close()
    later = visit("/drafts", wallet_with(MINE))
    sign_in(later, name_of(MINE))
    later.get_by_role("link", name="Half a thought").click()
    text = later.locator('fieldset[data-language="en"]')
    expect(text.get_by_label("Title")).to_have_value("Half a thought")
    expect(text.get_by_label("Full text")).to_have_value(BODY)
    later.goto(f"{demo.url}/drafts")
    later.get_by_role("button", name="Erase this draft").click()
    later.get_by_role("button", name="Yes, erase it for good").click()
    expect(say(later)).to_have_text("The draft is erased.")


def test_who_is_not_signed_in_finds_what_they_typed_in_the_same_browser(visit, wallet_with):
    page = visit("/propose/strategy", wallet_with(MINE))
    write_text(page, "Before signing in")
    expect(page.locator("[data-draft]")).to_contain_text("Kept in this browser only.")
    page.reload()
    expect(page.locator('fieldset[data-language="en"]').get_by_label("Title")).to_have_value("Before signing in")
    expect(say(page)).to_have_text("What you typed last time is here again.")


def test_a_draft_of_another_organisation_cannot_be_opened(visit, demo, wallet_with, name_of):
    page = visit("/propose/strategy", wallet_with(MINE))
    sign_in(page, name_of(MINE))
    write_text(page, "Ours alone")
    expect(page.locator("[data-draft]")).to_contain_text("Saved at ")
    address = page.url
    stranger = visit("/drafts", wallet_with(OTHER))
    sign_in(stranger, name_of(OTHER))
    expect(say(stranger)).to_have_text("Your organisation has no drafts.")
    stranger.goto(address)
    expect(say(stranger)).to_have_text("This draft is not there any more, or belongs to another organisation.")
    assert "Ours alone" not in stranger.content()
    page.goto(f"{demo.url}/drafts")
    page.get_by_role("button", name="Erase this draft").click()
    page.get_by_role("button", name="Yes, erase it for good").click()
    expect(say(page)).to_have_text("The draft is erased.")


def test_two_who_write_the_same_draft_do_not_overwrite_each_other(visit, demo, wallet_with, name_of):
    one = visit("/propose/strategy", wallet_with(MINE))
    sign_in(one, name_of(MINE))
    write_text(one, "First")
    expect(one.locator("[data-draft]")).to_contain_text("Saved at ")
    two = visit("/sign-in", wallet_with(MINE))
    sign_in(two, name_of(MINE))
    two.goto(one.url)
    title = two.locator('fieldset[data-language="en"]').get_by_label("Title")
    expect(title).to_have_value("First")
    title.fill("Second")
    expect(two.locator("[data-draft]")).to_contain_text("Saved at ")
    with two.expect_response(lambda answer: answer.request.method == "PUT"):
        title.fill("Second, and more")
    one.locator('fieldset[data-language="en"]').get_by_label("Title").fill("Another")
    expect(one.locator("[data-draft]")).to_contain_text("Somebody of your organisation has saved this draft meanwhile.")
    one.get_by_role("button", name="Load theirs").click()
    expect(one.locator('fieldset[data-language="en"]').get_by_label("Title")).to_have_value("Second, and more")


def test_a_service_that_keeps_another_text_gets_no_signature(visit, wallet_with, name_of):
    wallet = wallet_with(MINE)
    page = visit("/propose/work_plan", wallet)
    sign_in(page, name_of(MINE))
    write_text(page)
    page.locator("input[name=opens][value=soon]").check()
    other = json.dumps({"cid": "bafkrei" + "a" * 52, "sha256": "0x" + "00" * 32, "size": 1})
    page.route("**/v1/documents", lambda route: route.fulfill(status=201, body=other, content_type="application/json"))
    check(page)
    page.get_by_role("button", name="Publish the proposal").click()
    expect(say(page)).to_contain_text("The service keeps another text than the one you wrote.")
    assert "eth_sendTransaction" not in wallet.asked


def test_the_form_is_filled_in_and_previewed_by_keyboard_alone(visit, wallet_with):
    page = visit("/propose/work_plan", wallet_with(MINE))

    def tab_to(selector):
        for _ in range(120):
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by the keyboard")

    tab_to('[data-language="en"] [data-field=title] input')
    page.keyboard.type("By keyboard")
    tab_to("input[name=opens]")
    page.keyboard.press("Space")
    tab_to("button[type=submit]")
    page.keyboard.press("Enter")
    expect(say(page)).to_have_text(CHECKED)
    tab_to("[data-act=publish]")
