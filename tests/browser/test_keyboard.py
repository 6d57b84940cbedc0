"""Everything from the first page to the receipt is done by keyboard alone."""

from __future__ import annotations

from acting import press_until
from ballot_paper import expect_counted, status_of
from playwright.sync_api import expect


def test_a_member_gets_from_the_first_page_to_its_receipt_by_keyboard_alone(demo, open_context, voter, open_motion):
    key, wallet = voter
    context = open_context()
    wallet.enter(context)
    page = context.new_page()
    page.goto(f"{demo.url}/?organisation={key.code}&lang=en")
    press_until(page, f"document.activeElement.matches(\"main a[href='/proposals/{open_motion['id']}']\")", "Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=wallet.name)).to_be_visible()
    press_until(page, "document.activeElement.matches('#vote [data-wallets] button')", "Tab")
    page.keyboard.press("Enter")
    expect(status_of(page)).to_contain_text(f"You vote for {key.name}.")
    press_until(page, "document.activeElement.name === 'choice'", "Tab")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.querySelector('input[name=choice]:checked').value")
    press_until(page, "document.activeElement.dataset.act === 'sign'", "Tab")
    page.keyboard.press("Enter")
    expect_counted(page, chosen.capitalize(), key.name)
    expect(page.locator("#vote").get_by_role("link", name="Open the receipt")).to_be_visible()
    press_until(page, "document.activeElement.textContent.trim() === 'Open the receipt'", "Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".receipt")).to_contain_text(key.name)
    expect(page.locator(".receipt").get_by_role("heading", level=2)).to_contain_text(chosen.capitalize())
