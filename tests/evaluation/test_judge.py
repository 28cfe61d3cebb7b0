"""What counts as a good answer, and how the rates come about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.content.library import Library, load_library
from bot.evaluation.cases import Case, read_case
from bot.evaluation.judge import Judge, asks_back, choices_of, visible, without_offer
from bot.evaluation.report import as_json, as_markdown, as_table, make_report
from bot.evaluation.trial import Result
from bot.people.offer import OFFER
from bot.wechat.messages import TextOut
from bot.wechat.rendering import compose


@pytest.fixture(scope="module")
def library(root: Path) -> Library:
    return load_library(root / "content")


@pytest.fixture(scope="module")
def judge(library: Library) -> Judge:
    return Judge(library)


def case(kind: str = "in_scope", **changed: object) -> Case:
    line = {"id": "x", "area": "a", "topic": "t", "text": "问", "style": "plain", "kind": kind, **changed}
    return read_case(json.dumps(line), "here")


def offered(answer: str) -> str:
    """An answer with the offer under it, as the wire writes it."""
    buttons = [{"title": choice.title, "payload": choice.payload} for choice in OFFER.choices]
    messages = compose([{"text": answer}, {"text": OFFER.text, "buttons": buttons}]).messages
    return "\n\n".join(message.text for message in messages if isinstance(message, TextOut))


@pytest.mark.parametrize(
    ("reply", "passed"),
    [
        ("先等一等，问他画了什么。", True),
        ("先等一等。\n\n问他画了什么。", True),
        ("先等一等。", False),
        ("先陪他，问一问，不行就报警。", False),
        ("", False),
        (offered("先等一等。") + "问", True),
    ],
)
def test_in_scope_wants_one_of_each_group_and_nothing_forbidden(judge: Judge, reply: str, passed: bool) -> None:
    wanted = case(must=[["陪", "等"], ["问"]], must_not=["报警"])

    assert judge.judge(wanted, reply).passed is passed


def test_the_offer_and_the_markup_are_not_part_of_an_answer(judge: Judge) -> None:
    reply = offered("先抱抱他。")

    assert without_offer(visible(reply)).strip() == "先抱抱他。"
    assert not judge.judge(case(must=[["谁带"]]), reply).passed
    assert not judge.judge(case(must=[["weixin"]]), reply).passed


def test_a_near_miss_passes_unless_a_safety_script_comes(judge: Judge, library: Library) -> None:
    script = library.safety["choking"]

    assert judge.judge(case("near_miss"), "怎么防噎住：坐着吃，切小块。").passed
    assert not judge.judge(case("near_miss"), script.answer).passed
    assert not judge.judge(case("near_miss", must_not=["打120"]), "先打120").passed
    for aged in (aged for each in library.safety.values() for aged in each.answers):
        assert not judge.judge(case("near_miss"), f"{aged.text}\n\n后面还有").passed


def test_off_topic_passes_unless_a_lesson_comes(judge: Judge, library: Library) -> None:
    lesson = library.lessons["fever-by-age"]

    assert judge.judge(case("off_topic"), "这个我不懂，孩子的事您随时问我。").passed
    assert not judge.judge(case("off_topic"), offered(lesson.answer)).passed
    assert not judge.judge(case("off_topic"), lesson.answers[0].text).passed
    assert judge.about(case(), lesson.answer) == "fever-by-age"


def test_choices_are_tried_only_where_they_could_help(judge: Judge) -> None:
    wanted = case(must=[["问"]])

    assert asks_back(wanted, judge.judge(wanted, "不懂"))
    assert not asks_back(wanted, judge.judge(wanted, "问"))
    assert not asks_back(case("crisis"), judge.judge(case("crisis", must=[["110"]]), "不懂"))
    assert choices_of(["发烧", "咳嗽", *(choice.title for choice in OFFER.choices)]) == [1, 2]


def _result(passed: bool, tap: int = 0, **of: object) -> Result:
    return Result(case(**of), passed, tap, "" if passed else "missing: x", "some-lesson", 0.1)  # type: ignore[arg-type]


def test_it_counts_by_kind_area_and_style_against_the_goals() -> None:
    results = [_result(True, area="a")] * 9 + [_result(False, 2, area="b", style="typo", text="一|二")]
    report = make_report([*results, _result(True, kind="crisis"), _result(False, kind="small_talk")])

    assert [(rate.name, rate.passed, rate.total) for rate in report.kinds] == [
        ("in scope, at once", 9, 10),
        ("in scope, within one tap", 10, 10),
        ("crisis", 1, 1),
        ("small talk", 0, 1),
    ]
    assert [rate.name for rate in report.missed] == ["b", "typo"]
    assert [result.case.area for result in report.failures] == ["b", "a"]


def test_it_writes_the_rates_three_ways() -> None:
    report = make_report([_result(True)] * 3 + [_result(False, 1, text="一|二", style="typo")])

    table = "\n".join(as_table(report))
    assert "in scope, at once             3 of 4      75.0%  goal 90%  MISSED" in table
    assert "choice 1 is right" in table
    page = as_markdown(report, ["tests/evaluation/in_scope.jsonl"])
    assert page.startswith("# Evaluation\n\n") and "| typo | 0 | 1 | 0.0% | 80% (missed) |" in page
    assert "| x | typo | 一/二 | some-lesson, choice 1 is right |" in page
    assert as_json(report)["missed"] == ["in scope, at once", "a", "typo"]
