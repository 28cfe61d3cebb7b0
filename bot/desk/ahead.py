"""What is sent when: the steps of campaigns in the next sixty days, by day, and the campaigns that follow a parent's own days."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.calendar import ANCHORS, LAST_YEAR, PROVINCES, in_lunar_words
from bot.calendar.year import span, weekday
from bot.content.documents import ContentError
from bot.desk.access import EDIT, STAFF, Page
from bot.desk.web import now, query_of, render
from bot.reminders.campaigns import Campaign, Campaigns, Step, load_campaigns
from bot.reminders.hours import beijing_day
from bot.reminders.sendings import sendings

DAYS = 60


@dataclass(frozen=True)
class Line:
    """One step: `when` its hour, or its days when it comes on each; `says` how its first text begins."""

    when: str
    title: str
    notice: str
    says: str
    ways: str
    href: str


@dataclass(frozen=True)
class DayAhead:
    """A day of the calendar with something to send."""

    name: str
    lines: tuple[Line, ...]


_WAYS = {"customer_service": "客服消息", "subscription": "订阅通知", "template": "服务通知", "mass": "群发", "next_contact": "下次说话时"}


async def index(request: Request) -> HTTPResponse:
    """The days, for one campaign or all, by the school calendar of one province or by the general rule."""
    query = query_of(request)
    province = query.get("province", "")
    province = province if province in PROVINCES else ""
    try:
        campaigns = await asyncio.get_running_loop().run_in_executor(None, _campaigns)
    except ContentError as error:
        # An editor's half-finished file: said with its place, so that it can be mended.
        return render(request, "ahead/show.html", title="什么时候发什么", problem=str(error), **_nothing())
    chosen = query.get("campaign", "")
    shown = [each for each in campaigns.all if chosen in ("", each.slug)] or list(campaigns.all)
    links = request.ctx.staff.role in EDIT
    first = beijing_day(now())
    days = await asyncio.get_running_loop().run_in_executor(None, days_ahead, shown, first, province or None, links)
    return render(
        request,
        "ahead/show.html",
        title="什么时候发什么",
        problem="",
        days=days,
        personal=[(each, _href(each) if links else "") for each in shown if each.anchor not in ANCHORS],
        campaigns=campaigns.all,
        chosen=chosen,
        provinces=PROVINCES,
        province=province,
        count=DAYS,
    )


def days_ahead(campaigns: list[Campaign], first: date, province: str | None, links: bool) -> list[DayAhead]:
    """The days from `first` on, `DAYS` of them, on which something of these campaigns is sent."""
    last = first + timedelta(days=DAYS)
    years = range(first.year, min(last.year, LAST_YEAR) + 1)
    found = [each for year in years for each in sendings(services.calendar(), campaigns, year, province)]
    lines: dict[date, list[Line]] = {}
    for each in found:
        if each.last < first or each.day >= last:
            continue
        when = f"{each.step.at:%H:%M}" + (f"，{span(each.day, each.last)}每天" if each.last > each.day else "")
        lines.setdefault(max(each.day, first), []).append(_line(each.campaign, each.step, when, links))
    return [DayAhead(_named(day), tuple(lines[day])) for day in sorted(lines)]


def _line(campaign: Campaign, step: Step, when: str, links: bool) -> Line:
    ways = "、".join(_WAYS[way] for way in step.ways)
    begins = step.texts[0].splitlines()[0]
    return Line(when, campaign.title, step.notice, begins, ways, _href(campaign) if links else "")


def _href(campaign: Campaign) -> str:
    """The campaign's form, which shows its steps as a parent gets them."""
    return f"/desk/lessons/edit/campaigns/{campaign.path.name}"


def _named(day: date) -> str:
    lunar = in_lunar_words(day)
    around = f"，{lunar}" if lunar.startswith(("腊", "正")) else ""
    return f"{day.month}月{day.day}日（周{weekday(day)}{around}）"


def _campaigns() -> Campaigns:
    return load_campaigns(services.settings().content_path / "campaigns")


def _nothing() -> dict[str, Any]:
    return {"days": [], "personal": [], "campaigns": (), "chosen": "", "provinces": PROVINCES, "province": "", "count": DAYS}


PAGES = (Page("GET", "/calendar", STAFF, index, "什么时候发什么", group="内容"),)
