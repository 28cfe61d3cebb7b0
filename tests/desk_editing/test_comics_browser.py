"""A comic put together in a real browser, which shows the pixels inside our drawings under the policy that parents' pages have."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Browser

from tests.desk.support import Desk
from tests.desk.test_browser import SIZES, browser
from tests.desk_editing.test_sheets_browser import _fits
from tests.loops import lasting_loop

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio]
event_loop = pytest.fixture(lasting_loop, scope="module")


@pytest.mark.parametrize("size", SIZES)
async def test_a_comic_is_put_together(desk: Desk, web_browser: Browser, tmp_path: Path, size: str) -> None:
    Image.effect_noise((600, 400), 120).convert("RGB").save(tmp_path / "panel.png")
    async with browser(desk, web_browser, size) as window:
        page = window.page
        await window.sign_in("editor")
        await window.go("/desk/content/comics")
        await page.click("text=放一篇画好的漫画")
        await _fits(window, f"new-comic-{size}")
        await page.fill("input[name=title]", "红灯停一停")
        await page.select_option("select[name=lesson]", "crossing-the-road")
        await page.fill("input[name=summary]", "过马路先站住。")
        await page.fill("input[name=slug]", "red-light")
        for number in (1, 2, 3):
            await page.set_input_files(f"input[name=picture-{number}]", tmp_path / "panel.png")
            await page.fill(f"textarea[name=alt-{number}]", "奶奶牵着孩子站在路边等绿灯。")
        await page.click("button:has-text('存成草稿')")
        await page.wait_for_url(re.compile(r"/desk/drafts/\d+"))
        picture = page.locator(".panels img >> nth=0")
        await picture.scroll_into_view_if_needed()
        await page.evaluate("Promise.all([...document.querySelectorAll('.panels img')].map((each) => each.decode()))")
        await _fits(window, f"comic-draft-{size}")
        with Image.open(BytesIO(await picture.screenshot())) as seen:
            assert len(seen.convert("L").getcolors(256) or []) > 40, "the pixels are there, and not an empty frame"
