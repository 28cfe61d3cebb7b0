"""`jiashu calendar`: the year as a table, and what is sent when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import services
from bot.calendar import Calendar
from bot.cli import main
from bot.reminders.campaigns import load_campaigns
from bot.reminders.sendings import sendings

CAMPAIGN = """\
campaign: spring_festival
title: 春节系列
kind: holiday
anchor: spring_festival
steps:
  - {step: tickets, offset: -40, at: "12:15", stale_after: 3d, texts: [买票]}
  - {step: together, offset: 0, each_day: true, at: "09:30", stale_after: 12h, texts: [一起玩]}
  - {step: after, offset: 3, from: end, at: "20:00", stale_after: 3d, texts: [打电话]}
"""
WEEKLY = """\
campaign: weekly
title: 每周一条
kind: weekly
anchor: weekly
steps:
  - {step: digest, offset: 2, at: "12:15", stale_after: 2d, texts: [这周]}
"""


@pytest.fixture
def content(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name, text in {"campaigns/spring_festival.yml": CAMPAIGN, "campaigns/weekly.yml": WEEKLY}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "calendar").mkdir()
    table = (root / "tests/content/library/calendar/vacations.yml").read_text("utf-8")
    (tmp_path / "calendar/vacations.yml").write_text(table, encoding="utf-8")
    monkeypatch.setenv("JIASHU_CONTENT", str(tmp_path))
    services.forget()
    yield tmp_path
    services.forget()


def test_it_prints_the_year_and_what_is_sent_when(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", "2040", "--province", "湖南"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert "2040-02-11  六    腊月廿九      除夕；春节放假 2月11日–2月18日，8 天（推算）" in lines
    assert "2040-02-12  日    09:30         春节系列 together（2月12日–2月18日，每天）" in lines
    assert "2040-02-21  二    20:00         春节系列 after" in lines
    assert "跟着家长自己的日子：每周一条，1 步" in lines


def test_a_step_counts_in_the_year_of_its_own_day(content: Path) -> None:
    campaigns = load_campaigns(content / "campaigns").all
    found = {year: sendings(Calendar(), campaigns, year) for year in (2022, 2023)}
    # Forty days before 22 January 2023.
    assert date(2022, 12, 13) in [each.day for each in found[2022]]
    assert [each.step.name for each in found[2023]] == ["together", "after"]


@pytest.mark.parametrize(
    ("arguments", "said"), [(["1999"], "2020 to 2050"), (["2027", "--province", "火星"], "火星 is not a province")]
)
def test_it_says_what_it_does_not_know(
    content: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["calendar", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_without_a_table_school_days_are_left_out(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "calendar/vacations.yml").unlink()
    services.forget()
    assert main(["calendar", "2027"]) == 0
    assert "寒假" not in capsys.readouterr().out


def test_a_broken_table_is_one_line_that_says_where(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "calendar/vacations.yml").write_text("checked_on: 2026-11-01\nunknown: 全国\n", encoding="utf-8")
    services.forget()
    assert main(["calendar", "2027"]) == 2
    assert "vacations.yml:2" in capsys.readouterr().err
