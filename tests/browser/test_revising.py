"""A vetoed proposal is put again in another form, and a question that had no quorum is called again."""

from __future__ import annotations

import pytest
from acting import review, said_in, send, unfold, window_of
from playwright.sync_api import expect
from signing_wallet import SigningWallet, say, sign_in, who

from backend.domain.ballots import Choice

DAY = 86_400
PROPOSER = "IT-FIS"
CHECKED = "Nothing speaks against it. Read the preview, then publish."


@pytest.fixture
def vetoed(later):
    """A letter that found its majority, and against which a veto stands."""
    letter = later.put("service_catalogue")
    later.open(letter)
    later.vote(letter, Choice.FOR, most=20)
    governor = later.governor()
    later.wallet("GR-MOL").send(governor.address, governor.data("veto", int(letter["id"]), 2, b"\1" * 32))
    later.close(letter)
    return letter


@pytest.fixture
def proposer(later):
    return SigningWallet(later.node, "0x" + later.key(PROPOSER).hex())


def form_of(act_on, wallet, vetoed):
    """From the vetoed proposal's page to the form of the same kind, two links on."""
    page = act_on(f"/proposals/{vetoed['id']}", wallet)
    page.get_by_role("link", name="Put a revised proposal").click()
    expect(page.get_by_text("A revised proposal in the place of a vetoed one:")).to_be_visible()
    page.locator("a.kind").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Service catalogue")
    expect(who(page)).not_to_be_empty()
    return page


def title_in(page):
    return page.locator('fieldset[data-language="en"]').get_by_label("Title")


def check(page):
    page.locator("input[name=opens][value=soon]").check()
    page.get_by_role("button", name="Check and preview").click()


def test_a_vetoed_proposal_is_put_again_in_another_form(act_on, later, vetoed, proposer):
    page = form_of(act_on, proposer, vetoed)
    title = vetoed["texts"]["en"]["title"]
    expect(title_in(page)).to_have_value(title)
    title_in(page).fill(f"{title}, at half the price")
    check(page)
    expect(say(page)).to_have_text(CHECKED)
    page.get_by_role("button", name="Publish the proposal").click()
    expect(say(page)).to_have_text("The proposal is published.")
    page.get_by_role("link", name="Open the proposal").click()
    expect(page.locator("main")).to_contain_text("A revised proposal in the place of a vetoed one:")
    number = page.url.rpartition("/")[2]
    assert later.proposal(number)["revises"]["id"] == vetoed["id"]
    assert later.proposal(vetoed["id"])["revised_by"]["id"] == number
    again = act_on("/propose/service_catalogue", proposer)
    again.goto(f"{later.url}/propose/service_catalogue?revises={vetoed['id']}")
    expect(again.locator(".warning").first).to_contain_text("This proposal cannot be revised")
    title_in(again).fill("Once more")
    check(again)
    expect(say(again)).to_have_text("This cannot be done where the proposal stands now.")


def test_a_draft_keeps_in_whose_place_it_will_be_put(act_on, later, vetoed, proposer):
    page = form_of(act_on, proposer, vetoed)
    sign_in(page, later.api(f"/members/{PROPOSER}")["name"])
    title_in(page).fill("Half a revision")
    expect(page.locator("[data-draft]")).to_contain_text("Saved at ")
    page.goto(f"{later.url}/drafts")
    page.get_by_role("link", name="Half a revision").click()
    expect(page.get_by_text("A revised proposal in the place of a vetoed one:")).to_be_visible()
    expect(title_in(page)).to_have_value("Half a revision")
    assert f"revises={vetoed['id']}" in page.url
    check(page)
    expect(say(page)).to_have_text(CHECKED)


def test_only_kinds_of_the_same_body_take_the_place_of_a_proposal(act_on, later, vetoed, api):
    page = act_on("/propose")
    every = page.locator("a.kind").count()
    page.goto(f"{later.url}/propose?revises={vetoed['id']}")
    kinds = {kind["name"]: kind["body"] for kind in api("/v1/kinds")["items"]}
    offered = [link.get_attribute("href") for link in page.locator("a.kind").all()]
    assert len(offered) < every
    assert {kinds[path.partition("?")[0].rpartition("/")[2]] for path in offered} == {vetoed["body"]}
    assert all(path.endswith(f"?revises={vetoed['id']}") for path in offered)
    elsewhere = next(name for name, body in kinds.items() if body != vetoed["body"])
    for path in (f"/propose/{elsewhere}?revises={vetoed['id']}", "/propose?revises=1", "/propose?revises=x"):
        page.goto(later.url + path)
        expect(page.locator("main")).to_contain_text("this reference:")


def test_a_question_without_a_quorum_is_called_again_from_its_own_page(act_on, signer_of, later):
    report = later.put("annual_report")
    later.open(report)
    later.close(report)
    wallet = signer_of("IT-TORINO")
    page = act_on(f"/proposals/{report['id']}", wallet)
    fold = unfold(page, "Call the question again")
    moment = page.evaluate(
        "s => { const d = new Date(s * 1000);"
        " return new Date(d - d.getTimezoneOffset() * 60000).toISOString().slice(0, 16) }",
        later.node.block_time + 16 * DAY,
    )
    fold.get_by_label("Voting opens").fill(moment)
    review(page, fold, wallet)
    send(page)
    expect(said_in(page)).to_have_text("The question is called again.")
    window_of(page).get_by_role("link", name="See what came of it").click()
    expect(page.locator("main")).to_contain_text("Call 2 of a question that had no quorum")
