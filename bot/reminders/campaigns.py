"""Read `content/campaigns/*.yml`: what is sent, hung on which day, to whom, by which ways."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import time, timedelta
from functools import cached_property
from pathlib import Path

from bot.calendar import ANCHORS, PROVINCES
from bot.content import fields
from bot.content.documents import ContentError, Document, read_yaml

# What a parent can stop by name, in the order in which two messages of one day give way to each other.
KINDS = ("reunion", "birthday", "vacation", "holiday", "course", "call_coach", "weekly")
PERSONAL = ("child_birthday", "reunion", "departure", "weekly", "course_pace", "call")
WAYS = ("customer_service", "subscription", "template", "mass", "next_contact")
TABLES = ("gifts", "activities", "starters")
COURSE = ("not_started", "started", "finished")
DEFAULT_WAYS = ("customer_service", "subscription", "next_contact")
# A field "thing" of WeChat's notifications holds 20 characters (47003 above it).
NOTICE_LENGTH = 20

_AT = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_LENGTH = re.compile(r"(\d{1,3})([dh])")
_SLUG = re.compile(r"[a-z][a-z0-9_]{1,39}")
_CAMPAIGN_KEYS = {"campaign", "title", "kind", "anchor", "audience", "steps"}
_AUDIENCE_KEYS = {"child_age", "province", "carer", "apart", "course", "factory"}
_STEP_KEYS = {
    "step", "offset", "from", "each_day", "at", "stale_after", "ways", "audience", "cheerful", "texts", "notice",
    "lesson", "table", "expect", "ask_after", "ask",
}  # fmt: skip


@dataclass(frozen=True)
class Audience:
    """Conditions on the profile; what is None or empty does not matter. `child_age` in months, [from, to)."""

    child_age: tuple[int, int] | None = None
    province: frozenset[str] = frozenset()
    carer: frozenset[str] = frozenset()
    apart: bool | None = None
    course: str | None = None
    factory: str | None = None

    def over(self, wider: Audience) -> Audience:
        """These conditions, with those of `wider` where these say nothing."""
        mine = {each.name: getattr(self, each.name) for each in fields_of(self)}
        return Audience(**{name: getattr(wider, name) if value in (None, frozenset()) else value for name, value in mine.items()})


@dataclass(frozen=True)
class Step:
    """One message of a campaign.

    `offset` days from the first day of the occurrence (`from_end`: from its last); `each_day`: once on every day from
    there to its end. `at`: Beijing time. `ask`: the follow-up sent `ask_after` the step reached the parent.
    """

    name: str
    offset: int
    from_end: bool
    each_day: bool
    at: time
    stale_after: timedelta
    ways: tuple[str, ...]
    audience: Audience
    cheerful: bool
    texts: tuple[str, ...]
    notice: str
    lesson: str
    table: str
    expect: str
    ask_after: timedelta | None
    ask: str


@dataclass(frozen=True)
class Campaign:
    """One file; `priority` is smaller for what goes first when two messages want the same day."""

    slug: str
    title: str
    kind: str
    anchor: str
    steps: tuple[Step, ...]
    path: Path

    @cached_property
    def by_name(self) -> Mapping[str, Step]:
        return {step.name: step for step in self.steps}

    @property
    def priority(self) -> int:
        return KINDS.index(self.kind)


@dataclass(frozen=True)
class Campaigns:
    """All campaigns; `digest` changes whenever anything in their files does."""

    all: tuple[Campaign, ...]
    digest: str

    @cached_property
    def by_slug(self) -> Mapping[str, Campaign]:
        return {campaign.slug: campaign for campaign in self.all}

    @property
    def seasonal(self) -> frozenset[str]:
        """Lessons that come by the calendar, so the digest leaves them to their season."""
        dated = (campaign for campaign in self.all if campaign.anchor not in PERSONAL)
        return frozenset(step.lesson for campaign in dated for step in campaign.steps if step.lesson)

    def step(self, campaign: str, name: str) -> tuple[Campaign, Step] | None:
        """The campaign and its step; None when the file was changed meanwhile. A follow-up has its step's name and "?"."""
        found = self.by_slug.get(campaign)
        step = found.by_name.get(name.removesuffix("?")) if found else None
        return (found, step) if found and step else None


