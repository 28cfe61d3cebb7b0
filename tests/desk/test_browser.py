"""The desk in a real browser: keyboard, escaping, nothing asked elsewhere, nothing that sticks out of the screen."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page

from bot import services
from bot.desk import accounts, sessions
from bot.desk.app import pages
from bot.logs import misses
from tests.browsing import page_in
from tests.desk.seed import LESSON, Record, Said
from tests.desk.support import CAST, PASSWORD, Desk, hire
from tests.desk.test_safety import open_window
from tests.loops import lasting_loop

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio]
event_loop = pytest.fixture(lasting_loop, scope="module")

SIZES = {"small": (360, 740), "narrow": (390, 844), "wide": (1280, 800)}
ATTACK = '<script>window.hit=1</script><img src=x onerror="window.hit=1"><a href="javascript:window.hit=1">点我</a>'
STICKING_OUT = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# What can be pressed is at least 24 px high and wide (WCAG 2.5.8); labels carry their boxes.
TOO_SMALL = """() => [...document.querySelectorAll('button, a.button, select, input:not([type=hidden]):not([type=checkbox]):not([type=radio])')]
  .filter((one) => one.checkVisibility()).filter((one) => { const box = one.getBoundingClientRect(); return box.height < 24 || box.width < 24; })
  .map((one) => one.outerHTML.slice(0, 80))"""
NAMELESS = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button')]
  .filter((one) => !one.labels?.length && !one.textContent.trim() && !one.ariaLabel).map((one) => one.outerHTML.slice(0, 80))"""


@dataclass
class Window:
    page: Page
    base: str
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    async def sign_in(self, role: str) -> None:
        await self.page.goto(f"{self.base}/desk/login")
        await self.page.fill("input[name=name]", hire(role))
        await self.page.fill("input[name=password]", PASSWORD)
        await self.page.click("text=登录 >> nth=-1")
        await self.page.wait_for_selector("body.inside")

    async def go(self, path: str) -> None:
        await self.page.goto(self.base + path)


@asynccontextmanager
async def browser(desk: Desk, web_browser: Browser, size: str) -> AsyncIterator[Window]:
    async with page_in(web_browser, SIZES[size], locale="zh-CN") as page:
        window = Window(page, desk.base)
        page.on("pageerror", lambda error: window.errors.append(str(error)))
        page.on(
            "console",
            lambda line: (
                window.errors.append(line.text) if line.type == "error" and "status of" not in line.text else None
            ),
        )
        page.on(
            "request", lambda asked: window.outside.append(asked.url) if not asked.url.startswith(desk.base) else None
        )
        yield window
    assert window.errors == []
    assert window.outside == []


@pytest.fixture
def record(desk: Desk) -> Iterator[Record]:
    hire("editor")
    with services.database().session() as session:
        made = Record(session, desk.clock.now())
        parent = made.parent("家长 K7F3QX")
        group = made.group("娃打电话总是说嗯嗯咋办", 14)
        made.refs["first"] = made.talk(
            parent,
            Said("娃打电话总是说嗯嗯咋办", "fallback", confidence=0.2, group=group),
            Said(ATTACK, "answered", ATTACK),
        )
        made.refs["second"] = made.talk(
            made.parent("家长 M2Q8AB"), Said("他学校的事一句都不讲", "fallback", confidence=0.3, score=0)
        )
    yield made


