"""Forms of fields in a real browser, on a phone and on a desk's screen: sentences, a campaign, the vacations."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot import services
from bot.desk.editing import drafts
from tests.desk.support import Desk, hire
from tests.desk.test_browser import NAMELESS, SIZES, STICKING_OUT, TOO_SMALL, Window, browser
from tests.loops import lasting_loop

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio]
event_loop = pytest.fixture(lasting_loop, scope="module")

LOOKED = "#remarks .fine, #remarks .may, #remarks .must"


async def _fits(window: Window, name: str) -> None:
    if os.environ.get("JIASHU_TEST_PICTURES"):
        await window.page.screenshot(path=f"{os.environ['JIASHU_TEST_PICTURES']}/{name}.png", full_page=True)
    assert not await window.page.evaluate(STICKING_OUT), name
    assert await window.page.evaluate(TOO_SMALL) == [], name
    assert await window.page.evaluate(NAMELESS) == [], name


@pytest.mark.parametrize("size", SIZES)
async def test_a_sentence_is_added_and_an_overlap_is_named(desk: Desk, content: Path, web_browser: Browser, size: str) -> None:
    async with browser(desk, web_browser, size) as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/content")
        await _fits(window, f"content-{size}")
        await page.click("main a:has-text('家长的话')")
        await page.fill("input[type=search]", "蟹蟹")
        await page.click("button:has-text('找')")
        await page.click(".list a:has-text('谢谢')")
        await page.wait_for_selector(LOOKED)
        area = page.locator("textarea[name='intents.1.examples']")
        assert await area.is_visible(), "the part that was chosen is open"
        before = await area.input_value()
        lesson = (content / "lessons/remote_communication/asking-about-school.md").read_text("utf-8")
        (taken, *_) = re.findall(r"^  - (.+)$", lesson, re.MULTILINE)
        await area.fill(f"{before}\n{taken}")
        at = page.locator("[data-at='intents.1.examples'] .must")
        await at.wait_for()
        assert taken in await at.inner_text() and "课文《" in await at.inner_text()
        await _fits(window, f"intents-{size}")
        await area.fill(f"{before}\n您这话说到我心坎上啦")
        await at.wait_for(state="detached")
        await page.click("text=保存，去送给同事看")
        await page.wait_for_url(re.compile(r"/desk/drafts/\d+"))
        assert "您这话说到我心坎上啦" in await page.inner_text(".comparison ins >> nth=0")
        await _fits(window, f"intents-draft-{size}")


@pytest.mark.parametrize("size", SIZES)
async def test_a_campaign_shows_what_an_example_parent_gets(desk: Desk, web_browser: Browser, size: str) -> None:
    async with browser(desk, web_browser, size) as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/content/campaigns")
        await page.click(".list a:has-text('中秋')")
        await page.wait_for_selector("#seen .bubble")
        await page.click("details.entry summary:has-text('第 2 条')")
        variant = page.locator("textarea[name='steps.1.texts']")
        await variant.nth(0).fill("昨晚的月亮真圆呀，你看见了吗？")
        await variant.nth(1).fill("昨晚的月亮真圆呀，你看见了吧？")
        await page.wait_for_selector("#seen .bubble:has-text('真圆呀')")
        await page.select_option("select[name='example.apart']", "false")
        await page.wait_for_selector("#seen :text('只发给分开住的')")
        await page.fill("input[name='steps.1.at']", "23:00")
        await page.wait_for_selector("[data-at='steps.1.at'] .must")
        assert await page.locator("details.entry.faulty").count() == 1
        await page.click("button:has-text('再加一条')")
        await page.wait_for_selector("text=加好了一条")
        assert await page.locator("details.entry[open] summary:has-text('新的一条')").is_visible()
        await page.wait_for_selector(LOOKED)
        await _fits(window, f"campaign-added-{size}")
        await page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        await _fits(window, f"campaign-{size}")
        await page.fill("input[name='steps.1.stale_after.n']", "三")
        await page.click("text=保存草稿")
        await page.wait_for_selector("text=处要改，改好再存一次")
        assert await page.input_value("textarea[name='steps.1.texts'] >> nth=0") == "昨晚的月亮真圆呀，你看见了吗？"
        assert "数字" in await page.inner_text("[data-at='steps.1.stale_after'] .must")
        assert await page.is_visible("[data-at='steps.1.stale_after'] .must"), "the part that holds the fault is open"
        await _fits(window, f"campaign-wrong-{size}")
        await page.fill("input[name='steps.1.stale_after.n']", "3")
        await page.fill("input[name='steps.1.at']", "19:30")
        await page.click("text=保存草稿")
        await page.wait_for_selector("text=保存好了")
    with services.database().session() as session:
        (draft,) = drafts.all_open(session)
    assert "stale_after: 3d" in draft.text and "真圆呀" in draft.text


@pytest.mark.parametrize("size", SIZES)
async def test_vacations_are_a_table(desk: Desk, content: Path, web_browser: Browser, size: str) -> None:
    hire("admin")
    async with browser(desk, web_browser, size) as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/content/vacations")
        await page.wait_for_selector(LOOKED)
        row = "tr[id='years.2']"
        await page.select_option(f"{row} select[name$='.province']", "湖北")
        await page.select_option(f"{row} select[name$='.vacation']", "summer")
        await page.fill(f"{row} input[name$='.year']", "2028")
        await page.fill(f"{row} input[name$='.start']", "2027-07-03")
        await page.fill(f"{row} input[name$='.end']", "2027-08-29")
        await page.select_option(f"{row} select[name$='.estimated']", "false")
        await page.fill(f"{row} input[name$='.source']", "省教育厅校历")
        await page.wait_for_selector("[data-at='years.2'] .must:has-text('2027')")
        await _fits(window, f"vacations-wrong-{size}")
        await page.fill(f"{row} input[name$='.year']", "2027")
        await page.wait_for_selector("#remarks .fine")
        await page.wait_for_selector(".province tr:has-text('湖北'):has-text('7.3—8.29')")
        await page.click("text=保存，去送给同事看")
        await page.wait_for_url(re.compile(r"/desk/drafts/\d+"))
        await page.click("text=送给同事看")
        await page.wait_for_selector("text=要请别人来通过")
    async with browser(desk, web_browser, size) as window:
        page = window.page
        await window.sign_in("admin")
        await window.go("/desk/drafts")
        await page.click(".list a >> nth=0")
        await _fits(window, f"vacations-draft-{size}")
        await page.click("button:has-text('通过')")
        await page.click("button:has-text('定稿')")
        await page.wait_for_selector("text=已经记进历史")
    assert "省教育厅校历" in (content / "calendar/vacations.yml").read_text("utf-8")


async def test_a_danger_says_what_it_means(desk: Desk, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "narrow") as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/lessons/edit/safety/fell-into-water.yml")
        await page.wait_for_selector(LOOKED)
        patterns = page.locator("textarea[name=patterns]")
        await patterns.fill("溺水")
        await page.wait_for_selector("#seen :text('字样不再认出')")
        assert await page.is_visible("text=“危险”在这里是什么意思")
        await _fits(window, "danger-narrow")
        page.on("dialog", lambda dialog: dialog.accept())
