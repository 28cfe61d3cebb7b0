"""A real browser, started once a module: a window costs a tenth of a start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from tests.requirements import need

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds. Playwright's own 30 seconds are too few on a machine that does much else.
PATIENCE = 120_000


@asynccontextmanager
async def started() -> AsyncIterator[Browser]:
    """Chromium, on the loop that runs now."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=need("chromium"), args=FLAGS, timeout=PATIENCE)
        yield browser
        await browser.close()


@asynccontextmanager
async def page_in(browser: Browser, size: tuple[int, int], **options: Any) -> AsyncIterator[Page]:
    """A page of `size` (width and height in pixels) that shares no cookie with another; `options` as for `new_context`."""
    width, height = size
    context = await browser.new_context(viewport={"width": width, "height": height}, **options)
    context.set_default_timeout(PATIENCE)
    try:
        yield await context.new_page()
    finally:
        await context.close()
