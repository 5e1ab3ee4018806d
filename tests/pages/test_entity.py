"""The page of an entity: who it is, its facts with their evidence, what is doubted, and its picture."""

from __future__ import annotations

from tests.api.industry import eid
from tests.pages.conftest import PHONE, Open, settled
from tests.pages.world import HOSTILE, QUOTE


def place(name: str) -> str:
    return f"/entity/{eid(name)}"


def test_who_it_is(visit: Open) -> None:
    page = visit(place("Night Train"))
    head = page.locator("main header").inner_text()
    assert "film 1998" in head
    assert "also Nachtzug, 夜行列車" in head
    assert "test Night Train" in head
    assert page.title() == "Night Train · Marquee"


def test_facts_stand_by_relation_with_how_sure_one_is(visit: Open) -> None:
    page = visit(place("Night Train"))
    cast = page.locator("section.group", has=page.get_by_role("heading", name="Cast"))
    assert cast.get_by_role("link").all_inner_texts()[:2] == ["Ann Arbor", "Bo Diddle"]
    assert "as Mona" in cast.inner_text()
    assert cast.get_by_role("img", name="97% likely, between 87% and 99%").count() == 4
    particulars = page.locator("section.group", has=page.get_by_role("heading", name="Particulars")).inner_text()
    assert "March 1998" in particulars
    assert "1 h 45 min" in particulars
    assert "1,200,000 USD" in particulars


def test_evidence_from_a_text_stands_in_its_context(visit: Open) -> None:
    page = visit(place("Slow Boat"))
    doubtful = page.locator("section.doubtful")
    assert "pending" in doubtful.inner_text()
    doubtful.get_by_role("button", name="Evidence for Cy Young").click()
    page.get_by_text("Notes of May. 🎬 The harbour was full.").wait_for()
    assert page.locator("blockquote mark").inner_text() == QUOTE
    assert page.locator("blockquote mark b").all_inner_texts() == ["Cy Young", "Slow Boat"]
    caption = page.locator("article footer").inner_text()
    assert "notes" in caption
    assert "May.txt, CC0" in caption
    page.get_by_text("What the probability is made of").click()
    assert "+0.80" in page.locator(".parts").inner_text()


def test_evidence_opens_and_closes_by_keys(visit: Open) -> None:
    page = visit(place("Night Train"))
    button = page.get_by_role("button", name="Evidence for Ann Arbor")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_text("films.csv, row 7").first.wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "false"
    assert not page.get_by_text("films.csv, row 7").is_visible()


def test_what_is_not_believed_stands_apart(visit: Open) -> None:
    page = visit(place("Night Train"))
    apart = page.locator("section.refused")
    assert not apart.get_by_role("link", name="Flo Rida").is_visible()
    apart.locator("summary").click()
    assert "directed by Flo Rida" in apart.locator(".fact").inner_text().replace("\n", " ")


def test_without_a_model_the_page_says_what_to_do(visit: Open) -> None:
    page = visit(place("Night Train"))
    page.get_by_role("heading", name="Expected, yet not stated").scroll_into_view_if_needed()
    page.get_by_text("marquee train links").wait_for()


def test_the_picture_is_walked_by_keys(visit: Open) -> None:
    page = visit(place("Night Train"))
    picture = page.get_by_role("application")
    picture.focus()
    caption = page.locator(".caption")
    page.locator(".caption", has_text="Night Train film").wait_for()
    page.keyboard.press("ArrowRight")
    first = caption.inner_text()
    assert first != "Night Train film"
    page.keyboard.press("Enter")
    settled(page)
    page.keyboard.press("o")
    page.get_by_role("heading", level=1, name=first.split(" ")[0]).wait_for()


def test_a_click_walks_on(visit: Open) -> None:
    page = visit(place("Ann Arbor"))
    page.locator(".caption", has_text="Ann Arbor person").wait_for()
    box = page.get_by_role("application").bounding_box()
    at = page.evaluate("""() => {
      const core = document.querySelector(".picture")._cyreg.cy;
      return core.nodes().filter((one) => one.data("name") === "Day Train").renderedPosition();
    }""")
    with page.expect_response("**/graphql"):
        page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    page.locator(".caption", has_text="Day Train film").wait_for()
    names = "document.querySelector('.picture')._cyreg.cy.nodes().map((one) => one.data('name'))"
    assert {"Ann Arbor", "Day Train", "Bolt"} <= set(page.evaluate(names))


def test_hostile_names_are_text(visit: Open) -> None:
    page = visit(place("Night Train"))
    page.get_by_role("button", name=f"Evidence for {HOSTILE}").click()
    page.get_by_text(f"cast: {HOSTILE}").wait_for()
    assert page.get_by_text("a & <b>.csv, row 2").is_visible()
    assert page.locator("main img:not([role])").count() == 0


def test_an_unknown_id_says_so(visit: Open) -> None:
    page = visit("/entity/enothing%3Cb%3E")
    page.get_by_role("heading", name="Nothing has this id").wait_for()
    assert page.get_by_text("enothing<b>").is_visible()


def test_it_fits_a_phone(visit: Open) -> None:
    for name in ("Night Train", "Slow Boat", "Thriller"):
        page = visit(place(name), size=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
