"""What the model heard is thought over once more."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.second_thoughts import in_the_talk, with_its_word

DOMAIN = Domain.from_dict({"slots": {name: {"type": "any", "mappings": [{"type": "custom"}]} for name in ("lesson_last", "danger_last")}, "forms": {"form": {"required_slots": []}}})
ANSWERED = [UserUttered("午饭吃什么"), SlotSet("lesson_last", "picky-eating"), BotUttered("……")]


def heard(name: str, text: str, confidence: float = 0.6, **more: Any) -> dict[str, Any]:
    return {"text": text, "intent": {"name": name, "confidence": confidence}, **more}


def intent(parsed: dict[str, Any]) -> str:
    return str(parsed["intent"]["name"])


@pytest.mark.parametrize(
    ("name", "text"),
    [("stop_reminders", "发了 她回个哦"), ("stop_kind", "每周一课讲得挺好"), ("erase_my_data", "我的资料填好了")],
)
def test_an_order_without_its_word_is_not_obeyed(name: str, text: str) -> None:
    assert intent(with_its_word(heard(name, text, 0.96))) == "nlu_fallback"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("stop_reminders", "别发了"),
        ("stop_reminders", "TD"),
        ("stop_reminders", "/stop_reminders"),
        ("stop_kind", "每周那个不要了"),
        ("erase_my_data", "把我的都抹了"),
        ("greet", "你好"),
    ],
)
def test_an_order_with_its_word_is(name: str, text: str) -> None:
    assert intent(with_its_word(heard(name, text))) == name


async def _in_a_talk(parsed: dict[str, Any], events: list[Event]) -> str:
    trackers = InMemoryTrackerStore(DOMAIN)
    tracker = DialogueStateTracker("zhang", DOMAIN.slots)
    for event in events:
        tracker.update(event, DOMAIN)
    await trackers.save(tracker)
    return intent(await in_the_talk(parsed, "zhang", trackers))


@pytest.mark.asyncio
async def test_a_few_words_after_an_answer_are_no_greeting() -> None:
    assert await _in_a_talk(heard("change_plan", "好几天了"), ANSWERED) == "nlu_fallback"
    assert await _in_a_talk(heard("greet", "午饭呢"), ANSWERED) == "nlu_fallback"


@pytest.mark.asyncio
async def test_a_few_words_after_a_cry_for_help_are_no_excuse() -> None:
    cried = [UserUttered("我不想活了"), SlotSet("danger_last", {"script": "parent-suicidal"}), BotUttered("……")]
    assert await _in_a_talk(heard("say_sorry", "没意思 真的"), cried) == "nlu_fallback"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("parsed", "events"),
    [
        (heard("greet", "午饭呢"), [UserUttered("在吗")]),
        (heard("greet", "你好", 0.98), ANSWERED),
        (heard("thank", "那就好"), ANSWERED),
        (heard("start_reunion", "我腊月二十六回家"), ANSWERED),
        (heard("change_plan", "改到后天走"), ANSWERED),
        (heard("greet", "午饭呢"), [*ANSWERED, *(UserUttered("嗯") for _ in range(5))]),
        (heard("greet", "午饭呢"), [*ANSWERED, ActiveLoop("form")]),
        (heard("greet", "大家伙儿都吃过午饭了没有我来看看你们"), ANSWERED),
        (heard("greet", "午饭呢", possible_danger={"script": "burn"}), ANSWERED),
    ],
    ids=["nothing was answered", "it is one", "thanks are thanks", "a journey begins", "a journey moves", "long ago", "a form asks", "many words", "danger"],
)
async def test_otherwise_it_stays_what_was_heard(parsed: dict[str, Any], events: list[Event]) -> None:
    assert await _in_a_talk(parsed, events) == parsed["intent"]["name"]
