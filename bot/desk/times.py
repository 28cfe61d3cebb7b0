"""Times as people in China read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def beijing(moment: datetime | None, now: datetime | None = None) -> str:
    """3月2日 12:05; with the year when it is another than that of `now`."""
    if moment is None:
        return "—"
    local = moment.astimezone(BEIJING)
    year = f"{local.year}年" if now is not None and now.astimezone(BEIJING).year != local.year else ""
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"


def day(moment: date) -> str:
    """3月2日."""
    local = moment.astimezone(BEIJING) if isinstance(moment, datetime) else moment
    return f"{local.month}月{local.day}日"


def span(length: timedelta | None) -> str:
    """A length of time, roughly: 5 分钟, 3 小时, 2 天."""
    if length is None:
        return "—"
    minutes = int(max(length, timedelta()).total_seconds() // 60)
    if minutes < 1:
        return "不到 1 分钟"
    if minutes < 60:
        return f"{minutes} 分钟"
    if minutes < 60 * 48:
        hours, rest = divmod(minutes, 60)
        return f"{hours} 小时 {rest} 分" if hours < 6 and rest else f"{hours} 小时"
    return f"{minutes // (60 * 24)} 天"


def ago(moment: datetime, now: datetime) -> str:
    """How long ago that was."""
    return f"{span(now - moment)}前" if now - moment >= timedelta(minutes=1) else "刚刚"
