"""A served sample archive and a real Chromium. Without Chromium the tests are skipped, except where CI=true."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from corpus.synthetic import demo_archive
from webui.cli import run

SAMPLES = 24
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 180_000
"""Milliseconds to wait for a page or an element: a machine shared with other work may stall, and a stall is no failure."""
SCREENSHOTS = Path(__file__).parents[2] / ".screenshots"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site over the first sample reports."""
    home, documents = tmp_path_factory.mktemp("browser-home"), tmp_path_factory.mktemp("browser-documents")
    for name, data in islice(demo_archive(), SAMPLES):
        path = documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert run(["--home", str(home), "ingest", str(documents)]) == 0
    command = [sys.executable, "-m", "webui.cli", "--home", str(home), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        found = re.search(rb"Listening on (\S+)", server.stdout.readline())
        assert found is not None
        yield found[1].decode()
        server.send_signal(signal.SIGTERM)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Chromium for the browser tests, and none is installed.")
        # A person may have no browser at hand; CI, above, may not.
        pytest.skip("No Chromium is installed: `apt-get install chromium fonts-noto-cjk` runs the browser tests.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Visit:
    """A page at one size, with everything it asked for and complained about."""

    def __init__(self, context: BrowserContext, address: str, name: str) -> None:
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.page: Page = context.new_page()
        self.address = address
        self.name = name
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def to(self, path: str) -> None:
        """Open a path of the site."""
        self.page.goto(self.address + path)

    def screenshot(self, what: str, whole: bool = False) -> None:
        """Keep what is seen, for people to look at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{what}-{self.name}.png", full_page=whole)

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture(params=[1280, 390])
def visit(request: pytest.FixtureRequest, chromium: Browser, served: str) -> Iterator[Visit]:
    """A visit on a desk (1280 pixels) and on a phone (390 pixels)."""
    width: int = request.param
    with chromium.new_context(viewport={"width": width, "height": 900 if width > 600 else 844}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield Visit(context, served, str(width))


@pytest.fixture
def plain_visit(chromium: Browser, served: str) -> Iterator[Visit]:
    """A visit with scripts turned off."""
    with chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        yield Visit(context, served, "plain")
