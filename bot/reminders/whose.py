"""Whose an occasion is: of which child, where it is one child's, and of which plan of a reunion."""

from __future__ import annotations

from bot.reminders.facts import ChildFacts, Facts

OF_A_REUNION = ("reunion", "departure")


def is_of_one(anchor: str) -> bool:
    """Whether each occasion of such a campaign is one certain child's."""
    return anchor == "child_birthday"


def whose(anchor: str, occurrence: str, facts: Facts) -> ChildFacts | None:
    """The child of a birthday, or whom the parent meets; None: all of them, or the child is not known any more."""
    if is_of_one(anchor):
        born = occurrence.partition(":")[0]
        return next((child for child in facts.children if not child.estimated and f"{child.birth_month:%Y-%m}" == born), None)
    if anchor in OF_A_REUNION:
        return whom_they_meet(facts)
    return None


def whom_they_meet(facts: Facts) -> ChildFacts | None:
    """The one child of several that the parent chose in the planner; None: all of them."""
    met = facts.reunion.child_birth if facts.reunion else None
    return next((child for child in facts.children if child.birth_month == met), None)


def is_of_this_plan(anchor: str, occurrence: str, facts: Facts) -> bool:
    """Whether an occasion of a reunion is of the one that is planned now; one that was called off is of none."""
    if anchor not in OF_A_REUNION:
        return True
    plan = facts.reunion
    return plan is not None and plan.key == occurrence.partition("+")[0] and (plan.planned or anchor != "departure")


def which_day(anchor: str, facts: Facts) -> str:
    """The day that a message about a reunion was written for: it is true no longer when that moves. "" for all others."""
    if anchor not in OF_A_REUNION or facts.reunion is None:
        return ""
    day = facts.reunion.end if anchor == "departure" else facts.reunion.start
    return f"{anchor} {facts.reunion.key} {day}"


def is_still_true(day: str, facts: Facts) -> bool:
    """Whether a message that was written for that day (`which_day`) can be told now."""
    return not day or day == which_day(day.partition(" ")[0], facts)


def in_words(child: ChildFacts, months: int) -> str:
    """8岁的女孩, 7个月的孩子: what tells one child from another without a name."""
    age = "刚出生" if months < 1 else f"{months}个月" if months < 24 else f"{months // 12}岁"
    return f"{age}的{child.sex or '孩子'}"
