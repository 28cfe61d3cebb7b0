"""A quiz in the talk, action by action."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.quiz_talk import Place, Said, meant, result_text
from actions.quizzes import (
    ActionAnswerLateQuiz,
    ActionAskQuizAnswer,
    ActionFinishQuiz,
    ActionResumeQuiz,
    ActionStartQuiz,
    ValidateQuizForm,
    offer_quiz,
)
from bot import services
from bot.course import quiz_counts
from bot.course.choosing import choose_quiz, read_option
from tests.course.conftest import Scene

QUIZ = "life-is-full-of-choices"
OPTIONS = ("翻身起来再想一遍", "拿纸写两栏", "问问老乡", "先睡一觉")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("2", 2),
        ("２", 2),
        ("二", 2),
        ("第二个", 2),
        ("选2", 2),
        ("我选第三个吧", 3),
        ("B", 2),
        ("b.", 2),
        ("两", 2),
        ("答案是4", 4),
        ("拿纸写两栏", 2),
        ("拿纸写两栏。", 2),
        ("问问老乡", 3),
        ("翻身起来", 1),
        ("5", None),
        ("第二个孩子发烧怎么办", None),
        ("先", None),
        ("孩子不说话怎么办", None),
        ("", None),
    ],
)
def test_it_reads_an_option(words: str, number: int | None) -> None:
    assert read_option(words, OPTIONS) == number


def test_a_number_beyond_the_options_is_none() -> None:
    assert read_option("4", OPTIONS[:3]) is None
    assert read_option("D", OPTIONS[:3]) is None


async def answered(scene: Scene, text: str = "", intent: str = "", **entities: str) -> tuple[str, dict[str, Any]]:
    """Feed one message to the form: what is extracted is validated, as the form does it."""
    latest = {
        "text": text,
        "intent": {"name": intent},
        "entities": [{"entity": name, "value": value} for name, value in entities.items()],
    }
    slots = {**scene.slots, "requested_slot": "quiz_answer"}
    tracker = Tracker(scene.parent, slots, latest, [], False, None, {"name": "quiz_form"}, "action_listen")
    dispatcher, form = CollectingDispatcher(), ValidateQuizForm()
    found = await form.extract_quiz_answer(dispatcher, tracker, {})
    if not found:
        return "", {}
    kept = await form.validate_quiz_answer(found["quiz_answer"], dispatcher, tracker, {})
    scene.slots.update(kept)
    return "\n".join(message.get("text") or message.get("response") or "" for message in dispatcher.messages), kept


async def test_it_goes_from_question_to_question(scene: Scene) -> None:
    await scene.run(ActionStartQuiz(), intent="start_quiz", quiz_slug=QUIZ)
    first = await scene.run(ActionAskQuizAnswer(), intent="start_quiz")
    assert first.startswith("【小测验：选了，就把它过好】\n1/3") and "拿纸写两栏" in first

    right, kept = await answered(scene, "2")
    assert right.startswith("对，就是这样。") and kept["quiz_answer"] is None
    assert (await scene.run(ActionAskQuizAnswer(), text="2")).startswith("2/3")
    wrong, _ = await answered(scene, "第一个")
    assert wrong.startswith("更稳妥的是第 3 个：写个期限") and "孩子会长大" in wrong
    _, kept = await answered(scene, "A")
    assert kept["quiz_answer"] == "done"

    end = await scene.run(ActionFinishQuiz(), text="A")
    assert "3 题对了 2 题" in end and "再来一个小测验" in end
    assert scene.slots["quiz_slug"] is None and scene.slots["quiz_taken"] == [QUIZ]
    with services.database().session(readonly=True) as session:
        (count,) = quiz_counts.counts(session)
    assert (count.quiz, count.started, count.finished, count.answered, count.right) == (QUIZ, 1, 1, 3, 2)


async def test_a_tap_means_its_own_question(scene: Scene) -> None:
    await scene.run(ActionStartQuiz(), intent="start_quiz", quiz_slug=QUIZ)
    await scene.run(ActionAskQuizAnswer(), intent="start_quiz")
    tapped = scene.tapped("拿纸写两栏").split('"')[3]
    await answered(scene, intent="answer_quiz", quiz_option=tapped)
    assert scene.slots["quiz_position"] == 1

    said, kept = await answered(scene, intent="answer_quiz", quiz_option=tapped)
    assert (said, kept) == ("utter_quiz_answered_before", {"quiz_answer": None})
    assert scene.slots["quiz_position"] == 1
    assert await answered(scene, intent="answer_quiz", quiz_option="nonsense") == ("", {})
    assert await answered(scene, intent="answer_quiz", quiz_option=f"{QUIZ}.1.9") == ("", {})


@pytest.mark.parametrize("words", ["不做了", "先不做了", "停", "算了", "不想做了 太难", "不答了，明天再说", "下次再做"])
async def test_it_stops_at_any_question_and_goes_on_there(scene: Scene, words: str) -> None:
    await scene.run(ActionStartQuiz(), intent="start_quiz", quiz_slug=QUIZ)
    await answered(scene, "2")
    _, kept = await answered(scene, words, intent="stop_form" if words in ("停", "下次再做") else "")

    assert kept == {"quiz_answer": "stopped"}
    assert await scene.run(ActionFinishQuiz(), text=words) == "utter_quiz_stopped"
    await scene.run(ActionResumeQuiz(), intent="resume_quiz")
    assert (await scene.run(ActionAskQuizAnswer(), intent="resume_quiz")).startswith("2/3")


@pytest.mark.parametrize("intent", ["danger", "lesson", "erase_my_data", "start_quiz", "greet"])
async def test_what_is_no_answer_is_left_alone(scene: Scene, intent: str) -> None:
    await scene.run(ActionStartQuiz(), intent="start_quiz", quiz_slug=QUIZ)

    assert await answered(scene, "孩子掉水里了怎么办", intent) == ("", {})
    assert scene.slots["quiz_position"] == 0


async def test_danger_wins_even_when_it_sounds_like_an_option(scene: Scene) -> None:
    await scene.run(ActionStartQuiz(), intent="start_quiz", quiz_slug=QUIZ)

    assert await answered(scene, "2", "danger") == ("", {})


@pytest.mark.parametrize("words", ["孩子不做作业怎么办", "停了电孩子怕黑", "算数学不好", "不想上学了", "继续发烧怎么办"])
async def test_what_only_begins_like_a_stop_is_a_question(scene: Scene, words: str) -> None:
    await scene.run(ActionStartQuiz(), intent="start_quiz", quiz_slug=QUIZ)

    assert await answered(scene, words, "lesson") == ("", {})


@pytest.mark.parametrize("words", ["继续吧", "嗯 继续", "接着来", "再来", "重发一遍", "没看清"])
async def test_going_on_brings_the_question_again(scene: Scene, words: str) -> None:
    await scene.run(ActionStartQuiz(), intent="start_quiz", quiz_slug=QUIZ)

    assert await answered(scene, words, "ask_for_more") == ("", {"quiz_answer": None})


async def test_after_something_else_it_only_asks_whether_to_go_on(scene: Scene) -> None:
    await scene.run(ActionStartQuiz(), intent="start_quiz", quiz_slug=QUIZ)
    between = [{"event": "action", "name": "action_answer_lesson"}, {"event": "bot", "data": {"buttons": None}}]

    asked = await scene.run(ActionAskQuizAnswer(), text="孩子发烧怎么办", since=between)
    assert asked == "刚才的小测验做到第 1 题，接着做？\n接着做题\n先不做了"
    said, kept = await answered(scene, "好的", "affirm")
    assert (said, kept) == ("", {"quiz_answer": None})
    assert "1/3" in await scene.run(ActionAskQuizAnswer(), text="好的")


async def test_what_was_not_understood_brings_the_question_again(scene: Scene) -> None:
    await scene.run(ActionStartQuiz(), intent="start_quiz", quiz_slug=QUIZ)
    unclear = [{"event": "action", "name": "action_offer_lessons"}, {"event": "bot", "text": "这句我没看懂。", "data": {}}]
    offered = [unclear[0], {"event": "bot", "data": {"buttons": [{"title": "一课"}]}}]

    assert "1/3" in await scene.run(ActionAskQuizAnswer(), text="啊这", since=unclear)
    no_option = [{"event": "action", "name": "action_tell_details"}, unclear[1]]
    assert "1/3" in await scene.run(ActionAskQuizAnswer(), text="9", since=no_option)
    assert "接着做" in await scene.run(ActionAskQuizAnswer(), text="说不清的一长句话", since=offered)


async def test_a_tap_after_the_end_is_answered(scene: Scene) -> None:
    assert await scene.run(ActionAnswerLateQuiz(), intent="answer_quiz") == "utter_quiz_ended"
    await scene.run(ActionStartQuiz(), intent="start_quiz", quiz_slug=QUIZ)
    assert "接着做题" in await scene.run(ActionAnswerLateQuiz(), intent="answer_quiz")


async def test_resuming_nothing_begins_one(scene: Scene) -> None:
    await scene.run(ActionResumeQuiz(), intent="resume_quiz")

    assert scene.slots["quiz_slug"] in services.quizzes() and scene.slots["quiz_position"] == 0


async def test_another_form_is_left_when_a_quiz_begins(scene: Scene) -> None:
    scene.form = "profile_form"
    await scene.run(ActionStartQuiz(), intent="start_quiz", quiz_slug=QUIZ)

    assert scene.form is None and scene.slots["requested_slot"] is None


async def test_without_quizzes_it_says_so(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setattr(services, "quizzes", dict)
        assert await scene.run(ActionStartQuiz(), intent="start_quiz") == "utter_quiz_none"
    assert scene.followed == ["action_listen"]


def test_a_quiz_that_an_editor_shortened_does_not_break_the_talk(scene: Scene) -> None:
    from actions.quiz_talk import place

    slots = {"quiz_slug": QUIZ, "quiz_position": 9, "quiz_right": 0}
    tracker = Tracker("palice", slots, {}, [], False, None, {}, "action_listen")

    assert place(tracker, services.quizzes()) is None


def test_the_choice_is_steady_and_moves_on(scene: Scene) -> None:
    lessons, quizzes = services.library().lessons, services.quizzes()
    taken: list[str] = []
    for _ in range(3):
        chosen = choose_quiz(quizzes, lessons, "palice", taken)
        assert chosen is not None and chosen == choose_quiz(quizzes, lessons, "palice", taken)
        assert chosen.slug not in taken and lessons[chosen.slug].series != "course"
        taken.append(chosen.slug)
    read = choose_quiz(quizzes, lessons, "palice", [], last_lesson=QUIZ)
    assert read is not None and read.slug == QUIZ
    again = choose_quiz(quizzes, lessons, "palice", list(quizzes))
    assert again is not None and "parents" in lessons[again.lesson].audience


def test_the_choice_fits_the_child(scene: Scene) -> None:
    lessons, quizzes = services.library().lessons, services.quizzes()
    for parent in ("palice", "pbob", "pcharlie"):
        chosen = choose_quiz(quizzes, lessons, parent, [], age_months=4)
        assert chosen is not None and lessons[chosen.lesson].ages[0] <= 4


def test_the_offer_comes_now_and_then(scene: Scene) -> None:
    lesson = services.library().lessons[QUIZ]
    offers = []
    for _ in range(6):
        tracker = Tracker("palice", dict(scene.slots), {}, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        for event in offer_quiz(dispatcher, tracker, lesson):
            scene.slots[event["name"]] = event["value"]
        offers.append(len(dispatcher.messages))
    assert offers == [1, 0, 0, 0, 1, 0]
    scene.slots.update(quiz_rest=0, quiz_taken=[QUIZ])
    dispatcher = CollectingDispatcher()
    tracker = Tracker("palice", dict(scene.slots), {}, [], False, None, {}, "action_listen")
    assert offer_quiz(dispatcher, tracker, lesson) == [] and dispatcher.messages == []


def test_nobody_is_graded(scene: Scene) -> None:
    quiz = services.quizzes()[QUIZ]
    for right in range(len(quiz.questions) + 1):
        text = result_text(quiz, right)
        assert "做完了" in text and "错" not in text
    assert "0" not in result_text(quiz, 0)


def test_a_payload_is_never_read_as_an_option(scene: Scene) -> None:
    at = Place(services.quizzes()[QUIZ], 0, 0)
    latest = {"text": "/greet", "intent": {"name": "greet"}, "entities": []}
    tracker = Tracker("palice", {}, latest, [], False, None, {}, "action_listen")

    assert meant(tracker, at) is None
    latest["intent"] = {"name": "resume_quiz"}
    assert meant(tracker, at) is Said.AGAIN


async def test_a_quiz_that_is_taken_away_meanwhile_ends(scene: Scene) -> None:
    scene.form = "quiz_form"
    scene.slots.update(quiz_slug="gone", quiz_position=1, quiz_right=1)

    assert await scene.run(ActionAskQuizAnswer()) == "utter_quiz_ended"
    assert scene.form is None and scene.slots["quiz_slug"] is None
    assert await scene.run(ActionFinishQuiz()) == ""
