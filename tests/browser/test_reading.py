"""Everything can be read: without JavaScript, in both languages, on a narrow screen, from this server alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

PAGES = ["/", "/proposals", "/members", "/members/SI-SONCNA", "/bodies", "/status", "/nothing/here"]


@pytest.fixture(scope="session")
def all_pages(first_in):
    states = ("open", "pending", "executed", "rejected", "withdrawn")
    return [*PAGES, *(f"/proposals/{first_in(state)['id']}" for state in states)]


@pytest.fixture(scope="session")
def reasoned(api):
    """The path of a proposal on which somebody gave a reason that can be read."""
    paths = [f"/proposals/{proposal['id']}" for proposal in api("/v1/proposals?limit=100")["items"]]
    return next(path for path in paths if any(each["reason"] for each in api(f"/v1{path}/ballots?limit=100")["items"]))


def test_a_proposal_is_readable_without_javascript(demo, open_context, open_motion):
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{demo.url}/proposals/{open_motion['id']}?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text(open_motion["texts"]["en"]["title"])
    expect(page.locator("#result")).to_contain_text("If voting ended now")
    expect(page.locator("#ballots")).to_contain_text("Who voted how")
    expect(page.locator("#vote noscript p")).to_be_visible()
    assert page.locator("#vote button:visible, #vote input:visible").count() == 0


@pytest.mark.parametrize(("locale", "heading"), [("sl-SI", "Predlogi"), ("en-GB", "Proposals"), ("de-DE", "Proposals")])
def test_the_browsers_language_decides_until_the_reader_does(demo, open_context, locale, heading):
    page = open_context(locale=locale).new_page()
    page.goto(f"{demo.url}/proposals")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.locator(".languages summary").click()
    page.get_by_role("link", name="Slovenščina").click()
    page.goto(f"{demo.url}/members")
    expect(page.get_by_role("heading", level=1)).to_have_text("Članice")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_is_wider_than_the_screen(demo, open_context, all_pages, width):
    page = open_context(viewport={"width": width, "height": 800}).new_page()
    for path in all_pages:
        page.goto(f"{demo.url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_pages_ask_nobody_but_this_server_and_break_no_rule_of_their_own(demo, open_context, all_pages):
    page = open_context().new_page()
    asked, broken = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: broken.append(message.text) if message.type == "error" else None)
    for path in all_pages:
        page.goto(f"{demo.url}{path}", wait_until="networkidle")
    assert [url for url in asked if not url.startswith((demo.url, "data:"))] == []
    assert [text for text in broken if "404" not in text] == []


def test_the_notice_of_the_sample_stands_on_every_page(demo, open_context, all_pages):
    page = open_context(java_script_enabled=False).new_page()
    for path in all_pages:
        page.goto(f"{demo.url}{path}")
        expect(page.locator(".notice")).to_contain_text("ILLUSTRATIVE SAMPLE DATA")


@pytest.mark.parametrize(("language", "marks"), [("en", "“”"), ("sl", "»«"), ("it", "«»"), ("ro", "„”"), ("el", "«»")])
def test_a_reason_stands_between_the_marks_of_the_pages_language_under_its_own(
    demo, open_context, reasoned, language, marks
):
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{demo.url}{reasoned}?lang={language}")
    quoted = page.locator("q.reason").evaluate_all("all => all.map(q => [getComputedStyle(q).quotes, q.lang])")
    assert {marks for marks, _ in quoted} == {f'"{marks[0]}" "{marks[1]}"'}
    assert {written for _, written in quoted} <= {"sl", "en"}


def test_filters_are_links_that_the_address_keeps(demo, open_context):
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{demo.url}/proposals?lang=en")
    page.get_by_role("navigation", name="Filters").get_by_role("link", name="Rejected").click()
    page.get_by_role("navigation", name="Filters").get_by_role("link", name="General Assembly").click()
    assert page.url.endswith("/proposals?state=rejected&body=general_assembly")
    chips = page.locator(".card .chip")
    assert chips.count() > 0
    assert {text.strip() for text in chips.all_inner_texts()} == {"Rejected"}


def test_every_filter_is_in_sight_on_a_phone(demo, open_context):
    page = open_context(viewport={"width": 360, "height": 800}).new_page()
    page.goto(f"{demo.url}/proposals?lang=sl")
    edges = page.eval_on_selector_all(".filter li a", "all => all.map(one => one.getBoundingClientRect().right)")
    assert len(edges) > 10
    assert max(edges) <= 360


def test_whatever_can_be_pressed_is_large_enough_for_a_thumb(demo, open_context, newcomer, open_motion):
    _, wallet = newcomer
    context = open_context(viewport={"width": 360, "height": 800})
    wallet.enter(context)
    page = context.new_page()
    page.goto(f"{demo.url}/proposals/{open_motion['id']}?lang=en")
    page.get_by_role("button", name=wallet.name).click()
    page.get_by_role("radio", name="For", exact=True).check()
    heights = page.eval_on_selector_all(
        "#vote button:not([hidden]), #vote label.choice, .masthead nav a, details > summary",
        "all => all.map(one => one.getBoundingClientRect().height).filter(height => height > 0)",
    )
    assert len(heights) > 8
    assert min(heights) >= 44
