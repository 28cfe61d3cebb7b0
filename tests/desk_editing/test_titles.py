"""What a draft is called: in words, whatever it is and even where its text cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.desk.editing.sheets import scripts
from bot.desk.editing.sheets.titles import lines, named
from tests.desk.support import Desk
from tests.desk_editing.filled import fields_of, send


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("lessons/course/one.md", '---\ntitle: "第一天: 送园"\nseries: course\n---\n', "课《第一天: 送园》"),
        ("lessons/course/one.md", "---\ntitle: [\n", "课《[》"),
        ("lessons/course/one.md", "", "课《one》"),
        ("campaigns/mid_autumn.yml", "# 中秋。\ncampaign: mid_autumn\ntitle: 中秋节\n", "提醒《中秋节》"),
        ("safety/burn.yml", "title:\nurgency: emergency\n", "急救文案《burn》"),
        ("quizzes/crossing-the-road.yml", "lesson: crossing-the-road\n", "测验《教孩子过马路》"),
        ("comics/fever.yml", "title: 发烧，先看多大\n", "漫画《发烧，先看多大》"),
        ("data/nlu/basics.yml", "", "家长的话：打招呼、问我是谁"),
        ("domain/gifts.yml", "", "回复：礼物"),
        ("data/nlu/new_topic.yml", "", "家长的话：new_topic"),
        ("dialect.yml", "", "方言和错字"),
        ("calendar/vacations.yml", "", "寒暑假"),
        ("menu.yml", "", "公众号的菜单"),
    ],
)
def test_a_file_has_a_name_in_words(path: str, text: str, name: str, clock: ManualClock) -> None:
    assert named(path, text) == name


async def test_the_list_of_drafts_says_what_each_is(desk: Desk) -> None:
    wang = await desk.staff("editor")
    form = fields_of(await wang.get("/desk/lessons/edit/campaigns/mid_autumn.yml")) | {"title": ["月亮节"]}
    await send(wang, "/desk/lessons/edit/campaigns/mid_autumn.yml", form)
    page = (await wang.get("/desk/drafts")).text

    assert ">提醒《月亮节》</a>" in page
    assert "<summary>哪个文件</summary><code>campaigns/mid_autumn.yml</code>" in page


@pytest.mark.parametrize("text", [f"title: {'[' * 4000}", "title: [", "- 清单\n", "title: 2026-02-30\nupdated: 2026-02-30\n"])
def test_a_file_that_cannot_be_read_is_a_line_that_says_so(content: Path, clock: ManualClock, text: str) -> None:
    (content / "safety/spoilt.yml").write_text(text, "utf-8")
    found = {line.path: line for line in lines(scripts.SHEET)}

    assert found["safety/spoilt.yml"].problem and found["safety/spoilt.yml"].title == "spoilt"
    assert found["safety/fell-into-water.yml"].title == "孩子掉进水里" and not found["safety/fell-into-water.yml"].problem
    assert "30 句例子" in found["safety/fell-into-water.yml"].note
