"""Pages on which somebody is about to act: axe finds nothing, they fit small screens, and ask nobody else for anything.

Each is brought to its state once, in the language with the longest words, and then looked at in every way.
"""

from __future__ import annotations

import pytest
from acting import window_of
from axe import UNFOLD, faults_of
from playwright.sync_api import expect
from signing_wallet import SigningWallet, who

from scripts.roll import sample_key

MINE = "SI-NOORDUNG"
WAYS = ((320, 100), (320, 200), (1280, 200))
SMALL = """all => all.filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 43.9)
  .map(one => one.outerHTML.slice(0, 120))"""
PRESSED = (
    ".button, button, summary, select, main input:not([type=checkbox], [type=radio], [type=hidden]), .choice, .tick"
)


@pytest.fixture
def state_of(request, demo, open_context, longest_language):
    """A page in one of the states below, with the addresses it has asked for."""

    def bring(name):
        context = open_context(bypass_csp=True, reduced_motion="reduce")
        asked = []
        context.on("request", lambda sent: asked.append(sent.url))
        url, path, wallet, act = STATES[name](request)
        wallet.enter(context)
        page = context.new_page()
        page.goto(f"{url}{path}{'&' if '?' in path else '?'}lang={longest_language}")
        act(page)
        return page, [one for one in asked if not one.startswith((f"{url}/", "data:"))]

    return bring


def member_of(request):
    demo = request.getfixturevalue("demo")
    return demo, SigningWallet(demo.node, "0x" + sample_key(MINE).hex())


def signing_in(request):
    demo, wallet = member_of(request)
    return demo.url, "/sign-in", wallet, sign_in


def sign_in(page):
    expect(page.locator("[data-act=sign-in]")).to_be_visible()
    page.locator("[data-act=sign-in]").click()
    expect(page.locator("[data-act=sign-out]")).to_be_visible()


def own_organisation(request):
    def act(page):
        sign_in(page)
        page.evaluate(UNFOLD)
        page.locator("[data-person-form] button[type=submit]").click()
        page.locator("[data-rotate] button[type=submit]").click()
        expect(page.locator("#new-wallet-error")).to_be_visible()

    demo, wallet = member_of(request)
    return demo.url, f"/organisation?organisation={MINE}", wallet, act


def proposal_with_errors(request):
    def act(page):
        expect(who(page)).not_to_be_empty()
        page.locator("[data-part=form] button[type=submit]").click()
        expect(page.locator("[data-error=opens]")).to_be_visible()

    demo, wallet = member_of(request)
    return demo.url, "/propose/member_admission", wallet, act


def proposal_under_review(request):
    def act(page):
        sign_in(page)
        page.locator("[data-texts] input[type=text]").first.fill("Ἕν ἐρώτημα")
        page.locator("input[name=opens][value=soon]").check()
        page.locator("[data-part=form] button[type=submit]").click()
        expect(page.locator("[data-part=review]")).to_be_visible()

    demo, wallet = member_of(request)
    return demo.url, "/propose/strategy", wallet, act


def drafts(request):
    def act(page):
        sign_in(page)
        origin = page.url.partition("/propose")[0]
        page.locator("[data-texts] input[type=text]").first.fill("Kept" * 30)
        expect(page.locator("[data-draft]")).not_to_be_empty()
        page.wait_for_url("**draft=*")
        page.goto(f"{origin}/drafts")
        page.locator("[data-drafts] [data-remove]").first.click()
        expect(page.locator("[data-drafts] [data-sure]").first).to_be_visible()

    demo, wallet = member_of(request)
    return demo.url, "/propose/annual_report", wallet, act


def ballot_under_review(request):
    def act(page):
        page.locator("#vote [data-wallets] button").click()
        page.locator("form[data-part=ballot] input[value=for]").check()
        expect(page.locator("[data-piece=review]")).to_be_visible()

    _, wallet = request.getfixturevalue("newcomer")
    demo, motion = request.getfixturevalue("demo"), request.getfixturevalue("open_motion")
    return demo.url, f"/proposals/{motion['id']}", wallet, act


def act_under_review(request):
    def act(page):
        page.locator("#act-veto > summary").click()
        fold = page.locator("#act-veto")
        fold.locator("input[name=ground]").first.check()
        fold.locator("textarea").fill("It costs too much.")
        fold.locator("button[data-way=send]").click()
        window_of(page).locator("[data-wallets] button").click()
        expect(window_of(page).locator("[data-part=review]")).to_be_visible()

    later, signer_of = request.getfixturevalue("later"), request.getfixturevalue("signer_of")
    letter = later.put("service_catalogue")
    later.open(letter)
    return later.url, f"/proposals/{letter['id']}", signer_of("IT-FIS"), act


def mandate_to_give(request):
    def act(page):
        page.evaluate(UNFOLD)
        page.locator("form[data-act] button[data-way=send]").first.click()
        expect(page.locator("[data-form-say]").first).to_be_visible()

    later, signer_of = request.getfixturevalue("later"), request.getfixturevalue("signer_of")
    return later.url, "/mandates/give", signer_of("SI-PIP"), act


STATES = {
    each.__name__: each
    for each in (
        *(signing_in, own_organisation, proposal_with_errors, proposal_under_review, drafts),
        *(ballot_under_review, act_under_review, mandate_to_give),
    )
}


@pytest.mark.parametrize("name", STATES)
def test_whoever_is_about_to_act_can_read_press_and_see_all_of_it(state_of, name):
    page, elsewhere = state_of(name)
    faults = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        faults[scheme] = faults_of(page)
    page.set_viewport_size({"width": 360, "height": 900})
    faults["small"] = page.eval_on_selector_all(PRESSED, SMALL)
    for width, size in WAYS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
        taken = page.evaluate("document.documentElement.scrollWidth")
        faults[f"{width} px, {size} %"] = [taken] if taken > width else []
    assert {way: found for way, found in faults.items() if found} == {}
    assert elsewhere == []
