"""Members do on a proposal what is no ballot, with a wallet in a real browser, on a real chain."""

from __future__ import annotations

import hashlib

import pytest
from acting import close, review, said_in, send, unfold, window_of
from playwright.sync_api import expect

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
