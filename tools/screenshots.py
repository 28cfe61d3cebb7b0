"""`make screenshots`: the pictures in docs/images, taken from the running system in a real browser.

Starts `jiashu run` on ports and a database of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tools import taking
from tools.taking import say

PORT, PHONE_PORT, WEB_PORT, CLOCK_PORT = 5105, 5106, 5107, 5108
PHONE = f"http://127.0.0.1:{PHONE_PORT}/"
# A phone on which a whole answer can be seen; the pages show it at half its pixels.
TALL = {"width": 390, "height": 1120}


def main() -> int:
    """Take all pictures."""
    with jiashu(), taking.chromium() as browser:
        for name, story in STORIES.items():
            story(browser, name)
    return 0


def phone(browser: Browser, name: str) -> None:
    """The picture of the README: a question and its whole answer."""
    page = taking.follow(browser, PHONE, TALL, "阿芳")
    say(page, "打电话娃不说话 咋个办")
    _shot(page, name)


def danger(browser: Browser, name: str) -> None:
    """A danger sign in the middle of the profile."""
    page = taking.follow(browser, PHONE, TALL, "小丽")
    for words in ("孩子发烧怎么办", "1", "同意", "奶奶打电话说娃掉塘里刚捞上来没气了"):
        say(page, words)
    _shot(page, name)


STORIES: dict[str, Callable[[Browser, str], None]] = {"phone": phone, "danger": danger}


@contextmanager
def jiashu() -> Iterator[None]:
    """A running Jiashu of its own."""
    with taking.folder() as place:
        own = {"JIASHU_PORT": str(PORT), "JIASHU_SIMULATOR_PORT": str(PHONE_PORT), "JIASHU_WEB_PORT": str(WEB_PORT)}
        own |= {"JIASHU_CLOCK_PORT": str(CLOCK_PORT), "JIASHU_DATABASE_URL": f"sqlite:///{place}/shots.db"}
        with taking.serving("run", [f"http://127.0.0.1:{PORT}/health"], own):
            yield


def _shot(page: Page, name: str) -> None:
    taking.still(page)
    taking.save(page, name)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
