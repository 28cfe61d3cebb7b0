"""A new danger from the page to the file: half written, with patterns in words, finished by two people."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.content.library import load_library
from bot.publish import dangers
from tests.desk.support import Browser, Desk
from tests.desk_editing.filled import fields_of, send
from tests.desk_editing.test_begun import _begin, _step

SAID = [f"{who}{how}{where}" for who in ("娃儿", "我孙子", "崽", "弟弟", "女儿") for how in ("掉到", "摔进", "滑下") for where in ("粪坑里了", "沼气池去了")]
HARMLESS = [f"{what}怎么{how}" for what in ("粪坑", "沼气池", "化粪池", "旱厕") for how in ("修", "盖板", "清", "围起来", "申请补贴")]
TRIED = ["快来人啊粪池里头有个小的扑腾", "我妈打电话哭说化粪池把孙子吞了"]
SAVES = "粪坑、沼气池里有毒气：谁都不下去，现在就打120。\r\n我在，您照着念：\r\n1. 站在上风，喊人。\r\n2. 用绳子、竹竿让他抓住。\r\n3. 拉上来先看有没有呼吸。\r\n这样喊：“别下去！拿绳子来！”"


async def _finished_danger(wang: Browser, charlie: Browser, path: str) -> None:
    assert "notice=sent" in await _step(wang, path, "send")
    assert "要求最严" in await _step(charlie, path, "judge", {"what": ["good"]}), "who approves promises what every script asks for"
    assert "notice=approved" in await _step(charlie, path, "judge", {"what": ["good"], "promise": ["0", "1", "2"]})
    assert "notice=finished" in await _step(charlie, path, "finish")


async def test_a_new_danger_is_written_from_the_page_to_the_file(desk: Desk, content: Path, tmp_path: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    assert "机器从没见过" in (await wang.get("/desk/content/scripts/new")).text, "what it means is said first"
    path = await _begin(wang, "scripts", title="孩子掉进粪坑", slug="septic-tank")
    address = f"/desk/lessons/edit/{path}"
    assert path == "safety/septic-tank.yml" and "急救文案《孩子掉进粪坑》" in (await wang.get("/desk/content/scripts")).text
    said = await _step(wang, path, "send")
    assert "还没写打哪些电话" in said and "一共 5 处" in said, "and nothing in a word of the file's"
    # Half of it, and saved: a danger takes more than one sitting.
    form = fields_of(await wang.get(address)) | {"answer": [SAVES], "hotlines": ["120"]}
    assert (await send(wang, address, form)).location.endswith("notice=saved")
    looked = json.loads((await send(wang, f"/desk/lessons/look/{path}", fields_of(await wang.get(address)))).text)
    assert {each["field"] for each in looked["remarks"]} == {"examples", "near_misses", "patterns", "cases"}
    form = fields_of(await wang.get(address)) | {"examples": ["\r\n".join(SAID)], "near_misses": ["\r\n".join(HARMLESS)]}
    form |= {"patterns": ["掉/摔/滑 粪坑/沼气池"], "sources.0.title": ["有限空间救援"], "sources.0.publisher": ["应急管理部"]}
    form |= {"cases": [f"{TRIED[0]}\r\n{SAID[0]}呀"]}
    looked = json.loads((await send(wang, f"/desk/lessons/look/{path}", form)).text)
    assert [each["field"] for each in looked["remarks"] if "考不出什么" in each["message"]] == ["cases"], "one that is learned tries nothing"
    form |= {"cases": ["\r\n".join(TRIED)]}
    looked = json.loads((await send(wang, f"/desk/lessons/look/{path}", form)).text)
    assert f"{len(SAID)} 句出事的话，字样认出 {len(SAID)} 句；{len(HARMLESS)} 句没出事的话，错认 0 句" in looked["seen"]
    await send(wang, address, form)
    assert fields_of(await wang.get(address))["patterns"] == ["掉/摔/滑 粪坑/沼气池"], "no sign of an expression"
    assert [(each["field"], each["message"]) for each in looked["remarks"] if each["error"]] == []

    await _finished_danger(wang, charlie, path)
    text = (content / path).read_text("utf-8")
    assert text.count("\n  - ") == len(SAID) + len(HARMLESS) + len(TRIED) + 2, "a sentence a line, as engineers write them"
    assert re.findall(r"^(\w+):", text, re.MULTILINE)[:5] == ["title", "order", "urgency", "patterns", "examples"], "in the order of the template"
    assert "septic-tank" not in load_library(content).safety, "not finished: nothing of it reaches a parent"
    assert "家长还用不上" in (await wang.get("/desk/content/scripts")).text
    await send(wang, address, fields_of(await wang.get(address)) | {"status": ["published"]})
    await _finished_danger(wang, charlie, path)
    script = load_library(content).safety["septic-tank"]
    assert script.matches("妹妹摔进屋后头粪坑") and not script.matches("粪坑边上摔了") and script.order > load_library(content).safety["fell-into-water"].order
    assert dangers.write_cases(content, tmp_path / "cases.jsonl") == len(TRIED), "the gate asks them"
    assert script.examples == tuple(SAID) and script.near_misses == tuple(HARMLESS)


@pytest.mark.parametrize(("slug", "wrong"), [("Septic_Tank", "横线"), ("fell-into-water", "fell-into-water-2"), ("1-x", "横线")])
async def test_a_danger_has_a_name_of_its_own(desk: Desk, slug: str, wrong: str) -> None:
    wang = await desk.staff("editor")
    await wang.get("/desk/content/scripts/new")
    answer = await wang.post("/desk/content/scripts/new", title="孩子掉进粪坑", slug=slug)

    assert answer.status == 400 and wrong in answer.text


async def test_two_dangers_without_a_name_get_one(desk: Desk) -> None:
    wang = await desk.staff("editor")

    assert [await _begin(wang, "scripts", title="掉坑") for _ in range(2)] == ["safety/danger-1.yml", "safety/danger-2.yml"]


async def test_what_stands_in_a_file_is_not_emptied(desk: Desk) -> None:
    wang = await desk.staff("editor")
    address = "/desk/lessons/edit/safety/fell-into-water.yml"
    answer = await send(wang, address, fields_of(await wang.get(address)) | {"answer": [""]})

    assert answer.status == 400 and "还没写马上怎么回" in answer.text
