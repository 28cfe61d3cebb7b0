"""What we remember of a parent, in plain words and as JSON."""

from __future__ import annotations

import json
from datetime import date, datetime

from bot.people.children import BEIJING
from bot.people.parents import Child, Profile


def in_words(profile: Profile, now: datetime) -> str:
    """A short list that a parent can read."""
    today = now.astimezone(BEIJING).date()
    lines = [f"· {_child_in_words(child, today)}" for child in profile.children]
    if profile.meeting:
        lines.append(f"· 下次见面：{profile.meeting.said}")
    if profile.reminders_stopped_at:
        lines.append("· 您说过不要提醒")
    if not lines:
        return "我这里没有记您和孩子的资料。聊天原话会存一阵子，到时自动删，也可以发“删除我的数据”马上删。想让我记住孩子多大，发“孩子情况”。"
    return "我记着这些：\n" + "\n".join(lines) + "\n要改就发“孩子情况”重说一遍，要删就发“删除我的数据”。"


def as_json(profile: Profile) -> str:
    """All fields, as indented JSON."""
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
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _child_in_words(child: Child, today: date) -> str:
    known = (child.sex, _age_in_words(child.age_months(today), child.birth_estimated), child.province, child.carer)
    return "，".join(word for word in known if word)


def _age_in_words(months: int, estimated: bool) -> str:
    if months < 24:
        return f"{months}个月"
    return f"{'大约' if estimated else ''}{months // 12}岁"
