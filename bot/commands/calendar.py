"""`jiashu calendar [YEAR]`: a year's festivals, days off and vacations, and what campaigns send when."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from unicodedata import east_asian_width

from bot.calendar import ANCHORS, FIRST_YEAR, LAST_YEAR, PROVINCES
from bot.calendar.year import Row, span, weekday, year_table
from bot.commands.failing import CommandError
from bot.commands.process import say
from bot.reminders.campaigns import Campaign, load_campaigns
from bot.reminders.sendings import Sending, sendings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("calendar", help="print a year: festivals, days off, vacations, what is sent when")
    parser.add_argument("year", nargs="?", type=int, metavar="YEAR", help="default: this year")
    parser.add_argument(
        "--province", metavar="PROVINCE", help="a province's short name, like 湖南; default: the general rule"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the table of days, then the steps of campaigns by day."""
    from bot import services

    if arguments.province is not None and arguments.province not in PROVINCES:
        raise CommandError(f"{arguments.province} is not a province; use a short name: {'、'.join(PROVINCES)}")
    calendar = services.calendar()
    year = arguments.year or services.clock().now().year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CommandError(f"the calendar knows the years {FIRST_YEAR} to {LAST_YEAR}, not {year}")
    campaigns = load_campaigns(services.settings().content_path / "campaigns").all
    _show_days(year, arguments.province, year_table(calendar, year, arguments.province))
    _show_sendings(sendings(calendar, campaigns, year, arguments.province), campaigns)
    return 0


def _show_days(year: int, province: str | None, rows: Iterable[Row]) -> None:
    say(f"{year} 年（学校按{province or '一般的推算'}）")
    say("")
    say(_columns("日期", "星期", "农历", "是什么"))
    for row in rows:
        say(_columns(row.day.isoformat(), row.weekday, row.lunar, "；".join(row.notes)))


def _show_sendings(sent: Iterable[Sending], campaigns: Iterable[Campaign]) -> None:
    say("")
    say("什么时候发什么（各人只收合自己情形的，一天最多一条）")
    say("")
    for each in sent:
        days = span(each.day, each.last) + "，每天" if each.last > each.day else ""
        say(_columns(each.day.isoformat(), weekday(each.day), f"{each.step.at:%H:%M}", _named(each, days)))
    personal = [campaign for campaign in campaigns if campaign.anchor not in ANCHORS]
    for campaign in personal:
        say(f"跟着家长自己的日子：{campaign.title}，{len(campaign.steps)} 步")


def _named(each: Sending, days: str) -> str:
    return f"{each.campaign.title} {each.step.name}" + (f"（{days}）" if days else "")


def _columns(day: str, of_week: str, third: str, rest: str) -> str:
    return f"{_padded(day, 12)}{_padded(of_week, 6)}{_padded(third, 14)}{rest}".rstrip()


def _padded(text: str, width: int) -> str:
    """Filled to `width` columns of a terminal, where a Chinese character takes two."""
    taken = sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(1, width - taken)
