"""The way to each page of the desk that is shown in the docs: a browser and a size → the page as it is to be photographed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tools.desk_work import CAMPAIGN, COLLEAGUE, SCRIPT
from tools.taking import NARROW, WIDE, WITHIN, still

PORT = 5207
DESK = f"http://127.0.0.1:{PORT}/desk"
PASSWORD = "a password for pictures"
Size = dict[str, int]
# What the rules say of a form comes a moment after it.
_LOOKED = "#remarks .fine, #remarks .may, #remarks .must"


@dataclass(frozen=True)
class Story:
    """`take`: the way there. `sizes`: in which it is in the docs; the first has the plain name, the phone's ends in -narrow."""

    take: Callable[[Browser, Size], Page]
    sizes: tuple[Size, ...] = (WIDE,)


def door(browser: Browser, size: Size) -> Page:
    page = browser.new_context(viewport=size, locale="zh-CN").new_page()  # type: ignore[arg-type]
    page.goto(f"{DESK}/login")
    return page


def at(path: str) -> Callable[[Browser, Size], Page]:
    """The page at an address, as it opens."""
    return lambda browser, size: _signed_in(browser, size, path)


def form(path: str) -> Callable[[Browser, Size], Page]:
    """The form of a file, when the rules have spoken."""
    return lambda browser, size: _form(browser, size, path)


def talk(browser: Browser, size: Size) -> Page:
    page = _signed_in(browser, size, "/talks?fallback=1&state=open")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector(".turns")
    page.click(".understood summary >> nth=0")
    return page


def teach(browser: Browser, size: Size) -> Page:
    page = _signed_in(browser, size, "/misses")
    page.click(".rows a >> nth=0")
    page.click("text=教它听懂 >> nth=0")
    page.wait_for_selector("#targets")
    return page


def crisis(browser: Browser, size: Size) -> Page:
    page = _signed_in(browser, size, "/safety")
    page.click(".rows a >> nth=-1")
    page.wait_for_selector(".contact")
    if page.locator("button:has-text('我来接手')").count():
        page.click("text=我来接手")
    page.wait_for_selector(".taken")
    page.evaluate("document.querySelector('.contact').scrollIntoView()")
    return page


def intents(browser: Browser, size: Size) -> Page:
    page = _signed_in(browser, size, "/content/intents")
    page.click(".list a:has-text('谢谢')")
    page.wait_for_selector(_LOOKED)
    page.locator("details.entry[open]").scroll_into_view_if_needed()
    return page


def campaign(browser: Browser, size: Size) -> Page:
    page = _form(browser, size, f"{CAMPAIGN}?open=0")
    page.locator("details.entry[open]").scroll_into_view_if_needed()
    return page


def draft(browser: Browser, size: Size) -> Page:
    page = _signed_in(browser, size, "/drafts")
    page.click("a:has-text('防溺水')")
    page.wait_for_selector("text=请您看一看")
    return page


def tryout(browser: Browser, size: Size) -> Page:
    """A reply is tried: it takes as long as an assistant needs to start."""
    page = _signed_in(browser, size, "/drafts")
    page.click("a:has-text('打招呼')")
    page.click("text=在手机上试一试")
    page.click("button:has-text('开始试')")
    page.click("text=打开手机", timeout=3 * WITHIN * 1000)
    phone = page.frame_locator("iframe.try-phone")
    phone.locator(".row.account").first.wait_for(timeout=WITHIN * 1000)
    phone.locator("#to-keyboard").click()
    phone.locator("#text").fill("再见")
    phone.locator("#send").click()
    phone.locator("#chat >> text=早点睡").wait_for(timeout=WITHIN * 1000)
    still(page)
    return page


def publish(browser: Browser, size: Size) -> Page:
    page = _signed_in(browser, size, "/publish")
    page.click("td a, th a")
    page.wait_for_selector("text=会变的回答")
    return page


def replay(browser: Browser, size: Size) -> Page:
    page = publish(browser, size)
    page.evaluate("[...document.querySelectorAll('h2')].find(each => each.textContent.includes('会变的回答')).scrollIntoView()")
    return page


BOTH = (WIDE, NARROW)
STORIES: dict[str, Story] = {
    "door": Story(door, (NARROW,)),
    "overview": Story(at("/")),
    "reach": Story(at("/reach"), BOTH),
    "talks": Story(at("/talks?fallback=1&state=open")),
    "talk": Story(talk),
    "misses": Story(at("/misses")),
    "teach": Story(teach),
    "safety": Story(at("/safety")),
    "crisis": Story(crisis),
    "content": Story(at("/content")),
    "intents": Story(intents),
    "script": Story(form(SCRIPT)),
    "campaign": Story(campaign, BOTH),
    "calendar": Story(at("/calendar"), BOTH),
    "drafts": Story(at("/drafts"), BOTH),
    "draft": Story(draft),
    "tryout": Story(tryout, BOTH),
    "publish": Story(publish),
    "replay": Story(replay, BOTH),
}
# Not in the docs: to be looked at with --into FOLDER.
MORE: dict[str, Story] = {
    "users": Story(at("/users")),
    "replies": Story(form("domain/coach.yml"), BOTH),
    "dialect": Story(form("dialect.yml"), BOTH),
    "terms": Story(form("terms/terms.txt"), BOTH),
    "vacations": Story(form("calendar/vacations.yml"), BOTH),
    "lesson": Story(at("/lessons/edit/lessons/child_safety/drowning.md"), BOTH),
    "lessons": Story(at("/lessons"), BOTH),
}


def _form(browser: Browser, size: Size, path: str) -> Page:
    page = _signed_in(browser, size, f"/lessons/edit/{path}")
    page.wait_for_selector(_LOOKED)
    return page


def _signed_in(browser: Browser, size: Size, path: str) -> Page:
    page = browser.new_context(viewport=size, locale="zh-CN").new_page()  # type: ignore[arg-type]
    page.set_default_timeout(WITHIN * 1000)
    page.goto(f"{DESK}/login?next=/desk{path.replace('&', '%26')}")
    page.fill("input[name=name]", COLLEAGUE)
    page.fill("input[name=password]", PASSWORD)
    page.click("button.primary")
    page.wait_for_selector("body.inside")
    return page
