"""The tables as pages: starters, gifts, activities, milestones, photo tasks, each with a few plain choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.content.tables.activities import PLACES, Activity
from bot.content.tables.gifts import Gift
from bot.content.tables.starters import MOODS, TOPICS, Starter
from bot.pages.respond import page

# Ages as parents say them: label and a month in the middle of it.
AGES = {"0": ("1 岁以下", 6), "1": ("1–2 岁", 24), "3": ("3–5 岁", 54), "6": ("6–8 岁", 90), "9": ("9–11 岁", 126), "12": ("12 岁以上", 168)}
BUDGETS = {"0": ("不花钱", 0), "20": ("20 元以内", 20), "50": ("50 元以内", 50), "100": ("100 元以内", 100), "200": ("200 元以内", 200)}
# A page has to stay light, and short enough to be read in a break.
MOST = 15

T = TypeVar("T", Starter, Gift, Activity)


@dataclass(frozen=True)
class Picked:
    """What was chosen in one select: its name, label, options and the chosen one."""

    name: str
    label: str
    options: dict[str, str]
    value: str


def blueprint() -> Blueprint:
    """/tools, /starters, /gifts, /activities, /milestones, /photos."""
    made = Blueprint("pages_shelves")
    for handler in (tools, starters, gifts, activities, milestones, photos):
        made.add_route(handler, f"/{handler.__name__}")
    return made


async def tools(request: Request) -> HTTPResponse:
    """What there is beside the lessons."""
    return page(request, "tools.html")


async def starters(request: Request) -> HTTPResponse:
    """Openers for the call, by age, mood and topic."""
    picked = [_age(request), _select(request, "mood", "孩子今天", MOODS), _select(request, "topic", "聊什么", TOPICS)]
    age, mood, topic = (each.value for each in picked)
    found = [
        each
        for each in services.shelf().starters
        if (not age or each.fits(AGES[age][1])) and (not mood or mood in each.moods or "any" in each.moods) and topic in ("", each.topic)
    ]
    # Who tells no age most likely has a child that can talk on the phone.
    found.sort(key=lambda each: not age and not each.fits(None))
    return _page(request, "starters.html", picked, found)


async def gifts(request: Request) -> HTTPResponse:
    """Gifts, by age and budget."""
    picked = [_age(request), _budget(request, tuple(BUDGETS))]
    age, budget = (each.value for each in picked)
    found = [each for each in _of_age(services.shelf().gifts, age) if _within(budget, each.cost[0])]
    return _page(request, "gifts.html", picked, found)


async def activities(request: Request) -> HTTPResponse:
    """What to do together, by age, place and budget."""
    picked = [_age(request), _select(request, "place", "在哪儿", PLACES), _budget(request, ("0", "20", "50"))]
    age, place, budget = (each.value for each in picked)
    fitting = _of_age(services.shelf().activities, age)
    found = [each for each in fitting if (not place or place in each.places) and _within(budget, each.cost)]
    return _page(request, "activities.html", picked, found)


async def milestones(request: Request) -> HTTPResponse:
    """What most children can do at which age."""
    return page(request, "milestones.html", {"milestones": services.shelf().milestones})


async def photos(request: Request) -> HTTPResponse:
    """The weeks' photo tasks."""
    return _page(request, "photos.html", [], services.shelf().photos)


def _page(request: Request, template: str, picked: list[Picked], found: Sequence[object]) -> HTTPResponse:
    start = _start(request, len(found))
    after = start + MOST
    chosen = {each.name: each.value for each in picked if each.value}
    more = f"{request.path}?{urlencode({**chosen, 'from': after})}" if after < len(found) else ""
    return page(request, template, {"picked": picked, "found": found[start:after], "count": len(found), "more": more})


def _start(request: Request, count: int) -> int:
    said = request.args.get("from") or "0"
    start = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
    return start if start < count else 0


def _age(request: Request) -> Picked:
    return _select(request, "age", "孩子多大", {key: label for key, (label, _) in AGES.items()})


def _budget(request: Request, offered: Sequence[str]) -> Picked:
    return _select(request, "budget", "花多少", {key: BUDGETS[key][0] for key in offered})


def _within(budget: str, cost: int) -> bool:
    return not budget or cost <= BUDGETS[budget][1]


def _select(request: Request, name: str, label: str, options: dict[str, str]) -> Picked:
    value = request.args.get(name) or ""
    return Picked(name, label, options, value if value in options else "")


def _of_age(entries: Sequence[T], age: str) -> list[T]:
    if not age:
        return list(entries)
    months = AGES[age][1]
    return [each for each in entries if each.ages[0] <= months < each.ages[1]]
