"""New things in a real browser, on a phone and on a desk's screen: a campaign like another, a question with its answer."""

from __future__ import annotations

import re

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
async def test_a_campaign_like_another_has_its_messages_moved(desk: Desk, web_browser: Browser, size: str) -> None:
    async with browser(desk, web_browser, size) as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/content/campaigns")
        await page.click("main a:has-text('写一份新的提醒')")
        await page.fill("input[name=title]", "端午一家人")
        await page.fill("input[name=slug]", "Dragon Boat")
        await page.click("button:has-text('开始写')")
        await page.wait_for_selector("#at-slug .must")
        assert await page.input_value("input[name=title]") == "端午一家人"
        await _fits(window, f"new-campaign-{size}")
        await page.fill("input[name=slug]", "")
        await page.select_option("select[name=like]", "mid_autumn")
        await page.select_option("select[name=anchor]", "dragon_boat")
        await page.click("button:has-text('开始写')")
        await page.wait_for_selector("text=草稿建好了")
        await page.wait_for_selector(LOOKED)
        await page.click("details.entry summary:has-text('第 1 条')")
        # By keyboard: the button says what it moves, Enter presses it.
        await page.focus("[id='steps.0'] button:has-text('往下挪')")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=挪好了")
        assert await page.input_value("input[name='steps.1.step']") == "day_0"
        assert await page.locator("[id='steps.1']").get_attribute("open") is not None
        await page.wait_for_selector(LOOKED)
        await _fits(window, f"campaign-moved-{size}")
        # Enter in a box saves, and moves nothing.
        await page.focus("input[name=title]")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=保存好了")
        await window.go("/desk/drafts")
        await page.click("details.file summary >> nth=0")
        await _fits(window, f"drafts-{size}")
        assert await page.is_visible("text=提醒《端午一家人》")
    with services.database().session() as session:
        (draft,) = drafts.all_open(session)
    assert draft.path == "campaigns/dragon_boat.yml" and draft.text.index("step: talk_1") < draft.text.index("step: day_0")


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_is_taught(desk: Desk, web_browser: Browser, size: str) -> None:
    async with browser(desk, web_browser, size) as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/content/answers")
        await _fits(window, f"answers-none-{size}")
        await page.click("main a:has-text('教一句新的')")
        await _fits(window, f"new-answer-{size}")
        await page.fill("input[name=title]", "办公室在哪儿")
        await page.click("button:has-text('开始写')")
        await page.wait_for_selector("#remarks .must")
        await page.fill("textarea[name=questions]", "你们门店在哪点儿嘛\n你们屋头往哪头走")
        await page.fill("textarea[name=answer]", "没有门店，就在这个号里。")
        await page.wait_for_selector("#seen .bubble:has-text('没有门店')")
        await page.wait_for_selector("[data-at=questions] .must:has-text('10 句')")
        await _fits(window, f"answer-few-{size}")
        asked = [f"你们{place}{how}" for place in ("门店", "屋头", "地址") for how in ("在哪点儿嘛", "往哪头走", "咋个去", "是哪条街")]
        await page.fill("textarea[name=questions]", "\n".join(asked))
        await page.wait_for_selector("[data-at=questions] .must", state="detached")
        await page.click("text=保存，去送给同事看")
        await page.wait_for_url(re.compile(r"/desk/drafts/\d+"))
        await _fits(window, f"answer-draft-{size}")
        await page.click("button:has-text('送给同事看')")
        await page.wait_for_selector("text=要请别人来通过")


@pytest.mark.parametrize("size", SIZES)
async def test_a_danger_is_begun_and_kept_half_written(desk: Desk, web_browser: Browser, size: str) -> None:
    async with browser(desk, web_browser, size) as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/content/scripts")
        await _fits(window, f"scripts-{size}")
        await page.click("main a:has-text('写一种新的危险')")
        await _fits(window, f"new-danger-{size}")
        await page.fill("input[name=title]", "孩子掉进粪坑")
        await page.click("button:has-text('开始写')")
        await page.wait_for_selector("[data-at=patterns] .must:has-text('还没写')")
        await page.fill("textarea[name=hotlines]", "120")
        await page.fill("textarea[name=answer]", "谁都不下去，现在打120。")
        await page.fill("textarea[name=examples]", "娃儿掉到粪坑里了\n崽摔进沼气池去了\n妹妹落到化粪池里头")
        await page.fill("textarea[name=near_misses]", "粪坑怎么修\n摔到沼气池盖上没事")
        await page.fill("textarea[name=patterns]", "掉/摔 粪坑/沼气池")
        await page.wait_for_selector("#seen:has-text('3 句出事的话，字样认出 2 句；2 句没出事的话，错认 1 句')")
        assert await page.inner_text("#seen details[open] li") == "摔到沼气池盖上没事"
        await _fits(window, f"danger-half-{size}")
        await page.click("button:has-text('保存草稿')")
        await page.wait_for_selector("text=保存好了")
        assert await page.input_value("textarea[name=patterns]") == "掉/摔 粪坑/沼气池"
