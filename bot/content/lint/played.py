"""C060–C065: quizzes and comics."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from bot.content.comics import Comic
from bot.content.lint.corpus import ComicPage, Corpus, Page
from bot.content.lint.findings import Finding, Level, Rule
from bot.content.lint.prose import han_count
from bot.content.quizzes import QuizQuestion
from bot.text.plain import squash

# An option is a line to tap on a phone: two lines at most.
LONGEST_OPTION = 45
# Shorter feedback says only right or wrong, not why.
LEAST_FEEDBACK = 8
_BLUNT = re.compile(r"\W*(?:不，)?(?:您|你)?(?:答|选|做)?(?:错了?|不对)")
_SVG_TEXT = "{http://www.w3.org/2000/svg}text"
_TEXTS = {".md", ".txt", ".yml", ".yaml", ".doc", ".docx"}


def unreadable(corpus: Corpus) -> Iterator[Finding]:
    """What the reader complains of, fields that nobody reads, and files that nobody finds."""
    for page in _pages(corpus):
        if page.error:
            yield Finding("C060", page.path, page.error.line, page.error.message)
    for each in corpus.quizzes:
        yield from _unknown(each.page, ("lesson", "title", "questions", "status", "updated"))
    for drawn in corpus.comics:
        yield from _unknown(drawn.page, ("title", "lesson", "summary", "panels", "status", "updated"))
    known = {page.path for page in _pages(corpus)}
    for folder in ("quizzes", "comics"):
        for path in sorted((corpus.root / folder).rglob("*")):
            if path.is_file() and path not in known and path.suffix.lower() in _TEXTS:
                yield Finding("C060", path, 1, f"放在这里读不到：写成 {folder}/<英文短名>.yml")


def without_lesson(corpus: Corpus) -> Iterator[Finding]:
    """A quiz is named as its lesson, and both kinds belong to a lesson that is there: its sources are theirs."""
    lessons = {each.lesson.slug for each in corpus.lessons}
    for quiz in (each for each in corpus.quizzes if each.quiz):
        if quiz.quiz and quiz.quiz.lesson != quiz.quiz.slug:
            message = f"文件名是 {quiz.quiz.slug}，lesson 写的是 {quiz.quiz.lesson}：一课一个测验，写成一样的"
            yield Finding("C061", quiz.page.path, quiz.page.line("lesson"), message)
    for page, lesson in _lessons_named(corpus):
        if lesson not in lessons:
            yield Finding("C061", page.path, page.line("lesson"), f"没有一课叫 {lesson}：照着 content/lessons 里的文件名写")


def cold_feedback(corpus: Corpus) -> Iterator[Finding]:
    """Feedback that does not say why, that is the same for right and wrong, or that only says “错了”."""
    for page, where, question in _questions(corpus):
        for key, text in (("when_right", question.when_right), ("when_wrong", question.when_wrong)):
            if han_count(text) < LEAST_FEEDBACK:
                message = f"只有 {han_count(text)} 个字，说说为什么，至少 {LEAST_FEEDBACK} 个字"
                yield Finding("C062", page.path, page.line(f"{where}.{key}"), message)
        blunt = _BLUNT.match(question.when_wrong)
        if blunt:
            message = f"别一上来就说“{blunt.group().strip()}”：先说一句懂他的话，再说哪样更好、为什么"
            yield Finding("C062", page.path, page.line(f"{where}.when_wrong"), message)
        if squash(question.when_right) == squash(question.when_wrong):
            yield Finding("C062", page.path, page.line(f"{where}.when_wrong"), "答对和答错看到的话一样，各写一句")


def poor_options(corpus: Corpus) -> Iterator[Finding]:
    """Options that are the same, too long for a line to tap, or whose right one can be guessed from its place."""
    for page, where, question in _questions(corpus):
        seen: dict[str, int] = {}
        for index, option in enumerate(question.options):
            place = page.line(f"{where}.options[{index}]")
            if seen.setdefault(squash(option), place) != place:
                yield Finding("C063", page.path, place, f"和第 {seen[squash(option)]} 行的选项一样，换一个")
            if han_count(option) > LONGEST_OPTION:
                message = f"这个选项有 {han_count(option)} 个字，最多 {LONGEST_OPTION} 个，手机上一眼看得完"
                yield Finding("C063", page.path, place, message)
    for each in corpus.quizzes:
        rights = [question.right for question in each.quiz.questions] if each.quiz else []
        if len(rights) >= 3 and len(set(rights)) == 1:
            message = f"对的都是第 {rights[0]} 个，一猜就中：换换位置"
            yield Finding("C063", each.page.path, each.page.line("questions"), message)


def not_drawn(corpus: Corpus) -> Iterator[Finding]:
    """Panels without a drawing, drawings that are no SVG, and words in the yml that are not in the drawing."""
    for each in corpus.comics:
        if each.comic:
            yield from _undrawn(each, each.comic)


def missing_course_quiz(corpus: Corpus) -> Iterator[Finding]:
    """A published lesson of the course without a quiz: nobody could finish the course."""
    have = {each.quiz.lesson for each in corpus.quizzes if each.quiz and each.quiz.status == "published"}
    for lesson in corpus.lessons:
        if lesson.lesson.series == "course" and lesson.lesson.status == "published" and lesson.lesson.slug not in have:
            message = f"爸妈这门课的每一课都要有测验，不然学不完：写一个 quizzes/{lesson.lesson.slug}.yml"
            yield Finding("C065", lesson.page.path, 1, message)


RULES = (
    Rule("C060", "测验和漫画读得出来", Level.ERROR, unreadable),
    Rule("C061", "测验和漫画有自己的课", Level.ERROR, without_lesson),
    Rule("C062", "答对答错都说清为什么", Level.ERROR, cold_feedback),
    Rule("C063", "选项不重样、看得完", Level.ERROR, poor_options),
    Rule("C064", "漫画画的和写的一样", Level.ERROR, not_drawn),
    Rule("C065", "课程的每一课都有测验", Level.ERROR, missing_course_quiz),
)


def _pages(corpus: Corpus) -> Iterator[Page]:
    yield from (each.page for each in corpus.quizzes)
    yield from (each.page for each in corpus.comics)


def _unknown(page: Page, fields: tuple[str, ...]) -> Iterator[Finding]:
    for key in page.document.data if page.document else ():
        if key not in fields:
            yield Finding("C060", page.path, page.line(str(key)), f"没有 {key} 这一项：写错了就改，用不着就删")


def _lessons_named(corpus: Corpus) -> Iterator[tuple[Page, str]]:
    yield from ((each.page, each.quiz.lesson) for each in corpus.quizzes if each.quiz)
    yield from ((each.page, each.comic.lesson) for each in corpus.comics if each.comic)


def _questions(corpus: Corpus) -> Iterator[tuple[Page, str, QuizQuestion]]:
    for each in corpus.quizzes:
        for index, question in enumerate(each.quiz.questions if each.quiz else ()):
            yield each.page, f"questions[{index}]", question


def _undrawn(each: ComicPage, comic: Comic) -> Iterator[Finding]:
    for index, panel in enumerate(comic.panels):
        line = each.page.line(f"panels[{index}]")
        drawn = _drawn_words(panel.picture)
        if drawn is None:
            message = f"第 {index + 1} 格还没有图 {panel.picture.name}，或者图打不开：运行 python -m tools.comics"
            yield Finding("C064", each.page.path, line, message)
            continue
        for number, said in enumerate(panel.says):
            if squash(said) not in drawn:
                message = f"图里没有“{said}”这句话：改了字要重画，运行 python -m tools.comics"
                yield Finding("C064", each.page.path, each.page.line(f"panels[{index}].says[{number}]"), message)


def _drawn_words(picture: Path) -> str | None:
    """All words in a drawing, without spaces and marks; None when there is no drawing."""
    try:
        root = ElementTree.fromstring(picture.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ElementTree.ParseError):
        return None
    return squash("".join(line.text or "" for line in root.iter(_SVG_TEXT)))
