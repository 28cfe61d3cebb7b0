"""What we remember of a parent, in plain words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from types import MappingProxyType

from bot.people.children import BEIJING
from bot.people.parents import Child, Profile
from bot.people.preferences import DAY, KINDS, NIGHT, ROTATING, Preferences, Shift


def in_words(profile: Profile, now: datetime) -> str:
    """A short list that a parent can read."""
    today = now.astimezone(BEIJING).date()
    lines = [f"· {_child_in_words(child, today)}" for child in profile.children]
    if profile.meeting:
        lines.append(f"· 下次见面：{profile.meeting.said}")
    if profile.reminders_stopped_at:
        lines.append("· 您说过不要提醒")
    lines += [f"· {line}" for line in wishes_in_words(profile.preferences, today)]
    if not lines:
        return "我这里没有记您和孩子的资料。聊天原话会存一阵子，到时自动删，也可以发“删除我的数据”马上删。想让我记住孩子多大，发“孩子情况”。"
    return "我记着这些：\n" + "\n".join(lines) + "\n要改就发“孩子情况”重说一遍，要删就发“删除我的数据”。"


def as_json(profile: Profile, more: Mapping[str, object] = MappingProxyType({})) -> str:
    """All fields, and `more` of other rooms, as indented JSON."""
    data = {
        "同意记下孩子的情况": profile.agreed,
        "孩子": [
            {
                "出生年月": f"{child.birth_month:%Y-%m}",
                "出生年月是估计的": child.birth_estimated,
                "性别": child.sex,
                "所在省": child.province,
                "谁带": child.carer,
            }
            for child in profile.children
        ],
        "下次见面": profile.meeting.said if profile.meeting else None,
        "停止提醒": profile.reminders_stopped_at is not None,
        **_wishes_as_data(profile.preferences),
        **more,
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _child_in_words(child: Child, today: date) -> str:
    known = (child.sex, _age_in_words(child.age_months(today), child.birth_estimated), child.province, child.carer)
    return "，".join(word for word in known if word)


def _age_in_words(months: int, estimated: bool) -> str:
    if months < 24:
        return f"{months}个月" if months > 0 else "刚出生"
    return f"{'大约' if estimated else ''}{months // 12}岁"


def wishes_in_words(said: Preferences, today: date) -> list[str]:
    """What the parent wishes of unasked messages, a line each; only what was said."""
    lines = [shift_in_words(said.shift.on(today))] if said.shift else []
    hours = hours_in_words(said)
    lines += [f"消息{hours}" if hours else "", f"不发：{kinds_in_words(said.stopped_kinds)}" if said.stopped_kinds else ""]
    if said.apart is not None:
        lines.append("孩子不在您身边" if said.apart else "孩子跟您住")
    if said.grief_until is not None and said.grief_until >= today:
        lines.append(f"{said.grief_until.month}月{said.grief_until.day}号以前，不发热闹的话")
    return [line for line in lines if line]


def shift_in_words(shift: Shift) -> str:
    """您上夜班；您上夜班，到11月30号."""
    if shift.until and shift.until == shift.since:
        return f"您{shift.until.month}月{shift.until.day}号{'上夜班' if shift.kind == NIGHT else '上白班'}"
    if shift.until:
        return f"{shift_in_words(replace(shift, until=None))}，到{shift.until.month}月{shift.until.day}号"
    if shift.kind == ROTATING:
        length = {7: "一周", 14: "两周", 15: "半个月", 30: "一个月"}.get(shift.period, f"{shift.period}天")
        since = f"从{shift.since.month}月{shift.since.day}号起" if shift.since else ""
        return f"您倒班，{length}一换，{since}先是{'夜班' if shift.starts_with_night else '白班'}"
    if shift.kind == NIGHT and shift.since:
        return f"您从{shift.since.month}月{shift.since.day}号起上夜班"
    return {DAY: "您上白班", NIGHT: "您上夜班"}[shift.kind]


def hours_in_words(said: Preferences) -> str:
    """晚上8点以后才发; "" for the hours that hold for everybody."""
    if said.not_before and said.not_after:
        return f"{_clock(said.not_before)}到{_clock(said.not_after)}才发"
    if said.not_before:
        return f"{_clock(said.not_before)}以后才发"
    return f"{_clock(said.not_after)}以后不发" if said.not_after else ""


def kinds_in_words(kinds: Collection[str]) -> str:
    """节日、生日."""
    return "、".join(name for kind, name in KINDS.items() if kind in kinds)


def _clock(at: time) -> str:
    part = "早上" if at.hour < 11 else "中午" if at.hour < 13 else "下午" if at.hour < 18 else "晚上"
    hour = at.hour - 12 if at.hour > 12 else at.hour
    return f"{part}{hour}点{'半' if at.minute == 30 else f'{at.minute}分' if at.minute else ''}"


def _wishes_as_data(said: Preferences) -> dict[str, object]:
    return {
        "上班": shift_in_words(said.shift) if said.shift else None,
        "几点发消息": hours_in_words(said) or None,
        "不要的消息": [name for kind, name in KINDS.items() if kind in said.stopped_kinds],
        "孩子跟您分开住": said.apart,
        "不发热闹的话，到": said.grief_until.isoformat() if said.grief_until else None,
    }
