"""Gifts, a quiz and the menu as forms in a real browser: nobody meets the files themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot import services
from bot.desk.editing import drafts
from tests.desk.support import Desk
from tests.desk.test_browser import SIZES, browser
from tests.desk_editing.test_sheets_browser import LOOKED, _fits
from tests.loops import lasting_loop

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio]
event_loop = pytest.fixture(lasting_loop, scope="module")


@pytest.mark.parametrize("size", SIZES)
async def test_a_gift_is_added(desk: Desk, web_browser: Browser, size: str) -> None:
    async with browser(desk, web_browser, size) as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/content")
        await page.click("main a:has-text('礼物')")
        await _fits(window, f"gifts-{size}")
        await page.click("main a:has-text('加一样礼物')")
        await page.wait_for_selector(LOOKED)
        new = "details[id='gifts.3']"
        assert await page.locator(new).get_attribute("open") is not None, "the empty one is open"
        await page.fill(f"{new} input[name$='.name']", "跳绳")
        await page.fill(f"{new} textarea[name$='.why']", "长力气，哪里都能跳。")
        await page.wait_for_selector("[data-at='gifts.3'] .must:has-text('回来以后，隔着电话怎么接着玩'), [data-at='gifts.3'] .must:has-text('孩子几个月大')")
        for name, value in (("ages.from", "72"), ("ages.to", "144"), ("cost.from", "5"), ("cost.to", "15")):
            await page.fill(f"{new} input[name$='.{name}']", value)
        await page.fill(f"{new} textarea[name$='.afar']", "两边一起数，看谁跳得多。")
        await page.fill(f"{new} textarea[name$='.avoid']", "在平地上跳，离桌角远些。")
        await page.wait_for_selector("#seen .bubble:has-text('跳绳（5–15元）')")
        await _fits(window, f"gift-{size}")
        await page.click("text=保存，去送给同事看")
        await page.wait_for_url(re.compile(r"/desk/drafts/\d+"))
        assert "多少钱（元）：5 到 15" in await page.inner_text(".comparison")
    with services.database().session() as session:
        (draft,) = drafts.all_open(session)
    assert draft.path == "gifts.yml" and "- name: 跳绳\n  ages: [72, 144]\n  cost: [5, 15]\n" in draft.text


async def test_a_quiz_is_begun_and_its_questions_moved(desk: Desk, content: Path, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "narrow") as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/content/quizzes")
        await page.click("main a:has-text('写一个新的测验')")
        await page.select_option("select[name=like]", "asking-about-school")
        await page.fill("input[name=title]", "问问学校")
        await _fits(window, "new-quiz")
        await page.click("button:has-text('开始写')")
        await page.wait_for_selector("text=草稿建好了")
        for number, ask in enumerate(("他说还行，您接什么？", "他不想说，怎么办？")):
            if number:
                await page.click("button:has-text('再加一道题')")
                await page.wait_for_selector(f"[name='questions.{number}.ask']")
            await page.fill(f"[name='questions.{number}.ask']", ask)
            await page.fill(f"[name='questions.{number}.options']", "问一样具体的\n问考了几分")
            await page.select_option(f"[name='questions.{number}.right']", "1")
            await page.fill(f"[name='questions.{number}.when_right']", "具体的好答，一问就有话说。")
            await page.fill(f"[name='questions.{number}.when_wrong']", "您也是着急。先问一样具体的，他好接话。")
        await page.click("details[id='questions.1'] button:has-text('往上挪')")
        await page.wait_for_selector("text=挪好了")
        await page.wait_for_selector("#seen .bubble:has-text('他不想说') >> nth=0")
        await page.wait_for_selector("#remarks .fine")
        await _fits(window, "quiz")
        await page.click("text=保存草稿")
        await page.wait_for_selector("text=保存好了")
    with services.database().session() as session:
        (draft,) = drafts.all_open(session)
    assert draft.path == "quizzes/asking-about-school.yml" and draft.text.index("他不想说") < draft.text.index("他说还行")
    assert "right: 1\n" in draft.text


@pytest.mark.parametrize("size", SIZES)
async def test_the_menu_shows_what_stands_on_the_phone(desk: Desk, web_browser: Browser, size: str) -> None:
    async with browser(desk, web_browser, size) as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/content/menu")
        await page.wait_for_selector(LOOKED)
        await page.fill("input[name=name3]", "看看课文和漫画")
        await page.fill("input[name=say3]", "看课文")
        await page.wait_for_selector("[data-at=name3] .must:has-text('5 个汉字')")
        await page.fill("input[name=name3]", "看课文")
        await page.wait_for_selector(".menu-seen b:has-text('看课文')")
        await page.wait_for_selector("[data-at=name3] .must", state="detached")
        await _fits(window, f"menu-{size}")
        await page.click("text=保存草稿")
        await page.wait_for_selector("text=保存好了")
        assert "- name" not in await page.inner_text("main"), "no line of the file"