def load_campaigns(folder: Path) -> Campaigns:
    """Every file of the folder `content/campaigns`; none when there is no such folder.

    Raises:
        ContentError: the first broken file.
    """
    paths = sorted(folder.glob("*.yml"))
    digest = hashlib.sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in paths))
    return Campaigns(tuple(read_campaign(path) for path in paths), digest.hexdigest()[:16])


def read_campaign(path: Path) -> Campaign:
    """One file.

    Raises:
        ContentError: with file, line and what to do.
    """
    return campaign_from(read_yaml(path))


def campaign_from(document: Document) -> Campaign:
    """A campaign from a document that was read already."""
    _only(document, document.data, _CAMPAIGN_KEYS, "")
    slug = fields.text(document, "campaign")
    if slug != document.path.stem or not _SLUG.fullmatch(slug):
        raise _wrong(document, "campaign", f"campaign 要和文件名一样（{document.path.stem}），用小写字母、数字和下划线")
    anchor = _one_of(document, document.data, "anchor", "anchor", (*ANCHORS, *PERSONAL))
    wider = _audience(document, document.data.get("audience"), "audience")
    steps = tuple(
        _step(document, raw, f"steps[{index}]", wider) for index, raw in enumerate(fields.mappings(document, "steps"))
    )
    if not steps:
        raise _wrong(document, "steps", "steps 里至少要有一步")
    _unique(document, [step.name for step in steps])
    return Campaign(
        slug=slug,
        title=fields.text(document, "title"),
        kind=_one_of(document, document.data, "kind", "kind", KINDS),
        anchor=anchor,
        steps=steps,
        path=document.path,
    )


def _step(document: Document, raw: Mapping[str, object], where: str, wider: Audience) -> Step:
    _only(document, raw, _STEP_KEYS, where)
    name = raw.get("step")
    if not isinstance(name, str) or not _SLUG.fullmatch(name):
        raise _wrong(document, f"{where}.step", "step 要写一个名字：小写字母、数字和下划线")
    ask_after = raw.get("ask_after")
    return Step(
        name=name,
        offset=_whole(document, raw, "offset", where),
        from_end=_one_of(document, {"from": raw.get("from", "start")}, "from", f"{where}.from", ("start", "end")) == "end",
        each_day=_flag(document, raw, "each_day", where),
        at=_at(document, raw.get("at"), f"{where}.at"),
        stale_after=_length(document, raw.get("stale_after"), f"{where}.stale_after"),
        ways=_ways(document, raw.get("ways"), f"{where}.ways"),
        audience=_audience(document, raw.get("audience"), f"{where}.audience").over(wider),
        cheerful=_flag(document, raw, "cheerful", where),
        texts=_texts(document, raw.get("texts"), f"{where}.texts"),
        notice=_short(document, raw, "notice", where, NOTICE_LENGTH),
        lesson=_short(document, raw, "lesson", where, 80),
        table=_one_of(document, raw, "table", f"{where}.table", TABLES) if "table" in raw else "",
        expect=_short(document, raw, "expect", where, 40),
        ask_after=None if ask_after is None else _length(document, ask_after, f"{where}.ask_after"),
        ask=_short(document, raw, "ask", where, 200),
    )


