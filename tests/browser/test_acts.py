"""Members do on a proposal what is no ballot, with a wallet in a real browser, on a real chain."""

from __future__ import annotations

import hashlib
import re

import pytest
from acting import close, press_until, review, said_in, send, unfold, window_of
from playwright.sync_api import expect

from scripts.propose import Call
from scripts.roll import bytes32

STATEMENT = "Our workshops would cost more than the budget holds."


@pytest.fixture
def letter(later):
    """A question that is decided by letter: open at once, and open to vetoes."""
    proposal = later.put("service_catalogue")
    later.open(proposal)
    return proposal


@pytest.fixture
def path(letter):
    return f"/proposals/{letter['id']}"


def fill_in_veto(page, ground="costs", statement=STATEMENT):
    fold = unfold(page, "Raise a veto")
    fold.get_by_role("radio", name=ground, exact=True).check()
    fold.get_by_label("The text").fill(statement)
    return fold


def test_a_member_vetoes_and_takes_its_veto_back(act_on, signer_of, later, letter, path):
    wallet = signer_of("IT-FIS")
    page = act_on(path, wallet)
    fold = fill_in_veto(page)
    assert page.locator("#acts input:checked").count() == 1
    review(page, fold, wallet)
    digest = "0x" + hashlib.sha256(STATEMENT.encode()).hexdigest()
    for fact in ("costs", STATEMENT, digest, wallet.address, letter["governor"], "veto"):
        expect(window_of(page).locator("[data-part=review]")).to_contain_text(fact)
    assert "eth_sendTransaction" not in wallet.asked
    send(page)
    expect(said_in(page)).to_have_text("Your veto is on record.")
    assert page.evaluate("document.activeElement.matches('[data-say]')")
    (veto,) = later.api(f"/proposals/{letter['id']}/vetoes")["items"]
    assert (veto["member"]["code"], veto["ground"], veto["statement_hash"]) == ("IT-FIS", "costs", digest)
    close(page)
    fold = unfold(page, "Take a veto back")
    review(page, fold, wallet)
    send(page)
    expect(said_in(page)).to_have_text("Your veto is taken back.")
    (veto,) = later.api(f"/proposals/{letter['id']}/vetoes")["items"]
    assert veto["withdrawn_at"] is not None


def test_what_is_missing_is_said_beside_the_form_before_any_wallet_is_asked(act_on, signer_of, path):
    wallet = signer_of("IT-FIS")
    page = act_on(path, wallet)
    fold = unfold(page, "Raise a veto")
    button = fold.get_by_role("button", name="Check and review")
    trouble = fold.locator("[data-form-say]")
    button.click()
    expect(trouble).to_have_text("Still missing: On which ground?")
    assert page.evaluate("document.activeElement.name") == "ground"
    fold.get_by_role("radio", name="liabilities").check()
    button.click()
    expect(trouble).to_have_text("Still missing: Statement")
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    fold.get_by_label("The text").fill(STATEMENT)
    fold.get_by_label("or the file").set_input_files({"name": "s.txt", "mimeType": "text/plain", "buffer": b"x"})
    button.click()
    expect(trouble).to_have_text("Give the text or a file, not both: only one of them is recorded.")
    expect(window_of(page)).to_be_hidden()
    assert wallet.asked == []


def test_the_fingerprint_of_a_file_is_that_of_its_bytes(act_on, signer_of, path):
    wallet = signer_of("GR-MOL")
    page = act_on(path, wallet)
    fold = unfold(page, "Raise a veto")
    fold.get_by_role("radio", name="its own work").check()
    content = bytes(range(256))
    file = {"name": "veto.pdf", "mimeType": "application/pdf", "buffer": content}
    fold.get_by_label("or the file").set_input_files(file)
    review(page, fold, wallet)
    expect(window_of(page)).to_contain_text("veto.pdf")
    expect(window_of(page)).to_contain_text("0x" + hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("DE-VILSTAL", "Your organisation cannot veto here. Founding members and partners in good standing can"),
        ("SI-PRIMER", "Your organisation cannot veto here."),
    ],
)
def test_who_has_no_veto_is_told_so_and_nothing_is_sent(act_on, signer_of, path, code, sentence):
    wallet = signer_of(code)
    page = act_on(path, wallet)
    review(page, fill_in_veto(page), wallet)
    expect(said_in(page)).to_contain_text(sentence)
    expect(window_of(page).locator("[data-part=review]")).to_be_hidden()
    assert "eth_sendTransaction" not in wallet.asked