async def test_a_script_in_a_message_is_never_run(desk: Desk, record: Record, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("admin")
        for path in ("/desk/talks", f"/desk/talks/{record.refs['first']}", f"/desk/talks?words={ATTACK[:8]}"):
            await window.go(path)
            assert await window.page.evaluate("window.hit === undefined")
            assert await window.page.locator("main img, main script").count() == 0
        await window.go(f"/desk/talks/{record.refs['first']}")
        assert await window.page.locator(".bubble", has_text="window.hit=1").count() == 2


async def test_the_policy_stops_a_script_that_got_through(desk: Desk, record: Record, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("reviewer")
        async with window.page.expect_console_message(lambda line: "Content Security Policy" in line.text):
            await window.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit=1\">')")
        assert await window.page.evaluate("window.hit === undefined")
        assert any("Content Security Policy" in error for error in window.errors)
        window.errors.clear()


async def test_a_reviewer_works_with_the_keyboard_alone(desk: Desk, record: Record, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("reviewer")
        page = window.page
        await window.go("/desk/talks?fallback=1&state=open")
        await page.keyboard.press("?")
        assert await page.is_visible("#keys")
        await page.keyboard.press("Escape")
        await page.wait_for_selector("#keys", state="hidden")
        for key, reached in (("j", "second"), ("j", "first"), ("k", "second")):
            await page.keyboard.press(key)
            await page.wait_for_selector(f".row > a:focus[href*='{record.refs[reached]}']")
        await page.keyboard.press("Enter")
        await page.wait_for_url(re.compile(record.refs["second"]))
        await page.keyboard.press("n")
        await page.keyboard.type("j 问得真细")
        assert await page.input_value("#note-text") == "j 问得真细", "typing is no command"
        await page.keyboard.press("Escape")
        await page.evaluate("document.activeElement.blur()")
        await page.keyboard.press("x")
        await page.wait_for_url(re.compile(record.refs["first"]))
        await page.keyboard.press("j")
        await page.keyboard.press("e")
        await page.wait_for_url(re.compile("/teach"))
        await page.fill("input[type=search]", "没有这样的课")
        assert "点“找全部”" in await page.inner_text("#targets"), "an empty box would leave everybody at a loss"
        await page.fill("input[type=search]", "")
        assert "点“找全部”" not in await page.inner_text("#targets")
        await page.go_back()
        await page.keyboard.press("u")
        await page.wait_for_url(re.compile(r"/talks\?fallback=1"))


async def test_a_miss_becomes_an_example_on_the_spot(desk: Desk, record: Record, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "narrow") as window:
        await window.sign_in("reviewer")
        page = window.page
        await page.click("summary:has-text('菜单')")
        await page.click(".menu a:has-text('没答上的')")
        await page.click(".rows a")
        await page.click("text=教它听懂")
        title = services.library().lessons[LESSON].title
        await page.fill("input[type=search]", title[:4].upper())
        await page.click(f"label.target:visible:has-text('{title}')")
        await page.click("text=做成例句")
        await page.click("button:has-text('确认')")
        await page.wait_for_selector("text=例句确认了")
    with services.database().session() as session:
        (example,) = misses.examples_in(session, "confirmed")
    assert (example.target, example.text) == (f"lesson/{LESSON}", "娃打电话总是说嗯嗯咋办")


async def test_a_counsellor_answers_inside_the_window_and_outside(desk: Desk, web_browser: Browser) -> None:
    with services.database().session() as session:
        made = Record(session, desk.clock.now())
        made.talk(
            made.parent("家长 K7F3QX"),
            Said("娃掉塘里了", "danger", "马上打120。"),
            at=desk.clock.now() - timedelta(minutes=9),
        )
    open_window(desk.clock.now() + timedelta(hours=40))
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("counsellor")
        page = window.page
        await page.click(".tile.hot")
        await page.click(".rows a")
        await page.click("text=我来跟进")
        await page.click("text=我来接手")
        await page.fill("#composer-text", "孩子现在醒着吗？")
        await page.click("text=发给家长")
        await page.wait_for_selector(".bubble.human:has-text('孩子现在醒着吗？')")

        desk.clock.turn(timedelta(hours=7))
        open_window(desk.clock.now() - timedelta(minutes=1))
        await page.fill("#composer-text", "明天我再问问您。")
        await page.wait_for_selector(".window.shut")
        assert await page.input_value("#composer-text") == "明天我再问问您。", "what is being typed is left alone"
        await page.click("text=存着，下次来时给 >> visible=true")
        await page.wait_for_selector("text=存好了")


async def test_a_new_danger_sign_appears_by_itself(desk: Desk, web_browser: Browser) -> None:
    with services.database().session() as session:
        made = Record(session, desk.clock.now())
        made.talk(made.parent("家长 K7F3QX"), Said("娃掉塘里了", "danger", "马上打120。"))
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("counsellor")
        await window.go("/desk/safety")
        await window.page.keyboard.press("j")
        assert await window.page.locator(".row").count() == 1
        with services.database().session() as session:
            later = Record(session, desk.clock.now(), count=50)
            later.talk(later.parent("家长 M2Q8AB"), Said("孩子喝了农药", "danger", "马上打120。"))
        await window.page.wait_for_selector(".row:has-text('M2Q8AB')")
        assert "K7F3QX" in await window.page.evaluate("document.activeElement.textContent"), (
            "the keyboard stays where it was"
        )


async def test_a_queue_that_is_not_looked_at_any_more_says_so(desk: Desk, web_browser: Browser) -> None:
    with services.database().session() as session:
        made = Record(session, desk.clock.now())
        made.talk(made.parent("家长 K7F3QX"), Said("娃掉塘里了", "danger", "马上打120。"))
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("counsellor")
        await window.go("/desk/safety")
        with services.database().session() as session:
            sessions.close_all(session, accounts.get(session, CAST["counsellor"]).id)
        await window.page.wait_for_selector("[role=alert]:has-text('不再更新')")
        assert await window.page.locator(".row").count() == 1, "what was there can still be read"

        elsewhere = Window(await window.page.context.new_page(), window.base)
        await elsewhere.sign_in("counsellor")
        await window.page.bring_to_front()
        await window.page.wait_for_selector("[role=alert]", state="detached")


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_fits_the_screen_and_names_its_fields(
    desk: Desk, record: Record, web_browser: Browser, size: str
) -> None:
    group = 1
    async with browser(desk, web_browser, size) as window:
        await window.sign_in("admin")
        paths = [
            page.url
            for page in pages()
            if page.method == "GET" and "<" not in page.path and not page.path.endswith(".csv")
        ]
        paths.remove("/desk/safety/live")  # a part of a page
        deep = [f"/desk/talks/{record.refs['first']}", f"/desk/misses/{group}", "/desk/turns/1/teach", "/desk/nothing"]
        for path in [*paths, *deep]:
            await window.go(path)
            assert not await window.page.evaluate(STICKING_OUT), path
            assert await window.page.evaluate(TOO_SMALL) == [], path
            assert await window.page.evaluate(NAMELESS) == [], path
            assert await window.page.locator("h1").count() == 1, path
            assert await window.page.evaluate("document.documentElement.lang") == "zh-CN"


async def test_the_first_tab_leads_past_the_menu(desk: Desk, record: Record, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("reviewer")
        await window.go("/desk/talks")
        await window.page.keyboard.press("Tab")
        assert await window.page.evaluate("document.activeElement.textContent") == "跳到正文"
        assert await window.page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
        await window.page.keyboard.press("Enter")
        assert await window.page.evaluate("document.activeElement.id") == "main"


async def test_signing_out_leaves_nothing_to_go_back_to(desk: Desk, record: Record, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("reviewer")
        await window.go(f"/desk/talks/{record.refs['first']}")
        await window.page.click(".side >> text=退出")
        await window.page.wait_for_selector("body.door")
        await window.page.go_back()
        await window.page.wait_for_selector("body.door")
        assert CAST["reviewer"] not in await window.page.content()
