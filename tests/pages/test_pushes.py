from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot import services
from bot.calendar import ANCHORS
from bot.pages.pushes import campaigns, past
from bot.reminders.campaigns import Campaigns, load_campaigns
from tests.conftest import ROOT

NOW = date(2026, 11, 22)


@pytest.fixture
def known() -> Campaigns:
    return load_campaigns(ROOT / "content/campaigns")


def test_it_shows_the_past_year_and_nothing_that_is_to_come(environment: pytest.MonkeyPatch, known: Campaigns) -> None:
    days = [push.day for series in past(known, NOW) for push in series.pushes]

    assert days and max(days) <= NOW and (NOW - min(days)).days < 365


def test_spring_festival_is_told_by_its_own_days(environment: pytest.MonkeyPatch, known: Campaigns) -> None:
    # The first day of the year of the horse was 17 February 2026.
    (spring,) = (series for series in past(known, NOW) if series.title == "春节系列")

    assert date(2026, 1, 18) in {push.day for push in spring.pushes}
    assert [push.day for push in spring.pushes] == sorted((push.day for push in spring.pushes), reverse=True)


def test_what_belongs_to_one_family_is_not_shown(environment: pytest.MonkeyPatch, known: Campaigns) -> None:
    own = {campaign.title for campaign in known.all if campaign.anchor not in ANCHORS}

    assert own and own.isdisjoint(series.title for series in past(known, NOW))


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2050, 12, 31)])
def test_the_ends_of_the_calendar_break_nothing(environment: pytest.MonkeyPatch, known: Campaigns, day: date) -> None:
    days = [push.day for series in past(known, day) for push in series.pushes]

    assert days and max(days) <= day


def test_it_has_something_each_day_of_a_year(environment: pytest.MonkeyPatch, known: Campaigns) -> None:
    assert all(past(known, date(2026, month, 15)) for month in range(1, 13))


def test_a_file_that_is_being_edited_takes_nothing_from_readers(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content/campaigns", tmp_path / "campaigns")
    environment.setenv("JIASHU_CONTENT", str(tmp_path))
    services.settings.cache_clear()
    before = campaigns()

    (tmp_path / "campaigns/labour_day.yml").write_text("campaign: [\n", encoding="utf-8")
    assert campaigns() is before
    (tmp_path / "campaigns/labour_day.yml").unlink()
    assert len(campaigns().all) == len(before.all) - 1
