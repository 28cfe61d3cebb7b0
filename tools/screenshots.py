"""`make screenshots`: the pictures in docs/images, taken from the running system in a real browser.

Starts `jiashu run` on ports and a database of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tools import taking
from tools.taking import NARROW, WIDE, say

PORT, PHONE_PORT, WEB_PORT, CLOCK_PORT = 5105, 5106, 5107, 5108
PHONE = f"http://127.0.0.1:{PHONE_PORT}/"


def main() -> int:
    """Take all pictures."""
    with jiashu(), taking.chromium() as browser:
        for name, story in STORIES.items():
            story(browser, name)
    return 0


def welcome(browser: Browser, name: str) -> None:
    """What a new follower sees."""
    page = _phone(browser, NARROW, "小梅")
    _shot(page, name)


def first_answer(browser: Browser, name: str) -> None:
    """A question, its answer and the offer, with the inspector beside it."""
    page = _phone(browser, WIDE, "建国")
    say(page, "打电话娃不说话 咋个办")
    _shot(page, name)


def phone(browser: Browser, name: str) -> None:
    """The picture of the README."""
    page = _phone(browser, NARROW, "阿芳")
    say(page, "暑假怎么防溺水")
    _shot(page, name)


def danger(browser: Browser, name: str) -> None:
    """A danger sign in the middle of the profile."""
    page = _phone(browser, NARROW, "小丽")
    say(page, "孩子发烧怎么办")
    say(page, "1")
    say(page, "同意")
    say(page, "奶奶打电话说娃掉塘里刚捞上来没气了")
    _shot(page, name)


def choices(browser: Browser, name: str) -> None:
    """Not sure: three lessons to tap."""
    page = _phone(browser, NARROW, "老周")
    say(page, "他最近有点那个 我也说不上来")
    _shot(page, name)


def my_data(browser: Browser, name: str) -> None:
    """Privacy notice and erasure."""
    page = _phone(browser, NARROW, "秀英")
    say(page, "隐私说明")
    say(page, "删除我的数据")
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
    with taking.folder() as place:
        own = {"JIASHU_PORT": str(PORT), "JIASHU_SIMULATOR_PORT": str(PHONE_PORT), "JIASHU_WEB_PORT": str(WEB_PORT)}
        own |= {"JIASHU_CLOCK_PORT": str(CLOCK_PORT), "JIASHU_DATABASE_URL": f"sqlite:///{place}/shots.db"}
        with taking.serving("run", [f"http://127.0.0.1:{PORT}/health"], own):
            yield


def _phone(browser: Browser, size: dict[str, int], nickname: str) -> Page:
    return taking.follow(browser, PHONE, size, nickname)


def _shot(page: Page, name: str) -> None:
    taking.still(page)
    taking.save(page, name)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
