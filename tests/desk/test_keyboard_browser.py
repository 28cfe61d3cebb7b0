"""The desk without a mouse and without a screen: every stop of the Tab key is seen and named, nothing holds it, nothing takes it away."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from bot import services
from bot.desk.app import pages
from bot.publish import runs
from tests.desk.seed import Record
from tests.desk.support import Desk
from tests.desk.test_browser import browser
from tests.desk.test_browser import record as record
from tests.desk.test_publishing import program as program
from tests.loops import lasting_loop

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio]
event_loop = pytest.fixture(lasting_loop, scope="module")

# Where the keyboard stands: is there a ring or a change to see it by, is it within the window and under nothing else, has it a name?
# A day's own picker is the browser's, inside of the box; of an area for many lines the beginning has to be seen; what only scrolls (ASIDE) is not brought into view.
STOP = """() => { const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const name = (at.ariaLabel || [...(at.labels || [])].map((label) => label.textContent).join(" ") || at.textContent).trim();
  const area = at.tagName === "TEXTAREA", middle = box.top + (area ? 12 : box.height / 2);
  const found = document.elementFromPoint(box.left + Math.min(box.width / 2, 12), middle);
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none" || at.type === "date";
  const within = box.top >= -1 && (area ? middle : box.bottom) <= innerHeight + 1 && box.left >= -1;
  return { what: `${at.tagName} ${name.slice(0, 30)}`, main: at.id === "main" || at.tagName === "ASIDE", ring, within, bare: Boolean(found && (found === at || at.contains(found) || found.contains(at))), named: Boolean(name) }; }"""
MOST = 250


async def stops(page: Page) -> AsyncIterator[dict[str, Any]]:
    """Each stop of the Tab key until it leaves the page."""
    for _ in range(MOST):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(STOP)
        if stop is None:
            return
        yield stop
    raise AssertionError(f"the Tab key does not leave {page.url}")


async def walked(page: Page) -> list[str]:
    """What is wrong with the stops of a page."""
    return [f"{stop['what']}: {key}" async for stop in stops(page) for key in ("ring", "within", "bare", "named") if not stop[key] and not stop["main"]]


async def test_every_stop_on_every_page_is_seen_and_named(desk: Desk, record: Record, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("admin")
        paths = [page.url for page in pages() if page.method == "GET" and "<" not in page.path and not page.path.endswith(".csv")]
        paths.remove("/desk/safety/live")  # a part of a page
        for path in [*paths, f"/desk/talks/{record.refs['first']}", "/desk/misses/1", "/desk/turns/1/teach", "/desk/nothing"]:
            await window.go(path)
            # Where a page begins in a box, the way there is part of the walk too.
            await window.page.evaluate("document.activeElement.blur()")
            assert await walked(window.page) == [], path


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("path", ["gifts.yml?open=1", "lessons/child_safety/crossing-the-road.md", "menu.yml", "safety/fell-into-water.yml"])
async def test_a_box_that_is_written_in_is_not_under_the_buttons(desk: Desk, web_browser: Browser, size: str, path: str) -> None:
    async with browser(desk, web_browser, size) as window:
        await window.sign_in("editor")
        await window.go(f"/desk/lessons/edit/{path}")
        await window.page.wait_for_selector("#remarks .fine, #remarks .may, #remarks .must")
        assert await walked(window.page) == []


async def test_a_group_of_misses_is_worked_through_without_a_mouse(desk: Desk, record: Record, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "wide") as window:
        page, keyboard = window.page, window.page.keyboard
        await window.sign_in("reviewer")
        await window.go("/desk/misses")
        for key, reached in (("j", ""), ("Enter", r"/desk/misses/\d+$"), ("u", r"/desk/misses$"), ("j", ""), ("Enter", r"/desk/misses/\d+$"), ("j", ""), ("e", "/teach")):
            await keyboard.press(key)
            if reached:
                await page.wait_for_url(re.compile(reached))
        # The first choice is at hand, not behind the menu.
        await keyboard.press("Space")
        assert await page.is_checked("input[name=target] >> nth=0")
        await keyboard.press("Enter")
        await page.wait_for_url(re.compile(r"/desk/examples/\d+"))
        await keyboard.press("Enter")
        await page.wait_for_selector("text=例句确认了")
        await keyboard.press("x")
        await page.wait_for_url(re.compile(r"/desk/misses\?notice"))
        assert "没有等着处理的" in await page.inner_text("main")


async def test_the_list_of_keys_gives_the_focus_back(desk: Desk, record: Record, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "wide") as window:
        page = window.page
        await window.sign_in("reviewer")
        await window.go("/desk/talks")
        await page.keyboard.press("j")
        before = await page.evaluate("document.activeElement.href")
        await page.keyboard.press("?")
        assert await page.evaluate("document.activeElement.closest('dialog') !== null")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#keys", state="hidden")
        assert await page.evaluate("document.activeElement.href") == before and before


async def test_the_menu_on_a_phone_opens_and_closes_by_keyboard(desk: Desk, record: Record, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "narrow") as window:
        page = window.page
        await window.sign_in("reviewer")
        await window.go("/desk/misses")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await page.wait_for_selector(".menu[open] nav a")
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.closest('.menu nav') !== null")
        await page.keyboard.press("Escape")
        await page.wait_for_selector(".menu:not([open])")
        assert await page.evaluate("document.activeElement.tagName") == "SUMMARY"


async def test_a_publishing_is_told_as_it_goes_and_the_button_stays_under_the_finger(
    desk: Desk, tmp_path: Path, web_browser: Browser, program: list[Any]
) -> None:
    async with browser(desk, web_browser, "wide") as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/publish")
        await page.click("button:has-text('开始发布')")
        await page.wait_for_url(re.compile(r"/desk/publish/\d+"))
        run_id = int(page.url.partition("/publish/")[2].partition("?")[0])
        await page.focus("button:has-text('停掉')")
        for step, said in (("train", "学一遍"), ("evaluate", "做固定的题")):
            with services.database().session() as session:
                runs.report(session, run_id, step, "100/2000", {})
            await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            await page.wait_for_selector(f"p.hidden[role=status]:has-text('在做，{said}')", state="attached")
            assert await page.evaluate("document.activeElement.textContent") == "停掉"
        assert await page.locator("progress[aria-label]").count() == 1
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=正在停")
        with services.database().session() as session:
            run = runs.get(session, run_id)
        assert run and run.cancel, "by keyboard alone"
