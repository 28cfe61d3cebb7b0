"""Attacks by what is typed and uploaded, as a browser sends it: names that are paths, pictures that are none, scripts in forms."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Browser

from bot import services
from bot.desk.editing import drafts
from tests.desk.support import Desk
from tests.desk.test_browser import ATTACK, Window, browser
from tests.desk_editing.conftest import LESSON
from tests.loops import lasting_loop

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio]
event_loop = pytest.fixture(lasting_loop, scope="module")

TRICKS = ("../../../evil", "..%2f..%2fevil", "/etc/evil", "a/../../evil", "evil.md\\..", "evil\u2024\u2024/x", ".git")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.hit=1"><script>window.hit=1</script></svg>'
# The page's own checks are for those who mistype; an attacker takes them off.
UNCHECKED = "document.querySelectorAll('form').forEach((form) => { form.noValidate = true; }); document.querySelectorAll('[maxlength]').forEach((box) => box.removeAttribute('maxlength'));"


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts}


def _drafts() -> list[str]:
    with services.database().session() as session:
        return [draft.path for draft in drafts.all_open(session)]


def _polyglot() -> bytes:
    """A picture that shows, with a script behind its last byte."""
    out = BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "PNG")
    return out.getvalue() + SVG


async def _sent(window: Window, button: str) -> str:
    await window.page.evaluate(UNCHECKED)
    await window.page.click(button)
    await window.page.wait_for_load_state()
    return await window.page.inner_text("main")


async def test_a_name_that_is_a_path_makes_no_file(desk: Desk, content: Path, web_browser: Browser) -> None:
    before = _files(content.parent.parent)
    async with browser(desk, web_browser, "wide") as window:
        page = window.page
        await window.sign_in("editor")
        for trick in TRICKS:
            await window.go("/desk/lessons/new")
            await page.fill("input[name=title]", "过马路以后")
            await page.select_option("select[name=series]", index=1)
            await page.fill("input[name=slug]", trick)
            assert "英文短名只用小写字母" in await _sent(window, "main form button"), trick
        for kind, trick in (("scripts", TRICKS[0]), ("campaigns", TRICKS[3]), ("answers", TRICKS[6])):
            await window.go(f"/desk/content/{kind}/new")
            await page.fill("input[name=title]", "新的")
            await page.fill("input[name=slug]", trick)
            assert "只用小写字母" in await _sent(window, "button:has-text('开始写')"), kind
        await window.go("/desk/content/quizzes/new")
        await page.fill("input[name=title]", "新的")
        await page.evaluate("document.querySelector('select[name=like]').innerHTML = '<option value=\"../../evil\">x</option>'")
        assert "请从列表里选一课" in await _sent(window, "button:has-text('开始写')")
        await window.go("/desk/lessons/edit/..%2f..%2f..%2fetc%2fpasswd")
        assert "没有这一页" in await page.inner_text("main")
    assert _drafts() == [] and {name for name in _files(content.parent.parent) - before if "evil" in name} == set()


async def test_what_is_no_picture_is_not_taken_and_a_picture_comes_clean(desk: Desk, content: Path, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "wide") as window:
        page = window.page
        await window.sign_in("editor")
        await window.go(f"/desk/lessons/edit/{LESSON}")
        for name, kind, data in (("x.svg", "image/svg+xml", SVG), ("../../evil.png", "image/png", SVG), ("x.png", "image/png", b"MZ\x90"), ("x.jpg", "image/jpeg", b"")):
            await page.set_input_files("#picture", {"name": name, "mimeType": kind, "buffer": data})
            await page.wait_for_selector("#picture-said:has-text('只收 PNG 和 JPEG'), #picture-said:has-text('还没选图片')")
            await page.evaluate("document.getElementById('picture-said').textContent = ''")
        assert not (content / "pictures").exists()
        await page.set_input_files("#picture", {"name": "../../../../evil.html", "mimeType": "image/png", "buffer": _polyglot()})
        await page.wait_for_selector("text=放到正文里了")
        page.on("dialog", lambda dialog: dialog.accept())
    (kept,) = (content / "pictures").iterdir()
    assert kept.suffix == ".jpg" and b"script" not in kept.read_bytes() and kept.read_bytes()[:3] == b"\xff\xd8\xff"


async def test_a_comic_with_a_script_is_refused_in_plain_words(desk: Desk, content: Path, web_browser: Browser) -> None:
    before = _files(content)
    async with browser(desk, web_browser, "wide") as window:
        page = window.page
        await window.sign_in("editor")
        for slug, data, said in (("red-light", SVG, "只收 PNG 和 JPEG"), ("../../evil", _polyglot(), "英文短名只用小写字母")):
            await window.go("/desk/comics/new")
            await page.fill("input[name=title]", "红灯停一停")
            await page.select_option("select[name=lesson]", "crossing-the-road")
            await page.fill("input[name=summary]", "过马路先站住。")
            await page.fill("input[name=slug]", slug)
            for number in (1, 2, 3):
                await page.set_input_files(f"input[name=picture-{number}]", {"name": "../../1.svg", "mimeType": "image/png", "buffer": data})
                await page.fill(f"textarea[name=alt-{number}]", "奶奶牵着孩子站在路边等绿灯。")
            assert said in await _sent(window, "button:has-text('存成草稿')")
    assert _files(content) == before and _drafts() == []


@pytest.mark.parametrize(
    ("path", "field", "shown"),
    [
        ("gifts.yml?open=0", "gifts.0.why", "#seen .bubble"),
        ("quizzes/crossing-the-road.yml", "questions.0.ask", "#seen .bubble"),
        ("menu.yml", "name1", "#seen b"),
        ("safety/fell-into-water.yml", "answer", "#seen .bubble"),
    ],
)
async def test_a_script_in_a_form_is_only_words(desk: Desk, web_browser: Browser, path: str, field: str, shown: str) -> None:
    async with browser(desk, web_browser, "wide") as window:
        page = window.page
        await window.sign_in("editor")
        await window.go(f"/desk/lessons/edit/{path}")
        await page.evaluate(f"{UNCHECKED} document.querySelectorAll('main details').forEach((one) => {{ one.open = true; }})")
        await page.fill(f"[name='{field}'] >> nth=0", ATTACK)
        # What stands beside the form is put into the page as it comes from the server.
        await page.locator(shown, has_text="window.hit=1").first.wait_for()
        assert await page.locator("#seen script, #seen img, #seen a[href^=javascript]").count() == 0
        page.on("dialog", lambda dialog: dialog.accept())
        await page.click("text=保存，去送给同事看")
        await page.wait_for_load_state()
        assert await page.locator("main script, main img[src=x], main a[href^=javascript]").count() == 0
        assert await page.evaluate("window.hit === undefined")
