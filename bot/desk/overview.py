"""The first page: what waits, and numbers of the last weeks that people can read. Nothing below ten is shown."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from bot import services
from bot.desk import charts, labels
from bot.desk.access import REVIEW, SAFETY, STAFF, Page
from bot.desk.times import day
from bot.desk.web import now, render
from bot.logs import counts, review
from bot.logs.days import day_of
from bot.logs.shapes import Day, Overview

SPANS = {7: "7 天", 28: "4 周", 90: "3 个月"}
_PARTS = ("答了", "没把握或没听懂", "其他", "没有分开（有一项不到 10）")


async def index(request: Request) -> HTTPResponse:
    """Queues and charts."""
    span = _span(request)
    first, last = _days(span)
    database = services.database()
    numbers = await database.read(counts.overview, first, last)
    waiting = await database.read(review.queue_counts)
    role = request.ctx.staff.role
    return render(
        request,
        "overview/show.html",
        title="总览",
        numbers=numbers,
        waiting=waiting,
        span=span,
        spans=SPANS,
        sees_talks=role in REVIEW,
        sees_safety=role in SAFETY,
        days=_chart(numbers),
        parts=_PARTS,
        rankings=_rankings(numbers),
        table=[shares(each) for each in numbers.days],
        shown=charts.number,
        about=about,
        labels=labels,
    )


async def download(request: Request) -> HTTPResponse:
    """The counts as CSV, for a spreadsheet."""
    first, last = _days(_span(request))
    rows = await services.database().read(counts.csv_rows, first, last)
    request.ctx.subject = f"{first.isoformat()} {last.isoformat()}"
    headers = {"Content-Disposition": f'attachment; filename="jiashu-{first.isoformat()}-{last.isoformat()}.csv"'}
    return raw(as_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)


def as_csv(rows: list[tuple[str, ...]]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel guesses GBK; a cell that a spreadsheet would run is made text."""
    text = io.StringIO()
    csv.writer(text).writerows([[_harmless(cell) for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(cell: str) -> str:
    # OWASP, "CSV injection": what begins like a formula is one to Excel, quoted or not.
    return (
        f"'{cell}"
        if cell.lstrip()[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠") or cell[:1] in "\t\r\n"
        else cell
    )


def _span(request: Request) -> int:
    asked = request.args.get("span", "")
    return int(asked) if asked in {str(span) for span in SPANS} else 28


def _days(span: int) -> tuple[date, date]:
    last = day_of(now())
    return last - timedelta(days=span - 1), last


@dataclass(frozen=True)
class Shares:
    """One day: questions, and how they went. Where a part is below ten, all parts are None: the rest would give it away."""

    day: date
    questions: int | None
    answered: int | None
    unsure: int | None
    rest: int | None
    not_useful: int | None


def shares(of: Day) -> Shares:
    """The parts of a day, without those from which a small one could be worked out."""
    if of.questions is None or of.answered is None or of.unsure is None:
        return Shares(of.day, of.questions, None, None, None, of.not_useful)
    rest = counts.shown(max(0, of.questions - of.answered - of.unsure))
    if rest is None:
        return Shares(of.day, of.questions, None, None, None, of.not_useful)
    return Shares(of.day, of.questions, of.answered, of.unsure, rest, of.not_useful)


def about(count: int | None) -> str:
    """A total to the nearest ten, so that it tells nothing about the parts that are not shown."""
    return charts.number(count) if not count else f"约 {round(count, -1)}"


def _chart(numbers: Overview) -> Markup:
    bars = []
    for each in map(shares, numbers.days):
        whole = each.answered is None
        parts = (each.answered or 0, each.unsure or 0, each.rest or 0, each.questions if whole else 0)
        bars.append(charts.Bar(day(each.day), parts))
    asked = about(numbers.questions)
    sentence = f"{day(numbers.first)}到{day(numbers.last)}每天的提问数，一共{asked} 次；数字在图下面的表里。"
    return charts.stacked(bars, _PARTS, sentence)


def _rankings(numbers: Overview) -> list[tuple[str, str, Markup | None]]:
    """Heading, what to do when it is empty, and the chart."""
    made = (
        (
            "问得多的主题",
            "满 10 位家长问过同一个主题，就会出现在这里。",
            [(labels.topic(each.name), each.count) for each in numbers.topics],
        ),
        (
            "答得多的课",
            "一课答满 10 次，就会出现在这里。",
            [(labels.lesson(each.name), each.count) for each in numbers.lessons],
        ),
        (
            "没答上、问得多的",
            "同一问没答上满 10 次，就会出现在这里。",
            [(each.name, each.count) for each in numbers.misses],
        ),
        (
            "提问的结果",
            "提问满 10 次，就会出现在这里。",
            [(labels.OUTCOMES.get(each.name, each.name), each.count) for each in numbers.outcomes],
        ),
        (
            "安全信号的种类",
            "同一种满 10 次才会显示。",
            [(labels.script(each.name), each.count) for each in numbers.dangers],
        ),
        (
            "家长说有没有用",
            "有人评价以后就会出现在这里。",
            [(labels.SCORES[int(each.name)], each.count) for each in numbers.scores if each.count != 0],
        ),
    )
    return [
        (title, empty, charts.ranking([charts.Line(name, count) for name, count in rows], title) if rows else None)
        for title, empty, rows in made
    ]


PAGES = (
    Page("GET", "/", STAFF, index, "总览", group="审阅"),
    Page("GET", "/numbers.csv", REVIEW, download, "下载数字", audited=True),
)
