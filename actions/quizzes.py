"""Quizzes in the talk: one question after the other, stoppable at any point; another question is answered in between."""

from __future__ import annotations

from typing import Any

import structlog
from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.course import after_quiz
from actions.quiz_talk import Said, meant, place, question_text, result_text
from actions.taps import tap
from actions.understood import NOT_UNDERSTOOD, age_said, entity, intent, offered_last, possible_danger
from bot import services
from bot.content.lessons import Lesson
from bot.content.quizzes import Quiz
from bot.course import quiz_counts
from bot.course.choosing import choose_quiz
from bot.db import DatabaseError
from bot.people import parents
from bot.people.children import age_for

log = structlog.get_logger(__name__)

_ANSWER = "quiz_answer"
_DONE, _STOPPED, _LEFT = "done", "stopped", "left"
_ANY_AGE = (0, 216)
# After an offer so many answers come without one: an offer each time is a nuisance.
_REST = 3
# After these nobody is asked about a quiz.
_GRAVE = {"ask_emergency", "ask_human", "pour_heart_out", "tell_death", "tell_divorce"}
_OWN_STEPS = {"quiz_form", "action_listen", "action_start_quiz", "action_resume_quiz", "validate_quiz_form"}


class ActionStartQuiz(Action):
    """Begin the quiz that was tapped, of the lesson just read, or one that fits the child."""

    def name(self) -> str:
        return "action_start_quiz"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        quiz = services.quizzes().get(entity(tracker, "quiz_slug") or "") or await _chosen(tracker)
        if quiz is None:
            dispatcher.utter_message(response="utter_quiz_none")
            return [FollowupAction("action_listen")]
        await _count(quiz.slug, started=1)
        return [*_out_of_other_forms(tracker), *_at(quiz.slug, 0, 0)]


class ActionResumeQuiz(Action):
    """Go on where the quiz was left; begin one where none was."""

    def name(self) -> str:
        return "action_resume_quiz"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        at = place(tracker, services.quizzes())
        if at is None:
            return await ActionStartQuiz().run(dispatcher, tracker, domain)
        return [*_out_of_other_forms(tracker), *_at(at.quiz.slug, at.position, at.right)]


class ActionAskQuizAnswer(Action):
    """The present question with its options; after something else in between only whether to go on, and that only once."""

    def name(self) -> str:
        return "action_ask_quiz_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        at = place(tracker, services.quizzes())
        if at is None:
            # Editors took the quiz away, or made it shorter.
            dispatcher.utter_message(response="utter_quiz_ended")
            return [*_nowhere(), *_left()]
        if _was_interrupted(tracker):
            if intent(tracker) in _GRAVE or possible_danger(tracker) or offered_last(tracker, "resume_quiz"):
                # Left without a word; 接着做题 takes it up again.
                return _left()
            taps = [tap("接着做题", "/resume_quiz"), tap("先不做了", "/stop_form")]
            dispatcher.utter_message(text=f"刚才的小测验做到第 {at.position + 1} 题，接着做？", buttons=taps)
            return []
        taps = [
            tap(option, f'/answer_quiz{{"quiz_option": "{at.quiz.slug}.{at.position}.{number}"}}')
            for number, option in enumerate(at.question.options, 1)
        ]
        dispatcher.utter_message(text=question_text(at), buttons=taps)
        return []


