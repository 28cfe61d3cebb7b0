"""`make screenshots`: the pictures of the lesson pages in docs/images. Only the web process is started: no model is needed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser

from tools import taking
from tools.taking import NARROW

PORT = 5117
SITE = f"http://127.0.0.1:{PORT}"
# Name: path, how far down the page to look (CSS selector, or "" for its top), light or dark.
PICTURES = {
    "page-lesson": ("/lessons/drowning", "", "light"),
    "page-lesson-night": ("/lessons/drowning", ".say", "dark"),
    "page-relay": ("/relay/drowning", "", "light"),
    "page-search": ("/search?q=防逆水", "", "light"),
    "page-quiz": ("/quiz/drowning", "", "light"),
    "page-comic": ("/comics/drowning", "", "light"),
}


def main() -> int:
    """Take all pictures."""
    with web(), taking.chromium() as browser:
        for name in PICTURES:
            take(browser, name)
    return 0


def take(browser: Browser, name: str) -> None:
    """One picture."""
    path, place, scheme = PICTURES[name]
    page = browser.new_page(viewport=NARROW, device_scale_factor=1.5, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(SITE + path)
    if place:
        page.locator(place).first.scroll_into_view_if_needed()
    taking.save(page, name)
    page.close()


@contextmanager
def web() -> Iterator[None]:
    """The web process with a database of its own."""
    with taking.folder() as place:
        own = {"JIASHU_WEB_PORT": str(PORT), "JIASHU_SECRET_KEY": "k" * 32, "JIASHU_DATABASE_URL": f"sqlite:///{place}/shots.db"}
        with taking.serving("web", [f"{SITE}/health"], own):
            yield


if __name__ == "__main__":
    sys.exit(main())
