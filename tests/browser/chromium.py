"""Debian's Chromium, silent towards everybody but the page it shows."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, ViewportSize, async_playwright, expect

from tests.town import SILENCE

PROGRAM = shutil.which("chromium")
DESKTOP = ViewportSize(width=1440, height=900)
PATIENCE = SILENCE * 1000  # milliseconds
QUIET = (
    "--no-sandbox",  # root in a container has no other
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start it, with the patience that a bot on a busy core needs."""
    assert PROGRAM, "no chromium on this machine; make test-all installs it"
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=PROGRAM, args=QUIET)
        yield browser
        await browser.close()
