"""The coordinator's office on a bad day: no quorum, a veto, minutes that are objected to, a lost account."""

from __future__ import annotations

import hashlib
import re

import pytest
from acting import close, review, said_in, send, unfold, window_of
from eth_account import Account
from injected_wallet import InjectedWallet
from playwright.sync_api import expect

from backend.domain.ballots import Choice
from backend.domain.members import MemberClass
from scripts.admit_member import admission
from scripts.propose import Call
from scripts.roll import Organisation

DAY = 86_400
A_REFRESH = 40_000
"""Milliseconds within which the open page must have fetched itself again."""


@pytest.fixture
def desk(act_on):
    """The desk in a browser with these wallets."""
    return lambda *wallets, **options: act_on("/desk", *wallets, **options)


def item_of(proposal, part="closed"):
    return f"#{part}-{proposal['id']}"


def in_browser_time(page, second):
    """A second as a date field takes it."""
    return page.evaluate(
        "s => { const d = new Date(s * 1000);"
        " return new Date(d - d.getTimezoneOffset() * 60000).toISOString().slice(0, 16) }",
        second,
    )


def test_who_is_missing_is_seen_while_people_vote(desk, later):
    report = later.put("annual_report")
    later.open(report)
    page = desk()
    item = page.locator(item_of(report, "open"))
    needed, entitled = report["tally"]["needed"], later.proposal(report["id"])["tally"]["entitled"]
    expect(item).to_contain_text(f"{needed} ballots are missing for the quorum")
    expect(item).to_contain_text(f"Have not voted yet ({entitled})")
    later.vote(report, Choice.FOR, most=1)
    expect(item).to_contain_text(f"{needed - 1} ballots are missing for the quorum", timeout=A_REFRESH)
    expect(item).to_contain_text(f"Have not voted yet ({entitled - 1})")


def test_a_question_without_a_quorum_is_called_again_in_one_step(desk, signer_of, office_of, later):
    report = later.put("annual_report")
    later.open(report)
    later.vote(report, Choice.FOR, most=3)
    later.close(report)
    member, office = signer_of("IT-TORINO"), office_of("registrar")
    page = desk(member)
    item = page.locator(item_of(report))
    expect(item).to_contain_text("Too few members handed in a ballot, so nothing was decided.")
    fold = unfold(page, "Call the question again", item_of(report))
    opening = fold.get_by_label("Voting opens")
    opening.fill(in_browser_time(page, later.node.block_time + 3 * DAY))
    fold.get_by_role("button", name="Check and review").click()
    expect(fold.locator("[data-form-say]")).to_contain_text("The earliest date that the rule allows:")
    assert member.asked == []
    opening.fill(in_browser_time(page, later.node.block_time + 16 * DAY))
    review(page, fold, member)
    send(page)
    expect(said_in(page)).to_have_text("The question is called again.")
    again = later.proposal(report["id"])["next"]
    second = later.proposal(again["id"])
    assert (second["attempt"], second["previous"]["id"]) == (2, report["id"])
    window_of(page).get_by_role("link", name="See what came of it").click()
    expect(page.locator("main")).to_contain_text("Call 2 of a question that had no quorum")
    assert office.asked == []


def test_the_office_itself_puts_no_questions(desk, office_of, later):
    report = later.put("annual_report")
    later.open(report)
    later.close(report)
    office = office_of("registrar")
    page = desk(office)
    fold = unfold(page, "Call the question again", item_of(report))
    fold.get_by_label("Voting opens").fill(in_browser_time(page, later.node.block_time + 16 * DAY))
    review(page, fold, office)
    expect(said_in(page)).to_contain_text("This account belongs to no member of the consortium.")


