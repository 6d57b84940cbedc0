"""A vetoed proposal is put again in another form, and a question that had no quorum is called again."""

from __future__ import annotations

import pytest
from acting import review, said_in, send, unfold, window_of
from playwright.sync_api import expect
from signing_wallet import SigningWallet, say, sign_in

from backend.documents.proposal_text import Attachment, ProposalDocument, Text
from backend.documents.store import DocumentStore
from backend.domain.ballots import Choice
from scripts.propose import Call, filing, propose, resolution

DAY = 86_400
PROPOSER = "IT-FIS"
CHECKED = "Nothing speaks against it. Read the preview, then publish."


@pytest.fixture
def vetoed(later):
    """A letter that found its majority, and against which a veto stands."""
    return veto(later, later.put("service_catalogue"))


def veto(later, proposal):
    later.open(proposal)
    later.vote(proposal, Choice.FOR, most=20)
    governor = later.governor()
    later.wallet("GR-MOL").send(governor.address, governor.data("veto", int(proposal["id"]), 2, b"\1" * 32))
    later.close(proposal)
    return proposal


def put(later, calls_for, texts, authoritative, *attachments):
    """Put a proposal with a text of several languages."""
    written = {language: Text(title, "", body) for language, (title, body) in texts.items()}
    document = ProposalDocument(authoritative, "B-1", written, attachments)
    cid = DocumentStore(later.folder / "documents").put_proposal(document)
    wallet = later.wallet("RO-GDC")
    return later.proposal(propose(wallet, later.governor(), filing(calls_for(cid), cid, wallet.address)))


@pytest.fixture
def proposer(later):
    return SigningWallet(later.node, "0x" + later.key(PROPOSER).hex())


def form_of(act_on, wallet, vetoed):
    """From the vetoed proposal's page to the form of the same kind."""
    page = act_on(f"/proposals/{vetoed['id']}", wallet)
    page.get_by_role("link", name="Put a revised proposal").click()
    expect(page.get_by_text("A revised proposal in the place of a vetoed one:")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("What is to be decided?")
    expect(say(page)).to_contain_text("The form begins with the vetoed proposal")
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


def test_a_revision_begins_with_all_acts_languages_and_attachments_of_the_first(act_on, later, proposer):
    registry, until = later.contract("MemberRegistry"), later.node.block_time + 900 * DAY + 17
    seated, leaving = (later.api(f"/members/{code}") for code in ("IT-POLIMI", "GR-ANKA"))
    calls = [
        Call(registry.address, registry.data("grantSeat", 1, seated["id"], until)),
        Call(registry.address, registry.data("endSeat", 1, leaving["id"])),
    ]
    texts = {"sl": ("Sedeža v odboru", "Eden pride."), "en": ("Two seats", "One comes."), "mk": ("Две места", "Едно.")}
    annex = Attachment("letter.pdf", "ab" * 32, 9)
    first = veto(later, put(later, lambda _: calls, texts, "mk", annex))
    page = form_of(act_on, proposer, first)
    acts = page.locator("[data-acts] > fieldset")
    expect(acts).to_have_count(2)
    expect(acts.nth(0).get_by_label("Organisation")).to_have_value(str(seated["id"]))
    expect(acts.nth(1).get_by_label("Organisation")).to_have_value(str(leaving["id"]))
    for language, (title, body) in texts.items():
        written = page.locator(f'fieldset[data-language="{language}"]')
        expect(written.get_by_label("Title")).to_have_value(title)
        expect(written.get_by_label("Full text")).to_have_value(body)
    expect(page.locator('fieldset[data-language="mk"] input[name=authoritative]')).to_be_checked()
    expect(page.locator("[data-files]")).to_contain_text("letter.pdf")
    title_in(page).fill("Two seats, later")
    second = publish(page, later)
    assert second["calls"] == first["calls"]
    assert second["attachments"] == first["attachments"] != []
    assert set(second["texts"]) == set(texts)
    assert (second["kind"], second["authoritative"]) == (first["kind"], "mk")


def test_particulars_at_the_head_of_the_vetoed_text_are_back_in_their_fields(act_on, later, proposer):
    texts = {
        "sl": ("Proračun", "Proračunska postavka: Orodja\nZnesek v evrih: 12.000\n\nKot piše."),
        "en": ("Budget", "Budget line: Orodja\nAmount in euro: 12.000\n\nAs it says."),
    }

    def decided(cid):
        return [resolution(later.contract("Rulebook"), later.record, "budget", cid)]

    first = veto(later, put(later, decided, texts, "sl"))
    page = form_of(act_on, proposer, first)
    expect(page.get_by_label("Amount in euro")).to_have_value("12.000")
    expect(page.locator('fieldset[data-language="sl"]').get_by_label("Full text")).to_have_value("Kot piše.")
    page.get_by_label("Amount in euro").fill("9.000")
    bodies = {language: text["body"] for language, text in publish(page, later)["texts"].items()}
    assert bodies == {language: body.replace("12.000", "9.000") for language, (_, body) in texts.items()}


def publish(page, later):
    check(page)
    expect(say(page)).to_have_text(CHECKED)
    page.get_by_role("button", name="Publish the proposal").click()
    expect(say(page)).to_have_text("The proposal is published.")
    return later.proposal(page.get_by_role("link", name="Open the proposal").get_attribute("href").rpartition("/")[2])


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
    page.goto(f"{later.url}/propose/{elsewhere}?revises={vetoed['id']}")
    expect(page).to_have_url(f"{later.url}/propose?revises={vetoed['id']}")
    for path in ("/propose/work_plan?revises=1", "/propose?revises=1", "/propose?revises=x"):
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
