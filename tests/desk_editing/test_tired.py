"""What somebody does at the end of a long day: a list on one line, a name that is only spaces, far too much text, a face of laughter."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from bot import services
from bot.content import history
from bot.desk.editing import drafts
from tests.desk.support import CAST, Desk
from tests.desk_editing.conftest import LESSON as LESSON_THERE
from tests.desk_editing.filled import fields_of, send

SCRIPT = "safety/fell-into-water.yml"
LESSON = "lessons/early_childhood/first-day.md"


def _text(path: str) -> str:
    with services.database().session() as session:
        found = drafts.open_for(session, path)
    assert found is not None
    return found.text


async def test_numbers_to_call_may_stand_on_one_line(desk: Desk) -> None:
    wang = await desk.staff("editor")
    form = fields_of(await wang.get(f"/desk/lessons/edit/{SCRIPT}"))
    numbers = form["hotlines"][0].split()
    form |= {"hotlines": ["、".join(numbers) + "， 12355"]}
    looked = json.loads((await send(wang, f"/desk/lessons/look/{SCRIPT}", form)).text)
    said = [each["message"] for each in looked["remarks"] if each["field"].startswith("hotlines")]
    assert any("12355" in each for each in said) and not any("、" in each.partition(" ")[0] for each in said)
    assert not any("hotlines.yml" in each or "other_numbers" in each for each in said), "who sees forms knows no files"
    await send(wang, f"/desk/lessons/edit/{SCRIPT}", form)
    assert yaml.safe_load(_text(SCRIPT))["hotlines"] == [*numbers, "12355"]


async def test_a_new_lesson_has_a_question_a_line_as_engineers_write_them(desk: Desk) -> None:
    wang = await desk.staff("editor")
    await wang.get("/desk/lessons/new")
    await wang.post("/desk/lessons/new", title="上幼儿园第一天", series="early_childhood", slug="first-day")
    address = f"/desk/lessons/edit/{LESSON}"
    await send(wang, address, fields_of(await wang.get(address)) | {"summary": ["不哭着分开"]})
    await send(wang, address, fields_of(await wang.get(address)) | {"questions": ["第一天哭怎么办\r\n送不进去咋整"]})
    assert "questions:\n  - 第一天哭怎么办\n  - 送不进去咋整\n" in _text(LESSON)


@pytest.mark.parametrize("title", ["", "   ", "　"])
async def test_a_lesson_without_a_title_waits_for_one(desk: Desk, title: str) -> None:
    wang = await desk.staff("editor")
    await wang.get("/desk/lessons/new")
    assert "还没写题目" in (await wang.post("/desk/lessons/new", title=title, series="early_childhood", slug="first-day")).text
    await wang.post("/desk/lessons/new", title="第一天", series="early_childhood", slug="first-day")
    address = f"/desk/lessons/edit/{LESSON}"
    assert (await send(wang, address, fields_of(await wang.get(address)) | {"title": [title]})).status == 303, "half written it is kept"
    assert "<h1>还没写题目</h1>" in (await wang.get(address)).text, "and bears no file's name"
    assert (await wang.get("/desk/drafts")).status == 200 and (await wang.get("/desk/lessons")).status == 200
    assert "还有要改的地方" in (await wang.post("/desk/drafts/1/send", version="2")).text


async def test_history_says_who_wrote_and_not_in_which_file(desk: Desk, content: Path) -> None:
    history.record(content, {LESSON_THERE: b"x\n"}, "王老师", f"{LESSON_THERE}：王老师 写，李老师 看过", desk.clock.now())
    shown = (await (await desk.staff("editor")).get(f"/desk/lessons/past/{LESSON_THERE}")).text
    assert "<td>王老师 写，李老师 看过</td>" in shown


async def test_who_was_signed_out_while_typing_is_told_how_to_keep_it(desk: Desk) -> None:
    wang = await desk.staff("editor")
    form = fields_of(await wang.get(f"/desk/lessons/edit/{LESSON_THERE}"))
    desk.clock.turn(timedelta(hours=9))
    answer = await send(wang, f"/desk/lessons/edit/{LESSON_THERE}", form | {"summary": ["写了很久"]})
    assert answer.status == 401 and "字还在" in answer.text
    # As wide as the page at the door: beside a menu that is not there it was a column of six characters.
    assert '<body class="door"' in answer.text and 'href="/desk/login" target="_blank"' in answer.text
    assert (await wang.sign_in(CAST["editor"])).status == 303
    assert (await send(wang, f"/desk/lessons/edit/{LESSON_THERE}", form | {"summary": ["写了很久"]})).status == 303