def test_a_date_too_early_by_now_is_refused_by_the_contract_with_the_earliest(desk, signer_of, later):
    report = later.put("annual_report")
    later.open(report)
    later.close(report)
    wallet = signer_of("IT-TORINO")
    page = desk(wallet)
    fold = unfold(page, "Call the question again", item_of(report))
    fold.get_by_label("Voting opens").fill(in_browser_time(page, later.node.block_time + 15 * DAY + 3600))
    later.wait(DAY)
    review(page, fold, wallet)
    expect(said_in(page)).to_contain_text("The notice would be too short. Voting can open")
    assert "eth_sendTransaction" not in wallet.asked


def test_a_veto_arrives_and_the_desk_says_what_to_do(desk, later):
    letter = later.put("service_catalogue")
    later.open(letter)
    later.vote(letter, Choice.FOR, most=20)
    governor = later.governor()
    later.wallet("IT-FIS").send(governor.address, governor.data("veto", int(letter["id"]), 2, b"\1" * 32))
    later.close(letter)
    page = desk()
    item = page.locator(item_of(letter))
    expect(item).to_contain_text("Veto stands:")
    expect(item).to_contain_text("costs")
    expect(item.get_by_role("link", name="Put a revised proposal")).to_have_attribute(
        "href", f"/propose/service_catalogue?revises={letter['id']}"
    )
    later.wallet("IT-FIS").send(governor.address, governor.data("withdrawVeto", int(letter["id"])))
    later.settle()
    page.reload()
    expect(page.locator(item_of(letter))).not_to_contain_text("Veto stands:")


def test_minutes_are_objected_to_corrected_and_accepted_and_the_decision_takes_effect(
    desk, act_on, signer_of, office_of, later
):
    plan = later.put("work_plan")
    later.adopt(plan)
    office = office_of("registrar")
    record_minutes(desk(office), office, plan, "draft.txt", b"Twenty-two for.")
    assert [each["version"] for each in minutes_of(later, plan)["versions"]] == [1]
    object_to(act_on, signer_of("GR-SCIFY"), plan)
    assert minutes_of(later, plan)["objection_stands"] is True
    page = desk(office)
    expect(page.locator(item_of(plan))).to_contain_text("it binds only after corrected minutes are accepted")
    record_minutes(page, office, plan, "corrected.txt", b"Twenty-two for, the others absent.")
    book = minutes_of(later, plan)
    assert book["objection_stands"] is False
    assert book["versions"][1]["document_hash"] == digest(b"Twenty-two for, the others absent.")
    later.wait(26 * DAY)
    take_effect(desk, signer_of("SI-FUDS"), later, plan)
    assert later.proposal(plan["id"])["state"] == "executed"


def minutes_of(later, proposal):
    return later.api(f"/proposals/{proposal['id']}/minutes")


def digest(content):
    return "0x" + hashlib.sha256(content).hexdigest()


