"""A safety script: how a danger sounds, and the reply that must come at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bot.content import fields
from bot.content.documents import ContentError, Document, read_yaml
from bot.content.lessons import STATUSES, AgedAnswer, Source, aged, aged_answers, sources

URGENCIES = ("emergency", "serious")


@dataclass(frozen=True)
class SafetyScript:
    """One YAML file of `content/safety/`; fields as in content/TEMPLATE.md. A smaller `order` is answered first."""

    slug: str
    title: str
    order: int
    urgency: str
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    hotlines: tuple[str, ...]
    answer: str
    answers: tuple[AgedAnswer, ...]
    sources: tuple[Source, ...]
    status: str
    path: Path

    def matches(self, squashed: str) -> bool:
        """Whether a pattern fires on a text without spaces and punctuation (`bot.text.plain.squash`)."""
        if not any(pattern.search(squashed) for pattern in self.patterns):
            return False
        return not any(pattern.search(squashed) for pattern in self.unless)

    def answer_for(self, age_months: int | None) -> str:
        """The reply for a child of that age; the general one when the age is unknown."""
        return aged(self.answers, age_months) or self.answer


def read_safety_script(path: Path) -> SafetyScript:
    """Read and check the shape of one script.

    Raises:
        ContentError: with file, line and what to do.
    """
    return safety_script_from(read_yaml(path))


def safety_script_from(document: Document) -> SafetyScript:
    """Build a `SafetyScript` from a document that was read already."""
    return SafetyScript(
        slug=document.path.stem,
        title=fields.text(document, "title"),
        order=fields.number(document, "order", 100),
        urgency=fields.choice(document, "urgency", URGENCIES),
        patterns=_patterns(document, "patterns"),
        unless=_patterns(document, "unless"),
        examples=fields.texts(document, "examples"),
        near_misses=fields.texts(document, "near_misses"),
        hotlines=fields.texts(document, "hotlines"),
        answer=fields.text(document, "answer"),
        answers=aged_answers(document),
        sources=sources(document),
        status=fields.choice(document, "status", STATUSES),
        path=document.path,
    )


def _patterns(document: Document, key: str) -> tuple[re.Pattern[str], ...]:
    compiled: list[re.Pattern[str]] = []
    for index, pattern in enumerate(fields.texts(document, key, required=key == "patterns")):
        try:
            compiled.append(re.compile(pattern))
        except re.error as error:
            line = document.line(f"{key}[{index}]")
            raise ContentError(document.path, line, f"这条正则写得不对：{error.msg}") from error
    return tuple(compiled)
