"""有用吗? When it is asked, how an answer is read, what becomes of what was missing; and news of a lesson, told once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.feedback import CHOICES, QUESTION, ActionTakeFeedback, maybe_ask, note_missing, score_meant, tell_news
from bot import services
from bot.clock import ManualClock
from bot.content.lessons import Lesson
from bot.logs import feedback, misses, news, reading
from bot.logs.cleaning import Cleaner
from bot.logs.grouping import Grouping
from bot.logs.shapes import TalkFilter
from tests.databases import services_over
from tests.logs.conftest import Record
from tests.logs.support import ALICE, BOB, KEY, missed, user

pytestmark = pytest.mark.asyncio


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    """The services of a process, on a database of this test, at a time that stands still."""
    clock = ManualClock()
    with services_over(tmp_path, monkeypatch, clock):
        yield Record(services.database(), clock, Cleaner(KEY), Grouping())


def lesson(number: int = 0) -> Lesson:
    return list(services.library().lessons.values())[number]


def tracker(parent: str = ALICE, text: str = "", slots: dict[str, Any] | None = None, events: list[Any] | None = None, **entities: str) -> Tracker:
    latest = {"text": text, "intent": {"name": "x"}, "entities": [{"entity": name, "value": value} for name, value in entities.items()]}
    return Tracker(parent, slots or {}, latest, events or [], False, None, {}, "action_listen")


async def asked(parent: str, about: Lesson) -> list[dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    await maybe_ask(dispatcher, tracker(parent), about)
    return dispatcher.messages


async def test_it_asks_in_one_line_with_three_choices(here: Record) -> None:
    (message,) = await asked(ALICE, lesson())

    assert message["text"] == QUESTION
    assert [button["title"] for button in message["buttons"]] == [title for title, _ in CHOICES]


async def test_a_parent_is_asked_once_a_week_and_of_a_lesson_once(here: Record) -> None:
    assert await asked(ALICE, lesson(0)) and not await asked(ALICE, lesson(1)) and await asked(BOB, lesson(0))
    here.clock.turn(timedelta(days=6, hours=23))
    assert not await asked(ALICE, lesson(1))
    here.clock.turn(timedelta(hours=2))
    assert not await asked(ALICE, lesson(0)) and await asked(ALICE, lesson(1))


async def test_a_database_that_fails_costs_the_question_not_the_answer(here: Record) -> None:
    with here.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE logs_feedback RENAME TO gone")

    assert await asked(ALICE, lesson()) == []
    assert "utter_feedback_very" in str(await taken(tracker(slots={"feedback_asked": lesson().slug}, text="有用")))


async def taken(about: Tracker) -> tuple[list[Any], list[Any]]:
    dispatcher = CollectingDispatcher()
    events = await ActionTakeFeedback().run(dispatcher, about, {})
    return [message["response"] for message in dispatcher.messages], events


@pytest.mark.parametrize("score", [100, 50, 0])
async def test_a_tap_is_kept(here: Record, score: int) -> None:
    await asked(ALICE, lesson())
    said, events = await taken(tracker(feedback_lesson=lesson().slug, feedback_score=str(score)))

    names = {100: "utter_feedback_very", 50: "utter_feedback_partly", 0: "utter_feedback_not"}
    assert said == [names[score]]
    assert [event["value"] for event in events] == ([lesson().slug] if score == 0 else [])
    # A second tap changes nothing.
    assert here.do(feedback.take, ALICE, lesson().slug, 100, here.clock.now()) is False


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("很有用", 100), ("有用", 100), ("挺好的", 100), ("帮到我了", 100), ("管用", 100), ("讲得明白", 100),
        ("有一点", 50), ("有一点用", 50), ("一般般", 50), ("还行吧", 50),
        ("没帮上", 0), ("没用", 0), ("没什么用", 0), ("没啥用", 0), ("不管用", 0), ("太空了", 0), ("看不懂", 0), ("冇用", 0), ("没说到点子上", 0),
        ("说了一堆没一句有用的", 0), ("等于白问", 0), ("你说的都是废话", 0), ("差评", 0), ("一点都不实在", 0), ("文绉绉的看不明白", 0),
        ("一半有用一半没用", 50), ("有些用得上，有些用不上", 50), ("用得着，这招好", 100), ("真解决问题了", 100),
        ("嗯", None), ("孩子", None),
    ],
)  # fmt: skip
async def test_words_are_read_like_taps(said: str, score: int | None) -> None:
    assert score_meant(None, said) == score


async def test_a_word_on_another_answer_does_not_count_for_the_one_that_was_asked_about(here: Record) -> None:
    await asked(ALICE, lesson(0))
    slots = {"feedback_asked": lesson(0).slug, "lesson_last": lesson(1).slug}
    _, events = await taken(tracker(slots=slots, text="没用"))

    assert [event["value"] for event in events] == [lesson(1).slug]
    # Not answered yet.
    assert here.do(feedback.take, ALICE, lesson(0).slug, 100, here.clock.now()) is True


def conversation(*parts: Any) -> list[dict[str, Any]]:
    return list(parts)


TAP = {"event": "user", "text": "/give_feedback"}
AWAITED = {"event": "slot", "name": "feedback_awaited", "value": "fever"}
NEXT = {"event": "user", "text": "没说几天要去医院"}


@pytest.mark.parametrize(
    ("events", "answered_with", "sure", "noted"),
    [
        ([TAP, AWAITED, NEXT], "", False, True),
        ([TAP, AWAITED, NEXT], "fever", True, True),  # the same lesson again would be no answer
        ([TAP, AWAITED, NEXT], "drowning", False, True),
        ([TAP, AWAITED, NEXT], "drowning", True, False),  # a clear new question
        ([TAP, AWAITED, {"event": "user", "text": "挑食"}, NEXT], "", False, False),  # only the very next words
        ([TAP, NEXT], "", False, False),
        ([TAP, {"event": "session_started"}, AWAITED, NEXT], "", False, False),  # hours later
        ([NEXT], "", False, False),
    ],
)
async def test_the_next_words_are_what_was_missing(events: list[Any], answered_with: str, sure: bool, noted: bool) -> None:
    dispatcher = CollectingDispatcher()

    assert bool(note_missing(dispatcher, tracker(events=events), answered_with, sure)) is noted
    assert bool(dispatcher.messages) is noted


async def test_words_on_the_answer_after_it_are_what_was_missing_too(here: Record) -> None:
    events = [TAP, AWAITED, {"event": "user", "text": "说得太绕"}]
    said, set_to = await taken(tracker(text="说得太绕", events=events))
    assert said == ["utter_feedback_noted"] and set_to[0]["value"] is None

    said, _ = await taken(tracker(events=events, feedback_lesson=lesson().slug, feedback_score="100"))
    assert said == ["utter_feedback_very"]


async def test_what_was_missing_is_in_the_review(here: Record) -> None:
    from rasa.shared.core.events import ActionExecuted, SlotSet

    here.do(feedback.ask, ALICE, "fever", here.clock.now(), KEY)
    here.do(feedback.take, ALICE, "fever", 0, here.clock.now())
    here.add(ALICE, [user("王秀英没说几天要去医院"), ActionExecuted("action_offer_lessons"), SlotSet("feedback_awaited", None)])

    (group,) = here.do(misses.groups_page).items
    (line,) = here.do(reading.talks_page, TalkFilter(not_useful=True)).items
    assert "几天要去医院" in group.title and "王秀英" not in group.title and line.state == "open"


async def heard_news(parent: str) -> list[dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    await tell_news(dispatcher, tracker(parent))
    return dispatcher.messages


async def test_who_asked_is_told_once_when_the_lesson_is_there(here: Record) -> None:
    for parent in (ALICE, BOB):
        here.add(parent, missed("孩子尿床怎么办"))
    (group,) = here.do(misses.groups_page).items
    wish = here.do(misses.ask_for_lesson, "尿床", "editor", "reviewer", here.clock.now(), group_id=group.id)
    assert await heard_news(ALICE) == []

    assert here.do(misses.fulfil, wish, lesson().slug, here.clock.now()) == 2
    assert here.do(misses.fulfil, wish, lesson().slug, here.clock.now()) == 0

    (message,) = await heard_news(ALICE)
    assert "您上次问的“孩子尿床怎么办”，现在有答案了" in message["text"]
    assert message["buttons"][0]["title"] == lesson().title and lesson().slug in message["buttons"][0]["payload"]
    assert await heard_news(ALICE) == [] and await heard_news(BOB)


async def test_a_placeholder_is_never_said_to_a_parent(here: Record) -> None:
    here.add(ALICE, missed("张子涵老是尿床怎么办"))
    (group,) = here.do(misses.groups_page).items
    (miss,) = here.do(misses.misses_of, group.id).items
    here.do(news.tell, [miss.turn_id], lesson().slug, here.clock.now())

    (message,) = await heard_news(ALICE)
    assert "〈" not in message["text"] and "您上次问的那件事" in message["text"]


async def test_news_of_a_lesson_that_is_gone_waits(here: Record) -> None:
    here.add(ALICE, missed("孩子尿床怎么办"))
    (group,) = here.do(misses.groups_page).items
    (miss,) = here.do(misses.misses_of, group.id).items
    here.do(news.tell, [miss.turn_id], "not-published-yet", here.clock.now())

    assert await heard_news(ALICE) == []
    assert here.do(news.due_news, ALICE) is not None


async def test_a_published_example_tells_who_asked(here: Record) -> None:
    here.add(ALICE, missed("孩子尿床怎么办"))
    (group,) = here.do(misses.groups_page).items
    (miss,) = here.do(misses.misses_of, group.id).items
    made = here.do(misses.propose_example, miss.turn_id, "娃尿床咋办", f"lesson/{lesson().slug}", "reviewer", here.clock.now())
    here.do(misses.confirm_example, made.id, "reviewer")

    here.do(misses.examples_published, [made.id], here.clock.now())

    assert here.do(misses.examples_in, "published") and await heard_news(ALICE)
