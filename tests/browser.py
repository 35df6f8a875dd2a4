"""A real Chromium that watches every page it opens: violations of the policy, errors, foreign hosts.

Import ``chromium`` into a test module to use it as a fixture.
"""

import re
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, expect, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
PATIENCE = 20_000
"""Milliseconds a page may take on a busy machine, whatever is waited for."""
expect.set_options(timeout=PATIENCE)
SLOW = 60_000
"""Milliseconds it may take there until the proofreader has read its lists, or photos are sent."""
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
WATCH = """
document.addEventListener("securitypolicyviolation", (e) => {
  console.error("CSP " + e.violatedDirective + " " + e.blockedURI + " " + e.sourceFile + ":" + e.lineNumber);
});
"""


def executable() -> str | None:
    """Where Chromium is on this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A running Chromium; skipped, loudly, where there is none."""
    path = executable()
    if path is None:
        message = "NO CHROMIUM ON THIS MACHINE: the walks through a real browser are not tested"
        warnings.warn(message, pytest.PytestWarning, stacklevel=1)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


_GONE = re.compile(
    "context was destroyed|Cannot find context|frame was detached|axe is not defined|(null|undefined) \\(reading '"
)
"""What is heard when a page is left while it is looked at."""
_LEFT = re.compile(r"htmx:(sendAbort|afterRequest)")
"""What htmx says when a page is left, or the text changes, while it asks."""


class Watch:
    """What went wrong on the pages of a tour."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.console: list[str] = []
        self.foreign: list[str] = []
        self.barriers: list[str] = []
        self._contexts: list[BrowserContext] = []
        self._expected: re.Pattern[str] | None = None

    def person(self, **options: Any) -> Page:
        """A window of somebody's own: nothing shared with the others."""
        context = self.browser.new_context(
            base_url=self.address, locale="zh-CN", timezone_id="Asia/Shanghai", **{"viewport": DESK, **options}
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.console.append(f"{page.url}: {error}"))
        context.on("request", self._see)
        return page

    def expect(self, words: str) -> None:
        """What the browser may say on this tour, because the test cuts the line or ends the session."""
        self._expected = re.compile(words)

    def look_for_barriers(self, page: Page) -> None:
        """Let axe look at the page when it has settled: what is serious or critical is kept."""
        for found in violations(page):
            if found["impact"] in ("serious", "critical"):
                where = "; ".join(
                    str(node["target"]) + " " + node.get("failureSummary", "") for node in found["nodes"][:3]
                )
                self.barriers.append(f"{urlsplit(page.url).path}: {found['id']} ({found['impact']}) {where}")

    def report(self) -> dict[str, list[str]]:
        """Everything that went wrong; empty lists are what one wants."""
        return {"console": self.console, "foreign": self.foreign, "barriers": self.barriers}

    def close(self) -> None:
        """Close all windows."""
        for context in self._contexts:
            context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if _LEFT.search(message.text):
            return
        if message.type == "error" and not (self._expected and self._expected.search(message.text)):
            self.console.append(f"{message.location.get('url', '')}: {message.text}")

    def _see(self, request: Request) -> None:
        if not request.url.startswith((self.address, "about:", "blob:")):
            self.foreign.append(request.url)


def settle(page: Page) -> None:
    """Wait until the page is whole and htmx asks for nothing; a page that is being left is waited through."""
    page.wait_for_load_state("load")
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=SLOW)


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the settled page; asked once more where the page was left while axe looked."""
    settle(page)
    try:
        return list(Axe().run(page).response["violations"])
    except Error as error:
        if not _GONE.search(error.message):
            raise
    settle(page)
    return list(Axe().run(page).response["violations"])


def photo(folder: Path) -> Path:
    """A photograph to upload."""
    path = folder / "培训现场.jpg"
    image = Image.new("RGB", (800, 600), "#7aa36f")
    ImageDraw.Draw(image).rectangle((200, 150, 600, 450), fill="#efe2c4")
    image.save(path, "JPEG")
    return path
