"""Forms of fields: they come back as they were, change only what was typed, and say at the field what is wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable
from difflib import ndiff
from functools import cache
from pathlib import Path

import pytest

from bot.content.documents import read_yaml
from bot.content.lint import tables
from bot.content.writing import WritingError
from bot.desk.editing import files
from bot.desk.editing.sheets import menus, plain
from bot.desk.editing.sheets.filling import shown, taken
from bot.desk.editing.sheets.sheet import Sheet
from bot.desk.editing.sheets.table import BY_NAME, SHEETS, sheet_of
from bot.wechat import menu as wire
from bot.wechat.mapping import SAY
from tests.desk_editing.filled import Fields
from tests.desk_editing.sheet_texts import LIBRARY, PROJECT, REPLIES, SPOKEN, text_of


def _all_files() -> list[tuple[str, Path]]:
    found = []
    for sheet in SHEETS:
        for root in (Path("content"), LIBRARY, PROJECT):
            relative = [(path.relative_to(root).as_posix(), path) for path in sorted(root.glob(sheet.glob))]
            found += [(name, path) for name, path in relative if sheet_of(name) is sheet]
    return found


@cache
def _lessons_of_comics() -> list[files.Line]:
    """The lessons that comics name."""
    slugs = {read_yaml(path).data["lesson"] for root in (Path("content"), LIBRARY) for path in root.glob("comics/*.yml")}
    return [files.Line(f"lessons/x/{slug}.md", "题", "x", "published", 1, "") for slug in sorted(map(str, slugs))]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lessons that a campaign can name are those of the project."""
    monkeypatch.setattr("bot.desk.editing.sheets.campaigns.files.lessons", _lessons_of_comics)


def _filled(sheet: Sheet, text: str) -> Fields:
    """What a browser sends: line ends as Windows has them."""
    values = shown(sheet.parts(LIBRARY), sheet.read(text))
    return {name: [each.replace("\n", "\r\n") for each in texts] for name, texts in values.items()}


def _written(name: str, text: str, change: Callable[[Fields], None]) -> str:
    sheet = BY_NAME[name]
    sent = copy.deepcopy(_filled(sheet, text))
    change(sent)
    found = taken(sheet.parts(LIBRARY), sent, sheet.read(text))
    assert not found.errors
    return sheet.write(text, found.tree)


def _errors(name: str, text: str, **typed: str) -> dict[str, str]:
    sheet = BY_NAME[name]
    sent = _filled(sheet, text) | {key: [value] for key, value in typed.items()}
    return dict(taken(sheet.parts(LIBRARY), sent, sheet.read(text)).errors)


def _difference(before: str, after: str) -> list[str]:
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def test_there_are_forms_for_all_of_them() -> None:
    assert len(_all_files()) > 80
    # What is taught stands in no file of its own: test_taught.py.
    assert {sheet_of(name) for name, _ in _all_files()} == set(SHEETS) - {BY_NAME["answers"]}


