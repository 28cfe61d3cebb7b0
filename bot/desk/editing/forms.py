"""A lesson as a form: its fields out of the text, and what was typed back into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from bot.content.lessons import AUDIENCES, FORMS, STATUSES
from bot.content.writing import WritingError, same
from bot.desk.editing.reading import changed_lesson

FORM_NAMES = dict(zip(FORMS, ("课", "小贴士", "漫画", "故事"), strict=True))
AUDIENCE_NAMES = dict(zip(AUDIENCES, ("爸爸妈妈", "年轻工友", "班组长"), strict=True))
_TEXTS = ("title", "summary", "answer", "relay", "try", "reviewed_by")
# Lines of a list that a person can fill in at once, on top of those that are there.
SPARE = 1


@dataclass(frozen=True)
class Aged:
    """An answer for an age, as it was typed."""

    start: str
    end: str
    text: str


@dataclass(frozen=True)
class Cited:
    """A source, as it was typed."""

    title: str
    publisher: str
    year: str
    url: str


@dataclass(frozen=True)
class Form:
    """What stands in the fields; everything is text until it is written."""

    texts: Mapping[str, str]
    audience: tuple[str, ...]
    start: str
    end: str
    form: str
    questions: str
    answers: tuple[Aged, ...]
    sources: tuple[Cited, ...]
    status: str
    reviewed: bool
    body: str


def of_text(text: str) -> Form:
    """The fields of a lesson's file.

    Raises:
        WritingError: it cannot be read; it has to be mended as it stands.
    """
    data, body = _parts(text)
    ages = _list(data.get("ages"))
    return Form(
        texts={name: _shown(data.get(name)) for name in _TEXTS},
        audience=tuple(map(str, _list(data.get("audience")))),
        start=str(ages[0]) if len(ages) == 2 else "0",
        end=str(ages[1]) if len(ages) == 2 else "192",
        form=str(data.get("form") or FORMS[0]),
        questions="\n".join(map(str, _list(data.get("questions")))),
        answers=tuple(_aged(each) for each in _list(data.get("answers"))),
        sources=tuple(_cited(each) for each in _list(data.get("sources"))),
        status=str(data.get("status") or STATUSES[0]),
        reviewed=data.get("reviewed") is True,
        body=body,
    )


def of_request(typed: Mapping[str, list[str]]) -> Form:
    """The fields as the browser sent them."""

    def one(name: str) -> str:
        return "\n".join((typed.get(name) or [""])[0].replace("\r\n", "\n").splitlines()).strip()

    def rows(name: str, parts: tuple[str, ...]) -> list[list[str]]:
        columns = [typed.get(f"{name}-{part}") or [] for part in parts]
        filled = zip(*columns, strict=False)
        return [[each.replace("\r\n", "\n").strip() for each in row] for row in filled if any(each.strip() for each in row)]

    return Form(
        texts={name: one(name) for name in _TEXTS},
        audience=tuple(each for each in AUDIENCES if each in typed.get("audience", [])),
        start=one("start"),
        end=one("end"),
        form=one("form"),
        questions=one("questions"),
        answers=tuple(Aged(*row) for row in rows("answers", ("start", "end", "text"))),
        sources=tuple(Cited(*row) for row in rows("sources", ("title", "publisher", "year", "url"))),
        status=one("status"),
        reviewed=one("reviewed") == "yes",
        body=one("body"),
    )


def into(text: str, form: Form, today: date) -> str:
    """The lesson's file with what was typed in it; the same bytes when nothing changed, else with today's date.

    Raises:
        WritingError: a number is none, a choice is unknown, or the file cannot be changed faithfully.
    """
    data, _ = _parts(text)
    values = _values(form)
    changes = {key: value for key, value in values.items() if not same(data.get(key), value)}
    made = changed_lesson(text, changes, form.body)
    return made if made == text else changed_lesson(made, {"updated": today})


def _values(form: Form) -> dict[str, object]:
    if form.form not in FORMS or form.status not in STATUSES:
        raise WritingError("“样子”和“状态”请从列表里选")
    texts: dict[str, object] = {name: text or None for name, text in form.texts.items()}
    return {
        **texts,
        # These stay in the file when they are empty: the check then says that they are missing.
        **{name: form.texts[name] for name in ("title", "summary", "answer", "reviewed_by")},
        "audience": list(form.audience),
        "ages": [_number(form.start, "年龄"), _number(form.end, "年龄")],
        "form": form.form,
        # Never an empty list: what is written into one later would stand on a single line.
        "questions": [line.strip() for line in form.questions.splitlines() if line.strip()] or None,
        "answers": [_answer(each) for each in form.answers] or None,
        "sources": [_source(each) for each in form.sources] or None,
        "status": form.status,
        "reviewed": form.reviewed,
    }


def _answer(aged: Aged) -> dict[str, object]:
    return {"ages": [_number(aged.start, "年龄"), _number(aged.end, "年龄")], "answer": aged.text}


def _source(cited: Cited) -> dict[str, object]:
    year = _number(cited.year, "来源的年份") if cited.year else None
    found = {"title": cited.title, "publisher": cited.publisher, "year": year, "url": cited.url}
    return {key: value for key, value in found.items() if value or key in ("title", "publisher")}


def _number(typed: str, what: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        raise WritingError(f"{what}要写成数字，比如 36；您写的是“{typed[:20]}”")
    return int(typed)


def _parts(text: str) -> tuple[dict[str, object], str]:
    # Written with an empty change first: what cannot be changed faithfully is not offered as a form.
    changed_lesson(text, {})
    front, _, body = text.replace("\r\n", "\n").removeprefix("\ufeff").removeprefix("---\n").partition("\n---")
    data = yaml.safe_load(front)
    return (data if isinstance(data, dict) else {}), body.strip()


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _shown(value: object) -> str:
    return "" if value is None else str(value).strip()


def _aged(value: object) -> Aged:
    data = value if isinstance(value, dict) else {}
    ages = [*map(str, _list(data.get("ages"))), "", ""]
    return Aged(ages[0], ages[1], _shown(data.get("answer")))


def _cited(value: object) -> Cited:
    data = value if isinstance(value, dict) else {}
    title, publisher, year, url = (_shown(data.get(key)) for key in ("title", "publisher", "year", "url"))
    return Cited(title, publisher, year, url)
