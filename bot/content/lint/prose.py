"""The texts that parents read, piece by piece, and how they are cut and counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.lessons import AgedAnswer
from bot.content.lint.corpus import ComicPage, Corpus, LessonPage, Page, QuizPage, ScriptPage, TablePage
from bot.content.lint.findings import Finding

_SENTENCE_END = re.compile(r"(?<=[。！？!?；;…])|\n")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_STEP_NUMBER = re.compile(r"^\s*\d+[.．、]\s*")
_CLOSING = "”’）)》"


@dataclass(frozen=True)
class Passage:
    """A text that parents or grandparents read: the field it stands in (`body` for the text below) and its words."""

    page: Page
    where: str
    text: str

    def finding(self, code: str, message: str, snippet: str = "", other: Path | None = None) -> Finding:
        """A complaint about this passage, on the line where `snippet` stands."""
        return Finding(code, self.page.path, self.page.line(self.where, snippet), message, other)


def replies(corpus: Corpus) -> Iterator[Passage]:
    """What is sent as one WeChat message: `answer` and `answers` of lessons and scripts."""
    for lesson in corpus.lessons:
        yield from _replies(lesson.page, lesson.lesson.answer, lesson.lesson.answers)
    for script in corpus.scripts:
        yield from _replies(script.page, script.script.answer, script.script.answers)


def plain_texts(corpus: Corpus) -> Iterator[Passage]:
    """What WeChat shows as it is, without Markdown: replies and relay cards."""
    yield from replies(corpus)
    for each in corpus.lessons:
        if each.lesson.relay:
            yield Passage(each.page, "relay", each.lesson.relay)


def everything_read(corpus: Corpus) -> Iterator[Passage]:
    """All that is shown to people: titles, summaries, replies, relay cards, things to try, bodies. Not what parents wrote."""
    for lesson in corpus.lessons:
        yield from of_lesson(lesson)
    for script in corpus.scripts:
        yield from of_script(script)
    for table in corpus.shelf:
        yield from of_table(table)
    for quiz in corpus.quizzes:
        yield from of_quiz(quiz)
    for comic in corpus.comics:
        yield from of_comic(comic)


def of_quiz(each: QuizPage) -> Iterator[Passage]:
    """Title, questions, right options and feedback. Not the wrong options: what had better not be said is what they show."""
    if each.quiz is None:
        return
    yield Passage(each.page, "title", each.quiz.title)
    for index, question in enumerate(each.quiz.questions):
        where = f"questions[{index}]"
        yield Passage(each.page, f"{where}.ask", question.ask)
        yield Passage(each.page, f"{where}.options[{question.right - 1}]", question.options[question.right - 1])
        yield Passage(each.page, f"{where}.when_right", question.when_right)
        yield Passage(each.page, f"{where}.when_wrong", question.when_wrong)


def of_comic(each: ComicPage) -> Iterator[Passage]:
    """Title, summary, balloons, notes and the words for those who cannot see the drawings."""
    if each.comic is None:
        return
    yield Passage(each.page, "title", each.comic.title)
    yield Passage(each.page, "summary", each.comic.summary)
    for index, panel in enumerate(each.comic.panels):
        where = f"panels[{index}]"
        yield Passage(each.page, f"{where}.alt", panel.alt)
        yield from (Passage(each.page, f"{where}.says[{number}]", said) for number, said in enumerate(panel.says))
        if panel.note:
            yield Passage(each.page, f"{where}.note", panel.note)


def of_table(each: TablePage) -> Iterator[Passage]:
    """Every text of every entry of a table."""
    for entry in each.entries:
        for key, value in entry.document.data.items():
            texts = value if isinstance(value, list) else [value]
            for index, text in enumerate(texts):
                if isinstance(text, str) and _HAN.search(text):
                    yield Passage(each.page, f"{entry.where}.{key}" + (f"[{index}]" if value is texts else ""), text)


def of_lesson(each: LessonPage) -> Iterator[Passage]:
    """The passages of one lesson."""
    lesson = each.lesson
    yield Passage(each.page, "title", lesson.title)
    yield Passage(each.page, "summary", lesson.summary)
    yield from _replies(each.page, lesson.answer, lesson.answers)
    for where, text in (("relay", lesson.relay), ("try", lesson.try_this), ("body", lesson.body)):
        if text:
            yield Passage(each.page, where, text)


def of_script(each: ScriptPage) -> Iterator[Passage]:
    """The passages of one safety script."""
    yield Passage(each.page, "title", each.script.title)
    yield from _replies(each.page, each.script.answer, each.script.answers)


def sentences(text: str) -> list[str]:
    """Sentences without the number of a step; a line break ends a sentence, a closing quotation mark stays with its own."""
    found: list[str] = []
    for part in _SENTENCE_END.split(text):
        while part and part[0] in _CLOSING and found:
            found[-1] += part[0]
            part = part[1:]
        part = _STEP_NUMBER.sub("", part).strip()
        if part:
            found.append(part)
    return found


def han_count(text: str) -> int:
    """How many Han characters a text has: what editors call 字数."""
    return len(_HAN.findall(text))


def han(text: str) -> list[str]:
    """The Han characters of a text, in order."""
    return _HAN.findall(text)


def _replies(page: Page, answer: str, answers: tuple[AgedAnswer, ...]) -> Iterator[Passage]:
    yield Passage(page, "answer", answer)
    for index, aged in enumerate(answers):
        yield Passage(page, f"answers[{index}].answer", aged.text)