@pytest.mark.parametrize(("name", "path"), _all_files(), ids=lambda value: str(value))
def test_a_form_that_nobody_touched_changes_nothing(name: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, text = sheet_of(name), path.read_bytes().decode()
    assert sheet is not None
    if sheet.name == "campaigns":
        lesson = [files.Line("lessons/x/" + step["lesson"] + ".md", "题", "x", "published", 1, "") for step in sheet.read(text)["steps"] if "lesson" in step]  # type: ignore[attr-defined]
        monkeypatch.setattr("bot.desk.editing.sheets.campaigns.files.lessons", lambda: lesson)

    assert _written(sheet.name, text, lambda _sent: None) == text
    assert plain.lines(sheet, LIBRARY, text) or "responses:" not in text

WORDS = "# 说明\n\n# 孩子\n孩子: [细佬仔, 娃儿]   # 常见\n# 家里\n家里: [屋头]\n"


GIFTS = "# 礼物\n\n# 一岁以前\n- name: 手摇铃\n  ages: [3, 12]\n  cost: [8, 25]   # 元\n  why: 好。\n# 大的\n- name: 布书\n  ages: [4, 18]\n"
MONTHS = "- month: 1\n  sources:\n    - {title: 量表, publisher: 卫生部门}\n"


def _set(name: str, *values: str) -> Callable[[Fields], None]:
    return lambda sent: sent.update({name: list(values)})


@pytest.mark.parametrize(
    ("name", "text", "change", "difference"),
    [
        ("intents", SPOKEN, _set("intents.0.examples", "你好\r\n[捂脸]\r\n在不在\r\n"), ["+     - 在不在"]),
        ("intents", SPOKEN, _set("intents.0.examples", "[捂脸]"), ["-     - 你好"]),
        ("replies", REPLIES, _set("replies.0.texts", "行，{name}", ""), ["-     - text: 好的，{name}", "+     - text: 行，{name}"]),
        ("replies", REPLIES, _set("replies.0.texts", "好的，{name}", "嗯"), ["+     - text: 嗯", "+       buttons:", "+         - title: 是", "+           payload: 是"]),
        ("replies", REPLIES, _set("replies.1.texts", "一行"), ["-     - text: |-", "-         两行", "-         的话"]),
        ("dialect", WORDS, _set("words.0.regional", "细佬仔，娃儿、 伢子"), ["- 孩子: [细佬仔, 娃儿]   # 常见", "+ 孩子: [细佬仔, 娃儿, 伢子]   # 常见"]),
        ("dialect", WORDS, _set("words.1.gone", "yes"), ["- 家里: [屋头]"]),
        ("dialect", WORDS, lambda sent: sent.update({"words.2.common": ["知道"], "words.2.regional": ["晓得"]}), ["+ 知道: [晓得]"]),
        ("dialect", WORDS, lambda sent: sent.update({"words.2.common": ["家里"], "words.2.regional": ["屋企"]}), ["- 家里: [屋头]", "+ 家里: [屋头, 屋企]"]),
        ("terms", "斑马线 1000 n\n留守儿童 3 n\n", _set("terms", "留守儿童\r\n暑托班"), ["- 斑马线 1000 n", "+ 暑托班 1000 n"]),
        ("scripts", text_of("safety/fell-into-water.yml"), _set("title", "掉水里"), ["- title: 孩子掉进水里", "+ title: 掉水里"]),
        ("campaigns", text_of("campaigns/mid_autumn.yml"), _set("steps.1.at", "19:30"), ['-     at: "19:00"', '+     at: "19:30"']),
        ("campaigns", text_of("campaigns/mid_autumn.yml"), lambda sent: sent.update({"steps.0.offset.days": ["3"]}), ["+     offset: -3"]),
        ("campaigns", text_of("campaigns/mid_autumn.yml"), _set("steps.1.audience.apart", "false"), ["+     audience: {apart: false}"]),
        ("campaigns", text_of("campaigns/mid_autumn.yml"), _set("audience.apart", ""), ["- audience: {apart: true}"]),
        (
            "vacations",
            text_of("calendar/vacations.yml"),
            lambda sent: sent.update({"years.2.province": ["湖北"], "years.2.vacation": ["summer"], "years.2.year": ["2027"], "years.2.start": ["2027-07-03"], "years.2.end": ["2027-08-31"], "years.2.estimated": ["false"], "years.2.source": ["校历"]}),
            ["+   - province: 湖北", "+     vacation: summer", "+     year: 2027", "+     start: 2027-07-03", "+     end: 2027-08-31", "+     estimated: false", "+     source: 校历"],
        ),
        ("gifts", GIFTS, _set("gifts.0.cost.to", "30"), ["-   cost: [8, 25]   # 元", "+   cost: [8, 30]   # 元"]),
        ("gifts", GIFTS, _set("gifts.1.for", "girl"), ["+   for: girl"]),
        ("gifts", GIFTS, _set("gifts.0.gone", "yes"), ["- - name: 手摇铃", "-   ages: [3, 12]", "-   cost: [8, 25]   # 元", "-   why: 好。"]),
        (
            "gifts",
            GIFTS,
            lambda sent: sent.update({"gifts.2.name": ["跳绳"], "gifts.2.ages.from": ["72"], "gifts.2.ages.to": ["144"], "gifts.2.cost.from": ["0"], "gifts.2.cost.to": ["0"], "gifts.2.why": ["长力气：跳得高"]}),
            ["+ - name: 跳绳", "+   ages: [72, 144]", "+   cost: [0, 0]", "+   why: 长力气：跳得高"],
        ),
        ("starters", text_of("starters.yml"), _set("starters.1.short", "true"), ["+   short: true"]),
        ("quizzes", text_of("quizzes/crossing-the-road.yml"), _set("questions.0.right", "2"), ["-     right: 1", "+     right: 2"]),
        ("menu", text_of("menu.yml"), _set("under1.0.name", "今晚说啥"), ["-     - name: 今晚聊什么", "+     - name: 今晚说啥"]),
        ("menu", text_of("menu.yml"), lambda sent: sent.update({"name3": ["课文"], "say3": ["看课文"]}), ["+ - name: 课文", "+   say: 看课文"]),
        ("menu", text_of("menu.yml"), _set("under1.0.gone", "yes"), ["-   sub:", "-     - name: 今晚聊什么", "-       say: 今晚打电话聊什么"]),
        ("words", text_of("words.yml"), _set("blame.0.instead", "不怪谁"), ["-   - {word: 都怪, instead: 不找是谁的错}", "+   - {word: 都怪, instead: 不怪谁}"]),
        ("hotlines", text_of("hotlines.yml"), _set("hotlines.0.number", "112"), ['-   - {number: "110", name: 公安报警, hours: 24 小时, source: 公安部公布的号码}', '+   - {number: "112", name: 公安报警, hours: 24 小时, source: 公安部公布的号码}']),
        ("milestones", MONTHS, _set("milestones.0.sources", "量表｜卫生部门\r\n书｜出版社｜2017｜https://a.cn"), ["+     - title: 书", "+       publisher: 出版社", "+       year: 2017", "+       url: https://a.cn"]),
        ("vacations", text_of("calendar/vacations.yml"), _set("years.0.gone", "yes"), ["-   - {province: 湖南, vacation: winter, year: 2026, start: 2026-01-31, end: 2026-03-01, estimated: false, source: 一份校历}"]),
    ],
)
def test_only_what_was_typed_changes(name: str, text: str, change: Callable[[Fields], None], difference: list[str]) -> None:
    assert sorted(_difference(text, _written(name, text, change))) == sorted(difference)


@pytest.mark.parametrize(
    ("name", "path", "field", "typed", "said"),
    [
        ("campaigns", "campaigns/mid_autumn.yml", "steps.1.at", "晚上七点", "19:30"),
        ("campaigns", "campaigns/mid_autumn.yml", "steps.1.at", "", "还没写几点发"),
        ("campaigns", "campaigns/mid_autumn.yml", "steps.0.kind", "", ""),
        ("campaigns", "campaigns/mid_autumn.yml", "anchor", "moon", "从列表里选"),
        ("campaigns", "campaigns/mid_autumn.yml", "title", "很长" * 20, "最多 20 个字"),
        ("campaigns", "campaigns/mid_autumn.yml", "steps.0.audience.child_age.from", "三岁", "数字"),
        ("campaigns", "campaigns/mid_autumn.yml", "steps.0.offset.days", "-3", "天数"),
        ("campaigns", "campaigns/mid_autumn.yml", "steps.0.stale_after.n", "0", "数字"),
        ("vacations", "calendar/vacations.yml", "years.0.start", "七月五号", "2026-07-05"),
        ("vacations", "calendar/vacations.yml", "years.1.year", "明年", "数字"),
        ("vacations", "calendar/vacations.yml", "years.1.source", "", "还没写从哪里看到的"),
        ("vacations", "calendar/vacations.yml", "rules.0.summer.start", "7月5日", "07-05"),
        ("vacations", "calendar/vacations.yml", "rules.0.provinces", "台北", "从列表里选"),
        ("scripts", "safety/fell-into-water.yml", "answer", " ", "还没写马上怎么回"),
        ("scripts", "safety/fell-into-water.yml", "order", "先", "数字"),
        ("dialect", "dialect.yml", "words.0.common", "", "还没写普通说法"),
        ("gifts", "gifts.yml", "gifts.0.cost.from", "999", "前面的数"),
        ("gifts", "gifts.yml", "gifts.0.cost.from", "十块", "数字"),
        ("quizzes", "quizzes/crossing-the-road.yml", "questions.0.right", "5", "从列表里选"),
        ("milestones", "milestones.yml", "milestones.0.sources", "一本书", "名字｜谁出的"),
        ("milestones", "milestones.yml", "milestones.0.sources", "书｜社｜去年", "年份"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(name: str, path: str, field: str, typed: str, said: str) -> None:
    errors = _errors(name, text_of(path), **{field: typed})
    if not said:  # no such field: nobody reads it
        assert errors == {}
        return
    (place,) = errors

    assert field == place or field.startswith(f"{place}.")
    assert said in errors[place] and plain.label(BY_NAME[name].parts(LIBRARY), _filled(BY_NAME[name], text_of(path)), place)


def test_the_menu_is_measured_as_the_wire_measures_it() -> None:
    assert (menus.NAME_BYTES, menus.ENTRY_NAME_BYTES, menus.URL_BYTES) == (wire.NAME_BYTES, wire.ENTRY_NAME_BYTES, wire.URL_BYTES)
    assert menus.SAY_BYTES + len(SAY) == wire.KEY_BYTES
    assert (tables.MOST_BUTTONS, tables.MOST_BELOW) == (wire.MAX_BUTTONS, wire.MAX_ENTRIES)


@pytest.mark.parametrize("text", ["- 一句话\n", "a: 1\n", "a: [", "---\n- name: x\n"])
def test_what_is_no_list_of_entries_is_left_to_the_source(text: str) -> None:
    for name in ("gifts", "menu"):
        with pytest.raises(WritingError):
            BY_NAME[name].read(text)


def test_the_last_entry_of_a_table_stays() -> None:
    with pytest.raises(WritingError, match="至少要留一条"):
        _written("gifts", GIFTS, lambda sent: sent.update({"gifts.0.gone": ["yes"], "gifts.1.gone": ["yes"]}))
