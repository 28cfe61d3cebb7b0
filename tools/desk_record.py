"""A record to show and to measure: talks as they would stand in the log, made up, with many turns of few words.

For pictures (`tools.desk_screenshots`) and for the bench (`bench.desk`); never for a database that parents use.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot import services
from bot.logs import tables
from bot.logs.days import day_of
from bot.privacy import pseudonym
from bot.text.plain import squash

BATCH = 5000
_ENDINGS = ("", "呢", "啊", "怎么办", "，急", "，求教", "，在厂里上夜班", "，奶奶带着", "，才三岁", "，刚放假")
_MISSES = (
    "学校要交伙食费从哪里交",
    "孩子户口怎么迁",
    "转学要什么手续",
    "医保怎么给孩子交",
    "高铁儿童票多高",
    "厂里有没有托班",
    "怎么申请助学金",
)
_ANSWERED, _UNSURE, _FALLBACK, _DANGER = "answered", "alternatives", "fallback", "danger"


@dataclass
class Rows:
    """Rows of every table, written in batches."""

    session: Session
    kept: dict[Any, list[dict[str, object]]] = field(default_factory=dict)
    ids: dict[Any, int] = field(default_factory=dict)

    def add(self, table: Any, **values: object) -> int:
        """Keep a row; returns its id."""
        number = self.ids[table] = self.ids.get(table, 0) + 1
        self.kept.setdefault(table, []).append(values)
        return number

    def write(self) -> None:
        """Insert all that was kept; parents before children."""
        for table in (
            tables.parents,
            tables.groups,
            tables.answers,
            tables.talks,
            tables.talk_topics,
            tables.turns,
            tables.words,
        ):
            for start in range(0, len(self.kept.get(table, [])), BATCH):
                self.session.execute(insert(table), self.kept[table][start : start + BATCH])
        self.kept.clear()


def fill(session: Session, turns: int, now: datetime, days: int = 180, danger: float = 0.004, seed: int = 1) -> None:
    """Some `turns` messages of the last `days`, the likelier the later; also the daily counts and the danger signs."""
    dice, rows = random.Random(seed), Rows(session)
    lessons = sorted(services.library().lessons.values(), key=lambda lesson: lesson.slug)
    scripts = sorted(services.library().safety)
    answers = {lesson.slug: _answer(rows, lesson.answer) for lesson in lessons}
    helps = {slug: _answer(rows, services.library().safety[slug].answer) for slug in scripts}
    unclear = _answer(rows, "这个我没太听明白，您看看是不是想问下面这几个？")
    parents = [_parent(rows, number, now) for number in range(max(3, turns // 40))]
    groups = {words: number for number, words in enumerate(_MISSES, 1)}
    misses: dict[int, int] = dict.fromkeys(groups.values(), 0)
    counts: dict[tuple[object, str, str], int] = {}
    flags: list[dict[str, object]] = []
    for start in _starts(dice, turns // 4, now, days):
        parent = dice.choice(parents)
        talk_turns = [_said(dice, lessons, scripts, danger) for _ in range(4)]
        done = start < now - timedelta(days=14)
        talk = _talk(rows, parent, start, talk_turns, done)
        for number, (text, outcome, slug, sure, score) in enumerate(talk_turns):
            at, group = start + timedelta(minutes=number), groups.get(text)
            if group:
                misses[group] += 1
            given = helps[slug] if outcome == _DANGER else unclear if outcome == _FALLBACK else answers[slug]
            turn = rows.add(
                tables.turns, id=rows.ids.get(tables.turns, 0) + 1, key=f"{seed}-{rows.ids.get(tables.turns, 0)}", talk_id=talk,
                parent_id=parent, at=at, kind="text", text=text, withheld=False, outcome=outcome, intent="danger" if outcome == _DANGER else "lesson",
                confidence=sure, lesson=None if outcome == _DANGER else slug, ranking=json.dumps([] if outcome == _DANGER else [[slug, sure]]),
                age_months=dice.choice([None, 14, 40, 76, 130]), danger_script=slug if outcome == _DANGER else None,
                danger_by="pattern" if outcome == _DANGER else None, answered_with="action_offer_lessons" if outcome == _FALLBACK else slug, answers=json.dumps([given]), score=score,
                group_id=group, settled="",
            )  # fmt: skip
            rows.add(tables.words, turn_id=turn, talk_id=talk, words=squash(text))
            for key in _counted(at, outcome, slug, score):
                counts[key] = counts.get(key, 0) + 1
            if outcome == _DANGER:
                flags.append(_flag(dice, turn, at, slug, now))
    for words, number in groups.items():
        rows.add(
            tables.groups,
            id=number,
            title=words,
            normal=squash(words),
            misses=misses[number],
            first_at=now - timedelta(days=days),
            last_at=now - timedelta(hours=number),
            state="open",
        )
    rows.write()
    session.execute(
        insert(tables.daily),
        [{"day": day, "measure": of, "name": name, "count": count} for (day, of, name), count in counts.items()],
    )
    session.execute(insert(tables.SafetyFlagRow.__table__), flags)


def _starts(dice: random.Random, number: int, now: datetime, days: int) -> Iterator[datetime]:
    """Beginnings of talks, oldest first; more of them lately, and none at night."""
    ages = sorted((dice.triangular(0, days, 0) for _ in range(number)), reverse=True)
    yield from (now - timedelta(days=age, hours=1) for age in ages)


def _said(
    dice: random.Random, lessons: list[Any], scripts: list[str], danger: float
) -> tuple[str, str, str, float, int | None]:
    roll, lesson = dice.random(), lessons[min(int(dice.expovariate(0.05)), len(lessons) - 1)]
    if roll < danger:
        script = services.library().safety[dice.choice(scripts)]
        return dice.choice(script.examples), _DANGER, script.slug, 0.97, None
    if roll < 0.08:
        return dice.choice(_MISSES), _FALLBACK, lesson.slug, round(dice.uniform(0.05, 0.3), 2), None
    question = dice.choice(lesson.questions) + dice.choice(_ENDINGS)
    if roll < 0.2:
        return question, _UNSURE, lesson.slug, round(dice.uniform(0.3, 0.5), 2), None
    return (
        question,
        _ANSWERED,
        lesson.slug,
        round(dice.uniform(0.6, 0.98), 2),
        dice.choice([None] * 12 + [100, 100, 50, 0]),
    )


def _parent(rows: Rows, number: int, now: datetime) -> int:
    key = sha256(f"record {number}".encode()).hexdigest()[:32]
    name = pseudonym(key, "record")
    return rows.add(
        tables.parents,
        id=number + 1,
        parent_key=key,
        ref=f"p{key[:12]}",
        name=name,
        book="",
        first_at=now - timedelta(days=200),
        last_at=now,
    )


def _answer(rows: Rows, text: str) -> int:
    number = rows.ids.get(tables.answers, 0) + 1
    return rows.add(tables.answers, id=number, digest=sha256(f"{number}".encode()).hexdigest()[:32], text=text)


def _talk(
    rows: Rows, parent: int, start: datetime, said: list[tuple[str, str, str, float, int | None]], done: bool
) -> int:
    number = rows.ids.get(tables.talks, 0) + 1
    outcomes = {outcome for _, outcome, _, _, _ in said}
    wrong = bool(outcomes & {_FALLBACK, _DANGER}) or any(score == 0 for *_, score in said)
    slugs = [slug for _, outcome, slug, _, _ in said if outcome != _DANGER]
    for topic in {services.library().lessons[slug].series for slug in slugs}:
        rows.add(tables.talk_topics, topic=topic, talk_id=number, parent_id=parent, started_at=start)
    return rows.add(
        tables.talks, id=number, ref=f"t{number:08d}", parent_id=parent, started_at=start, last_at=start + timedelta(minutes=3), turns=len(said),
        preview=said[0][0][:100], fallback=_FALLBACK in outcomes, low_confidence=any(sure < 0.5 for _, _, _, sure, _ in said),
        not_useful=any(score == 0 for *_, score in said), danger=_DANGER in outcomes,
        state=("done" if done else "open") if wrong else "none", reviewer=None, second_reviewer=None,
    )  # fmt: skip


def _counted(at: datetime, outcome: str, slug: str, score: int | None) -> Iterator[tuple[object, str, str]]:
    day = day_of(at)
    yield day, "outcome", outcome
    if outcome == _DANGER:
        yield day, "danger", slug
    elif outcome != _FALLBACK:
        yield day, "lesson", slug
    if score is not None:
        yield day, "score", str(score)


def _flag(dice: random.Random, turn: int, at: datetime, script: str, now: datetime) -> dict[str, object]:
    old = at < now - timedelta(hours=20)
    looked = at + timedelta(minutes=dice.uniform(1, 40)) if old else None
    return {
        "parent_key": "record",
        "script": script,
        "found_by": "pattern",
        "at": at,
        "turn_id": turn,
        "looked_at": looked,
        "taken_by": None,
        "closed_by": "bob" if old else None,
        "closed_at": looked,
    }


def let_write(session: Session, now: datetime) -> None:
    """Open WeChat's window towards most parents, as if they had just written."""
    from bot.wechat.tables import address

    for number, row in enumerate(session.execute(tables.parents.select()).all()):
        named = {column.name: f"record {number}" for column in address.c if not column.nullable}
        named |= {column.name: now for column in address.c if column.name.endswith("_at") and not column.nullable}
        known = {"parent_key": row.parent_key, "state": "following", "granted": 5, "used": 1}
        until = now + timedelta(hours=41) if number % 4 else now - timedelta(hours=3)
        session.execute(insert(address).values(**named | known | {"granted_until": until}))