def test_nobody_vetoes_in_its_own_case(act_on, signer_of, later):
    wallet = signer_of("GR-PARADEIGMA")
    award = later.put("grant_award", call=award_to(later, "GR-PARADEIGMA"))
    later.open(award)
    page = act_on(f"/proposals/{award['id']}", wallet)
    review(page, fill_in_veto(page), wallet)
    expect(said_in(page)).to_have_text("The proposal is about your organisation, and nobody vetoes in its own case.")
    assert "eth_sendTransaction" not in wallet.asked


def award_to(later, code):
    registry, records, rulebook = (later.contract(name) for name in ("MemberRegistry", "Records", "Rulebook"))
    member, _ = registry.read("memberOf", later.wallet(code).address)
    kind = rulebook.read("kindIdOf", bytes32("grant_award"))
    return Call(records.address, records.data("resolveFor", kind, member, b"\1" * 32))


def test_a_veto_that_stands_is_not_raised_twice(act_on, signer_of, later, letter, path):
    wallet = signer_of("SI-PIP")
    governor = later.governor()
    later.wallet("SI-PIP").send(governor.address, governor.data("veto", int(letter["id"]), 2, b"\1" * 32))
    later.settle()
    page = act_on(path, wallet)
    review(page, fill_in_veto(page), wallet)
    expect(said_in(page)).to_have_text("Your organisation has raised a veto already.")


def test_who_raised_no_veto_has_none_to_take_back(act_on, signer_of, later, letter, path):
    governor = later.governor()
    later.wallet("SI-PIP").send(governor.address, governor.data("veto", int(letter["id"]), 2, b"\1" * 32))
    later.settle()
    wallet = signer_of("IT-FIS")
    page = act_on(path, wallet)
    review(page, unfold(page, "Take a veto back"), wallet)
    expect(said_in(page)).to_have_text("Your organisation has no veto here that could be withdrawn.")


def test_a_member_declares_its_interest_and_then_takes_no_part(act_on, signer_of, later, letter, path):
    wallet = signer_of("IT-FGB")
    page = act_on(path, wallet)
    review(page, unfold(page, "takes no part"), wallet)
    expect(window_of(page)).to_contain_text("it cannot be unsaid")
    send(page)
    expect(said_in(page)).to_have_text("It is on record that your organisation takes no part.")
    (recusal,) = later.api(f"/proposals/{letter['id']}/recusals")["items"]
    assert (recusal["member"]["code"], recusal["declared"]) == ("IT-FGB", True)
    close(page)
    review(page, unfold(page, "takes no part"), wallet)
    expect(said_in(page)).to_have_text("Your organisation takes no part in this vote.")


def test_only_the_member_that_put_a_question_withdraws_it(act_on, signer_of, later):
    pending = later.put("work_plan", "SI-NOORDUNG")
    other, proposer = signer_of("IT-FIS"), signer_of("SI-NOORDUNG")
    page = act_on(f"/proposals/{pending['id']}", other)
    review(page, unfold(page, "Withdraw the proposal"), other)
    expect(said_in(page)).to_contain_text("Only the member that put the question takes it back")
    page = act_on(f"/proposals/{pending['id']}", proposer)
    review(page, unfold(page, "Withdraw the proposal"), proposer)
    send(page)
    expect(said_in(page)).to_have_text("The proposal is withdrawn.")
    assert later.proposal(pending["id"])["state"] == "withdrawn"


def test_a_refusal_in_the_wallet_sends_nothing_and_can_be_taken_back(act_on, signer_of, later, letter, path):
    wallet = signer_of("IT-TORINO", refuses={"eth_sendTransaction"})
    page = act_on(path, wallet)
    review(page, fill_in_veto(page), wallet)
    send(page)
    expect(said_in(page)).to_have_text("You refused in the wallet. Nothing was sent. You can try again.")
    assert later.api(f"/proposals/{letter['id']}/vetoes")["items"] == []
    wallet.refuses = set()
    send(page)
    expect(said_in(page)).to_have_text("Your veto is on record.")


def test_a_wallet_on_another_network_changes_it_with_one_button(act_on, signer_of, path):
    wallet = signer_of("IT-FIS", chain_id=1, known_chains={1})
    page = act_on(path, wallet)
    review(page, fill_in_veto(page), wallet)
    expect(said_in(page)).to_contain_text("Your wallet is on another network.")
    window_of(page).get_by_role("button", name="Change the network").click()
    expect(window_of(page).locator("[data-part=review]")).to_be_visible()


