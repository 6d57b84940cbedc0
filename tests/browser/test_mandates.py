"""Members give mandates, take them back, and hand in signed ones, in a real browser on a real chain."""

from __future__ import annotations

import json

import pytest
from acting import close, review, said_in, send, unfold, window_of
from playwright.sync_api import expect

PAGE = "/mandates/give"


@pytest.fixture
def mandates_of(later):
    """The mandates in force that a member gave."""

    def find(code):
        items = later.api(f"/mandates?in_force=true&member={code}")["items"]
        return [mandate for mandate in items if mandate["principal"]["code"] == code]

    return find


def fill_in(page, holder, scope="Every question of this body: General Assembly", until="2030-06-01T12:00"):
    fold = unfold(page, "Give a mandate")
    fold.get_by_label("Who may cast your ballot?").select_option(label=holder)
    fold.get_by_label("On what?").select_option(label=scope)
    fold.get_by_label("Until when?").fill(until)
    return fold


def name_of(later, code):
    return later.api(f"/members/{code}")["name"]


def test_a_member_gives_a_mandate_and_takes_it_back(act_on, signer_of, later, mandates_of):
    wallet = signer_of("SI-PIP")
    page = act_on(PAGE, wallet)
    review(page, fill_in(page, name_of(later, "SI-FUDS")), wallet)
    expect(window_of(page).locator("[data-part=review]")).to_contain_text(name_of(later, "SI-FUDS"))
    expect(window_of(page).locator("[data-part=review]")).to_contain_text("2030")
    send(page)
    expect(said_in(page)).to_have_text("The mandate is on record.")
    (given,) = mandates_of("SI-PIP")
    assert (given["holder"]["code"], given["body"], given["proposal_id"]) == ("SI-FUDS", "general_assembly", None)
    registry = later.contract("MemberRegistry")
    principal, _ = registry.read("memberOf", wallet.address)
    holder, _ = registry.read("memberOf", later.wallet("SI-FUDS").address)
    assert registry.read("holderOf", principal, 0, 7) == holder
    close(page)
    item = f".desk-item:has(#act-revokeMandate-{principal}-0)"
    review(page, unfold(page, "Take the mandate back", item), wallet)
    send(page)
    expect(said_in(page)).to_have_text("The mandate is taken back.")
    assert mandates_of("SI-PIP") == []


def test_a_mandate_for_one_question_names_it(act_on, signer_of, later, mandates_of):
    letter = later.put("service_catalogue")
    later.open(letter)
    wallet = signer_of("GR-SCIFY")
    page = act_on(PAGE, wallet)
    scope = page.locator(f"option[value='0:{letter['id']}']").inner_text()
    review(page, fill_in(page, name_of(later, "GR-MOL"), scope), wallet)
    send(page)
    expect(said_in(page)).to_have_text("The mandate is on record.")
    (given,) = mandates_of("GR-SCIFY")
    assert given["proposal_id"] == letter["id"]


def test_nobody_gives_a_mandate_to_itself(act_on, signer_of, later):
    wallet = signer_of("IT-FIS")
    page = act_on(PAGE, wallet)
    review(page, fill_in(page, name_of(later, "IT-FIS")), wallet)
    expect(said_in(page)).to_contain_text("it must go to another member and end in the future")
    assert "eth_sendTransaction" not in wallet.asked


def test_a_mandate_that_is_over_is_refused_beside_its_date(act_on, signer_of, later):
    wallet = signer_of("IT-FIS")
    page = act_on(PAGE, wallet)
    fold = fill_in(page, name_of(later, "SI-FUDS"), until="2020-01-01T12:00")
    fold.get_by_role("button", name="Check and review").click()
    expect(fold.locator("[data-form-say]")).to_contain_text("That is too early.")
    assert page.evaluate("document.activeElement.name") == "until"
    assert wallet.asked == []


def test_a_mandate_is_signed_by_one_and_handed_in_by_another(act_on, signer_of, later, mandates_of):
    principal, sender = signer_of("SI-HASHNET"), signer_of("SI-FUDS")
    page = act_on(PAGE, principal)
    review(page, fill_in(page, name_of(later, "SI-FUDS")), principal, way="Sign only; another sends it")
    expect(said_in(page)).to_have_text("Check what will be signed. Nothing is sent by signing.")
    send(page)
    expect(said_in(page)).to_contain_text("Signed. Hand this text to whoever sends it")
    text = window_of(page).get_by_label("Signed mandate").input_value()
    assert "eth_sendTransaction" not in principal.asked
    assert mandates_of("SI-HASHNET") == []
    other = act_on(PAGE, sender)
    hand_in(other, sender, text)
    send(other)
    expect(said_in(other)).to_have_text("The mandate is on record.")
    (given,) = mandates_of("SI-HASHNET")
    assert given["holder"]["code"] == "SI-FUDS"
    again = act_on(PAGE, sender)
    hand_in(again, sender, text)
    expect(said_in(again)).to_contain_text("The signature does not fit")


def hand_in(page, wallet, text):
    fold = unfold(page, "Hand in a signed mandate")
    fold.get_by_label("The signed text, whole").fill(text)
    review(page, fold, wallet)


def test_a_signed_mandate_that_was_changed_on_the_way_is_refused(act_on, signer_of, later, mandates_of):
    principal, thief = signer_of("IT-POLIMI"), signer_of("SI-FUDS")
    page = act_on(PAGE, principal)
    review(page, fill_in(page, name_of(later, "GR-MOL")), principal, way="Sign only; another sends it")
    send(page)
    expect(said_in(page)).to_contain_text("Signed.")
    signed = json.loads(window_of(page).get_by_label("Signed mandate").input_value())
    signed["holderId"], _ = later.contract("MemberRegistry").read("memberOf", thief.address)
    other = act_on(PAGE, thief)
    hand_in(other, thief, json.dumps(signed))
    expect(said_in(other)).to_contain_text("The signature does not fit")
    assert "eth_sendTransaction" not in thief.asked
    assert mandates_of("IT-POLIMI") == []


@pytest.mark.parametrize("text", ["nonsense", "{}", '{"chainId": 1}', '"<script>alert(1)</script>"'])
def test_what_is_no_signed_mandate_is_said_to_be_none(act_on, signer_of, text):
    wallet = signer_of("SI-FUDS")
    page = act_on(PAGE, wallet)
    fold = unfold(page, "Hand in a signed mandate")
    fold.get_by_label("The signed text, whole").fill(text)
    fold.get_by_role("button", name="Check and review").click()
    expect(fold.locator("[data-form-say]")).to_contain_text("This is not a signed mandate of this consortium.")
    assert wallet.asked == []


def test_who_has_given_no_mandate_takes_none_back(act_on, signer_of, later):
    registry = later.contract("MemberRegistry")
    holder, _ = registry.read("memberOf", later.wallet("SI-FUDS").address)
    principal, _ = registry.read("memberOf", later.wallet("IT-TORINO").address)
    later.wallet("IT-TORINO").send(registry.address, registry.data("grantMandate", holder, 1, 0, 2_000_000_000))
    later.settle()
    wallet = signer_of("IT-FIS")
    page = act_on(PAGE, wallet)
    review(page, unfold(page, "Take the mandate back", f".desk-item:has(#act-revokeMandate-{principal}-1)"), wallet)
    expect(said_in(page)).to_have_text("There is no mandate here that could be taken back.")
