"""The calendar of what is sent."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot import services
from bot.calendar import Calendar
from bot.clock import ManualClock
from bot.content.vacations import read_vacations
from bot.desk import ahead
from bot.reminders.campaigns import load_campaigns
from bot.reminders.hours import BEIJING
from tests.conftest import ROOT
from tests.desk.support import Desk

BEFORE_SPRING_FESTIVAL = datetime(2027, 1, 7, 9, tzinfo=BEIJING)


@pytest.fixture(autouse=True)
def real_campaigns(clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk's tests have a small library of their own; this page is about the real campaigns."""
    monkeypatch.setattr(ahead, "_campaigns", lambda: load_campaigns(ROOT / "content/campaigns"))
    calendar = Calendar(read_vacations(ROOT / "content/calendar/vacations.yml"))
    monkeypatch.setattr(services, "calendar", lambda: calendar)


async def test_the_next_sixty_days_by_day_with_links_for_editors(desk: Desk) -> None:
    desk.clock.set(BEFORE_SPRING_FESTIVAL)
    page = (await (await desk.staff("editor")).get("/desk/calendar")).text

    assert "2月6日（周六，正月初一）" in page
    assert "过年好，给孩子的一句话" in page and "/desk/lessons/edit/campaigns/spring_festival.yml" in page
    assert "跟着家长自己的日子" in page and "团聚计划" in page
    # Nothing of the past, nothing beyond the sixty days.
    assert "<h2>1月6日" not in page and "<h2>3月20日" not in page

    seen = (await (await desk.staff("counsellor")).get("/desk/calendar")).text
    assert "过年好，给孩子的一句话" in seen and "/desk/lessons/edit/" not in seen


async def test_one_campaign_alone(desk: Desk) -> None:
    desk.clock.set(BEFORE_SPRING_FESTIVAL)
    editor = await desk.staff("editor")
    page = (await editor.get("/desk/calendar?campaign=winter_vacation&province=湖南")).text

    assert "孩子快放寒假了" in page and "过年好，给孩子的一句话" not in page
    assert "没有跟着日历发的" in (await editor.get("/desk/calendar?campaign=dragon_boat")).text


def test_a_step_of_each_day_under_way_stands_on_the_first_day() -> None:
    campaigns = [each for each in load_campaigns(ROOT / "content/campaigns").all if each.slug == "spring_festival"]
    days = ahead.days_ahead(campaigns, date(2027, 2, 8), None, True)

    assert days[0].name.startswith("2月8日") and any("每天" in line.when for line in days[0].lines)
