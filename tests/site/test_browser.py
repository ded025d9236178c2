"""The site in a real browser: accessibility, the content policy, keyboard, and without scripts.

Needs Chromium, and axe-core in tests/site/node_modules (``npm install`` in that folder).
"""

from __future__ import annotations

import io
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from typer.testing import CliRunner

from ojmf.cli import app
from ojmf.present.site.pages import POLICY
from tests.site.conftest import ROOT, SOURCE
from tests.site.test_pages import COLOURS, PRINTED

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: dict[str, dict[str, str]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}
WIDTHS = {"light": [320, 768, 1280, 1920], "dark": [320, 1280], "forced": [1280]}
"""Colours change with the look and little with the width, so that each is tried where it may."""
PAGES = {
    "start": "index.html",
    "sources": "kallor.html",
    "accessibility": "tillganglighet.html",
    "municipality": "solna-0184/index.html",
    "municipality without answers": "enkoping-0381/index.html",
    "municipality without data": "uppsala-0380/index.html",
    "answers": "solna-0184/oj-vald.html",
    "measures": "enkoping-0381/ekonomi.html",
    "series": "solna-0184/verksamhetsmatt.html",
    "pair": "jamfor/solna-0184-enkoping-0381.html",
}
HOSTILE_PAGES = {
    "hostile label": "solna-0184/oj-vald.html",
    "area without answers": "solna-0184/oj-missbruk.html",
}
AREA = "solna-0184/oj-vald.html"
FILES = ("table", "findings")
"""Pages that are files of their own, beside the site."""
MOST_PAGES = {
    "start": 1,
    "sources": 8,
    "accessibility": 1,
    "municipality": 8,
    "municipality without answers": 1,
    "municipality without data": 1,
    "answers": 3,
    "measures": 5,
    "series": 21,
    "pair": 6,
    "table": 9,
    "findings": 6,
}
"""A4 pages that each kind of page may take in print."""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason=f"no browser installed; looked for {', '.join(NAMES)}"
)
needs_axe = pytest.mark.skipif(
    not AXE.is_file(), reason="axe-core is not installed; run npm install in tests/site"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield started
        started.close()


Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A municipality's table and the findings of all sources, each as a file of its own."""
    folder = tmp_path_factory.mktemp("pages")
    made = {name: folder / f"{name}.html" for name in FILES}
    for arguments in (
        ["table", "--kommun", "Solna", "--output", str(made["table"])],
        ["validate", "--format", "html", "--output", str(made["findings"])],
    ):
        result = CliRunner().invoke(app, [*arguments, "--root", str(ROOT)])
        assert result.exit_code == 0, result.output
    return made


def place_of(kind: str, site: Path, hostile: Path, pages: Mapping[str, Path]) -> Path:
    """The file of a kind of page."""
    if kind in pages:
        return pages[kind]
    return site / PAGES[kind] if kind in PAGES else hostile / HOSTILE_PAGES[kind]


@pytest.fixture
def look(browser: Browser) -> Iterator[Opener]:
    """Opens pages; fails afterwards when the browser complained of anything."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(address: str, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def violations(page: Page) -> list[tuple[str, str]]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run(document, {preload: false, runOnly: rules})", RULES)
    assert result["passes"]
    return [
        (rule["id"], node["html"][:200]) for rule in result["violations"] for node in rule["nodes"]
    ]


@needs_axe
@pytest.mark.parametrize("scheme", LOOKS)
@pytest.mark.parametrize("kind", [*PAGES, *HOSTILE_PAGES, *FILES])
def test_no_accessibility_rule_is_broken(
    site: Path, hostile: Path, pages: Mapping[str, Path], look: Opener, kind: str, scheme: str
) -> None:
    page = look(place_of(kind, site, hostile, pages).as_uri(), **LOOKS[scheme])
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    for width in WIDTHS[scheme]:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], width


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_of_claims_breaks_no_rule(
    audited: Path, look: Opener, width: int, scheme: str
) -> None:
    page = look((audited / "pastaenden" / f"{SOURCE}.html").as_uri(), width, color_scheme=scheme)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert violations(page) == []


@needs_axe
def test_the_rules_can_be_broken(site: Path, look: Opener) -> None:
    page = look((site / "index.html").as_uri())
    page.eval_on_selector("h1", "heading => heading.style.color = '#ddd'")
    assert [rule for rule, _ in violations(page)] == ["color-contrast"]


@pytest.mark.parametrize("kind", [*PAGES, *HOSTILE_PAGES, *FILES])
def test_nothing_is_wider_than_a_phone(
    site: Path, hostile: Path, pages: Mapping[str, Path], look: Opener, kind: str
) -> None:
    page = look(place_of(kind, site, hostile, pages).as_uri(), 320)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def red_and_largest() -> tuple[int, str]:
    lines = PRINTED["oj-vald"]
    red = [line for line in lines if COLOURS[line[2]] == "red"]
    return len(red), max(red, key=lambda line: int(line[3]))[1]


def visible_rows(page: Page) -> list[str]:
    shown = page.locator("#tabell tbody tr:not([hidden]) th").all_text_contents()
    return [text.strip() for text in shown]


def test_a_table_is_filtered_and_sorted_by_keyboard_and_the_address_keeps_it(
    site: Path, look: Opener
) -> None:
    count, largest = red_and_largest()
    page = look((site / AREA).as_uri())
    assert len(visible_rows(page)) == len(PRINTED["oj-vald"])
    page.get_by_label("Status").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Skillnad mot länet").focus()
    page.keyboard.press("Enter")
    assert len(visible_rows(page)) == count
    assert visible_rows(page)[0].startswith(largest)
    told = f"{count} av 24 rader visas, sorterade efter Skillnad mot länet, stigande"
    assert page.get_by_role("status").text_content() == told
    sorted_by = page.locator("th[aria-sort=ascending] button")
    assert sorted_by.text_content() == "Skillnad mot länet"
    again = look(page.url)
    assert visible_rows(again) == visible_rows(page)
    again.get_by_role("button", name="Rensa sökning och filter").press("Enter")
    again.wait_for_url(lambda address: "#" not in address)
    assert len(visible_rows(again)) == len(PRINTED["oj-vald"])


def test_text_is_searched_word_by_word(site: Path, look: Opener) -> None:
    page = look((site / AREA).as_uri())
    page.get_by_label("Sök i texten").fill("MÄN stödsamtal")
    assert visible_rows(page)
    assert all("män" in row and "stödsamtal" in row.lower() for row in visible_rows(page))


def test_rows_without_a_figure_stand_last_in_both_orders(site: Path, look: Opener) -> None:
    page = look((site / AREA).as_uri())
    button = page.get_by_role("button", name="Skillnad mot länet")
    for _ in range(2):
        button.click()
        assert visible_rows(page)[-1].endswith("Missbruk")


def test_a_row_can_be_linked_to(site: Path, look: Opener) -> None:
    page = look((site / AREA).as_uri())
    row = page.locator("#tabell tbody tr").nth(20)
    linked = look(f"{(site / AREA).as_uri()}#{row.get_attribute('id')}")
    target = linked.locator("tr:target")
    assert target.text_content() == row.text_content()
    assert target.evaluate("row => row.getBoundingClientRect().top") < 900


def test_the_first_stop_of_the_keyboard_leads_to_the_content(site: Path, look: Opener) -> None:
    page = look((site / AREA).as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Till innehållet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_reads_without_scripts(site: Path, look: Opener, width: int) -> None:
    page = look((site / AREA).as_uri(), width, java_script_enabled=False)
    assert page.locator("form").is_hidden()
    rows = page.locator("#tabell tbody tr")
    assert rows.count() == len(PRINTED["oj-vald"])
    assert all(rows.nth(place).is_visible() for place in range(rows.count()))
    page.locator("summary").first.click()
    assert page.locator("details dd").first.is_visible()


def test_charts_are_seen(site: Path, look: Opener) -> None:
    for width in (360, 1280):
        page = look((site / AREA).as_uri(), width)
        image = page.locator("figure img")
        image.evaluate("one => one.decode()")
        assert ("-smal.svg" in image.evaluate("one => one.currentSrc")) == (width == 360)


def test_print_says_the_place_of_each_row_and_has_no_filter(site: Path, look: Opener) -> None:
    page = look((site / AREA).as_uri())
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("form").is_hidden()
    assert page.locator("details[open]").count() == 0
    first = page.locator("#tabell tbody summary").first
    assert first.is_visible()
    assert first.inner_text().startswith(f"Rad {PRINTED['oj-vald'][0][0]}")
    head = page.locator("#tabell thead .on-paper").first
    assert head.is_visible()


@pytest.mark.parametrize("kind", [*PAGES, *FILES])
def test_a_page_takes_few_sheets_in_print(
    site: Path, hostile: Path, pages: Mapping[str, Path], look: Opener, kind: str
) -> None:
    page = look(place_of(kind, site, hostile, pages).as_uri())
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4"))).pages
    assert len(sheets) <= MOST_PAGES[kind]
    assert all(len(sheet.extract_text()) > 100 or sheet.images for sheet in sheets[:-1])


def test_nothing_hides_what_the_keyboard_stands_on(site: Path, look: Opener) -> None:
    page = look((site / AREA).as_uri())
    stops = page.locator("#tabell tbody summary")
    for place in range(stops.count() - 1, -1, -4):
        stops.nth(place).focus()
        seen = stops.nth(place).evaluate(
            "one => { const box = one.getBoundingClientRect();"
            " return one.contains(document.elementFromPoint(box.x + 3, box.y + 3)); }"
        )
        assert seen


class Strict(SimpleHTTPRequestHandler):
    """Serves files under the content policy as a header."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
        """Say nothing."""


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("kind", PAGES)
def test_a_server_with_a_strict_content_policy_loses_nothing(
    address: str, look: Opener, kind: str
) -> None:
    page = look(f"{address}/{PAGES[kind]}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"
    if page.locator("form.filters").count():
        assert page.locator("form.filters").is_visible()
