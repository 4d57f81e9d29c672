"""What several tests share: the shipped campaign, a real but offline Chromium, and Hypothesis's manners."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, Route

    from territory import Timeline

# The page opens its data after it has loaded: it is there when it can be asked, or has said why not.
SETTLED = "() => !document.getElementById('territory-data') || window.territory || document.querySelector('.t-fault')"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")

# Wall-clock deadlines fail on a busy machine, not on a slow function. A red run of CI must be the same again.
settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(scope="session")
def idlib() -> Timeline:
    """The shipped campaign, folded once for all tests: never change it."""
    import territory

    return territory.open("idlib-2015")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless and without its own errands on the network."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        pytest.skip(f"no Chromium in PATH (looked for {', '.join(CHROMIUMS)}); as root: apt-get install chromium")
    _give_playwright_a_node()
    from playwright.sync_api import sync_playwright

    quiet = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet.append("--no-sandbox")  # Chromium refuses to run as root with its sandbox
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=quiet)
        yield browser
        browser.close()


def _give_playwright_a_node() -> None:
    """Let Playwright use the Node of PATH where its own cannot start: a bare Debian lacks that one's libatomic."""
    import playwright

    own = Path(playwright.__file__).parent / "driver" / "node"
    if "PLAYWRIGHT_NODEJS_PATH" in os.environ or os.name == "nt":
        return
    if own.is_file() and subprocess.run([own, "--version"], capture_output=True, check=False).returncode == 0:
        return
    node = shutil.which("node")
    if node is None:
        pytest.skip("Playwright's own Node does not start, and PATH has none; as root: apt-get install libatomic1")
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = node


@dataclass
class Visit:
    """One page opened in Chromium, and what it did that a page must not do.

    ``asked`` lists every address that the page asked for, itself included, but for ``data:`` addresses;
    ``complaints`` lists console errors and warnings, and errors that nothing caught.
    """

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """The page asked for nothing but its own file, and nothing went wrong in it."""
        assert self.complaints == []
        assert [address for address in self.asked if address != self.page.url.partition("#")[0]] == []


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a local file in a fresh, offline window: ``visit(path, fragment="", **context_options)``."""
    contexts = []

    def open_file(path: Path, fragment: str = "", **options: Any) -> Visit:
        context = chromium.new_context(offline=True, service_workers="block", **options)
        contexts.append(context)
        visit = Visit(context.new_page())
        context.on("request", lambda request: _note(visit, request))
        context.route("**/*", _only_files)
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on(
            "console",
            lambda said: visit.complaints.append(said.text) if said.type in ("error", "warning") else None,
        )
        visit.page.goto(Path(path).resolve().as_uri() + fragment)
        visit.page.wait_for_function(SETTLED)
        return visit

    yield open_file
    for context in contexts:
        context.close()


def _note(visit: Visit, request: Request) -> None:
    if not request.url.startswith("data:"):
        visit.asked.append(request.url)


def _only_files(route: Route) -> None:
    if route.request.url.startswith(("file:", "data:")):
        route.continue_()
    else:
        route.abort()
