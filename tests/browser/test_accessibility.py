"""Everybody can read and vote: axe finds nothing, the keyboard is enough, and large letters fit on small screens."""

from __future__ import annotations

import pytest
from axe import UNFOLD, faults_of
from playwright.sync_api import expect

from backend.portal.languages import languages

STOP = """() => {
  const found = document.activeElement;
  if (found === document.body) return null;
  const box = found.getBoundingClientRect(), style = getComputedStyle(found);
  return {
    name: found.outerHTML.slice(0, 120),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""
MOST_STOPS = 400


@pytest.mark.parametrize(("scheme", "organisation"), [("light", ""), ("dark", "SI-SONCNA")])
def test_axe_finds_nothing_on_any_page_in_any_state(demo, open_context, every_page, scheme, organisation):
    page = open_context(color_scheme=scheme, bypass_csp=True).new_page()
    page.goto(f"{demo.url}/?organisation={organisation}")
    found = {}
    for path in every_page:
        page.goto(f"{demo.url}{path}")
        found[path] = faults_of(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_of_somebody_who_is_about_to_vote(
    demo, open_context, open_motion, newcomer, scheme
):
    _, wallet = newcomer
    context = open_context(color_scheme=scheme, bypass_csp=True)
    wallet.enter(context)
    page = context.new_page()
    page.goto(f"{demo.url}/proposals/{open_motion['id']}")
    page.get_by_role("button", name=wallet.name).click()
    page.get_by_role("radio", name="For", exact=True).wait_for()
    assert faults_of(page) == []
    page.get_by_role("radio", name="For", exact=True).check()
    assert faults_of(page) == []


def stops_of(page):
    """What has the focus after each press of the tabulator, from the top of the page to its end."""
    found = []
    while len(found) < MOST_STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return found
        found.append(stop)
    raise AssertionError("the focus does not leave the page")


@pytest.mark.parametrize("path", ["/", "/proposals", "/decisions", "/members/SI-SONCNA", "/participation", "/verify"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen_wherever_it_is(demo, open_context, path, scheme):
    page = open_context(color_scheme=scheme).new_page()
    page.goto(f"{demo.url}{path}")
    stops = stops_of(page)
    assert len(stops) > 15
    assert [stop["name"] for stop in stops if not (stop["seen"] and stop["ringed"])] == []


def test_a_reader_gets_from_the_first_page_to_a_ballot_by_keyboard_alone(demo, open_context, newcomer):
    key, _ = newcomer
    page = open_context().new_page()
    page.goto(f"{demo.url}/?organisation={key.code}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.locator(".tasks h2 a").first
    expect(first).to_be_focused()
    title = first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.parametrize(("width", "size"), [(320, 100), (320, 200), (1280, 200)])
def test_every_page_fits_a_narrow_screen_and_large_letters_in_the_longest_language(
    demo, open_context, every_page, longest_language, width, size
):
    page = open_context(viewport={"width": width, "height": 900}, bypass_csp=True).new_page()
    page.goto(f"{demo.url}/?organisation=SI-SONCNA&lang={longest_language}")
    too_wide = {}
    for path in every_page:
        page.goto(f"{demo.url}{path}")
        page.add_style_tag(content=f"html {{ font-size: {size}% }}")
        page.evaluate(UNFOLD)
        taken = page.evaluate("document.documentElement.scrollWidth")
        if taken > width:
            too_wide[path] = taken
    assert too_wide == {}


def test_whatever_can_be_pressed_on_a_page_that_is_read_is_large_enough_for_a_thumb(demo, open_context, every_page):
    page = open_context(viewport={"width": 360, "height": 900}).new_page()
    page.goto(f"{demo.url}/?organisation=SI-SONCNA")
    found = {}
    for path in every_page:
        page.goto(f"{demo.url}{path}")
        small = page.eval_on_selector_all(
            "nav a, .button, summary, select, .here, .tap, .brand",
            """all => all.filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 43.9)
                   .map(one => one.outerHTML.slice(0, 120))""",
        )
        if small:
            found[path] = small
    assert found == {}


@pytest.mark.parametrize("language", languages())
def test_the_navigation_of_a_phone_is_two_lines_of_places_as_wide_as_a_thumb(demo, open_context, language):
    page = open_context(viewport={"width": 360, "height": 800}).new_page()
    page.goto(f"{demo.url}/?lang={language}")
    places = page.eval_on_selector_all(
        ".masthead nav a", "all => all.map(one => one.getBoundingClientRect()).map(at => [at.top, at.width, at.height])"
    )
    assert len({round(top) for top, _, _ in places}) <= 2
    assert min(min(width, height) for _, width, height in places) >= 43.9


def test_colours_that_the_reader_forces_still_tell_the_choices_apart(demo, open_context, open_motion):
    page = open_context(forced_colors="active").new_page()
    page.goto(f"{demo.url}/proposals/{open_motion['id']}")
    fills = page.eval_on_selector_all(
        "#result .chart-ballots rect", "all => all.map(one => [one.getAttribute('class'), getComputedStyle(one).fill])"
    )
    assert len(fills) > 2
    assert len({fill for _, fill in fills}) == len({name for name, _ in fills})


def test_nothing_moves_for_readers_who_want_no_motion(demo, open_context, open_motion):
    page = open_context(reduced_motion="reduce").new_page()
    page.goto(f"{demo.url}/proposals/{open_motion['id']}")
    lasting = page.evaluate(
        """[...document.querySelectorAll("*")].map(one => getComputedStyle(one)).filter(
             style => parseFloat(style.transitionDuration) > 0 || parseFloat(style.animationDuration) > 0).length"""
    )
    assert lasting == 0
