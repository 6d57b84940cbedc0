"""From the first page to the receipt a returning member acts four times at most, its wallet's window counted too."""

from __future__ import annotations

from ballot_paper import expect_counted, mark, sign, status_of
from playwright.sync_api import expect

MOST = 4
COUNT = """
for (const kind of ["pointerdown", "keydown"]) {
  addEventListener(kind, (event) => event.isTrusted && window.countAct(kind), { capture: true });
}
"""


def test_a_returning_member_acts_at_most_four_times_from_the_first_page_to_the_receipt(
    demo, open_context, voter, open_motion
):
    key, wallet = voter
    acts = []
    context = open_context()
    wallet.enter(context)
    page = context.new_page()
    page.goto(f"{demo.url}/proposals/{open_motion['id']}?lang=en")
    page.get_by_role("button", name=wallet.name).click()  # it has been here before
    expect(status_of(page)).to_contain_text(f"You vote for {key.name}.")
    context.expose_function("countAct", lambda kind: acts.append(kind))  # noqa: PLW0108 - Playwright marks what it is given
    context.add_init_script(COUNT)
    before = wallet.confirmed

    page.goto(f"{demo.url}/")
    page.locator(f"main a[href='/proposals/{open_motion['id']}']").first.click()
    mark(page, "For")
    sign(page)
    expect_counted(page, "For", key.name)

    expect(page.locator("#vote").get_by_role("link", name="Open the receipt")).to_be_visible()
    assert len(acts) > 0, "what is counted is counted"
    assert len(acts) + wallet.confirmed - before <= MOST