def test_an_account_changed_in_the_wallet_is_tried_out_at_once(act_on, signer_of, path):
    wallet = signer_of("IT-FIS")
    page = act_on(path, wallet)
    review(page, fill_in_veto(page), wallet)
    expect(window_of(page).locator("[data-part=review]")).to_be_visible()
    wallet.key = signer_of("DE-VILSTAL").key
    page.evaluate(f"window['{wallet.door}_emit']('accountsChanged', [])")
    expect(said_in(page)).to_contain_text("Your organisation cannot veto here.")
    expect(window_of(page).locator("[data-part=review]")).to_be_hidden()


def test_a_page_that_names_other_calls_than_were_filed_gets_nothing_sent(act_on, signer_of, later):
    pending = later.put("work_plan", "SI-NOORDUNG")
    wallet = signer_of("SI-NOORDUNG")
    page = act_on(f"/proposals/{pending['id']}", wallet)
    fold = unfold(page, "Withdraw the proposal")
    fold.locator("form").evaluate(
        "form => form.dataset.facts = JSON.stringify({...JSON.parse(form.dataset.facts), description: 'another'})"
    )
    review(page, fold, wallet)
    expect(said_in(page)).to_contain_text("The page and the chain disagree about this proposal. Nothing was sent.")
    assert "eth_sendTransaction" not in wallet.asked


def test_a_page_cannot_name_an_act_that_the_module_does_not_know(act_on, signer_of, path):
    wallet = signer_of("IT-FIS")
    page = act_on(path, wallet)
    fold = unfold(page, "takes no part")
    fold.locator("form").evaluate("form => { form.dataset.act = 'relay' }")
    fold.get_by_role("button", name="Check and review").click()
    expect(said_in(page)).to_contain_text("act relay")
    assert wallet.asked == []


def test_a_veto_needs_no_mouse(act_on, signer_of, later, letter, path):
    wallet = signer_of("GR-ANKA")
    page = act_on(path, wallet)
    press_until(page, "document.activeElement.matches('#act-veto > summary')", "Tab")
    page.keyboard.press("Enter")
    press_until(page, "document.activeElement.name === 'ground'", "Tab")
    page.keyboard.press("Space")
    press_until(page, "document.activeElement.name === 'text'", "Tab")
    page.keyboard.type("Too much work.")
    press_until(page, "document.activeElement.matches('#act-veto button')", "Tab")
    page.keyboard.press("Enter")
    expect(window_of(page).get_by_role("button", name=wallet.name)).to_be_visible()
    press_until(page, "document.activeElement.matches('[data-wallets] button')", "Tab")
    page.keyboard.press("Enter")
    expect(window_of(page).locator("[data-part=review]")).to_be_visible()
    press_until(page, "document.activeElement.matches('[data-press=send]')", "Tab")
    page.keyboard.press("Enter")
    expect(said_in(page)).to_have_text("Your veto is on record.")
    page.keyboard.press("Escape")
    expect(window_of(page)).to_be_hidden()
    assert len(later.api(f"/proposals/{letter['id']}/vetoes")["items"]) == 1


def test_who_only_reads_does_not_carry_the_module(act_on, path):
    loaded = []
    page = act_on("/members")
    page.on("request", lambda request: loaded.append(request.url.partition("?")[0].rpartition("/")[2]))
    page.goto(page.url.partition("/members")[0] + path)
    page.wait_for_load_state("networkidle")
    assert "act.js" in loaded
    assert "acting.js" not in loaded
    with page.expect_request(re.compile(r"/acting\.js")):
        unfold(page, "Raise a veto")


def test_without_a_wallet_the_window_says_what_to_do(act_on, path):
    page = act_on(path)
    fold = fill_in_veto(page)
    fold.get_by_role("button", name="Check and review").click()
    expect(said_in(page)).to_contain_text("No wallet was found in this browser.")


def test_without_javascript_what_was_typed_stays_in_the_form(act_on, path):
    page = act_on(path, java_script_enabled=False)
    before = page.url
    fold = fill_in_veto(page)
    fold.get_by_role("button", name="Check and review").click()
    page.wait_for_timeout(300)
    assert page.url == before
    expect(fold.get_by_label("The text")).to_have_value(STATEMENT)
