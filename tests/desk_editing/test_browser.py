"""An editor adds a question in a real browser, and another person approves it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot import services
from bot.desk.editing import drafts
from tests.desk.support import CAST, Desk, hire
from tests.desk.test_browser import ATTACK, SIZES, STICKING_OUT, Window, browser
from tests.desk_editing.conftest import LESSON, git
from tests.loops import lasting_loop

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio]
event_loop = pytest.fixture(lasting_loop, scope="module")

QUESTION = "红灯时奶奶拉着娃就走，怎么跟她说"


async def _shot(window: Window, name: str) -> None:
    if os.environ.get("JIASHU_TEST_PICTURES"):
        await window.page.screenshot(path=f"{os.environ['JIASHU_TEST_PICTURES']}/{name}.png", full_page=True)


@pytest.mark.parametrize("size", SIZES)
async def test_an_editor_adds_a_question_and_a_colleague_approves_it(desk: Desk, content: Path, web_browser: Browser, size: str) -> None:
    hire("admin")
    async with browser(desk, web_browser, size) as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/lessons?find=马路")
        await _shot(window, f"list-{size}")
        await page.click(".list a >> nth=0")
        await page.wait_for_selector("#remarks .fine, #remarks .may, #remarks .must")
        taken = "孩子学校的事怎么问"
        other = (content / "lessons/remote_communication/asking-about-school.md").read_text("utf-8")
        taken = re.findall(r"^  - (.+)$", other, re.MULTILINE)[0]
        area = page.locator("textarea[name=questions]")
        before = await area.input_value()
        await area.fill(f"{before}\n{taken}")
        await page.wait_for_selector("#remarks li:has-text('和别的课重了')")
        await area.fill(f"{before}\n{QUESTION}")
        await page.wait_for_selector("#remarks li:has-text('和别的课重了')", state="detached")
        assert "字节" in await page.inner_text("#messages")
        await page.click("text=在网页上看看")
        await page.frame_locator("iframe[name=phone]").locator("h1").wait_for()
        assert not await page.evaluate(STICKING_OUT)
        await _shot(window, f"edit-{size}")
        await page.click("text=保存，去送给同事看")
        await page.wait_for_url(re.compile(r"/desk/drafts/\d+"))
        assert QUESTION in await page.inner_text(".comparison ins >> nth=0")
        await page.click("text=送给同事看")
        await page.wait_for_selector("text=要请别人来通过")
        assert not await page.evaluate(STICKING_OUT)
    async with browser(desk, web_browser, size) as window:
        page = window.page
        await window.sign_in("admin")
        await window.go("/desk/drafts")
        await _shot(window, f"drafts-{size}")
        await page.click(".list a >> nth=0")
        await _shot(window, f"show-{size}")
        await page.click("button:has-text('通过')")
        await page.click("button:has-text('定稿')")
        await page.wait_for_selector("text=已经记进历史")
        await page.click("text=看历史 >> visible=true")
        await page.click("text=看 >> nth=-1")
        await _shot(window, f"past-{size}")
        assert not await page.evaluate(STICKING_OUT)
    assert QUESTION in (content / LESSON).read_text("utf-8")
    assert git(content, "log", "-1", "--format=%an").strip() == CAST["editor"]
    with services.database().session() as session:
        assert drafts.all_open(session) == []


async def test_a_picture_lands_in_the_text(desk: Desk, content: Path, web_browser: Browser, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (30, 20), "red").save(tmp_path / "娃.png")
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("editor")
        await window.go(f"/desk/lessons/edit/{LESSON}")
        await window.page.set_input_files("#picture", tmp_path / "娃.png")
        await window.page.wait_for_selector("text=放到正文里了")
        body = await window.page.input_value("#body")
        window.page.on("dialog", lambda dialog: dialog.accept())
    assert re.search(r"!\[这里写图上是什么\]\(pictures/[0-9a-f]{16}\.jpg\)", body)


async def test_of_two_editors_at_once_the_second_sees_the_first_and_writes_over_nobody(desk: Desk, content: Path, web_browser: Browser) -> None:
    hire("admin")
    async with browser(desk, web_browser, "wide") as first, browser(desk, web_browser, "narrow") as second:
        for window, role in ((first, "editor"), (second, "admin")):
            await window.sign_in(role)
            await window.go(f"/desk/lessons/edit/{LESSON}")
        before = await first.page.input_value("textarea[name=questions]")
        await first.page.fill("textarea[name=questions]", f"{before}\n{QUESTION}")
        await first.page.click("button:has-text('保存草稿')")
        await first.page.wait_for_selector("text=保存好了")
        mine = "路口没有灯怎么带娃走过去"
        await second.page.fill("textarea[name=questions]", f"{before}\n{mine}")
        await second.page.click("button:has-text('保存草稿')")
        await second.page.wait_for_selector("[role=alert]:has-text('刚刚也改了这一份')")
        assert CAST["editor"] in await second.page.inner_text("[role=alert] >> nth=0")
        shown = await second.page.inner_text(".comparison")
        assert QUESTION in shown and mine in shown, "both stand side by side"
        assert mine in await second.page.input_value("textarea[name=questions]"), "and what was typed is still there"
        assert not await second.page.evaluate(STICKING_OUT)
        with services.database().session() as session:
            draft = drafts.open_for(session, LESSON)
        assert draft and QUESTION in draft.text and mine not in draft.text
        # Put together by hand, it is saved.
        await second.page.fill("textarea[name=questions]", f"{before}\n{QUESTION}\n{mine}")
        await second.page.click("button:has-text('保存草稿')")
        await second.page.wait_for_selector("text=保存好了")
        await first.go("/desk/lessons")
        assert f"{CAST['admin']}：在写" in await first.page.inner_text("main"), "who opens the list sees who writes"
    with services.database().session() as session:
        draft = drafts.open_for(session, LESSON)
    assert draft and QUESTION in draft.text and mine in draft.text and draft.authors == (CAST["editor"], CAST["admin"])


async def test_a_script_in_a_lesson_is_never_run(desk: Desk, content: Path, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "wide") as window:
        page = window.page
        await window.sign_in("editor")
        await window.go(f"/desk/lessons/edit/{LESSON}")
        for name in ("title", "summary", "answer", "body"):
            area = page.locator(f"[name={name}]")
            await area.fill(f"{await area.input_value()} {ATTACK}")
        await page.wait_for_selector("#messages .bubble:has-text('window.hit=1')")
        await page.click("text=在网页上看看")
        await page.frame_locator("iframe[name=phone]").locator("h1:has-text('window.hit=1')").wait_for()
        for frame in page.frames:
            assert await frame.evaluate("window.hit === undefined")
        await page.click("text=保存，去送给同事看")
        await page.wait_for_url(re.compile(r"/desk/drafts/\d+"))
        assert "window.hit=1" in await page.inner_text(".comparison") and await page.evaluate("window.hit === undefined")
        assert await page.locator("main script, main img, main a[href^=javascript]").count() == 0
        for path in ("/desk/drafts", "/desk/lessons"):
            await window.go(path)
            assert await page.evaluate("window.hit === undefined")
