"""Times, ages and names as staff read them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot import services
from bot.clock import ManualClock
from bot.desk import labels, targets, times
from bot.desk.web import percent
from bot.logs import outcomes
from bot.logs.shapes import Turn
from tests.desk.seed import LESSON, SCRIPT

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=-5), "不到 1 分钟"),
        (timedelta(seconds=59), "不到 1 分钟"),
        (timedelta(minutes=59, seconds=59), "59 分钟"),
        (timedelta(minutes=60), "1 小时"),
        (timedelta(minutes=119), "1 小时 59 分"),
        (timedelta(hours=40), "40 小时"),
        (timedelta(hours=48), "2 天"),
        (timedelta(days=30), "30 天"),
    ],
)
def test_a_length_of_time_is_rough(length: timedelta, said: str) -> None:
    assert times.span(length) == said


def test_nothing_is_a_dash() -> None:
    assert (times.span(None), times.beijing(None), percent(None)) == ("—", "—", "—")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOON, "3月2日 12:00"),
        (datetime(2025, 12, 31, 15, 59, tzinfo=timezone.utc), "2025年12月31日 23:59"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=timezone.utc), "1月1日 00:00"),
    ],
)
def test_times_are_those_of_china_and_name_another_year(moment: datetime, said: str) -> None:
    assert times.beijing(moment, NOON) == said


def test_just_now_and_a_while_ago() -> None:
    assert times.ago(NOON, NOON + timedelta(seconds=30)) == "刚刚"
    assert times.ago(NOON, NOON + timedelta(minutes=9)) == "9 分钟前"
    assert times.ago(NOON + timedelta(minutes=9), NOON) == "刚刚", "the clock was turned back"


@pytest.mark.parametrize(
    ("months", "said"), [(0, "0 个月"), (11, "11 个月"), (12, "1 岁"), (27, "2 岁 3 个月"), (75, "6 岁")]
)
def test_an_age_is_said_as_parents_do(months: int, said: str) -> None:
    assert labels.age(months) == said


def test_every_outcome_has_a_word() -> None:
    named = {value for name, value in vars(outcomes).items() if name.isupper() and isinstance(value, str)}

    assert named == set(labels.OUTCOMES)
    assert set(labels.TONES) <= named


def test_what_was_taught_and_published_can_be_aimed_at(clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "_INTENTS", tmp_path)
    assert not targets.is_target("taught_where")
    (tmp_path / "taught.yml").write_text("nlu:\n- intent: taught_where\n  examples: |\n    - 办公室在哪儿\n", "utf-8")
    services.read_content_anew()
    assert targets.is_target("taught_where") and targets.find("办公室在哪儿")[0].value == "taught_where"


def test_what_is_gone_keeps_its_slug(clock: ManualClock) -> None:
    assert labels.lesson("gone") == labels.script("gone") == labels.topic("gone") == "gone"
    assert labels.target("gone") == "gone"
    assert labels.target(f"lesson/{LESSON}").startswith("《")
    assert labels.given("utter_reunion_when") == "固定的回答：团聚的计划" and labels.given("utter_greet") == "固定的回答"
    assert labels.script(SCRIPT) != SCRIPT


def test_no_name_of_the_programs_is_said(clock: ManualClock) -> None:
    found = targets.index().targets
    said = [labels.given("utter_feedback_very"), labels.target("greet"), *(each.title + each.group for each in found.values())]

    assert not [each for each in said if re.search(r"[a-z]+_[a-z]+", each)]
    assert labels.target("greet").startswith("“") and labels.target("greet").endswith("这一类话")


@pytest.mark.parametrize("name", ["lesson", "danger", "nlu_fallback", "greet", "off_topic", "thank"])
def test_an_intent_is_named_in_chinese(clock: ManualClock, name: str) -> None:
    assert re.search("[一-鿿]", labels.intent(name)) and name not in labels.intent(name)


def test_an_intent_that_is_gone_keeps_its_name(clock: ManualClock) -> None:
    assert labels.intent("gone_since") == "gone_since"


HEARD = Turn(
    id=1, at=NOON, kind="text", text="我的资料", withheld=False, outcome=outcomes.TASK, intent="lesson", confidence=0.9, lesson=LESSON,
    ranking=((LESSON, 0.2),), age_months=None, danger_script="", danger_by="", answered_with="", answers=(), score=None, group=None, settled="",
)  # fmt: skip


@pytest.mark.parametrize(
    ("turn", "said", "sure"),
    [
        (HEARD, "《{lesson}》", 0.9),
        # The likeliest lesson stands beside every message: a task or a greeting was not heard as that.
        (replace(HEARD, intent="greet", confidence=1.0), "{greet}", 1.0),
        (replace(HEARD, intent="nlu_fallback", confidence=0.93), "没听懂，最像《{lesson}》", 0.2),
        (replace(HEARD, intent="nlu_fallback", ranking=()), "没听懂", 0.9),
        (replace(HEARD, intent="danger", danger_script=SCRIPT, confidence=1.0), "危险——{script}", 1.0),
        (replace(HEARD, intent="", lesson="", confidence=None), "—", None),
    ],
)
def test_what_a_message_was_heard_as(clock: ManualClock, turn: Turn, said: str, sure: float | None) -> None:
    names = {"lesson": labels.lesson(LESSON), "script": labels.script(SCRIPT), "greet": labels.intent("greet")}

    assert labels.heard(turn) == (said.format(**names), sure)
