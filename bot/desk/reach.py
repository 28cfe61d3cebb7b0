"""How far reminders, calls, the course and the quizzes reach: charts with their numbers, and a file for a spreadsheet."""

from __future__ import annotations

from markupsafe import Markup
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from bot import services
from bot.desk import charts
from bot.desk.access import REVIEW, STAFF, Page
from bot.desk.overview import about, as_csv
from bot.desk.reached import WENT, Lesson, Reached, Split, reached, rows
from bot.desk.web import days, now, render
from bot.logs.days import day_of
from bot.reunion.follow_through import TOLD

_SPAN = 90
_HEAD = ("哪一块", "名称", "什么数", "次数")
_COURSE = ("学完的家长", "只打开的家长", "没有分开（有一项不到 10）")


async def index(request: Request) -> HTTPResponse:
    """Charts and tables."""
    found = await _found()
    return render(
        request,
        "reach/show.html",
        title="提醒和课程",
        span=_SPAN,
        found=found,
        charts=_charts(found),
        told=tuple(TOLD.values()),
        went=tuple(WENT.values()),
        opened=_COURSE,
        about=about,
        number=charts.number,
        downloads=request.ctx.staff.role in REVIEW,
    )


async def download(request: Request) -> HTTPResponse:
    """The counts as CSV, for a spreadsheet."""
    lines: list[tuple[str, ...]] = [_HEAD, *((*line[:3], charts.number(line[3])) for line in rows(await _found()))]
    name = f"jiashu-reach-{day_of(now()).isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return raw(as_csv(lines), content_type="text/csv; charset=utf-8", headers=headers)


async def _found() -> Reached:
    return await services.database().read(reached, now() - days(_SPAN))


def _charts(found: Reached) -> dict[str, Markup]:
    """By the name of their section; empty where there is nothing to show."""
    sent = sorted((each for each in found.sent if each.sent != 0), key=lambda each: -(each.sent or 0))
    made = {
        "sent": charts.ranking([charts.Line(each.title, each.sent) for each in sent], "每个系列发出的提醒"),
        "acted": charts.split(found.acted, tuple(TOLD.values()), "提醒过的事，家长说做了没有"),
        "calls": charts.split([found.calls], tuple(WENT.values()), "给过话头的电话，聊得怎么样"),
        "course": charts.split([opened_of(each) for each in found.course], _COURSE, "每一课打开和学完的家长"),
    }
    there = {"sent": found.sent, "acted": found.acted, "calls": found.prepared != 0, "course": found.course}
    return {name: chart if there[name] else Markup() for name, chart in made.items()}


def opened_of(lesson: Lesson) -> Split:
    """Its bar: finished and only opened, or the whole where these are not to be told apart."""
    if lesson.done is None or lesson.opened is None:
        return Split(lesson.title, (0, 0, lesson.opened))
    return Split(lesson.title, (lesson.done, lesson.opened - lesson.done, 0))


PAGES = (
    Page("GET", "/reach", STAFF, index, "提醒和课程", group="审阅"),
    Page("GET", "/reach.csv", REVIEW, download, "下载数字", audited=True),
)
