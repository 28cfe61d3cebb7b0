"""News of a journey that is planned, where the model hears something else: who has a plan and writes 早点回 does not say good night."""

from __future__ import annotations

from datetime import date
from typing import Any

import structlog

from bot import services
from bot.db import DatabaseError
from bot.nlu_keys import DANGER, LESSON, POSSIBLE_DANGER
from bot.people.children import BEIJING
from bot.reunion import plans
from bot.reunion.journey import told
from bot.reunion.plans import Plan

Parsed = dict[str, Any]
# What such words are mistaken for. A report and the planner's own intents know what to do with them.
_MISHEARD = (
    "nlu_fallback", LESSON, "off_topic", "say_goodbye", "tell_child_left", "tell_child_came", "stop_form", "deny", "affirm", "report_wont",
    "pour_heart_out", "start_reunion", "share_joy", "stop_kind", "ask_human", "set_hours", "stop_reminders", "show_plan", "ask_for_more", "tell_arrival",
)  # fmt: skip
_LONGEST, _SURE = 40, 0.5

log = structlog.get_logger(__name__)


async def with_journey(parsed: Parsed, parent_key: str) -> Parsed:
    """`parsed` as a change of the parent's plan, where there is one and the words are of nothing else; a danger stays one."""
    text = str(parsed.get("text") or "")
    heard = (parsed.get("intent") or {}).get("name")
    if heard not in _MISHEARD or text.startswith("/") or len(text) > _LONGEST or parsed.get(DANGER) or parsed.get(POSSIBLE_DANGER):
        return parsed
    today = services.clock().now().astimezone(BEIJING).date()
    plan = await _plan(parent_key, today)
    if plan is None or plan.end < today or told(text, plan, today, _is_sure(parsed)) is None:
        return parsed
    return {**parsed, "intent": {"name": "change_plan", "confidence": 1.0}}


def _is_sure(parsed: Parsed) -> bool:
    """Whether the model believes in what it heard, so that only words that leave no doubt go against it."""
    heard = parsed["intent"]
    return heard.get("name") != "nlu_fallback" and float(heard.get("confidence") or 0.0) >= _SURE


async def _plan(parent_key: str, today: date) -> Plan | None:
    try:
        return await services.database().glance(plans.current, parent_key, today)
    except DatabaseError as error:
        # The answer comes all the same.
        log.error("journey.plan_unreadable", reason=error.reason)
        return None
