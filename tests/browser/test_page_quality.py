"""Pages are light, keep still, keep to their headers, can be read without JavaScript and can be printed."""

from __future__ import annotations

from playwright.sync_api import expect

from backend.app import SECURITY_HEADERS

HEAVIEST = 60_000
"""Bytes of a proposal's page with all that belongs to it, compressed."""
SHIFTS = """() => { window.shifted = 0; new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true}); }"""
MOST_SHIFT = 0.02


def test_a_proposals_page_with_all_that_belongs_to_it_is_light(demo, open_context, every_proposal):
    for path in every_proposal:
        page = open_context().new_page()
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        loaded = []
        network.on("Network.loadingFinished", lambda done, loaded=loaded: loaded.append(done["encodedDataLength"]))
        page.goto(f"{demo.url}{path}", wait_until="networkidle")
        assert len(loaded) > 3, path
        assert sum(loaded) <= HEAVIEST, path


def test_every_page_keeps_the_browser_to_our_own_files(demo, open_context, every_page):
    request = open_context().request
    for path in every_page:
        headers = request.get(f"{demo.url}{path}").headers
        assert {name: headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS, path
        assert "unsafe" not in headers["content-security-policy"]


def test_no_page_asks_another_host_for_anything_or_breaks_its_own_policy(demo, open_context, every_page):
    page = open_context().new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    for path in every_page:
        page.goto(f"{demo.url}{path}", wait_until="networkidle")
    assert len(asked) > len(every_page)
    assert [url for url in asked if not url.startswith((f"{demo.url}/", "data:"))] == []
    assert complaints == []


def test_every_page_is_read_without_javascript(demo, open_context, every_page):
    with_it, without = open_context().new_page(), open_context(java_script_enabled=False).new_page()
    for path in every_page:
        without.goto(f"{demo.url}{path}")
        expect(without.get_by_role("heading", level=1)).to_be_visible()
        with_it.goto(f"{demo.url}{path}")
        headings = [page.locator("main :is(h1, h2, h3):visible").all_inner_texts() for page in (with_it, without)]
        assert [text for text in headings[0] if text not in headings[1]] == [], path


def test_no_page_shifts_while_it_loads(demo, open_context, every_page):
    context = open_context(viewport={"width": 360, "height": 800})
    context.add_init_script(f"({SHIFTS})()")
    page = context.new_page()
    shifts = {}
    for path in every_page:
        page.goto(f"{demo.url}{path}", wait_until="networkidle")
        shifts[path] = page.evaluate("window.shifted")
    assert {path: shift for path, shift in shifts.items() if shift > MOST_SHIFT} == {}


def test_a_proposal_is_printed_with_results_and_full_addresses_and_without_what_only_a_screen_can_do(
    demo, open_context, first_in
):
    page = open_context(java_script_enabled=False).new_page()
    page.emulate_media(media="print")
    page.goto(f"{demo.url}/proposals/{first_in('executed')['id']}?lang=en")
    for gone in (".masthead nav", ".vote", ".more", ".skip", "#ballots nav"):
        expect(page.locator(gone).first).to_be_hidden()
    for kept in (".verdict", ".trace", ".timeline", ".chart-ballots", "#ballots tbody code.address"):
        expect(page.locator(kept).first).to_be_visible()


def test_an_organisation_is_chosen_from_the_list_without_javascript_and_forgotten_again(demo, open_context):
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{demo.url}/?lang=en")
    page.get_by_role("link", name="Choose your organisation").click()
    page.get_by_label("Organisation", exact=True).select_option("SI-SONCNA")
    page.get_by_role("button", name="Show my votes").click()
    expect(page.locator(".here-name")).to_have_text("Sončna zadruga")
    page.goto(f"{demo.url}/proposals")
    expect(page.locator(".here-name")).to_have_text("Sončna zadruga")
    page.goto(demo.url)
    page.get_by_role("link", name="Forget the choice").click()
    expect(page.get_by_role("link", name="Choose your organisation")).to_be_visible()


def test_charts_have_the_same_in_a_table_behind_them(demo, open_context):
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{demo.url}/participation?lang=en")
    assert page.get_by_role("img").count() > 10
    for summary in page.get_by_text("The same as a table").all():
        summary.click()
    assert page.get_by_role("table").count() == 3


def test_ballots_are_narrowed_by_choice_with_the_own_one_always_on_top(demo, open_context, first_in):
    proposal = first_in("executed", body="general_assembly")
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{demo.url}/?organisation=SI-SONCNA&lang=en")
    page.goto(f"{demo.url}/proposals/{proposal['id']}")
    page.get_by_role("navigation", name="Ballots by choice").get_by_role("link", name="Against").click()
    rows = page.locator("#ballots tbody tr")
    expect(rows.first).to_have_class("mine")
    assert {row.get_attribute("data-choice") for row in rows.all()[1:]} <= {"against"}
