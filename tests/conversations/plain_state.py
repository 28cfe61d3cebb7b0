"""What holds of a parent before and after a message, in the words of tests/conversations/plain_words.py."""

from __future__ import annotations

import re
from datetime import date

from bot import services
from bot.people import parents, preferences
from bot.people.preferences import DAY, KINDS, NIGHT, ROTATING, Shift
from bot.reunion import plans
from bot.reunion.plans import CHILD_COMES, GO_HOME, Plan
from tests.conversations.conftest import NOW

TODAY = date(2026, 11, 22)
FIRST_DAY = date(2027, 2, 4)
_SHIFTS = {DAY: "白班", NIGHT: "夜班", ROTATING: "倒班"}
_WAYS = {GO_HOME: "我回家", CHILD_COMES: "孩子来"}
_LESSON = re.compile(r"【(?!团聚计划)|我没完全听明白")
_ASKS = re.compile(r"[？?]|是……|点一个|点一下")
_BEGUN = re.compile(r"谁动身|一起待几天|打算花多少|哪天见面|要不要现在排|您要排")


def set_up(parent: str, before: str) -> None:
    """Make hold what holds before."""
    with services.database().session() as session:
        if before in ("计划", "来"):
            plan = Plan(FIRST_DAY, date(2027, 2, 8), who=CHILD_COMES if before == "来" else GO_HOME)
            plans.save(session, parent, plan, NOW, TODAY)
        elif before == "夜班":
            preferences.set_shift(session, parent, Shift(NIGHT))
        elif before == "全停":
            parents.stop_reminders(session, parent, NOW)
        elif before == "停节日":
            preferences.stop_kinds(session, parent, ["holiday"])


def holds(parent: str) -> frozenset[str]:
    """All that holds now, a word a thing."""
    with services.database().session(readonly=True) as session:
        plan = plans.current(session, parent, TODAY)
        profile = parents.profile(session, parent)
    said = profile.preferences
    words = [f"{plan.start:%m-%d}", f"{plan.days}天", _WAYS.get(plan.who, plan.who)] if plan else []
    words += _shift(said.shift) if said.shift else []
    words += [f"{said.not_before:%H:%M}后"] if said.not_before else []
    words += [f"{said.not_after:%H:%M}前"] if said.not_after else []
    kinds = [name for kind, name in KINDS.items() if kind in said.stopped_kinds]
    if len(kinds) == len(KINDS) - 1:
        words.append(f"只发{next(name for name in KINDS.values() if name not in kinds)}")
    elif kinds:
        words.append(f"不发{'，'.join(kinds)}")
    words += ["全停"] if profile.reminders_stopped_at else []
    return frozenset(words)


def is_right(wanted: str, before: frozenset[str], after: frozenset[str], reply: str) -> bool:
    """Whether one of the outcomes wanted is what came."""
    return any(_came(outcome, before, after, reply) for outcome in wanted.split("|"))


def is_lesson(reply: str) -> bool:
    """Whether a lesson was said, or lessons were offered."""
    return bool(_LESSON.search(reply))


def _came(outcome: str, before: frozenset[str], after: frozenset[str], reply: str) -> bool:
    plan_before, plan_after = (any("-" in word and len(word) == 5 for word in words) for words in (before, after))
    if outcome == "问":
        return before == after and not is_lesson(reply) and bool(_ASKS.search(reply))
    if outcome == "说":
        return before == after and not is_lesson(reply) and bool(reply)
    if outcome == "课":
        return before == after and is_lesson(reply)
    if outcome == "开始":
        return before == after and bool(_BEGUN.search(reply))
    if outcome == "取消":
        return plan_before and not plan_after
    if outcome == "发":
        return not any(word.startswith(("不发", "全停", "只发")) for word in after)
    return set(outcome.split()) <= after and not is_lesson(reply)


def _shift(shift: Shift) -> list[str]:
    words = [_SHIFTS[shift.kind]]
    words += [f"从{shift.since:%m-%d}"] if shift.since else []
    words += [f"到{shift.until:%m-%d}"] if shift.until else []
    words += [f"之后{_SHIFTS[shift.then.kind]}"] if shift.then else []
    if shift.kind == ROTATING:
        words += [f"{shift.period}天一换", "先夜" if shift.starts_with_night else "先白"]
    return words
