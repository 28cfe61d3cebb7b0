"""From a missed question, on the spot: a training example, the wish for a lesson, or nothing."""

from __future__ import annotations

import asyncio
import re

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.desk import accounts, careful, labels, targets
from bot.desk.access import EDIT, REVIEW, Page
from bot.desk.errors import DeskError
from bot.desk.review import done_by_review
from bot.desk.web import NOTICES, field, now, redirect, render
from bot.logs import misses, reading
from bot.privacy.placeholders import PLACEHOLDER

NOTICES.update(
    confirmed="例句确认了，下次发布就会学进去。",
    dropped="例句撤掉了。",
    wished="已经请同事写这一课。发布以后，问过的家长下次来时会听到。",
    dismissed="记下了：这一句不用管。",
)
# What a sentence of everybody says where this one named somebody.
_PLAIN = {"孩子": "孩子", "老师": "老师", "姓名": "他", "称呼": "他", "学校": "学校", "单位": "厂里", "地址": "老家"}


async def ask(request: Request, turn_id: int) -> HTTPResponse:
    """The question, what was answered, and what it might have been."""
    turn = await services.database().read(reading.turn, turn_id)
    if turn is None or turn.withheld or not turn.text:
        raise DeskError(404, "这句话已经不在了，或者没有文字可以学。")
    words = request.args.get("find", "")[:60]
    found = (
        targets.find(words) if words.strip() else targets.nearest(turn.text, tuple(slug for slug, _ in turn.ranking))
    )
    owners = await services.database().read(editors)
    return render(
        request,
        "teach/ask.html",
        title="教它听懂这句话",
        turn=turn,
        suggestion=without_placeholders(turn.text),
        found=found[:60],
        words=words,
        owners=owners,
        back=safe_back(request.args.get("back", "")),
        labels=labels,
    )


async def propose(request: Request, turn_id: int) -> HTTPResponse:
    """Anonymised once more, then shown before it counts."""
    target = field(request, "target", 100, needed="还没选是哪一课。")
    if not targets.is_target(target):
        raise DeskError(400, "没有这一课，请重新选。")
    text = field(request, "text", 200, needed="例句还是空的。")
    made = await done_by_review(misses.propose_example, turn_id, text, target, request.ctx.staff.name, now())
    request.ctx.subject = target
    changed = "1" if made.text != " ".join(text.split()) else ""
    return redirect(f"/desk/examples/{made.id}?changed={changed}&back={safe_back(field(request, 'back', 200))}")


async def wish(request: Request, turn_id: int) -> HTTPResponse:
    """There is no lesson for it yet: ask a colleague to write one."""
    owner = await owner_of(request)
    text = field(request, "wish", 200, needed="还没写想要哪一课。")
    await asyncio.get_running_loop().run_in_executor(None, careful.check, text)
    await done_by_review(misses.ask_for_lesson, text, owner, request.ctx.staff.name, now(), turn_id=turn_id)
    return redirect(safe_back(field(request, "back", 200)), "wished")


async def dismiss(request: Request, turn_id: int) -> HTTPResponse:
    """Nothing can be learned from it."""
    await done_by_review(misses.dismiss, turn_id)
    return redirect(safe_back(field(request, "back", 200)), "dismissed")


def editors(session: Session) -> list[accounts.User]:
    """Colleagues who write lessons."""
    return [user for user in accounts.everyone(session) if user.role in EDIT and not user.disabled]


def without_placeholders(text: str) -> str:
    """A sentence as anybody could have said it: 〈孩子1〉 becomes 孩子."""
    return PLACEHOLDER.sub(lambda match: _PLAIN.get(re.sub(r"[〈〉\d]", "", match[0]), ""), text)


async def owner_of(request: Request) -> str:
    """The colleague of the form who is to write a lesson."""
    owner = field(request, "owner", 60, needed="还没选由谁来写。")
    if owner not in {user.name for user in await services.database().read(editors)}:
        raise DeskError(400, "没有这位编辑，请重新选。")
    return owner


def safe_back(value: str) -> str:
    """Where the reviewer came from: a conversation or a group of misses, and nowhere else."""
    return value if re.fullmatch(r"/desk/(?:talks|misses)/[\w-]+", value) else "/desk/misses"


PAGES = (
    Page("GET", "/turns/<turn_id:int>/teach", REVIEW, ask, "教它听懂", audited=True),
    Page("POST", "/turns/<turn_id:int>/teach", REVIEW, propose, "提例句"),
    Page("POST", "/turns/<turn_id:int>/wish", REVIEW, wish, "请人写课"),
    Page("POST", "/turns/<turn_id:int>/dismiss", REVIEW, dismiss, "不用管"),
)
