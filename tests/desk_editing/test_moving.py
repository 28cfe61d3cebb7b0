"""The messages of a campaign in another order, one more, one less: nothing typed is lost, and what went out already is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import services
from bot.content.nested import values_of
from bot.desk.editing import drafts
from bot.desk.editing.sheets import campaigns
from bot.desk.editing.sheets.filling import shown, taken
from bot.desk.editing.sheets.moving import rearranged
from bot.reminders.tables import outbox
from tests.desk.support import Browser, Desk
from tests.desk_editing.filled import Fields, fields_of, send

CAMPAIGN = "campaigns/mid_autumn.yml"
EDIT, TRIED = f"/desk/lessons/edit/{CAMPAIGN}", f"/desk/lessons/tried/{CAMPAIGN}"
PARTS = campaigns.SHEET.parts


def _steps(text: str) -> list[dict[str, object]]:
    steps = values_of(text)["steps"]
    assert isinstance(steps, list)
    return steps


def _draft_text() -> str:
    with services.database().session() as session:
        draft = drafts.open_for(session, CAMPAIGN)
    assert draft is not None
    return draft.text


async def _form(browser: Browser) -> Fields:
    return fields_of(await browser.get(EDIT))


def _sent_out(step: str, state: str, times: int) -> None:
    now = services.clock().now()
    with services.database().session() as session:
        for number in range(times):
            row = {"parent_key": f"parent{number}", "campaign": "mid_autumn", "occurrence": f"{step}-{state}", "step": step, "state": state}
            session.execute(outbox.insert().values(**row, due_at=now, not_before=now, stale_at=now))


@pytest.mark.parametrize(
    ("wish", "order", "number"),
    [
        ("steps.1.up", ["b", "a", "c"], "0"),
        ("steps.1.down", ["a", "c", "b"], "2"),
        ("steps.0.up", ["a", "b", "c"], ""),
        ("steps.2.down", ["a", "b", "c"], ""),
        ("steps.7.up", ["a", "b", "c"], ""),
        ("title.1.up", ["a", "b", "c"], ""),
        ("steps.x.up", ["a", "b", "c"], ""),
        ("", ["a", "b", "c"], ""),
    ],
)
def test_rows_change_places(clock: object, wish: str, order: list[str], number: str) -> None:
    names = {f"steps.{index}.step": [name] for index, name in enumerate("abc")}
    moved = rearranged(PARTS(Path()), {"title": ["x"], "steps": ["y"], "steps.1.offset.days": ["5"], **names}, wish)

    assert [moved.values[f"steps.{index}.step"][0] for index in range(3)] == order
    assert moved.number == number
    assert moved.values[f"steps.{order.index('b')}.offset.days"] == ["5"], "whatever belongs to the row goes with it"
    assert moved.values["title"] == ["x"] and moved.values["steps"] == ["y"]


def test_a_row_that_moved_is_still_the_entry_it_was(clock: object, content: Path) -> None:
    text = (content / CAMPAIGN).read_text("utf-8")
    tree = values_of(text)
    parts = PARTS(content)
    moved = rearranged(parts, shown(parts, tree), "steps.0.down").values
    found = taken(parts, moved, tree)

    assert not found.errors
    assert found.tree["steps"] == list(reversed(_steps(text))), "no field more or less than before"


async def test_moved_then_saved(desk: Desk, content: Path) -> None:
    wang = await desk.staff("editor")
    before = _steps((content / CAMPAIGN).read_text("utf-8"))
    form = await _form(wang) | {"title": ["月亮节"], "steps.0.at": ["半夜"]}
    page = await send(wang, TRIED, {**form, "move": ["steps.0.down"]})

    assert page.status == 200 and "挪好了。还没有存" in page.text and "data-unsaved" in page.text
    form = fields_of(page)
    assert form["title"] == ["月亮节"] and form["steps.1.at"] == ["半夜"], "what was typed stays, right or wrong"
    assert 'id="steps.1" open' in page.text
    form["steps.1.at"] = [str(before[0]["at"])]
    assert "notice=saved" in (await send(wang, EDIT, form)).location
    assert [step["step"] for step in _steps(_draft_text())] == ["talk_1", "day_0"]
    assert sorted(_steps(_draft_text()), key=lambda each: str(each["step"])) == sorted(before, key=lambda each: str(each["step"]))


async def test_one_more_is_added_and_moved_up(desk: Desk) -> None:
    wang = await desk.staff("editor")
    page = await send(wang, TRIED, {**await _form(wang), "move": ["steps.add"]})
    assert "加好了一条" in page.text and 'id="steps.2" open><summary>新的一条' in page.text
    form = fields_of(page)
    form |= {"steps.2.step": ["late_2"], "steps.2.at": ["19:00"], "steps.2.stale_after.n": ["2"], "steps.2.texts": ["月亮还圆着。", "今晚再看一眼月亮。"]}
    page = await send(wang, TRIED, {**form, "move": ["steps.2.up"]})
    assert "notice=saved" in (await send(wang, EDIT, fields_of(page))).location

    steps = _steps(_draft_text())
    assert [step["step"] for step in steps] == ["day_0", "late_2", "talk_1"]
    assert set(steps[1]) == {"step", "at", "stale_after", "texts"}, "nothing of the step that stood there before"


async def test_what_went_out_is_said_before_it_goes(desk: Desk) -> None:
    wang = await desk.staff("editor")
    assert 'class="sent"' not in (await wang.get(EDIT)).text
    _sent_out("day_0", "confirmed", 12)
    _sent_out("day_0", "planned", 3)
    _sent_out("day_0?", "sent", 5)
    _sent_out("talk_1", "stale", 2)  # never reached anybody
    page = (await wang.get(EDIT)).text
    assert re.findall(r'class="sent">([^<]+)', page) == ["这一条已经发出去 12 次，收不回来；排着队的，去掉以后就不发了。"]
    form = await _form(wang)
    await send(wang, EDIT, {**form, "steps.0.gone": ["yes"]})
    with services.database().session() as session:
        draft = drafts.open_for(session, CAMPAIGN)
    assert draft is not None
    shown = (await wang.get(f"/desk/drafts/{draft.id}")).text

    assert "“day_0”不在了：已经发出去 12 次" in shown and "再发一遍" in shown
    await send(wang, EDIT, {**fields_of(await wang.get(EDIT)), "steps.0.texts": ["昨晚的月亮真圆。", "昨晚的月亮圆吗？"]})
    again = (await wang.get(f"/desk/drafts/{draft.id}")).text
    assert "不在了" in again, "as long as the file has it"


async def test_enter_in_a_box_saves(desk: Desk) -> None:
    page = (await (await desk.staff("editor")).get(EDIT)).text
    form = page[page.index('id="editor"') :]
    assert re.search(r"<button[^>]*>", form)[0].count('name="then"') == 1  # type: ignore[index]
