"""The call coach, action by action: fresh openers, and the next day how it went."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import pytest

from actions.coach import ActionAskCallWent, ActionCoachCall, ActionTellCallWent
from actions.feedback import ActionTakeFeedback
from actions.table_more import ActionTellDetails, ActionTellNextBatch
from bot import services
from bot.coach import asking, calls
from bot.people import preferences
from bot.people.preferences import Shift
from bot.reminders import context
from bot.reminders.context import PushedContext
from tests.coach.conftest import NOW, TableScene

HOW = "聊得怎么样"


def openers(answer: str) -> list[str]:
    """The sentences to say."""
    return re.findall(r"[①②③] “(.+)”", answer)


async def test_it_gives_three_openers_each_with_a_question_after_it(scene: TableScene) -> None:
    answer = await scene.say(ActionCoachCall(), "今晚聊什么 女儿八岁")

    assert len(openers(answer)) == 3 and answer.count("再问：“") == 3
    fitting = {each.say for each in services.shelf().starters if each.fits(96)}
    assert set(openers(answer)) <= fitting
    assert "8岁" in answer and "换三个" in answer and len(answer.encode()) < 2048


async def test_without_an_age_it_answers_first_and_then_asks(scene: TableScene) -> None:
    answer = await scene.say(ActionCoachCall(), "今晚打电话聊什么")

    assert len(openers(answer)) == 3
    assert answer.index("③") < answer.index("孩子多大")
    assert scene.tapped("12岁") == '/ask_call_coach{"table_age": "168", "table_band": "12岁以上"}'


async def test_a_tap_on_an_age_brings_openers_for_it(scene: TableScene) -> None:
    await scene.say(ActionCoachCall(), "今晚聊什么 他不说话")

    answer = await scene.run(ActionCoachCall(), intent="ask_call_coach", table_age="168")

    assert "14岁，不说话" in answer
    assert set(openers(answer)) <= {each.say for each in services.shelf().starters if each.fits(168)}


async def test_a_tap_on_ages_is_answered_for_those_ages(scene: TableScene) -> None:
    await scene.say(ActionCoachCall(), "今晚聊什么 他不说话")

    answer = await scene.run(ActionCoachCall(), intent="ask_call_coach", table_age="54", table_band="3–5岁")

    assert "（3–5岁，不说话）" in answer
    assert set(openers(answer)) <= {each.say for each in services.shelf().starters if each.fits(54)}


@pytest.mark.parametrize(
    ("words", "first"), [("今晚聊什么 她在生气", "在气头上"), ("孩子今天难过", "我听见了"), ("他不说话", "先讲自己的一件小事")]
)
async def test_a_mood_comes_before_the_talk(scene: TableScene, words: str, first: str) -> None:
    assert first in await scene.say(ActionCoachCall(), f"{words} 六岁")


async def test_the_age_of_the_only_child_is_known(scene: TableScene) -> None:
    scene.has_child(datetime(2021, 3, 1, tzinfo=timezone.utc))

    answer = await scene.say(ActionCoachCall(), "今晚聊什么")

    assert "5岁" in answer and "孩子多大" not in answer


async def test_of_two_children_it_asks_which(scene: TableScene) -> None:
    scene.has_child(datetime(2021, 3, 1, tzinfo=timezone.utc), "女孩")
    scene.has_child(datetime(2014, 3, 1, tzinfo=timezone.utc), "男孩")

    assert "5岁女孩\n12岁男孩" in await scene.say(ActionCoachCall(), "今晚聊什么")


async def test_with_a_baby_the_caregiver_is_spoken_to(scene: TableScene) -> None:
    answer = await scene.say(ActionCoachCall(), "今晚视频说什么 三个月")

    assert set(openers(answer)) <= {each.say for each in services.shelf().starters if each.fits(3)}


async def test_nothing_comes_twice_within_sixty_days_and_all_again_after_them(scene: TableScene) -> None:
    seen: list[str] = []
    for _ in range(10):
        seen += openers(await scene.say(ActionCoachCall(), "今晚聊什么 五岁"))
        scene.turn(days=2)
    assert len(seen) == 30 == len(set(seen))

    scene.turn(days=62)
    assert len(openers(await scene.say(ActionCoachCall(), "今晚聊什么 五岁"))) == 3


async def test_when_all_are_used_up_it_says_so_and_offers_a_game(scene: TableScene) -> None:
    answer = ""
    for _ in range(80):
        answer = await scene.say(ActionCoachCall(), "今晚聊什么 五岁")
        if not openers(answer):
            break
    assert "都用过了" in answer

    assert "怎么玩" in await scene.run(ActionTellNextBatch(), intent="ask_next_batch")


async def test_others_are_others(scene: TableScene) -> None:
    first = openers(await scene.say(ActionCoachCall(), "今晚聊什么 五岁"))
    second = openers(await scene.say(ActionTellNextBatch(), "换三个"))

    assert len(second) == 3 and not set(first) & set(second)


async def test_a_mood_said_afterwards_narrows(scene: TableScene) -> None:
    await scene.say(ActionCoachCall(), "今晚聊什么 五岁")

    assert "5岁，生气" in await scene.say(ActionTellDetails(), "他在生气")


async def test_the_next_day_it_asks_once(scene: TableScene) -> None:
    await scene.say(ActionCoachCall(), "今晚聊什么 五岁")
    assert await scene.run(ActionAskCallWent()) == ""

    scene.turn(hours=20)
    assert HOW in await scene.run(ActionAskCallWent())
    assert await scene.run(ActionAskCallWent()) == ""


async def test_it_does_not_ask_who_never_wanted_openers(scene: TableScene) -> None:
    assert await scene.run(ActionAskCallWent()) == ""


@pytest.mark.parametrize(
    ("words", "next_step", "went"),
    [
        ("聊得很好", "后来呢", "good"),
        ("昨晚聊了好久", "后来呢", "good"),
        ("一般", "先讲一件您自己的小事", "so_so"),
        ("聊得不太好", "先讲一件您自己的小事", "so_so"),
        ("说了几句就挂了", "二十秒的语音", "none"),
        ("没聊成", "二十秒的语音", "none"),
        ("他没接", "二十秒的语音", "none"),
    ],
)
async def test_what_to_try_next_depends_on_how_it_went(scene: TableScene, words: str, next_step: str, went: str) -> None:
    await scene.say(ActionCoachCall(), "今晚聊什么 五岁")
    scene.turn(hours=20)

    assert next_step in await scene.say(ActionTellCallWent(), words)
    with services.database().session(readonly=True) as session:
        assert calls.last_went(session, scene.parent, scene.clock.now()) == went


async def test_so_so_is_about_the_call_right_after_it_was_asked(scene: TableScene) -> None:
    asked = [
        {"event": "bot", "text": "对了，上次的话头用上了吗，聊得怎么样？"},
        {"event": "user", "text": "马马虎虎"},
    ]

    assert "先讲一件您自己的小事" in await scene.run(ActionTakeFeedback(), "马马虎虎", "give_feedback", since=asked)
    assert "utter_feedback" in await scene.run(ActionTakeFeedback(), "马马虎虎", "give_feedback")


async def test_so_so_is_about_the_call_after_the_question_was_sent(scene: TableScene) -> None:
    with services.database().session() as session:
        sent = PushedContext(asking.CAMPAIGN, "2026-03-02", "tonight?", asking.EXPECT, NOW)
        context.open_context(session, scene.parent, sent)

    assert "先讲一件您自己的小事" in await scene.run(ActionTakeFeedback(), "马马虎虎", "give_feedback")
    # It is answered now.
    assert "utter_feedback" in await scene.run(ActionTakeFeedback(), "马马虎虎", "give_feedback")


async def test_a_tap_says_how_it_went_and_leads_to_a_lesson(scene: TableScene) -> None:
    await scene.run(ActionTellCallWent(), intent="tell_call_went", call_went="none")

    assert scene.tapped(services.library().lessons["photos-and-voice-notes"].title) == (
        '/choose_lesson{"lesson_slug": "photos-and-voice-notes"}'
    )


async def test_what_does_not_say_how_it_went_is_asked_for(scene: TableScene) -> None:
    assert "没聊成" in await scene.say(ActionTellCallWent(), "昨晚那个电话")


@pytest.mark.parametrize(
    ("words", "advice"), [("聊得好", "接着问上次"), ("一般", "上次聊得一般"), ("没聊成", "上次没聊成")]
)
async def test_the_last_call_teaches_the_next(scene: TableScene, words: str, advice: str) -> None:
    await scene.say(ActionCoachCall(), "今晚聊什么 五岁")
    scene.turn(hours=20)
    await scene.say(ActionTellCallWent(), words)

    assert advice in await scene.say(ActionCoachCall(), "今晚聊什么 五岁")


async def test_after_a_halting_call_openers_for_the_silent_come_first(scene: TableScene) -> None:
    await scene.say(ActionCoachCall(), "今晚聊什么 五岁")
    scene.turn(hours=20)
    await scene.say(ActionTellCallWent(), "一般")

    first = openers(await scene.say(ActionCoachCall(), "今晚聊什么 五岁"))[0]
    (starter,) = (each for each in services.shelf().starters if each.say == first)
    assert "quiet" in starter.moods


async def test_on_a_night_shift_it_says_when(scene: TableScene) -> None:
    assert "夜班" not in await scene.say(ActionCoachCall(), "今晚聊什么 五岁")
    with services.database().session() as session:
        preferences.set_shift(session, scene.parent, Shift("night"))

    assert "上夜班" in await scene.say(ActionCoachCall(), "今晚聊什么 五岁")


async def test_in_grief_there_are_no_jokes(scene: TableScene) -> None:
    with services.database().session() as session:
        preferences.spare_until(session, scene.parent, (NOW + timedelta(days=30)).date())

    topics = {each.say: each.topic for each in services.shelf().starters}
    for _ in range(5):
        said = openers(await scene.say(ActionCoachCall(), "今晚聊什么 五岁"))
        assert said and not {topics[each] for each in said} & {"fun", "games", "dreams"}


async def test_who_does_not_want_to_be_asked_is_not(scene: TableScene) -> None:
    with services.database().session() as session:
        preferences.stop_kinds(session, scene.parent, ["call_coach"])
    await scene.say(ActionCoachCall(), "今晚聊什么 五岁")
    scene.turn(hours=20)

    assert await scene.run(ActionAskCallWent()) == ""


async def test_openers_come_even_when_nothing_can_be_kept(scene: TableScene, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.db import DatabaseError

    async def broken(*_: object) -> None:
        raise DatabaseError("locked", "is locked")

    monkeypatch.setattr(services.database(), "read", broken)
    monkeypatch.setattr(services.database(), "run", broken)

    assert len(openers(await scene.say(ActionCoachCall(), "今晚聊什么 五岁"))) == 3
    assert "后来呢" in await scene.say(ActionTellCallWent(), "聊得好")
