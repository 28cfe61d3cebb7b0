"""What parents asked lately, for asking it again: before publishing, every answer that would change is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.logs.outcomes import ALTERNATIVES, ANSWERED, DANGER, FALLBACK, OFF_TOPIC
from bot.logs.tables import turns

_ASKED = (ANSWERED, ALTERNATIVES, FALLBACK, OFF_TOPIC, DANGER)
_PLACEHOLDER = re.compile(r"〈([^〉\d]*)\d*〉")
# What somebody would say who does not want to name it. Everything else is left out.
_SAID: Mapping[str, str] = {
    "孩子": "孩子", "老师": "老师", "姓名": "他", "称呼": "他", "学校": "学校", "单位": "厂里", "地址": "老家", "生日": "那天",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A question and how it was answered the last time. `times`: how often these words came; `answered_with`: slug or response."""

    text: str
    outcome: str
    answered_with: str
    times: int


def asked_since(session: Session, since: datetime, limit: int = 2000) -> tuple[Asked, ...]:
    """Questions of text or voice since then, each wording once, the most frequent first; placeholders as words."""
    spoken = (turns.c.at >= since, turns.c.outcome.in_(_ASKED), turns.c.kind.in_(("text", "voice")), turns.c.text != "")
    times = func.count(turns.c.id).label("times")
    wordings = select(turns.c.text, times, func.max(turns.c.id).label("last")).where(*spoken, turns.c.text.not_like("/%"))
    wordings = wordings.group_by(turns.c.text).order_by(times.desc(), func.max(turns.c.id).desc()).limit(limit)
    found = session.execute(wordings).all()
    last = select(turns.c.id, turns.c.outcome, turns.c.answered_with).where(turns.c.id.in_([row.last for row in found]))
    answers = {row.id: row for row in session.execute(last)}
    return tuple(
        Asked(in_words(row.text), answers[row.last].outcome, answers[row.last].answered_with or "", row.times) for row in found
    )


def in_words(text: str) -> str:
    """Placeholders as a parent would say it: 〈孩子1〉 is 孩子, 〈电话1〉 is nothing. For asking again and for drafts of examples."""
    said = _PLACEHOLDER.sub(lambda match: _SAID.get(match.group(1), ""), text)
    # 孩子〈孩子1〉 and 老师〈老师1〉 are one word.
    return re.sub(r"(孩子|老师|学校|厂里|老家)\1+", r"\1", said).strip()
