"""What all makers of pictures share: the browser and its sizes, a process of ours that is started for them, the simulator's phone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path("docs/images")
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Seconds: a machine that does much else needs its time.
WITHIN = 120.0
# Bubbles slide in.
_SETTLED_MS = 1000


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. It needs a Chinese font too (fonts-noto-cjk)."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


@contextmanager
def serving(command: str, well: Sequence[str], own: Mapping[str, str]) -> Iterator[None]:
    """`jiashu command` with the settings `own`, from when all addresses of `well` answer until the context ends."""
    process = subprocess.Popen([sys.executable, "-m", "bot.cli", command], env={**os.environ, **own})
    try:
        for address in well:
            _wait_for(address, process)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def save(page: Page, name: str, into: Path = IMAGES) -> None:
    """The picture of what the page shows. 256 colours are enough for a page and a third of the bytes."""
    into.mkdir(parents=True, exist_ok=True)
    taken = Image.open(BytesIO(page.screenshot()))
    taken.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(into / f"{name}.png", optimize=True)
    print(into / f"{name}.png", flush=True)


def follow(browser: Browser, phone: str, size: Mapping[str, int], nickname: str) -> Page:
    """The simulator's phone (its address) in the hand of a parent who has just followed the account and was welcomed."""
    page = browser.new_page(viewport=dict(size), device_scale_factor=2)  # type: ignore[arg-type]
    page.goto(phone)
    if page.is_visible("#show-people"):
        page.click("#show-people")
    page.click("#add-parent")
    page.fill("input[name=nickname]", nickname)
    page.click("#sheet-ok")
    page.locator(".row.account").first.wait_for(timeout=WITHIN * 1000)
    return page


def say(page: Page, text: str) -> None:
    """Write something on that phone, and wait for what is answered."""
    if page.is_visible("#to-keyboard"):
        page.click("#to-keyboard")
    before = page.locator(".row.account").count()
    page.fill("#text", text)
    page.press("#text", "Enter")
    more = "n => document.querySelectorAll('.row.account').length > n"
    page.wait_for_function(more, arg=before, timeout=WITHIN * 1000)


def still(page: Page) -> None:
    """Wait until nothing moves on the phone any more."""
    page.wait_for_timeout(_SETTLED_MS)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own loopback address
                return
        except OSError:
            time.sleep(0.3)
    raise SystemExit("jiashu ended before it was ready")
