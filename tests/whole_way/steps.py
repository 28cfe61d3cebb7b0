"""What staff do on the desk, in a browser, from the first click to the last."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Page

from bot.desk.editing import forms
from tests.whole_way.house import ROOT, WITHIN, House, shown

# A lesson of the real library, typed into the form of the small one.
WRITTEN = forms.of_text((ROOT / "content/lessons/child_safety/fireworks.md").read_text("utf-8"))
SLUG, OLD = "fireworks", "lessons/child_safety/crossing-the-road.md"


async def wish(house: House, page: Page, question: str, owner: str) -> None:
    """Of a miss that no lesson answers: a colleague is asked to write one."""
    await house.go(page, "/desk/misses")
    await shown(page, question)
    await page.click(f"a:has-text('{question}')")
    await page.select_option("form[action$='/wish'] select[name=owner]", owner)
    await page.click("button:has-text('请 TA 写')")
    await page.wait_for_selector("text=已经请同事写这一课")


async def write_lesson(house: House, page: Page, wished: str) -> None:
    """The lesson that was asked for, begun where the wish stands, saved and sent to a colleague."""
    await house.go(page, "/desk/requests?mine=1")
    await page.click(f"tr:has-text('{wished}') a:has-text('写这一课')")
    await page.fill("input[name=title]", WRITTEN.texts["title"])
    await page.select_option("select[name=series]", "child_safety")
    await page.fill("input[name=slug]", SLUG)
    await page.click("button:has-text('开始写')")
    for name in ("summary", "answer", "relay", "try"):
        await page.fill(f"[name={name}]", WRITTEN.texts[name])
    await page.fill("textarea[name=questions]", WRITTEN.questions)
    await page.fill("textarea[name=body]", WRITTEN.body)
    await page.fill("input[name=start]", WRITTEN.start)
    await page.fill("input[name=end]", WRITTEN.end)
    source = WRITTEN.sources[0]
    await page.click("summary:has-text('依据哪里')")
    for name, value in (("title", source.title), ("publisher", source.publisher), ("year", source.year)):
        await page.fill(f"[name=sources-{name}] >> nth=-1", value)
    await page.select_option("select[name=status]", "published")
    await _send(page)


async def add_question(house: House, page: Page, question: str) -> None:
    """Another way to ask an old lesson, sent to a colleague."""
    await house.go(page, f"/desk/lessons/edit/{OLD}")
    area = page.locator("textarea[name=questions]")
    await area.fill(f"{await area.input_value()}\n{question}")
    await _send(page)


async def approve_all(house: House, page: Page) -> int:
    """Everything that waits for a second pair of eyes, looked at, approved and written into the files; returns how much it was."""
    done = 0
    while True:
        await house.go(page, "/desk/drafts")
        if not await page.locator("td:has-text('等人看')").count():
            return done
        await page.click("tr:has-text('等人看') a >> nth=0")
        await page.click("button:has-text('通过')")
        await page.click("button:has-text('定稿')")
        await page.wait_for_selector("text=已经记进历史")
        done += 1


async def teach(house: House, page: Page, question: str, lesson: str) -> None:
    """A miss becomes an example of a lesson."""
    await house.go(page, "/desk/misses")
    await shown(page, question)
    await page.click(f"a:has-text('{question}')")
    await page.click("a:has-text('教它听懂')")
    await page.check(f"input[name=target][value='lesson/{lesson}']")
    await page.click("button:has-text('做成例句')")
    await page.click("button:has-text('确认')")
    await page.wait_for_selector("text=例句确认了")


async def go_live(house: House, page: Page) -> int:
    """Publish what is there, look at it, let it go live; returns the run's number when it answers."""
    address = await house.publish(page)
    assert await page.inner_text("#live .tag >> nth=0") == "等人决定", await page.inner_text("main")
    await page.click("button:has-text('上线')")
    await page.wait_for_selector("text=批准了")
    run = int(address.rpartition("/")[2])
    await house.serving(run)
    return run


async def open_flag(house: House, page: Page, words: str) -> None:
    """The danger sign in which these words stand."""
    await house.go(page, "/desk/safety")
    await shown(page, words)
    await page.click(f"a:has-text('{words}')")
    await page.wait_for_selector("text=怎么发现的")
    # The conversation around it is written a moment later than the flag.
    await shown(page, "写给家长", WITHIN)


async def _send(page: Page) -> None:
    await page.click("text=保存，去送给同事看")
    await page.wait_for_url(re.compile(r"/desk/drafts/\d+"))
    await page.click("button:has-text('送给同事看')")
    await page.wait_for_selector("text=要请别人来通过")


def file(house: House, path: str) -> Path:
    """A file of the house's content."""
    return house.project / "content" / path
