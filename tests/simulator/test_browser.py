"""The phone in a real browser, against the toy that echoes: narrow with the inspector behind a button, and wide."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree

import pytest
from playwright.async_api import Browser, Page

from bot.clock import ShiftedClock
from bot.simulator.config import SimulatorConfig
from bot.simulator.driver import SimulatedWeChat
from bot.simulator.menu import parse_menu
from tests.browsing import page_in
from tests.loops import lasting_loop

from .toy import Toy, text_reply, toy_callback

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("chromium")]
event_loop = pytest.fixture(lasting_loop, scope="module")

SIZES = {"narrow": (390, 844), "small": (360, 640), "wide": (1280, 800)}
ATTACK = '<script>window.hit=1</script><img src=x onerror="window.hit=1"><a href="javascript:window.hit=1">点我</a>'
LINKS = '<a href="weixin://bizmsgmenu?msgmenucontent=%E8%AE%B2%E6%95%85%E4%BA%8B&msgmenuid=1">1 讲故事</a> <a href="https://example.com/a">课</a>'
OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter((one) => one.clientWidth > 0 &&
  getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1).map((one) => one.className || one.id)"""
MENU = [
    {"name": "问一问", "sub_button": [{"type": "click", "name": "今晚聊什么", "key": "say:今晚聊什么"}]},
    {"name": "我的", "type": "click", "key": "say:我的"},
]


async def answer(_: Toy, message: ElementTree.Element) -> str:
    said = message.findtext("Content") or message.findtext("Recognition") or message.findtext("EventKey") or "无"
    return text_reply(message, LINKS if said == "链接" else f"收到：{said}")


@dataclass
class Desk:
    """A page on the simulator, and what went wrong in it."""

    wechat: SimulatedWeChat
    page: Page
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    async def add_parent(self, name: str) -> None:
        if await self.page.is_visible("#show-people"):
            await self.page.click("#show-people")
        await self.page.click("#add-parent")
        await self.page.fill("input[name=nickname]", name)
        await self.page.click("#sheet-ok")
        await self.wait_for("收到：无")

    async def say(self, text: str) -> None:
        if await self.page.is_visible("#to-keyboard"):
            await self.page.click("#to-keyboard")
        await self.page.fill("#text", text)
        await self.page.press("#text", "Enter")

    async def wait_for(self, text: str) -> None:
        await self.page.locator(".row.account", has_text=text).last.wait_for()


@asynccontextmanager
async def desk(browser: Browser, size: str, gap: float = 5.0) -> AsyncIterator[Desk]:
    config = replace(SimulatorConfig(clock=ShiftedClock()), gap=gap)
    async with (
        toy_callback(config, answer) as toy,
        SimulatedWeChat(toy.url, config, settle=0.05) as wechat,
        page_in(browser, SIZES[size]) as page,
    ):
        opened = Desk(wechat, page)
        page.on("pageerror", lambda error: opened.errors.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(wechat.url) else opened.outside.append(request.url))
        await page.goto(f"{wechat.url}/sim/")
        yield opened
        assert not opened.errors
        assert not opened.outside


@pytest.mark.parametrize("size", SIZES)
async def test_a_parent_is_added_and_talks(size: str, web_browser: Browser) -> None:
    async with desk(web_browser, size) as here:
        await here.add_parent("小梅")
        await here.say("娃不跟我说话")
        await here.wait_for("收到：娃不跟我说话")
        assert await here.page.locator(".row.parent .bubble").last.inner_text() == "娃不跟我说话"
        assert await here.page.evaluate(OVERFLOWING) == []
        if size != "wide":
            assert not await here.page.is_visible(".inspector")
            await here.page.click("#show-inspector")
        # The inspector is told a moment after the chat.
        await here.page.locator("#deliveries .entry >> nth=1").wait_for(state="attached")
        assert await here.page.locator("#deliveries .entry").count() == 2
        await here.page.locator("[role=meter][aria-valuenow='5']").wait_for(state="attached")
        assert await here.page.evaluate(OVERFLOWING) == []


@pytest.mark.parametrize("size", ["narrow", "wide"])
async def test_markup_in_messages_stays_text(size: str, web_browser: Browser) -> None:
    async with desk(web_browser, size) as here:
        await here.add_parent("<b>小梅</b>")
        await here.say(ATTACK)
        await here.wait_for("收到：<script>")
        assert await here.page.locator(".chat script, .chat img, .chat a").count() == 0
        assert await here.page.evaluate("window.hit === undefined")
        assert await here.page.locator("#people b").first.text_content() == "<b>小梅</b>"


async def test_links_and_menu_can_be_tapped(web_browser: Browser) -> None:
    async with desk(web_browser, "narrow") as here:
        here.wechat.platform.menu = parse_menu(MENU)
        await here.page.reload()
        await here.add_parent("小梅")
        await here.page.click("text=问一问")
        await here.page.click("text=今晚聊什么")
        await here.wait_for("收到：say:今晚聊什么")
        await here.say("链接")
        assert await here.page.get_attribute(".chat a", "href") == "https://example.com/a"
        await here.page.click(".chat .tap")
        await here.wait_for("收到：讲故事")


async def test_voice_picture_and_place_are_sent(web_browser: Browser) -> None:
    async with desk(web_browser, "small") as here:
        await here.add_parent("小梅")
        await here.page.click("#voice-button")
        await here.page.fill("textarea[name=words]", "孩子怕黑怎么办")
        await here.page.click("#sheet-ok")
        await here.wait_for("收到：孩子怕黑怎么办")
        for name, shown in (("照片", ".row.parent .picture"), ("位置", ".row.parent .map"), ("视频", ".row.parent .film")):
            await here.page.click("#plus-button")
            await here.page.click(f"#plus >> text={name}")
            if name != "视频":
                await here.page.click("#sheet-ok")
            await here.page.wait_for_selector(shown)
        assert await here.page.evaluate(OVERFLOWING) == []


async def test_the_keyboard_alone_is_enough(web_browser: Browser) -> None:
    async with desk(web_browser, "wide") as here:
        page = here.page
        await page.focus("#add-parent")
        await page.keyboard.press("Enter")
        await page.keyboard.type("阿强")
        await page.keyboard.press("Enter")
        await here.wait_for("收到：无")
        await page.focus("#text")
        await page.keyboard.type("在吗")
        await page.keyboard.press("Enter")
        await here.wait_for("收到：在吗")
        await page.focus("#tab-deliveries")
        await page.keyboard.press("ArrowRight")
        assert await page.is_visible("#calls")


async def test_the_clock_the_grey_line_and_leaving_show(web_browser: Browser) -> None:
    async with desk(web_browser, "wide", gap=1.0) as here:
        await here.add_parent("小梅")
        before = here.wechat.platform.now()
        await here.page.click("text=+1 天")
        here.wechat.callback = "http://127.0.0.1:9/none"
        await here.say("在吗")
        await here.page.locator(".note", has_text="该公众号暂时无法提供服务，请稍后再试").wait_for()
        assert (here.wechat.platform.now() - before).days == 1
        await here.page.click("#plus-button")
        await here.page.click("text=取消关注")
        await here.page.click("#sheet-ok")
        await here.page.wait_for_selector("#follow-again")


async def test_two_parents_stand_side_by_side(web_browser: Browser) -> None:
    async with desk(web_browser, "narrow") as here:
        await here.add_parent("小梅")
        await here.add_parent("阿强")
        await here.page.click("#show-people")
        await here.page.locator(".person >> nth=1").wait_for()
        assert await here.page.locator(".person").count() == 2
        await here.page.click(".person >> nth=0")
        assert await here.page.is_visible("#chat")
