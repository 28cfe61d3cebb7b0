"""What the course remembers of a parent, for “我的资料” and “导出”."""

from __future__ import annotations

from bot.course.pace import PACES
from bot.course.progress import Progress


def in_words(progress: Progress | None) -> str:
    """One line; "" for who never began."""
    if progress is None:
        return ""
    if progress.finished_at:
        return "还记着：爸妈这门课您学完了。"
    far = f"学完了 {len(progress.done)} 课" if progress.done else "刚开始学"
    return f"还记着：爸妈这门课，{PACES.get(progress.pace, '自己来')}，{far}。"


def as_data(progress: Progress | None) -> dict[str, object] | None:
    """The same with all fields, for JSON; None for who never began."""
    if progress is None:
        return None
    return {
        "快慢": PACES.get(progress.pace, progress.pace),
        "开始": progress.started_at.isoformat(),
        "学完": progress.finished_at.isoformat() if progress.finished_at else None,
        "看过的课": list(progress.opened),
        "学完的课": list(progress.done),
    }
