"""A record to look at: some parents, what they asked, what was answered. Words as the scrubber leaves them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.logs import tables
from bot.text.plain import squash

LESSON = "asking-about-school"
SCRIPT = "fell-into-water"
SIGNS = {"fallback": "fallback", "rejected": "fallback", "danger": "danger"}


@dataclass
class Said:
    """One message of a parent and its answer."""

    text: str
    outcome: str = "answered"
    reply: str = "先问一件他喜欢的小事，再慢慢听。"
    lesson: str = LESSON
    confidence: float | None = 0.91
    score: int | None = None
    group: int | None = None
    withheld: bool = False
    kind: str = "text"


@dataclass
class Record:
    """Writes rows as the log's writer does; every talk is one hour after the last."""

    session: Session
    now: datetime
    count: int = 0
    refs: dict[str, str] = field(default_factory=dict)

    def parent(self, name: str) -> int:
        key = sha256(name.encode()).hexdigest()[:32]
        row = {
            "parent_key": key,
            "ref": f"p{key[:9]}",
            "name": name,
            "book": "",
            "first_at": self.now,
            "last_at": self.now,
        }
        return int(self.session.execute(insert(tables.parents).values(**row)).inserted_primary_key[0])

    def talk(
        self,
        parent: int,
        *said: Said,
        at: datetime | None = None,
        state: str = "open",
        topic: str = "remote_communication",
    ) -> str:
        """One conversation; returns its ref."""
        self.count += 1
        start = at or self.now - timedelta(hours=1)
        ref = f"t{self.count:06d}"
        row = {
            "ref": ref, "parent_id": parent, "started_at": start, "last_at": start + timedelta(minutes=len(said)),
            "turns": len(said), "preview": said[0].text[:100], "state": state,
            "fallback": any(each.outcome in ("fallback", "rejected") for each in said),
            "low_confidence": any((each.confidence or 1) < 0.5 for each in said),
            "not_useful": any(each.score == 0 for each in said),
            "danger": any(each.outcome == "danger" for each in said),
        }  # fmt: skip
        talk = int(self.session.execute(insert(tables.talks).values(**row)).inserted_primary_key[0])
        topics = {"topic": topic, "talk_id": talk, "parent_id": parent, "started_at": start}
        self.session.execute(insert(tables.talk_topics).values(**topics))
        for number, each in enumerate(said):
            self._turn(talk, parent, each, start + timedelta(minutes=number))
        return ref

    def _turn(self, talk: int, parent: int, said: Said, at: datetime) -> None:
        self.count += 1
        danger = said.outcome == "danger"
        row = {
            "key": f"k{self.count}", "talk_id": talk, "parent_id": parent, "at": at, "kind": said.kind, "text": said.text,
            "withheld": said.withheld, "outcome": said.outcome, "intent": "danger" if danger else "lesson",
            "confidence": said.confidence, "lesson": said.lesson, "ranking": json.dumps([[said.lesson, said.confidence or 0.2]]),
            "age_months": 75, "danger_script": SCRIPT if danger else None, "danger_by": "pattern" if danger else None,
            "answered_with": SCRIPT if danger else said.lesson, "answers": json.dumps([self._answer(said.reply)]),
            "score": said.score, "group_id": said.group, "settled": "",
        }  # fmt: skip
        turn = int(self.session.execute(insert(tables.turns).values(**row)).inserted_primary_key[0])
        self.session.execute(insert(tables.words).values(turn_id=turn, talk_id=talk, words=squash(said.text)))
        if danger:
            self.session.add(
                tables.SafetyFlagRow(parent_key="k", script=SCRIPT, found_by="pattern", at=at, turn_id=turn)
            )
            self.session.flush()

    def _answer(self, text: str) -> int:
        digest = sha256(text.encode()).hexdigest()[:32]
        found = self.session.execute(tables.answers.select().where(tables.answers.c.digest == digest)).first()
        if found:
            return int(found.id)
        return int(
            self.session.execute(insert(tables.answers).values(digest=digest, text=text)).inserted_primary_key[0]
        )

    def group(self, title: str, misses: int) -> int:
        """A group of misses."""
        row = {
            "title": title,
            "normal": squash(title),
            "misses": misses,
            "first_at": self.now,
            "last_at": self.now,
            "state": "open",
        }
        return int(self.session.execute(insert(tables.groups).values(**row)).inserted_primary_key[0])
