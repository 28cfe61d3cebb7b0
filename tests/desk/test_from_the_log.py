"""What a parent wrote, through the log's own writer, onto every page of the desk: nothing there names anybody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, update

from bot import services
from bot.desk.app import pages
from bot.logs import flags, outcomes, tables
from bot.logs.cleaning import Cleaner
from bot.logs.grouping import Grouping
from bot.logs.heard import Heard
from bot.logs.writing import write
from tests.desk.seed import LESSON, SCRIPT
from tests.desk.support import Desk

KEY = "k" * 40
PARENT = "0123456789abcdef0123456789abcdef"
SECRETS = ("13800138000", "张小明", "向阳小学", "李秀英", PARENT)
FIRST = Heard(
    key="1", parent_key=PARENT, at=None, kind="text", text="我儿子张小明在向阳小学念书，老师电话13800138000，他不说学校的事",  # type: ignore[arg-type]
    outcome=outcomes.ANSWERED, intent="lesson", confidence=0.8, ranking=((LESSON, 0.8),), age_months=80, danger_script="", danger_by="",
    answered_with=LESSON, replies=("张小明放学以后，先问一件小事。",),
)  # fmt: skip
MISSED = replace(
    FIRST, key="2", text="我妈李秀英的医保怎么交", outcome=outcomes.FALLBACK, confidence=0.1, replies=("没太听明白。",)
)
DANGER = replace(
    FIRST, key="3", text="张小明掉进塘里了，快给13800138000打电话", outcome=outcomes.DANGER, danger_script=SCRIPT, danger_by="patterns", replies=("马上打120。",)
)  # fmt: skip


def _log(desk: Desk) -> None:
    cleaner, start = Cleaner(KEY), desk.clock.now() - timedelta(minutes=30)
    with services.database().session() as session:
        flags.raise_flag(session, PARENT, SCRIPT, "patterns", start + timedelta(minutes=2))
    heard = [replace(each, at=start + timedelta(minutes=number)) for number, each in enumerate((FIRST, MISSED, DANGER))]
    with services.database().session() as session:
        assert write(session, [cleaner.clean(each, number) for number, each in enumerate(heard)], KEY, Grouping()) == 3


async def _every_page(desk: Desk) -> dict[str, str]:
    admin = await desk.staff("admin")
    with services.database().session() as session:
        talk, parent = (
            session.execute(select(tables.talks.c.ref)).scalar_one(),
            session.execute(select(tables.parents.c.ref)).scalar_one(),
        )
        turns, flag = (
            session.execute(select(tables.turns.c.id)).scalars().all(),
            session.execute(select(tables.SafetyFlagRow.id)).scalar_one(),
        )
        group = session.execute(select(tables.groups.c.id).limit(1)).scalar_one()
    paths = [page.url for page in pages() if page.method == "GET" and "<" not in page.path and page.path != "/login"]
    paths += [
        f"/desk/talks/{talk}",
        f"/desk/misses/{group}",
        f"/desk/safety/{flag}",
        f"/desk/parents/{parent}",
        f"/desk/parents/{parent}/live",
    ]
    paths += [f"/desk/turns/{turn}/teach" for turn in turns]
    return {path: (await admin.get(path)).text for path in paths}


async def test_no_page_names_anybody(desk: Desk) -> None:
    _log(desk)
    shown = await _every_page(desk)

    for path, text in shown.items():
        assert not [secret for secret in SECRETS if secret in text], path
    talk = next(text for path, text in shown.items() if path.startswith("/desk/talks/"))
    assert "〈孩子1〉" in talk and "他不说学校的事" in talk


async def test_the_signs_of_the_log_reach_the_lists(desk: Desk) -> None:
    _log(desk)
    bob = await desk.staff("counsellor")
    for query in ("danger=1", "fallback=1", "words=医保"):
        assert '<li class="row">' in (await bob.get(f"/desk/talks?{query}")).text, query
    assert "28 分钟前" in (await bob.get("/desk/safety")).text
    assert "医保" in (await bob.get("/desk/misses")).text


async def test_after_an_erasure_old_addresses_say_so(desk: Desk) -> None:
    from bot.logs.keeping import erase

    _log(desk)
    shown = [path for path in await _every_page(desk) if re.search(r"\d", path)]
    with services.database().session() as session:
        session.execute(update(tables.SafetyFlagRow).values(parent_key=PARENT))
        erase(session, PARENT)
        flags.erase(session, PARENT)

    admin = await desk.staff("admin")
    for path in shown:
        answer = await admin.get(path)
        assert answer.status == 404 or path.startswith("/desk/misses/") or path.startswith("/desk/me"), path
        assert answer.status < 500
