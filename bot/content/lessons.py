"""A lesson: what parents ask, what we answer, and where we have it from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content import fields
from bot.content.documents import ContentError, Document, read_markdown

SERIES = {
    "course": "爸妈这门课",
    "remote_communication": "隔着电话说说话",
    "child_safety": "孩子平安",
    "early_childhood": "带小小孩",
    "reunion": "盼团聚",
    "wellbeing": "照顾自己",
    "older_children": "大孩子",
    "young_workers": "年轻工友",
    "line_managers": "班组长",
}
STATUSES = ("draft", "reviewed", "published")
FORMS = ("lesson", "tip", "comic", "story")
AUDIENCES = ("parents", "young_workers", "line_managers")


@dataclass(frozen=True)
class AgedAnswer:
    """An answer for children of an age in the half-open range [from_months, to_months)."""

    from_months: int
    to_months: int
    text: str


@dataclass(frozen=True)
class Source:
    """Where a claim comes from; `year` is None and `url` empty where they are not certain: better none than a wrong one."""

    title: str
    publisher: str
    year: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Lesson:
    """One Markdown file of `content/lessons/`; fields as in content/TEMPLATE.md."""

    slug: str
    series: str
    title: str
    audience: tuple[str, ...]
    ages: tuple[int, int]
    form: str
    summary: str
    questions: tuple[str, ...]
    answer: str
    answers: tuple[AgedAnswer, ...]
    relay: str
    try_this: str
    sources: tuple[Source, ...]
    status: str
    reviewed: bool
    reviewed_by: str
    updated: date
    order: int
    body: str
    path: Path

    def answer_for(self, age_months: int | None) -> str:
        """The answer for a child of that age; the general one when the age is unknown or has none of its own."""
        return aged(self.answers, age_months) or self.answer

    def reply(self, age_months: int | None) -> str:
        """What a parent gets: the title, then the answer for that age."""
        return f"【{self.title}】\n{self.answer_for(age_months)}"


def aged(answers: tuple[AgedAnswer, ...], age_months: int | None) -> str | None:
    """The text whose range holds `age_months`, or None."""
    if age_months is None:
        return None
    return next((each.text for each in answers if each.from_months <= age_months < each.to_months), None)


def read_lesson(path: Path) -> Lesson:
    """Read and check the shape of one lesson.

    Raises:
        ContentError: with file, line and what to do.
    """
    return lesson_from(read_markdown(path))


def lesson_from(document: Document) -> Lesson:
    """Build a `Lesson` from a document that was read already."""
    return Lesson(
        slug=document.path.stem,
        series=fields.choice(document, "series", tuple(SERIES)),
        title=fields.text(document, "title"),
        audience=fields.texts(document, "audience"),
        ages=fields.months(document, document.data.get("ages"), "ages"),
        form=fields.choice(document, "form", FORMS),
        summary=fields.text(document, "summary"),
        questions=fields.texts(document, "questions"),
        answer=fields.text(document, "answer"),
        answers=aged_answers(document),
        relay=fields.text(document, "relay", required=False),
        try_this=fields.text(document, "try", required=False),
        sources=sources(document),
        status=fields.choice(document, "status", STATUSES),
        reviewed=fields.flag(document, "reviewed"),
        reviewed_by=fields.text(document, "reviewed_by", required=False),
        updated=fields.day(document, "updated"),
        order=fields.number(document, "order", 0),
        body=document.body,
        path=document.path,
    )


def aged_answers(document: Document) -> tuple[AgedAnswer, ...]:
    """The `answers` of a document, by age, without overlap."""
    found: list[AgedAnswer] = []
    for index, item in enumerate(fields.mappings(document, "answers")):
        where = f"answers[{index}]"
        start, end = fields.months(document, item.get("ages"), f"{where}.ages")
        text = item.get("answer")
        if not isinstance(text, str) or not text.strip():
            raise ContentError(document.path, document.line(where), "这个年龄段少了 answer")
        if any(start < each.to_months and each.from_months < end for each in found):
            raise ContentError(document.path, document.line(where), "年龄段和前面的重叠了")
        found.append(AgedAnswer(start, end, text.strip()))
    return tuple(found)


def sources(document: Document) -> tuple[Source, ...]:
    """The `sources` of a document."""
    return tuple(_source(document, item, index) for index, item in enumerate(fields.mappings(document, "sources")))


def _source(document: Document, item: dict[str, object], index: int) -> Source:
    title, publisher, year, url = (item.get(key) for key in ("title", "publisher", "year", "url"))
    if not (isinstance(title, str) and isinstance(publisher, str) and isinstance(year, (int, type(None)))):
        line = document.line(f"sources[{index}]")
        raise ContentError(document.path, line, "来源要写 title、publisher；year 写成数字，记不准就不写")
    return Source(title, publisher, year, url if isinstance(url, str) else "")
