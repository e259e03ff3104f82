"""A browser without a screen, and what a page did in it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SWITCHES = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""A browser that draws in 3-D without a graphics card and asks nobody anything."""

PATIENCE = 180_000
"""Milliseconds that anything may take: without a graphics card a browser draws on cores that others may use, too."""


def chromium() -> str:
    """Path of Chromium or Chrome; the test is skipped where there is none."""
    named = os.environ.get("FARFLUNG_CHROMIUM")
    names = (named,) if named else ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("needs Chromium; install it, or name it in FARFLUNG_CHROMIUM")
    return found


class Problems(list[str]):
    """What the console, the scripts and the network had to complain about."""


@contextmanager
def opened(path: Path, width: int = 1280, height: int = 800) -> Iterator[tuple[object, Problems]]:
    """A page of `playwright` that shows a file, and its problems, to which more are added as they come.

    The browser has no network: whatever the page asks of one is a problem.
    """
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(SWITCHES), timeout=PATIENCE)
        try:
            view = browser.new_page(viewport={"width": width, "height": height})
            view.set_default_timeout(PATIENCE)
            view.context.set_offline(True)
            problems = Problems()
            view.on("console", lambda said: said.type == "error" and problems.append(said.text))
            view.on("pageerror", lambda error: problems.append(str(error)))
            view.on("request", lambda asked: asked.url.startswith(("http:", "https:")) and problems.append(asked.url))
            view.goto(path.resolve().as_uri())
            yield view, problems
        finally:
            browser.close()
