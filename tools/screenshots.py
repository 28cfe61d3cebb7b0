"""`make screenshots`: the pictures in docs/images, taken from the running system in a real browser.

Needs Debian's Chromium and a Chinese font (fonts-noto-cjk). Starts `jiashu run` on ports and a database of its own.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path("docs/images")
PORT, PHONE_PORT = 5105, 5106
PHONE = f"http://127.0.0.1:{PHONE_PORT}/"
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
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 860}


def main() -> int:
    """Take all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with jiashu(), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        for name, story in STORIES.items():
            story(browser, name)
            print(f"docs/images/{name}.png", flush=True)
        browser.close()
    return 0


def welcome(browser: Browser, name: str) -> None:
    """What a new follower sees."""
    page = _phone(browser, NARROW, "小梅")
    _shot(page, name)


def first_answer(browser: Browser, name: str) -> None:
    """A question, its answer and the offer, with the inspector beside it."""
    page = _phone(browser, WIDE, "建国")
    _say(page, "打电话娃不说话 咋个办")
    _shot(page, name)


def phone(browser: Browser, name: str) -> None:
    """The picture of the README."""
    page = _phone(browser, NARROW, "阿芳")
    _say(page, "暑假怎么防溺水")
    _shot(page, name)


def danger(browser: Browser, name: str) -> None:
    """A danger sign in the middle of the profile."""
    page = _phone(browser, NARROW, "小丽")
    _say(page, "孩子发烧怎么办")
    _say(page, "1")
    _say(page, "同意")
    _say(page, "奶奶打电话说娃掉塘里刚捞上来没气了")
    _shot(page, name)


def choices(browser: Browser, name: str) -> None:
    """Not sure: three lessons to tap."""
    page = _phone(browser, NARROW, "老周")
    _say(page, "他最近有点那个 我也说不上来")
    _shot(page, name)


def my_data(browser: Browser, name: str) -> None:
    """Privacy notice and erasure."""
    page = _phone(browser, NARROW, "秀英")
    _say(page, "隐私说明")
    _say(page, "删除我的数据")
    _shot(page, name)


STORIES: dict[str, Callable[[Browser, str], None]] = {
    "welcome": welcome,
    "phone": phone,
    "first-answer": first_answer,
    "danger": danger,
    "choices": choices,
    "my-data": my_data,
}


@contextmanager
def jiashu() -> Iterator[None]:
    """A running Jiashu of its own."""
    with tempfile.TemporaryDirectory() as folder:
        ports = {"JIASHU_PORT": str(PORT), "JIASHU_SIMULATOR_PORT": str(PHONE_PORT)}
        environment = {**os.environ, **ports, "JIASHU_DATABASE_URL": f"sqlite:///{folder}/shots.db"}
        process = subprocess.Popen([sys.executable, "-m", "bot.cli", "run"], env=environment)
        try:
            _wait_for(f"http://127.0.0.1:{PORT}/health", process)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310 - our own loopback address
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("jiashu run ended before it was ready")


def _phone(browser: Browser, size: dict[str, int], nickname: str) -> Page:
    page = browser.new_page(viewport=size, device_scale_factor=2)
    page.goto(PHONE)
    if page.is_visible("#show-people"):
        page.click("#show-people")
    page.click("#add-parent")
    page.fill("input[name=nickname]", nickname)
    page.click("#sheet-ok")
    page.locator(".row.account").first.wait_for()
    return page


def _say(page: Page, text: str) -> None:
    if page.is_visible("#to-keyboard"):
        page.click("#to-keyboard")
    before = page.locator(".row.account").count()
    page.fill("#text", text)
    page.press("#text", "Enter")
    page.wait_for_function("n => document.querySelectorAll('.row.account').length > n", arg=before)


def _shot(page: Page, name: str) -> None:
    page.wait_for_timeout(600)  # bubbles slide in
    page.screenshot(path=str(IMAGES / f"{name}.png"))
    page.close()


if __name__ == "__main__":
    sys.exit(main())
