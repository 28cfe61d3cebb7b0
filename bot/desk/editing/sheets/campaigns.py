"""A campaign as a form: what it hangs on, and each message with its day, hour, wordings and for whom it is."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot import services
from bot.calendar import ANCHORS, PROVINCES
from bot.content.documents import ContentError, read_yaml
from bot.content.lint import campaigns as rules
from bot.content.writing import WritingError
from bot.desk.editing import checking, files
from bot.desk.editing.checking import Remark
from bot.desk.editing.sheets import leaving, speech
from bot.desk.editing.sheets.fields import Field, Rows, Values, first
from bot.desk.editing.sheets.filling import Part, rows_of
from bot.desk.editing.sheets.sheet import Asked, Sheet
from bot.people.answers import CARERS
from bot.reminders.campaigns import Campaign, Campaigns, campaign_from, load_campaigns
from bot.reminders.compose import Composer
from bot.reminders.facts import ChildFacts, CourseDue, Facts, Reunion
from bot.reminders.hours import BEIJING, Hours
from bot.reminders.plan import Plan
from bot.reminders.preview import Shown, preview
from bot.reminders.why import WORDS
from bot.reunion.follow_through import ASKED

KINDS = {"reunion": "团聚", "birthday": "生日", "vacation": "放假", "holiday": "节日", "course": "课程", "call_coach": "打电话", "weekly": "每周一条"}
PERSONAL = {
    "child_birthday": "孩子的生日",
    "reunion": "团聚的头一天",
    "departure": "团聚的最后一天",
    "weekly": "每个星期一",
    "course_pace": "课程该学下一课的日子",
    "call": "拿了话头以后",
}
WAYS = {
    "customer_service": "直接发（48 小时内说过话的）",
    "subscription": "订阅通知",
    "template": "服务通知（家长自己约好的事才能用）",
    "mass": "群发（大家同一句，一个月最多 4 条）",
    "next_contact": "等家长下次来",
}
_APART = {"": "都发", "true": "分开住的（没说过的也算）", "false": "住在一起的"}
_YES = {"false": "不是", "true": "是"}
_FROM = {"start": "开始的那天", "end": "最后一天"}
_TABLES = {"": "不接", "gifts": "礼物", "activities": "一起做的事", "starters": "话头"}
_COURSE = {"": "都发", "not_started": "没开始学的", "started": "正在学的", "finished": "学完的"}
_REASONS = {
    "not_apart": "只发给分开住的",
    "apart": "只发给住在一起的",
    "factory": "只发给某个厂的",
    "course": "要看课程学到哪里",
    "no_child": "还没说过孩子的情况",
    "age": "孩子的年龄不对",
    "province": "孩子不在这些省",
    "carer": "带孩子的人不对",
    "doubled": "团聚的提醒里已经说了",
}
# The example parent that is shown until another one is described.
_EXAMPLE = {"age": "8", "province": "湖南", "apart": "true", "grief": "", "shift": "day"}
_MOST_CHILDREN = 3
_MORE = "怎么发、发了以后"
DAY = timedelta(days=1)


def _parts(_content: Path) -> tuple[Part, ...]:
    lessons = {Path(line.path).stem: line.title for line in files.lessons()}
    return (
        Field("title", "叫什么", "家长的提醒开关里看得到这个名字", most=20, needed=True),
        Field("kind", "哪一类", "家长可以按类关掉", kind="choice", choices=KINDS, needed=True),
        Field("anchor", "跟着哪天走", kind="choice", choices={**ANCHORS, **PERSONAL}, needed=True),
        *_audience("都发给谁", ""),
        Rows(
            "steps",
            "一条一条",
            "一条",
            "每一条是家长收到的一个消息。日子从上面那天往前、往后数。",
            (
                Field("step", "短名", "小写英文、数字和下划线；定了就不再改，改了会再发一遍", most=40, needed=True),
                Field("notice", "通知上的标题", "最多 20 个字，家长在通知里先看到它", most=20),
                Field("offset", "哪天发", kind="offset", default=0),
                Field("from", "从哪天数", kind="choice", choices=_FROM, default="start"),
                Field("at", "几点发", "在 08:30 和 21:30 之间", kind="clock", needed=True),
                Field("stale_after", "错过多久就不发了", kind="length", needed=True),
                Field(
                    "texts",
                    "怎么说",
                    "至少两种说法，换着来；每种最多 200 个字，只说一件事，最好有一句能照着说的话",
                    kind="variants",
                    needed=True,
                    rows=5,
                    wide=True,
                ),
                Field("lesson", "后面接哪一课", kind="choice", choices={"": "不接", **lessons}),
                Field("table", "后面接一样东西", "按孩子的年龄挑", kind="choice", choices=_TABLES),
                *_audience("只发给谁", "和上面“都发给谁”写的不一样时才写"),
                Field("cheerful", "是高兴的话吗", "家里刚有丧事的，高兴的话不发", kind="truth", choices=_YES, default=False, fold=_MORE),
                Field("each_day", "每天都发一次吗", "从那天起，每天一次到最后一天", kind="truth", choices=_YES, default=False, fold=_MORE),
                Field("ways", "走哪条路", "都不勾：直接发、订阅通知、等下次来", kind="ticks", choices=WAYS, fold=_MORE),
                Field("expect", "等家长回一句什么", kind="choice", choices={"": "不等", **ASKED}, fold=_MORE),
                Field("ask_after", "多久以后问做了没有", "不写就不问", kind="length", fold=_MORE),
                Field("ask", "怎么问", "不写就用一句通用的", most=200, wide=True, fold=_MORE),
            ),
            spare=1,
            ordered=True,
            look="details",
            title="notice",
        ),
    )


def _audience(fold: str, help: str) -> tuple[Field, ...]:
    carers = {name: name for name, _ in CARERS}
    return (
        Field("audience.apart", "和孩子", help, kind="truth", choices=_APART, fold=fold),
        Field("audience.child_age", "孩子几个月大", "3 岁写 36；不写就不看年龄", kind="ages", fold=fold),
        Field("audience.carer", "谁带孩子", "都不勾就不看", kind="ticks", choices=carers, fold=fold),
        Field("audience.course", "课程", kind="choice", choices=_COURSE, fold=fold),
        Field("audience.factory", "哪个厂", "写厂的代号；不写就不看", most=40, fold=fold),
        Field("audience.province", "孩子在哪个省", "都不勾就不看", kind="ticks", choices={name: name for name in PROVINCES}, fold=fold),
    )


def _check(asked: Asked, parts: tuple[Part, ...]) -> list[Remark]:
    found = checking.ruled(asked.content, asked.relative, asked.text, asked.today, rules.RULES)
    try:
        steps = rows_of(SHEET.read(asked.text), "steps")
    except WritingError:
        return found  # C030 says what is wrong
    said = [(f"steps.{index}.texts", text) for index, step in enumerate(steps) for text in _texts(step)]
    return [*found, *leaving.remarks(asked, steps), *speech.remarks(asked, said, strict=False)]


def _texts(step: Mapping[str, object]) -> list[str]:
    texts = step.get("texts")
    return [text for text in texts if isinstance(text, str)] if isinstance(texts, list) else []


def _seen(asked: Asked, values: Values) -> dict[str, Any]:
    """What an example parent would get, the next time: as `jiashu preview` shows it."""
    example = {name: first(values, f"example.{name}") or usual for name, usual in _EXAMPLE.items()}
    campaign = _campaign(asked)
    if campaign is None:
        return {"example": example, "sent": [], "provinces": PROVINCES, "broken": True}
    plan = Plan(Campaigns((campaign,), ""), services.calendar())
    composer = Composer(services.library(), services.shelf(), seasonal=_seasonal())
    facts = _facts(example, campaign, asked.today)
    sent = [_with_number(each) for each in preview(plan, composer, (campaign,), facts, "example", asked.today)]
    return {"example": example, "sent": sent, "provinces": PROVINCES, "broken": False}


def _seasonal() -> frozenset[str]:
    """What the digest leaves to its season; another file that is broken just now must not take the preview away."""
    try:
        return load_campaigns(services.settings().content_path / "campaigns").seasonal
    except (ContentError, OSError):
        return frozenset()


def _with_number(each: Shown) -> dict[str, Any]:
    """For the page: `number` is its place in the form, `why` says that it is not for this parent."""
    why = _REASONS.get(each.reason, WORDS[each.reason]) if each.reason else ""
    at = each.at.astimezone(BEIJING) if each.at else None
    return {"step": each.step, "number": each.campaign.steps.index(each.step), "at": at, "text": each.text, "why": why}


def _campaign(asked: Asked) -> Campaign | None:
    with tempfile.TemporaryDirectory(prefix="jiashu-draft-") as folder:
        path = Path(folder) / Path(asked.relative).name
        path.write_bytes(asked.text.encode())
        try:
            return campaign_from(read_yaml(path))
        except ContentError:
            return None


def _facts(example: Mapping[str, str], campaign: Campaign, today: date) -> Facts:
    years = [int(each) for each in re.findall(r"\d{1,2}", example["age"])][:_MOST_CHILDREN] or [8]
    province = example["province"] if example["province"] in PROVINCES else None
    # Born in the next month but one, so that a birthday lies ahead.
    month = today.month % 12 + 1
    born = [date(today.year - each - (month > today.month), month, 1) for each in years]
    # The reunion is made up: it must not keep the other campaigns back.
    meeting = Reunion("example", today + 40 * DAY, today + 54 * DAY, True, child_comes=example["apart"] == "comes")
    made_up = campaign.kind == "reunion" or example["apart"] == "comes"
    return Facts(
        children=tuple(ChildFacts(each, province=province, carer=CARERS[0][0]) for each in born),
        apart={"true": True, "false": False}.get(example["apart"]),
        hours=Hours("night") if example["shift"] == "night" else Hours(),
        grief_until=date.max if example["grief"] == "true" else None,
        reunion=meeting if made_up else None,
        course="started",
        course_due=CourseDue("example", today + 3 * DAY),
    )


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Every day that something can hang on, in Chinese."""
    return {**ANCHORS, **PERSONAL}


SHEET = Sheet(
    "campaigns",
    "节日和假期的提醒",
    "过节、放假、生日、团聚前后，主动发给家长的话：哪天、几点、发给谁、怎么说。",
    re.compile(r"campaigns/[a-z][a-z0-9_]*\.yml"),
    "campaigns/*.yml",
    _parts,
    _check,
    seen=_seen,
    said=leaving.said,
    begin="写一份新的提醒",
)
