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
from tests.site.test_pages import PRINTED

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
    "one series": "solna-0184/verksamhetsmatt-serie-1.html",
    "printed lines": "solna-0184/kallor.html",
    "pair": "jamfor/solna-0184-enkoping-0381.html",
}
MADE_UP = {
    "many municipalities": "index.html",
    "county": "lan/*.html",
    "question": "fraga/oj-vald.*.html",
    "years and peers": "*-6101/index.html",
    "area with years": "*-6101/oj-vald.html",
    "women and men": "*-6101/pahittade-matt.html",
}
"""The first page that each pattern finds in the site of the made-up country."""
HOSTILE_PAGES = {
    "hostile label": "solna-0184/oj-vald.html",
    "area without answers": "solna-0184/oj-missbruk.html",
}
AREA = "solna-0184/oj-vald.html"
FILES = ("table", "findings")
"""Pages that are files of their own, beside the site."""
MOST_PAGES = {
    "start": 1,
    "sources": 6,
    "accessibility": 2,
    "municipality": 3,
    "municipality without answers": 1,
    "municipality without data": 1,
    "answers": 2,
    "measures": 3,
    "series": 6,
    "one series": 3,
    "printed lines": 16,
    "pair": 4,
    "many municipalities": 1,
    "county": 2,
    "question": 1,
    "years and peers": 4,
    "area with years": 2,
    "women and men": 4,
    "table": 6,
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


Places = Callable[[str], Path]


@pytest.fixture
def place_of(site: Path, hostile: Path, made_up: Path, pages: Mapping[str, Path]) -> Places:
    """The file of a kind of page."""

    def found(kind: str) -> Path:
        if kind in pages:
            return pages[kind]
        if kind in MADE_UP:
            return min(made_up.glob(MADE_UP[kind]))
        return site / PAGES[kind] if kind in PAGES else hostile / HOSTILE_PAGES[kind]

    return found


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
    told = [*complaints]  # closing stops what is still being fetched
    for context in contexts:
        context.close()
    assert told == []


def violations(page: Page) -> list[tuple[str, str]]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run(document, {preload: false, runOnly: rules})", RULES)
    assert result["passes"]
    return [
        (rule["id"], node["html"][:200]) for rule in result["violations"] for node in rule["nodes"]
    ]


@needs_axe
@pytest.mark.parametrize("scheme", LOOKS)
@pytest.mark.parametrize("kind", [*PAGES, *MADE_UP, *HOSTILE_PAGES, *FILES])
def test_no_accessibility_rule_is_broken(
    place_of: Places, look: Opener, kind: str, scheme: str
) -> None:
    page = look(place_of(kind).as_uri(), **LOOKS[scheme])
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
@pytest.mark.parametrize("scheme", LOOKS)
def test_the_page_of_a_wrong_address_breaks_no_rule(
    address: str, look: Opener, scheme: str
) -> None:
    page = look(f"{address}/404.html", **LOOKS[scheme])
    for width in WIDTHS[scheme]:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], width
    page.get_by_role("link", name="Hitta en kommun").click()
    assert page.get_by_role("heading", name="kommuner").first.is_visible()


@needs_axe
def test_the_rules_can_be_broken(site: Path, look: Opener) -> None:
    page = look((site / "index.html").as_uri())
    page.eval_on_selector("h1", "heading => heading.style.color = '#ddd'")
    assert [rule for rule, _ in violations(page)] == ["color-contrast"]


@pytest.mark.parametrize("kind", [*PAGES, *MADE_UP, *HOSTILE_PAGES, *FILES])
def test_nothing_is_wider_than_a_phone(place_of: Places, look: Opener, kind: str) -> None:
    page = look(place_of(kind).as_uri(), 320)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def visible(page: Page) -> list[str]:
    """The municipalities that are shown on the start page."""
    rows = page.locator("#alla tbody tr:not([hidden]) th a")
    return [
        text
        for text, seen in zip(rows.all_text_contents(), range(rows.count()), strict=True)
        if rows.nth(seen).is_visible()
    ]


def test_a_municipality_is_found_by_keyboard_and_the_address_keeps_it(
    made_up: Path, look: Opener
) -> None:
    page = look((made_up / "index.html").as_uri())
    everyone = visible(page)
    wanted = everyone[-1]
    page.get_by_label("Hitta en kommun").fill(wanted.upper())
    assert visible(page) == [wanted]
    told = f"1 av {len(everyone)} kommuner visas"
    assert page.get_by_role("status").text_content() == told
    again = look(page.url)
    assert visible(again) == [wanted]
    again.get_by_role("button", name="Rensa").press("Enter")
    again.wait_for_url(lambda address: "#" not in address)
    assert visible(again) == everyone
    page.get_by_label("Hitta en kommun").press("Enter")
    page.wait_for_url(lambda address: address.endswith("/index.html") and "#" not in address)
    assert page.locator("h1").text_content() == wanted


