"""What of a campaign has gone out, by step."""

from __future__ import annotations

from bot.db import Database
from bot.reminders.gone_out import StepCount, by_step
from bot.reminders.tables import outbox
from tests.reminders.support import beijing

AT = beijing(2026, 9, 25, 18)


def _row(number: int, campaign: str, step: str, state: str) -> dict[str, object]:
    return {
        "parent_key": f"parent{number}", "campaign": campaign, "occurrence": "2026", "step": step, "state": state,
        "due_at": AT, "not_before": AT, "stale_at": AT,
    }  # fmt: skip


def test_it_counts_what_went_out_and_what_waits(database: Database) -> None:
    rows = [
        _row(1, "mid_autumn", "day_0", "sent"),
        _row(2, "mid_autumn", "day_0", "confirmed"),
        _row(3, "mid_autumn", "day_0", "unsure"),
        _row(4, "mid_autumn", "day_0", "failed"),
        _row(5, "mid_autumn", "day_0", "planned"),
        # Its question "did you?" is no message of its own to count, but goes with it.
        _row(1, "mid_autumn", "day_0?", "planned"),
        _row(2, "mid_autumn", "day_0?", "sent"),
        _row(1, "mid_autumn", "old_step", "stale"),
        _row(1, "qingming", "day_0", "sent"),
    ]
    with database.session() as session:
        session.execute(outbox.insert(), rows)
    with database.session(readonly=True) as session:
        assert by_step(session, "mid_autumn") == {"day_0": StepCount(3, 2), "old_step": StepCount(0, 0)}
        assert by_step(session, "spring_festival") == {}