def record_minutes(page, wallet, proposal, name, content):
    fold = unfold(page, "Record minutes", item_of(proposal))
    fold.get_by_label("or the file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    review(page, fold, wallet)
    expect(window_of(page)).to_contain_text("the coordinator's office (registrar)")
    expect(window_of(page).locator("[data-rows]")).to_contain_text(proposal["reference"])
    expect(window_of(page)).to_contain_text(digest(content))
    send(page)
    expect(said_in(page)).to_have_text("The minutes are on record.")


def object_to(act_on, wallet, proposal):
    page = act_on(f"/proposals/{proposal['id']}", wallet)
    fold = unfold(page, "Object to the minutes")
    fold.get_by_label("The text").fill("We were there.")
    review(page, fold, wallet)
    send(page)
    expect(said_in(page)).to_have_text("Your objection is on record.")
    close(page)
    fold = unfold(page, "Object to the minutes")
    fold.get_by_label("The text").fill("Once more.")
    review(page, fold, wallet)
    expect(said_in(page)).to_have_text("Your organisation has objected to these minutes already; it does so once.")


def take_effect(desk, wallet, later, proposal):
    page = desk(wallet)
    review(page, unfold(page, "Set the decision in motion", item_of(proposal)), wallet)
    send(page)
    expect(said_in(page)).to_have_text("The safety period of the decision has started.")
    close(page)
    fold = unfold(page, "Let the decision take effect", item_of(proposal))
    expect(fold).to_contain_text("Not before")
    expect(fold.locator("form")).to_have_count(0)
    later.wait(DAY)
    page.reload()
    review(page, unfold(page, "Let the decision take effect", item_of(proposal)), wallet)
    send(page)
    expect(said_in(page)).to_have_text("The decision has taken effect.")


def test_minutes_are_the_offices_alone(desk, signer_of, later):
    report = later.put("annual_report")
    later.open(report)
    later.close(report)
    wallet = signer_of("IT-TORINO")
    page = desk(wallet)
    fold = unfold(page, "Record minutes", item_of(report))
    fold.get_by_label("The text").fill("We say so.")
    review(page, fold, wallet)
    expect(said_in(page)).to_contain_text("Only the coordinator's office does this")
    assert "eth_sendTransaction" not in wallet.asked


def test_the_answer_of_an_outside_authority_is_recorded_by_the_second_office(desk, office_of, later):
    registry = later.contract("MemberRegistry")
    call = Call(registry.address, registry.data("setRegistrar", Account.create().address))
    change = later.put("coordinator_change", call=call)
    later.adopt(change)
    office = office_of("approver")
    page = desk(office)
    fold = unfold(page, "Record the answer of the outside authority", item_of(change))
    fold.get_by_role("radio", name="Refused").check()
    fold.get_by_label("The text").fill("We do not agree.")
    review(page, fold, office)
    expect(window_of(page)).to_contain_text("the second office (approver)")
    expect(window_of(page)).to_contain_text("Refused")
    send(page)
    expect(said_in(page)).to_have_text("The answer of the outside authority is on record.")
    found = later.proposal(change["id"])
    assert (found["approval"]["approved"], found["state"]) == (False, "not_approved")


def test_an_organisation_is_admitted_and_its_accession_recorded(desk, office_of, later):
    newcomer = Organisation("SI-NOVA", "Nova zadruga", "SI", None, Account.create().address)
    call = admission(later.contract("MemberRegistry"), newcomer, MemberClass.PARTNER)
    asked = later.put("member_admission", call=call)
    later.adopt(asked)
    later.carry_out(asked)
    office = office_of("registrar")
    page = desk(office)
    item = ".desk-item:has(a[href='/members/SI-NOVA'])"
    fold = unfold(page, "Record the accession", item)
    fold.get_by_label("or the file").set_input_files(
        {"name": "accession.pdf", "mimeType": "application/pdf", "buffer": b"signed"}
    )
    review(page, fold, office)
    send(page)
    expect(said_in(page)).to_have_text("The accession is on record; the organisation is a full member.")
    member = later.api("/members/SI-NOVA")
    assert (member["status"], member["accession_hash"]) == ("active", digest(b"signed"))
    close(page)
    expect(page.locator(item)).to_have_count(0)


def test_a_lost_account_is_replaced_by_two_offices_and_time(desk, office_of, signer_of, later):
    registrar, approver, anybody = office_of("registrar"), office_of("approver"), signer_of("SI-FUDS")
    fresh, member = Account.create().address, later.api("/members/LT-ESFA")
    page = desk(registrar)
    ask_for(page, registrar, member, fresh)
    item = ".desk-item:has(a[href='/members/LT-ESFA'])"
    close(page)
    review(page, unfold(page, "Agree as the second office", item), registrar)
    expect(said_in(page)).to_contain_text("This account does not hold the office that does this.")
    page = desk(approver)
    review(page, unfold(page, "Agree as the second office", item), approver)
    for shown in (member["name"], fresh):
        expect(window_of(page).locator("[data-rows]")).to_contain_text(shown)
    send(page)
    expect(said_in(page)).to_contain_text("The second office has agreed.")
    close(page)
    fold = unfold(page, "Complete the change of account", item)
    expect(fold.locator("form")).to_have_count(0)
    expect(fold).to_contain_text("Not before")
    later.wait(3 * DAY + 5)
    page = desk(anybody)
    review(page, unfold(page, "Complete the change of account", item), anybody)
    send(page)
    expect(said_in(page)).to_have_text("The member has its new account.")
    assert later.api("/members/LT-ESFA")["wallet"] == fresh


def test_a_mistaken_account_is_put_right_by_asking_again(desk, office_of, later):
    registrar, wrong, right = office_of("registrar"), Account.create().address, Account.create().address
    member = later.api("/members/SE-COOMPANION")
    page = desk(registrar)
    ask_for(page, registrar, member, wrong)
    close(page)
    item = ".desk-item:has(a[href='/members/SE-COOMPANION'])"
    expect(page.locator(item)).to_contain_text("Is this account the wrong one?")
    review(page, unfold(page, "Stop the change of account", item), registrar)
    expect(said_in(page)).to_contain_text("Only the old account stops the change.")
    close(page)
    ask_for(page, registrar, member, right)
    close(page)
    expect(page.locator(item)).to_contain_text(right)
    expect(page.locator(item)).not_to_contain_text(wrong)


def ask_for(page, wallet, member, fresh):
    fold = unfold(page, "Ask for a new account")
    fold.get_by_label("Which member has lost its account?").select_option(str(member["id"]))
    field = fold.get_by_label("The new account")
    field.fill("0x1234")
    fold.get_by_role("button", name="Check and review").click()
    expect(fold.locator("[data-form-say]")).to_contain_text("That is no account")
    field.fill(fresh)
    review(page, fold, wallet)
    send(page)
    expect(said_in(page)).to_have_text("The new account is asked for. Now the second office has to agree.")


def test_an_account_in_use_is_no_new_account(desk, office_of, later):
    office = office_of("registrar")
    page = desk(office)
    fold = unfold(page, "Ask for a new account")
    fold.get_by_label("Which member has lost its account?").select_option(label=name_of(later, "DE-VILSTAL"))
    fold.get_by_label("The new account").fill(later.wallet("IT-FIS").address)
    review(page, fold, office)
    expect(said_in(page)).to_contain_text(f"That account belongs to a member already: {name_of(later, 'IT-FIS')}.")


def name_of(later, code):
    return later.api(f"/members/{code}")["name"]


def test_the_desk_is_read_without_a_wallet_and_without_javascript(act_on, later):
    page = act_on("/desk", java_script_enabled=False)
    expect(page.get_by_role("heading", name="Coordinator's desk")).to_be_visible()
    registrar = later.contract("MemberRegistry").read("registrar")
    expect(page.locator("main")).to_contain_text(registrar)
    assert re.search(r"Convene: the earliest dates", page.locator("main").inner_text())


def test_a_stranger_can_do_nothing_at_the_desk(desk, later):
    stranger = InjectedWallet(later.node, Account.create().key.to_0x_hex())
    page = desk(stranger)
    fold = unfold(page, "Ask for a new account")
    fold.get_by_label("Which member has lost its account?").select_option(label=name_of(later, "DE-VILSTAL"))
    fold.get_by_label("The new account").fill(Account.create().address)
    review(page, fold, stranger)
    expect(said_in(page)).to_contain_text("This account does not hold the office that does this.")
    assert "eth_sendTransaction" not in stranger.asked


def test_who_is_not_signed_in_for_the_office_reminds_nobody(desk, later):
    letter = later.put("service_catalogue")
    later.open(letter)
    page = desk()
    item = page.locator(item_of(letter, "open"))
    item.get_by_role("button", name="Remind those who have not voted").click()
    expect(item.locator("[data-form-say]")).to_have_text(
        "Sign in with the account of the office first, then press again."
    )
    expect(item.get_by_role("link", name="Sign in")).to_have_attribute("href", "/sign-in?next=/desk")