def _audience(document: Document, raw: object, where: str) -> Audience:
    if raw is None:
        return Audience()
    if not isinstance(raw, dict):
        raise _wrong(document, where, "audience 要写成“名字: 内容”，例如 {apart: true}")
    _only(document, raw, _AUDIENCE_KEYS, where)
    age = raw.get("child_age")
    provinces = _names(document, raw, "province", where)
    unknown = sorted(provinces - set(PROVINCES))
    if unknown:
        raise _wrong(document, f"{where}.province", f"没有叫 {'、'.join(unknown)} 的省，写简称，例如 湖南")
    return Audience(
        child_age=None if age is None else fields.months(document, age, f"{where}.child_age"),
        province=provinces,
        carer=_names(document, raw, "carer", where),
        apart=_flag(document, raw, "apart", where) if "apart" in raw else None,
        course=_one_of(document, raw, "course", f"{where}.course", COURSE) if "course" in raw else None,
        factory=_short(document, raw, "factory", where, 40) or None,
    )


def _wrong(document: Document, where: str, message: str) -> ContentError:
    return ContentError(document.path, document.line(where), message)


def _only(document: Document, raw: Mapping[str, object], known: Iterable[str], where: str) -> None:
    for key in raw:
        if key not in known:
            place = f"{where}.{key}" if where else str(key)
            raise _wrong(document, place, f"不认识 {key}；可以写的有：{'、'.join(sorted(known))}")


def _unique(document: Document, names: list[str]) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise _wrong(document, f"steps[{index}].step", f"已经有一步叫 {name}，换个名字")


def _one_of(document: Document, raw: Mapping[str, object], key: str, where: str, allowed: Iterable[str]) -> str:
    value = raw.get(key)
    if value not in tuple(allowed):
        raise _wrong(document, where, f"{key} 只能是：{'、'.join(allowed)}")
    return str(value)


def _whole(document: Document, raw: Mapping[str, object], key: str, where: str) -> int:
    value = raw.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not -200 <= value <= 200:
        raise _wrong(document, f"{where}.{key}", f"{key} 要写一个整数的天数，例如 -15")
    return value


def _flag(document: Document, raw: Mapping[str, object], key: str, where: str) -> bool:
    value = raw.get(key, False)
    if not isinstance(value, bool):
        raise _wrong(document, f"{where}.{key}", f"{key} 只能写 true 或 false")
    return value


def _at(document: Document, value: object, where: str) -> time:
    match = _AT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _wrong(document, where, 'at 要写成带英文引号的时间，例如 "12:15"')
    return time(int(match[1]), int(match[2]))


def _length(document: Document, value: object, where: str) -> timedelta:
    match = _LENGTH.fullmatch(value) if isinstance(value, str) else None
    if match is None or int(match[1]) == 0:
        raise _wrong(document, where, "多久要写成 3d（三天）或 12h（十二小时）")
    return timedelta(days=int(match[1])) if match[2] == "d" else timedelta(hours=int(match[1]))


def _ways(document: Document, value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return DEFAULT_WAYS
    good = isinstance(value, list) and value and all(each in WAYS for each in value)
    if not good or not isinstance(value, list) or len(set(value)) != len(value):
        raise _wrong(document, where, f"ways 里每样写一遍，只能是：{'、'.join(WAYS)}")
    return tuple(value)


def _texts(document: Document, value: object, where: str) -> tuple[str, ...]:
    good = isinstance(value, list) and value and all(isinstance(each, str) and each.strip() for each in value)
    if not good or not isinstance(value, list):
        raise _wrong(document, where, "texts 要写成清单，至少一条文字")
    return tuple(each.strip() for each in value)


def _names(document: Document, raw: Mapping[str, object], key: str, where: str) -> frozenset[str]:
    value = raw.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _wrong(document, f"{where}.{key}", f"{key} 要写成清单，例如 [湖南, 贵州]")
    return frozenset(value)


def _short(document: Document, raw: Mapping[str, object], key: str, where: str, length: int) -> str:
    value = raw.get(key, "")
    if not isinstance(value, str) or len(value.strip()) > length:
        raise _wrong(document, f"{where}.{key}", f"{key} 要写一段文字，最多 {length} 字")
    return value.strip()
