"""A page whose map cannot be opened: it says why, and shows what readers without script are shown."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
OLD = "delete window.DecompressionStream"


def altered(page_file, folder, *changes):
    text = page_file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "altered.html").write_text(text, encoding="utf-8")
    return folder / "altered.html"


def spoiled(page_file):
    """A change in the middle of the packed data."""
    text = page_file.read_text(encoding="utf-8")
    at = text.index('"data":"') + 20_000
    return text[at : at + 60], text[at : at + 60].swapcase()


@pytest.fixture
def old_browser(chromium):
    """Opens a file in a browser that cannot inflate."""
    context = chromium.new_context(offline=True, viewport=DESK)
    context.add_init_script(OLD)
    page = context.new_page()

    def open_file(path):
        page.goto(path.as_uri())
        page.wait_for_selector(".t-fault")
        return page

    yield open_file
    context.close()


def assert_still(page):
    """The drawing and the table of one day are shown, and the empty map is gone."""
    still = page.locator(".t-still")
    assert still.locator("> svg").is_visible()
    assert "Government" in still.locator("table").inner_text()
    assert "imply no endorsement" in still.inner_text()
    assert not page.locator(".t-app").is_visible()


def test_a_browser_that_cannot_inflate_is_told_which_can(page_file, old_browser):
    page = old_browser(page_file)
    assert "Firefox 113" in page.locator(".t-fault [role=alert]").inner_text()
    assert_still(page)


def test_a_page_of_another_version_says_both(page_file, tmp_path, visit):
    page = visit(altered(page_file, tmp_path, ('"version":4}', '"version":9}'))).page
    said = page.locator(".t-fault [role=alert]").inner_text()
    assert "version 4" in said
    assert "version 9" in said
    assert_still(page)


def test_spoiled_data_is_called_spoiled(page_file, tmp_path, visit):
    page = visit(altered(page_file, tmp_path, spoiled(page_file))).page
    assert "cut short or changed" in page.locator(".t-fault [role=alert]").inner_text()
    assert_still(page)


def test_an_arabic_page_says_it_in_arabic(page_file, tmp_path, visit):
    changes = ('<html lang="en" dir="ltr">', '<html lang="ar" dir="rtl">'), ('"version":4}', '"version":9}')
    page = visit(altered(page_file, tmp_path, *changes), viewport=PHONE).page
    assert page.locator(".t-fault h2").inner_text() == "لا يمكن عرض الخريطة هنا"
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert_still(page)
