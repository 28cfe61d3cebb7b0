"""The beginning of something new beside lessons: a campaign, empty or like another, a question with its answer, a danger, a quiz."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.content.writing import WritingError
from bot.desk.access import EDIT, PREFIX, Page
from bot.desk.editing import drafts, files, taught
from bot.desk.editing.drafts import Clash
from bot.desk.editing.reading import rewritten, values_of
from bot.desk.editing.sheets import answers, campaigns, played, scripts, titles
from bot.desk.editing.sheets.sheet import Sheet
from bot.desk.editing.sheets.table import BY_NAME
from bot.desk.errors import DeskError
from bot.desk.times import BEIJING
from bot.desk.web import NOTICES, now, redirect, render
from bot.desk.web import field as typed_in
from bot.reminders import gone_out

NOTICES["begun_new"] = "草稿建好了，接着写。写到一半随时可以保存。"

FIELDS = ("title", "slug", "like", "kind", "anchor")
LONGEST_TITLE = 20
_SLUG = re.compile(r"[a-z][a-z0-9_]{1,39}")
_EMPTY = "campaign: x\ntitle: x\nkind: x\nanchor: x\nsteps: []\n"
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_QUIZ = "lesson: x\ntitle: x\nquestions: []\nstatus: published\nupdated: x\n"
# Not finished until somebody says so: nothing of it reaches a parent.
_DANGER = """\
title: x
order: 0
urgency: serious
patterns: []
examples: []
near_misses: []
cases: []
hotlines: []
answer: ""
status: draft
reviewed: false
reviewed_by: ""
updated: x
"""


@dataclass
class Begun:
    """What was typed, what is wrong with it (by field), and what is made of it."""

    typed: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    path: str = ""
    text: str = ""


async def ask(request: Request, kind: str) -> HTTPResponse:
    """Where the new one gets its name."""
    return _page(request, _sheet(kind), Begun(dict.fromkeys(FIELDS, "") | {"like": request.args.get("like", "")}))


async def make(request: Request, kind: str) -> HTTPResponse:
    """Begin its draft; where something is wrong the page comes again, with what was typed."""
    sheet = _sheet(kind)
    begun = Begun({name: typed_in(request, name, 60) for name in FIELDS})
    if not 0 < len(begun.typed["title"]) <= LONGEST_TITLE:
        begun.errors["title"] = f"写一个名字，最多 {LONGEST_TITLE} 个字。"
    await services.database().read(_MAKERS[sheet.name], begun)
    if begun.errors:
        return _page(request, sheet, begun, status=400)
    try:
        await services.database().run(drafts.save, begun.path, begun.text, "", 0, request.ctx.staff.name, now())
    except Clash as clash:
        raise DeskError(409, str(clash)) from None
    request.ctx.subject = begun.path
    return redirect(f"{PREFIX}/lessons/edit/{begun.path}", "begun_new")


def _campaign(session: Session, begun: Begun) -> None:
    typed = begun.typed
    like = f"campaigns/{typed['like']}.yml" if typed["like"] else ""
    if like and like not in _campaigns():
        begun.errors["like"] = "请从列表里选一份。"
        return
    tree = values_of(files.text_of(like)) if like else {"steps": []}
    chosen = {name: typed[name] or str(tree.get(name, "")) for name in ("kind", "anchor")}
    for name, known, missing in (("kind", campaigns.KINDS, "请选是哪一类。"), ("anchor", campaigns.names(), "请选跟着哪天走。")):
        if chosen[name] not in known:
            begun.errors[name] = missing
    slug = _free(typed["slug"], chosen["anchor"], _SLUG, lambda name: _campaign_is_there(session, name), begun)
    if not begun.errors:
        begun.path = f"campaigns/{slug}.yml"
        # A remark at the top of the other file is about that one.
        start = re.sub(r"\A(?:#.*\n|\s*\n)+", "", files.text_of(like)) if like else _EMPTY
        begun.text = rewritten(start, {"campaign": slug, "title": typed["title"], **chosen, **{key: tree[key] for key in tree if key not in ("campaign", "title", *chosen)}})


def _answer(session: Session, begun: Begun) -> None:
    there = _names_of_answers(session)
    name = _free(begun.typed["slug"], "q_1", _NAME, lambda wanted: wanted in there, begun)
    begun.path = taught.path_of(name)
    begun.text = taught.made(begun.typed["title"], [], [])


def _danger(session: Session, begun: Begun) -> None:
    there = {line.path: line for line in titles.lines(scripts.SHEET)}
    slug = _free(begun.typed["slug"], "danger-1", _KEBAB, lambda name: f"safety/{name}.yml" in there or drafts.open_for(session, f"safety/{name}.yml") is not None, begun)
    # Behind all others: of two dangers in one sentence that which is known better is answered.
    order = max((int(line.group) for line in there.values() if line.group.isdigit()), default=9) + 1
    begun.path = f"safety/{slug}.yml"
    begun.text = rewritten(_DANGER, {**values_of(_DANGER), "title": begun.typed["title"], "order": order, "updated": now().astimezone(BEIJING).date()})


def _quiz(session: Session, begun: Begun) -> None:
    lesson = begun.typed["like"]
    begun.path = f"quizzes/{lesson}.yml"
    if lesson not in without_quiz():
        begun.errors["like"] = "请从列表里选一课。一课一个测验。"
    elif drafts.open_for(session, begun.path) is not None:
        begun.errors["like"] = "这一课的测验，有人正在写：在“草稿”里。"
    else:
        begun.text = rewritten(_QUIZ, {**values_of(_QUIZ), "lesson": lesson, "title": begun.typed["title"], "updated": now().astimezone(BEIJING).date()})


def without_quiz() -> Mapping[str, str]:
    """Lessons that have none yet, with their titles."""
    there = {Path(line.path).stem for line in titles.lines(played.QUIZZES)}
    return {Path(line.path).stem: line.title for line in files.lessons() if not line.problem and Path(line.path).stem not in there}


_MAKERS: dict[str, Callable[[Session, Begun], None]] = {campaigns.SHEET.name: _campaign, answers.SHEET.name: _answer, scripts.SHEET.name: _danger, played.QUIZZES.name: _quiz}


def _free(wanted: str, usual: str, form: re.Pattern[str], is_there: Callable[[str], bool], begun: Begun) -> str:
    """The short name that was typed, or one that is made: the usual one, with a number where that is taken."""
    if wanted and not (form.fullmatch(wanted) and len(wanted) <= 40):
        sign, like = ("横线", "septic-tank") if form is _KEBAB else ("下划线", "summer_2")
        begun.errors["slug"] = f"只用小写字母、数字和{sign}，字母开头，最多 40 个，比如 {like}。不写也行，会自动起一个。"
        return ""
    name, number, joint = wanted or usual, 1, "-" if form is _KEBAB else "_"
    while is_there(name):
        number += 1
        name = f"{(wanted or usual).removesuffix(f'{joint}1')}{joint}{number}"
    if wanted and name != wanted:
        begun.errors["slug"] = f"{wanted} 已经有了，或者以前用过。可以用 {name}，或者不写，会自动起一个。"
    return name


def _campaign_is_there(session: Session, slug: str) -> bool:
    path = f"campaigns/{slug}.yml"
    # Under a name that was used before, parents would count as told already.
    return path in _campaigns() or drafts.open_for(session, path) is not None or bool(gone_out.by_step(session, slug))


def _campaigns() -> Collection[str]:
    return {line.path: line for line in titles.lines(campaigns.SHEET)}


def _names_of_answers(session: Session) -> Collection[str]:
    try:
        there = taught.names(files.project_text)
    except WritingError as error:
        raise DeskError(400, f"{error}。") from None
    return {*there, *(taught.name_of(draft.path) for draft in drafts.all_open(session))}


def _sheet(kind: str) -> Sheet:
    sheet = BY_NAME.get(kind)
    if sheet is None or sheet.name not in _MAKERS:
        raise DeskError(404)
    return sheet


def _page(request: Request, sheet: Sheet, begun: Begun, status: int = 200) -> HTTPResponse:
    likes: Mapping[str, str] = {}
    if sheet is campaigns.SHEET:
        likes = {Path(line.path).stem: line.title for line in titles.lines(campaigns.SHEET) if not line.problem}
    elif sheet is played.QUIZZES:
        likes = without_quiz()
    return render(
        request,
        "content/new.html",
        status,
        title=sheet.begin,
        sheet=sheet,
        typed=begun.typed,
        errors=begun.errors,
        likes=likes,
        kinds=campaigns.KINDS,
        anchors=campaigns.names(),
        longest=LONGEST_TITLE,
    )


PAGES = (
    Page("GET", "/content/<kind:str>/new", EDIT, ask, "写一份新的"),
    Page("POST", "/content/<kind:str>/new", EDIT, make, "开始写一份"),
)
