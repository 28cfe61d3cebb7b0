"""After news from home: what is asked next is about it, the right person is named, and nothing is offered under a death."""

from __future__ import annotations

import pytest
from rasa_sdk import Action

from actions.lessons import ActionAnswerLesson
from actions.life_events import ActionTellChildCame, ActionTellChildLeft, ActionTellDeath, ActionTellDivorce
from actions.notifications import ActionResumeKind
from actions.particulars import ActionSayTheWords
from actions.pushed import ActionTakeDeny, ActionTakeReport
from bot import services
from bot.people import preferences
from bot.people.preferences import Preferences
from tests.reunion.conftest import ReunionScene


def wishes(scene: ReunionScene) -> Preferences:
    with services.database().session(readonly=True) as session:
        return preferences.preferences(session, scene.parent)


@pytest.mark.parametrize(
    ("action", "words", "lesson"),
    [
        (ActionTellDeath(), "我妈去世了", "bad-news-from-home"),
        (ActionTellDeath(), "我儿子去世了", "when-it-is-too-much"),
        (ActionTellDivorce(), "我离婚了", "divorced-or-single"),
        (ActionTellDivorce(), "我们没离婚", "couples-apart"),
        (ActionTellChildCame(), "孩子来我身边了", "bring-the-child-to-live-with-you"),
        (ActionTellChildLeft(), "孩子送回老家了", "first-call-after"),
    ],
)
async def test_what_is_asked_next_is_no_longer_about_the_lesson_of_before(
    scene: ReunionScene, action: Action, words: str, lesson: str
) -> None:
    scene.slots.update(lesson_last="fever-by-age", lesson_age=3)
    await scene.run(action, words, "some_intent")

    assert scene.slots["lesson_last"] == lesson and scene.slots["lesson_age"] is None
    assert "发烧" not in await scene.run(ActionSayTheWords(), "具体怎么说", "ask_what_to_say")


@pytest.mark.parametrize(("words", "who"), [("我爸昨天走了", "爷爷"), ("我爹没了", "爷爷"), ("我妈昨天走了", "外婆"), ("孩子外公走了", "外公")])
async def test_an_old_man_is_no_grandmother(scene: ReunionScene, words: str, who: str) -> None:
    assert f"“{who}不在了" in await scene.run(ActionTellDeath(), words, "tell_death")


async def test_nothing_is_offered_under_the_first_answer_about_a_death(scene: ReunionScene) -> None:
    scene.lesson = "bad-news-from-home"

    said = await scene.run(ActionTellDeath(), "我妈去世了 孩子还不知道 该怎么办呢", "tell_death")
    assert "【家里出了不好的事" in said and "一分钟" not in said
    scene.slots.clear()
    assert "一分钟" not in await scene.run(ActionAnswerLesson(), "爷爷走了怎么告诉五岁的孙女", "lesson")


async def test_festive_texts_again_are_festive_texts_again(scene: ReunionScene) -> None:
    await scene.run(ActionTellDeath(), "我妈去世了", "tell_death")
    assert wishes(scene).grief_until is not None
    await scene.run(ActionResumeKind(), "恢复节日的", "resume_kind")

    assert wishes(scene).grief_until is None


async def test_a_lesson_that_is_gone_meanwhile_breaks_nothing(scene: ReunionScene) -> None:
    scene.lesson = "gone"

    assert "再用一句话" in await scene.run(ActionAnswerLesson(), "孩子发烧怎么办", "lesson")


@pytest.mark.parametrize("expect", ["plan_done", "gift_done", "talk_done", "ticket_done"])
async def test_who_stays_away_is_not_told_of_the_days_together(scene: ReunionScene, expect: str) -> None:
    scene.was_pushed("step?", expect)

    said = await scene.run(ActionTakeReport(), "今年不回去了", "report_wont")
    assert "回不去也有办法过" in said and "见了面" not in said


async def test_of_no_use_is_a_word_on_the_answer(scene: ReunionScene) -> None:
    assert await scene.run(ActionTakeDeny(), "没用", "deny") == "utter_deny"
    scene.slots["lesson_last"] = "picky-eating"

    assert await scene.run(ActionTakeDeny(), "没用", "deny") == "utter_feedback_not"
    assert await scene.run(ActionTakeDeny(), "不用了", "deny") == "utter_deny"


@pytest.mark.parametrize("expect", ["talk_done", "ticket_done", ""])
async def test_who_gets_no_answer_from_home_does_not_stay_away(scene: ReunionScene, expect: str) -> None:
    scene.has_plan()
    if expect:
        scene.was_pushed("step?", expect)
    await scene.run(ActionTakeReport(), "奶奶不回我消息", "report_wont")

    assert scene.plan() is not None


async def test_no_new_years_eve_is_named_to_who_stays_away_at_another_festival(scene: ReunionScene) -> None:
    assert "三十" not in await scene.run(ActionTakeReport(), "国庆不回去了", "report_wont")