class ValidateQuizForm(FormValidationAction):
    """Takes what is an answer; what is none is left to the rules, and the question comes again after it."""

    def name(self) -> str:
        return "validate_quiz_form"

    async def extract_quiz_answer(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        at = place(tracker, services.quizzes())
        if tracker.get_slot("requested_slot") != _ANSWER or at is None:
            return {}
        said = meant(tracker, at)
        return {_ANSWER: said.value if isinstance(said, Said) else said} if said else {}

    async def validate_quiz_answer(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        at = place(tracker, services.quizzes())
        # Emptied by us, not answered: the SDK validates whatever was set last.
        if value is None or at is None:
            return {_ANSWER: value}
        if value == Said.STOP.value:
            return {_ANSWER: _STOPPED}
        if value == Said.BEFORE.value:
            dispatcher.utter_message(response="utter_quiz_answered_before")
        if value == Said.UNKNOWN.value:
            # 不知道 is told the answer as a wrong choice is.
            value = 0
        if not isinstance(value, int):
            return {_ANSWER: None}
        right = value == at.question.right
        dispatcher.utter_message(text=at.feedback(value))
        last = at.position + 1 == len(at.quiz.questions)
        await _count(at.quiz.slug, answered=1, right=int(right), finished=int(last))
        moved = {"quiz_position": at.position + 1, "quiz_right": at.right + int(right)}
        return {_ANSWER: _DONE if last else None, **moved}


class ActionFinishQuiz(Action):
    """A kind word on the result, and one way on."""

    def name(self) -> str:
        return "action_finish_quiz"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if tracker.get_slot(_ANSWER) == _LEFT:
            return [SlotSet(_ANSWER, None)]
        if tracker.get_slot(_ANSWER) == _STOPPED:
            dispatcher.utter_message(response="utter_quiz_stopped")
            return [SlotSet(_ANSWER, None)]
        quiz = services.quizzes().get(tracker.get_slot("quiz_slug") or "")
        if quiz is None:
            return [*_nowhere()]
        dispatcher.utter_message(text=result_text(quiz, int(tracker.get_slot("quiz_right") or 0)))
        if not await after_quiz(dispatcher, tracker, quiz.lesson):
            dispatcher.utter_message(text="要是还想看看：", buttons=_ways_on(tracker, quiz))
        taken = [*(tracker.get_slot("quiz_taken") or []), quiz.slug]
        return [*_nowhere(), SlotSet("quiz_taken", list(dict.fromkeys(taken)))]


class ActionAnswerLateQuiz(Action):
    """A tap on an old question's option when no quiz is going on."""

    def name(self) -> str:
        return "action_answer_late_quiz"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if place(tracker, services.quizzes()) is None:
            dispatcher.utter_message(response="utter_quiz_ended")
            return []
        dispatcher.utter_message(text="这个小测验先前停下了，接着做？", buttons=[tap("接着做题", "/resume_quiz")])
        return []


def offer_quiz(dispatcher: CollectingDispatcher, tracker: Tracker, lesson: Lesson) -> list[EventType]:
    """After an answer, now and then: the lesson's quiz as one line to tap. The one light offer of that answer."""
    rest = int(tracker.get_slot("quiz_rest") or 0)
    quiz = services.quizzes().get(lesson.slug)
    if rest or quiz is None or quiz.slug in (tracker.get_slot("quiz_taken") or []):
        return [SlotSet("quiz_rest", rest - 1)] if rest else []
    title = f"做个小测验（{len(quiz.questions)} 题）"
    dispatcher.utter_message(text="看完了，想不想试试手？", buttons=[tap(title, f'/start_quiz{{"quiz_slug": "{quiz.slug}"}}')])
    return [SlotSet("quiz_rest", _REST)]


async def _chosen(tracker: Tracker) -> Quiz | None:
    taken, last = tracker.get_slot("quiz_taken") or [], tracker.get_slot("lesson_last") or ""
    age = age_said(tracker)
    if age is None:
        try:
            profile = await services.database().read(parents.profile, tracker.sender_id)
            age = age_for(_ANY_AGE, profile, services.clock().now())
        except DatabaseError as error:
            log.error("quizzes.profile_unreadable", reason=error.reason)
    return choose_quiz(services.quizzes(), services.library().lessons, tracker.sender_id, taken, age, last)


async def _count(quiz: str, started: int = 0, finished: int = 0, answered: int = 0, right: int = 0) -> None:
    """Numbers for the desk; a quiz goes on without them."""
    try:
        await services.database().run(quiz_counts.count, quiz, started, finished, answered, right)
    except DatabaseError as error:
        log.error("quizzes.not_counted", reason=error.reason)


def _at(slug: str, position: int, right: int) -> list[EventType]:
    return [
        SlotSet("quiz_slug", slug),
        SlotSet("quiz_position", position),
        SlotSet("quiz_right", right),
        SlotSet(_ANSWER, None),
    ]


def _nowhere() -> list[EventType]:
    return [SlotSet(slot, None) for slot in ("quiz_slug", "quiz_position", "quiz_right", _ANSWER)]


def _left() -> list[EventType]:
    return [SlotSet(_ANSWER, _LEFT), ActiveLoop(None), SlotSet("requested_slot", None)]


def _out_of_other_forms(tracker: Tracker) -> list[EventType]:
    return [ActiveLoop(None), SlotSet("requested_slot", None)] if tracker.active_loop.get("name") else []


def _ways_on(tracker: Tracker, quiz: Quiz) -> list[dict[str, Any]]:
    another = tap("再来一个小测验", "/start_quiz")
    if tracker.get_slot("lesson_last") == quiz.lesson:
        return [another]
    return [tap("看看这一课", f'/choose_lesson{{"lesson_slug": "{quiz.lesson}"}}'), another]


def _was_interrupted(tracker: Tracker) -> bool:
    """Whether something else was said since the parent's message; “这句我没看懂” alone asks for the whole question again."""
    since: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event["event"] == "user":
            break
        since.append(event)
    others = {event["name"] for event in since if event["event"] == "action"} - _OWN_STEPS
    if others and others <= {"action_offer_lessons", "action_tell_details"}:
        # A number that no option has is one of the details.
        return any(event.get("text") != NOT_UNDERSTOOD for event in since if event["event"] == "bot")
    return bool(others)
