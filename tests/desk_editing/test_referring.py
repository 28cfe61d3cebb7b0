"""A lesson that something gives to parents cannot be put away under it: who tries is told what uses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import services
from bot.desk.editing import drafts, referring
from tests.desk.support import Answer, Browser, Desk
from tests.desk_editing.conftest import LESSON

SOURCE = f"/desk/lessons/source/{LESSON}"


async def _put_away(browser: Browser, content: Path) -> Answer:
    page = await browser.get(SOURCE)
    hidden = {name: re.findall(rf'name="{name}" value="([^"]*)"', page.text)[0] for name in ("version", "base")}
    text = (content / LESSON).read_text("utf-8").replace("status: published", "status: draft")
    await browser.post(SOURCE.replace("/source/", "/edit/"), source=text, **hidden)
    with services.database().session() as session:
        draft = drafts.open_for(session, LESSON)
    assert draft
    await browser.get(f"/desk/drafts/{draft.id}")
    return await browser.post(f"/desk/drafts/{draft.id}/send", version=str(draft.version))


async def test_what_uses_a_lesson_keeps_it(desk: Desk, content: Path) -> None:
    (content / "campaigns/roads.yml").write_text("title: 开学\nsteps:\n  - lesson: crossing-the-road  # walk\n", "utf-8")
    refused = await _put_away(await desk.staff("editor"), content)

    assert refused.status == 409
    assert "提醒《开学》" in refused.text and "测验" in refused.text and "漫画" in refused.text and "其他内容" in refused.text


async def test_what_nothing_uses_may_be_put_away(desk: Desk, content: Path) -> None:
    for name in ("quizzes", "comics"):
        (content / f"{name}/crossing-the-road.yml").unlink()

    assert (await _put_away(await desk.staff("editor"), content)).status == 303


@pytest.mark.parametrize(("status", "so"), [("draft", True), ("reviewed", False), ("published", False)])
def test_only_who_stops_giving_it_puts_it_away(content: Path, status: str, so: bool) -> None:
    text = (content / LESSON).read_text("utf-8")

    assert referring.puts_away(content, LESSON, text.replace("status: published", f"status: {status}")) is so
    assert not referring.puts_away(content, "lessons/child_safety/not-there.md", "status: draft")


def test_a_name_that_only_begins_alike_is_another_lesson(content: Path) -> None:
    (content / "campaigns/roads.yml").write_text("title: 别的\nsteps:\n  - lesson: crossing-the-road-alone\n", "utf-8")

    assert all("别的" not in each for each in referring.referring(content, LESSON))
