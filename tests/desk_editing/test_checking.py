"""The rules over a text that is not in its file yet, and the form over every lesson."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier
from time import sleep

import pytest

from bot.content.lint.corpus import Corpus, LessonPage, read_corpus
from bot.content.lint.near_copies import near_copies
from bot.content.lint.questions import asked_twice
from bot.content.writing import WritingError
from bot.desk.editing import alike, checking, forms
from tests.desk_editing.conftest import LESSON

TODAY = date(2026, 11, 22)
LIBRARY = Path("tests/content/library")
OTHER = "lessons/remote_communication/asking-about-school.md"


def _text(relative: str = LESSON) -> str:
    return (LIBRARY / relative).read_text("utf-8")


def test_a_lesson_as_it_stands_is_in_order() -> None:
    checked = checking.lesson(LIBRARY, LESSON, _text(), TODAY)

    assert checked.stops == ()
    assert checked.lesson and checked.lesson.slug == "crossing-the-road"


def test_a_question_of_another_lesson_is_named() -> None:
    taken = forms.of_text(_text(OTHER)).questions.splitlines()[0]
    form = forms.of_text(_text())
    text = forms.into(_text(), forms.of_request(_typed(form, questions=f"{form.questions}\n{taken}")), TODAY)

    (remark,) = [each for each in checking.lesson(LIBRARY, LESSON, text, TODAY).remarks if each.overlap]
    assert taken in remark.message and OTHER in remark.message and "/tmp" not in remark.message
    assert text.splitlines()[remark.line - 1].strip().endswith(taken)


def test_a_broken_text_says_on_which_line() -> None:
    text = _text().replace("summary: ", "summary: [", 1)
    (remark,) = checking.lesson(LIBRARY, LESSON, text, TODAY).stops

    assert remark.code == "C001"
    assert 0 <= remark.line - 1 - text.splitlines().index(next(each for each in text.splitlines() if "summary: [" in each)) < 3


def test_a_new_lesson_may_be_unfinished_but_not_unreadable() -> None:
    text = _text().replace("status: published", "status: draft").replace("questions:\n", "questions:\n  - 只有一句\n#", 1)
    checked = checking.lesson(LIBRARY, "lessons/course/new-one.md", text, TODAY)

    assert {each.code for each in checked.stops} <= {"C001", "C002", "C003"}


def test_the_whole_is_checked_with_the_new_text_and_without_it_stays_as_it_is() -> None:
    before = {path: path.read_bytes() for path in LIBRARY.rglob("*") if path.is_file()}
    clean = checking.whole(LIBRARY, "words.yml", (LIBRARY / "words.yml").read_text("utf-8"), TODAY).stops
    broken = checking.whole(LIBRARY, "words.yml", "ban: [", TODAY).stops

    assert clean == ()
    assert any("写法不对" in each.message for each in broken)
    assert before == {path: path.read_bytes() for path in LIBRARY.rglob("*") if path.is_file()}


def test_yaml_is_looked_at_while_it_is_typed() -> None:
    assert checking.typed("words.yml", "a: [1\nb: 2\n").stops[0].line == 2
    assert checking.typed("gifts.yml", "# x\n- a: 1\n").stops == ()
    assert checking.typed("words.yml", "a: 1\n").stops == ()


@pytest.mark.parametrize("path", sorted(Path("content/lessons").glob("*/*.md")), ids=lambda path: path.stem)
def test_a_form_that_nobody_touched_changes_nothing(path: Path) -> None:
    text = path.read_bytes().decode()
    form = forms.of_text(text)

    assert forms.into(text, forms.of_request(_typed(form)), TODAY) == text


def test_what_changes_carries_the_day() -> None:
    form = forms.of_text(_text())
    made = forms.into(_text(), forms.of_request(_typed(form, title="新题目")), TODAY)

    assert "title: 新题目\n" in made and "updated: 2026-11-22\n" in made


@pytest.mark.parametrize("wrong", [{"start": "三岁"}, {"end": "-1"}, {"status": "x"}, {"form": ""}, {"start": "９"}])
def test_what_is_no_number_is_said(wrong: dict[str, str]) -> None:
    with pytest.raises(WritingError):
        forms.into(_text(), forms.of_request(_typed(forms.of_text(_text()), **wrong)), TODAY)


def _typed(form: forms.Form, /, **changes: str) -> dict[str, list[str]]:
    """What a browser sends: line ends as Windows has them, empty spare rows."""
    sent = {name: [text] for name, text in form.texts.items()}
    sent |= {"audience": list(form.audience), "start": [form.start], "end": [form.end], "form": [form.form]}
    sent |= {"questions": [form.questions], "status": [form.status], "body": [form.body]}
    sent |= {"reviewed": ["yes"]} if form.reviewed else {}
    sent |= {f"answers-{part}": [*(getattr(each, part) for each in form.answers), ""] for part in ("start", "end", "text")}
    sent |= {f"sources-{part}": [*(getattr(each, part) for each in form.sources), ""] for part in ("title", "publisher", "year", "url")}
    sent |= {name: [value] for name, value in changes.items()}
    return {name: [value.replace("\n", "\r\n") for value in values] for name, values in sent.items()}


@pytest.mark.parametrize("shows", [checking.SHOWS, "", " "])
def test_a_picture_without_words_goes_no_further(shows: str) -> None:
    text = f"{_text()}\n![{shows}](pictures/0123456789abcdef.png)\n"
    (remark,) = checking.lesson(LIBRARY, LESSON, text, TODAY).stops

    assert "还没写图上是什么" in remark.message and remark.line == len(text.splitlines())
    assert not checking.lesson(LIBRARY, LESSON, text.replace(f"[{shows}]", "[奶奶牵着孩子等绿灯]"), TODAY).stops


def test_what_is_left_out_while_typing_is_nothing_that_the_rules_would_find(tmp_path: Path) -> None:
    """Among all lessons there are: the reduced library gives the same findings about this lesson as the whole one."""
    corpus = read_corpus(Path("content"), TODAY)
    mine = corpus.lessons[0]
    others = [question for page in corpus.lessons[1:] for question in page.questions if len(question.squashed) > 24]
    near, same = others[0], others[-1]
    added = tuple(replace(each, page=mine.page, where=mine.questions[0].where) for each in (replace(near, squashed=near.squashed[:-1]), same))
    typed = replace(mine, questions=(*mine.questions, *added))

    def found(lessons: tuple[LessonPage, ...]) -> set[str]:
        whole = replace(corpus, lessons=lessons)
        return {f"{each.code} {each.message}" for rule in (asked_twice, near_copies) for each in rule(whole) if each.path == mine.page.path}

    fewer = alike.those_like([typed], corpus.lessons, alike.index_of(corpus.lessons), mine.page.path)
    everything = found((*corpus.lessons[1:], typed))
    assert sum(len(page.questions) for page in fewer) < sum(len(page.questions) for page in corpus.lessons) / 10
    assert found((*fewer, typed)) == everything
    assert {each[:4] for each in everything} == {"C005", "C006"}


def test_two_who_ask_first_at_the_same_moment_read_everything_once(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    both = Barrier(2)

    def slowly(folder: Path, today: date) -> Corpus:
        read.append(folder)
        sleep(0.2)
        return read_corpus(folder, today)

    def ask() -> Corpus:
        both.wait()
        return checking.questions(content, TODAY)

    monkeypatch.setattr(checking, "read_corpus", slowly)
    with ThreadPoolExecutor(2) as pool:
        one, other = (each.result() for each in [pool.submit(ask), pool.submit(ask)])
    assert read == [content] and one is other
