"""What is on the desk in the pictures: drafts in every state, a publishing that waits, and how reminders, calls and the course fared."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot import services
from bot.coach import calls
from bot.coach.tables import CallRow
from bot.course import quiz_counts
from bot.course.syllabus import syllabus
from bot.course.tables import CourseLessonRow
from bot.desk.editing import drafts
from bot.publish import runs
from bot.publish.gate import CRISIS, Figures
from bot.reminders.tables import outbox
from bot.reunion.follow_through import ANSWERS
from bot.reunion.tables import AnswerRow

LESSON, REPLIES, CAMPAIGN = "lessons/child_safety/drowning.md", "domain/basics.yml", "campaigns/mid_autumn.yml"
SCRIPT = "safety/drowning.yml"
WRITER, COLLEAGUE, MODEL = "王编辑", "陈老师", "pictures.tar.gz"
_SENT = {"spring_festival": 214, "mid_autumn": 131, "birthday": 88, "weekly": 342, "call_coach": 57}
_ACTED = {"plan_done": (63, 12, 31), "ticket_done": (48, 15, 22), "gift_done": (54, 11, 37), "call_done": (96, 18, 41)}
_CALLS = {calls.GOOD: 71, calls.SO_SO: 38, calls.NONE: 24, None: 26}


def fill_drafts(session: Session, now: datetime) -> None:
    """Four drafts; the last one is that of a reply, which needs no training to be tried."""
    script = _begin(session, SCRIPT, "title: 孩子溺水", "title: 孩子掉进水里", now - timedelta(days=2))
    sent = drafts.send(session, script.id, script.version, WRITER, now - timedelta(days=2))
    note = "标题先别改，家长认得原来的。"
    drafts.judge(session, sent.id, sent.version, COLLEAGUE, note, False, now - timedelta(days=1))
    lesson = _begin(session, LESSON, "summary: 水边怎么管、家里的水桶怎么管", "summary: 水边怎么管、水桶水缸怎么管", now - timedelta(hours=5))
    drafts.send(session, lesson.id, lesson.version, WRITER, now - timedelta(hours=4))
    _begin(session, CAMPAIGN, "title: 中秋节", "title: 中秋团圆", now - timedelta(minutes=50))
    _begin(session, REPLIES, "早点歇着", "早点睡，明天还要上班", now - timedelta(minutes=8))


def fill_publishing(session: Session, now: datetime) -> None:
    """A run that waits, with the answers that change."""
    kinds = {"in scope, at once": (3631, 3850, 0.9), "in scope, within one tap": (3788, 3850, 0.95), CRISIS: (1180, 1180, 0.99)}
    old = Figures("pictures", {**kinds, "in scope, at once": (3604, 3850, 0.9), CRISIS: (1178, 1180, 0.99)})
    lessons = sorted(services.library().lessons.values(), key=lambda each: each.slug)[40:44]
    unclear = "这个我没太听明白，您看看是不是想问下面这几个？"
    asked = [next((each for each in lesson.questions if 8 < len(each) < 16), lesson.title) for lesson in lessons]
    changed = [
        {"text": text, "times": 14 - 3 * number, "old": unclear, "new": lesson.answer}
        for number, (text, lesson) in enumerate(zip(asked, lessons, strict=True))
    ]
    run = runs.begin(session, WRITER, MODEL, 0, now - timedelta(minutes=25))
    found = {
        "added": ["娃儿不肯喊我", "打电话就说两句就挂"],
        "new": Figures("pictures", kinds).as_json(),
        "old": old.as_json(),
        "asked": 312,
        "changed": changed,
    }
    runs.report(session, run.id, "replay", "", found)
    runs.trained(session, run.id, MODEL)
    runs.end(session, run.id, runs.READY, [], now - timedelta(minutes=9))


def fill_reach(session: Session, now: datetime) -> None:
    """Numbers of reminders, of what was done upon them, of calls, the course and quizzes."""
    sent = [_due(campaign, number, now) for campaign, count in _SENT.items() for number in range(count)]
    session.execute(insert(outbox), sent)
    for expect, counts in _ACTED.items():
        for answer, count in zip(ANSWERS, counts, strict=True):
            session.add_all(_answer(expect, answer, number, now) for number in range(count))
    for went, count in _CALLS.items():
        session.add_all(CallRow(parent_key=f"{went}{each}", prepared_at=now, went=went) for each in range(count))
    for place, lesson in enumerate(syllabus(services.library().lessons)):
        for parent in range(max(0, 90 - 7 * place)):
            done = now if parent % 3 else None
            session.add(CourseLessonRow(parent_key=f"p{parent}", lesson=lesson.slug, opened_at=now, done_at=done))
    for place, quiz in enumerate(sorted(services.quizzes())[:5]):
        quiz_counts.count(session, quiz, started=60 - 8 * place, finished=44 - 6 * place, answered=130 - 17 * place, right=97 - 14 * place)


def _begin(session: Session, path: str, old: str, new: str, at: datetime) -> drafts.Draft:
    home = Path() if path.startswith("domain/") else services.settings().content_path
    text = (home / path).read_text(encoding="utf-8")
    if old not in text:
        raise SystemExit(f"{path} does not say “{old}” any more: choose other words for the pictures")
    return drafts.save(session, path, text.replace(old, new, 1), drafts.digest(text), 0, WRITER, at)


def _due(campaign: str, number: int, at: datetime) -> dict[str, object]:
    state = "failed" if number % 19 == 0 else "confirmed" if number % 2 else "sent"
    times = {"due_at": at, "not_before": at, "stale_at": at}
    return {"parent_key": f"p{number}", "campaign": campaign, "occurrence": "2026", "step": "one", "state": state, **times}


def _answer(expect: str, answer: str, number: int, at: datetime) -> AnswerRow:
    key = f"{answer}{number}"
    return AnswerRow(parent_key=key, campaign="reunion", occurrence="2026", step=expect, expect=expect, answer=answer, at=at)