def test_a_municipality_is_found_by_its_code_and_without_its_dots(
    made_up: Path, look: Opener
) -> None:
    page = look((made_up / "index.html").as_uri())
    wanted = page.locator("tr[id$='-6101'] th a").text_content()
    assert wanted == "Sagoköping"
    for asked in ("6101", "SAGOKOPING", "sagoköping"):
        page.get_by_label("Hitta en kommun").fill(asked)
        assert visible(page) == [wanted]
    page.get_by_label("Hitta en kommun").fill("sågoköping")
    assert visible(page) == []


def test_the_search_and_what_it_finds_are_near_the_top_of_a_phone(
    made_up: Path, look: Opener
) -> None:
    page = look((made_up / "index.html").as_uri(), 360)

    def begins(where: str) -> float:
        box = page.locator(where).bounding_box()
        assert box is not None
        return box["y"]

    assert begins("form.filters") < begins(".two")
    assert begins("#sok") < 640
    page.get_by_label("Hitta en kommun").fill(visible(page)[0])
    assert begins("#alla") < 2 * 640
    page.get_by_role("button", name="Rensa").click()
    page.locator(".two").wait_for(state="visible")


def test_municipalities_are_chosen_by_group_and_county(made_up: Path, look: Opener) -> None:
    page = look((made_up / "index.html").as_uri())
    everyone = visible(page)
    groups = page.get_by_label("Grupp")
    group = groups.locator("option").nth(1).get_attribute("value")
    groups.select_option(group)
    assert 2 <= len(visible(page)) < len(everyone)


def test_a_figure_leads_to_its_line(site: Path, look: Opener) -> None:
    page = look((site / AREA).as_uri())
    link = page.locator("#tabell td a").nth(10)
    line = str(link.get_attribute("href")).partition("#")[2]
    link.click()
    target = page.locator("tr:target")
    assert target.get_attribute("id") == line
    assert target.evaluate("row => row.getBoundingClientRect().top") < 900


def test_the_first_stop_of_the_keyboard_leads_to_the_content(site: Path, look: Opener) -> None:
    page = look((site / AREA).as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Till innehållet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_read_without_scripts(
    site: Path, made_up: Path, look: Opener, width: int
) -> None:
    page = look((site / AREA).as_uri(), width, java_script_enabled=False)
    rows = page.locator("#tabell tbody tr[data-answer]")
    assert rows.count() == len(PRINTED["oj-vald"])
    assert all(rows.nth(place).is_visible() for place in range(rows.count()))
    start = look((made_up / "index.html").as_uri(), width, java_script_enabled=False)
    assert start.locator("form").is_hidden()
    assert start.locator("#alla tbody tr").first.is_visible()


def test_charts_are_seen(site: Path, look: Opener) -> None:
    for width in (360, 1280):
        page = look((site / PAGES["one series"]).as_uri(), width)
        image = page.locator("figure img")
        image.evaluate("one => one.decode()")
        assert ("-smal.svg" in image.evaluate("one => one.currentSrc")) == (width == 360)


def test_print_says_the_place_of_each_row_and_opens_nothing(site: Path, look: Opener) -> None:
    page = look((site / PAGES["pair"]).as_uri())
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details[open]").count() == 0
    area = look((site / AREA).as_uri())
    area.emulate_media(media="print")
    link = area.locator("#tabell td a").first
    assert link.is_visible()
    assert link.inner_text().startswith("rad ")


@pytest.mark.parametrize("kind", [*PAGES, *MADE_UP, *FILES])
def test_a_page_takes_few_sheets_in_print(place_of: Places, look: Opener, kind: str) -> None:
    page = look(place_of(kind).as_uri())
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4"))).pages
    assert len(sheets) <= MOST_PAGES[kind]
    assert all(len(sheet.extract_text()) > 100 or sheet.images for sheet in sheets[:-1])


def test_nothing_hides_what_the_keyboard_stands_on(site: Path, look: Opener) -> None:
    page = look((site / AREA).as_uri())
    stops = page.locator("#tabell tbody a")
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
