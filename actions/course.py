"""The course in the talk: begin, go on, at the parent's own pace, and a certificate at the end."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.pages import card, link_line
from actions.taps import tap
from actions.understood import entity, response_last, words
from bot import services
from bot.content.lessons import Lesson
from bot.course import progress
from bot.course.certificate import Certificate, in_words, sealed
from bot.course.pace import OWN, PACES
from bot.course.progress import Progress
from bot.course.spoken import certificate_name, lesson_number, pace_meant
from bot.course.syllabus import next_undone, syllabus
from bot.pages import links
from bot.people import parents
from bot.people.children import BEIJING


class ActionOpenCourse(Action):
    """What the course is, or where the parent left off."""

    def name(self) -> str:
        return "action_open_course"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        place = await _place(tracker)
        if place is None:
            dispatcher.utter_message(response="utter_course_intro")
        elif place.finished_at:
            taps = [tap("看证书", "/ask_certificate"), tap("十课目录", "/list_course")]
            dispatcher.utter_message(text="爸妈这门课您学完了，真不容易。想回头看哪一课都行。", buttons=taps)
        else:
            _say_place(dispatcher, place)
        if place:
            link_line(dispatcher, "在网页上看我的课程", links.course(tracker.sender_id))
        return []


class ActionContinueCourse(Action):
    """The next lesson; one that was read but whose quiz was not done comes first."""

    def name(self) -> str:
        return "action_continue_course"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        place = await _place(tracker)
        wanted = _numbered(lesson_number(words(tracker)))
        if place is None and (wanted or response_last(tracker, "utter_course_intro")):
            # Who says 第一课 or 下一课 instead of a pace wants to see the lesson now.
            await services.database().run(progress.choose_pace, tracker.sender_id, OWN, services.clock().now())
            return await _give(dispatcher, tracker, wanted or _course()[0])
        if place is None or place.finished_at:
            return await ActionOpenCourse().run(dispatcher, tracker, domain)
        if wanted:
            return await _give(dispatcher, tracker, wanted)
        following = next_undone(_course(), place.done, after=place.at)
        open_one = _named(place.at)
        if following and open_one and open_one.slug not in place.done and following is not open_one:
            dispatcher.utter_message(text=f"第 {open_one.order} 课看过了，还差几道小题。", buttons=_open_ways(open_one, following))
            return []
        return await _give(dispatcher, tracker, following or _course()[0])


class ActionOpenCourseLesson(Action):
    """The lesson that was tapped."""

    def name(self) -> str:
        return "action_open_course_lesson"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        lesson = _named(entity(tracker, "lesson_slug") or "")
        if lesson is None:
            return await ActionOpenCourse().run(dispatcher, tracker, domain)
        return await _give(dispatcher, tracker, lesson)


class ActionListCourse(Action):
    """All ten, with what is done."""

    def name(self) -> str:
        return "action_list_course"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        place = await _place(tracker)
        done = place.done if place else ()
        taps = [
            tap(f"{each.title}{'（学过）' if each.slug in done else ''}", _opening(each)) for each in _course()
        ]
        dispatcher.utter_message(text="爸妈这门课，回个数字就能看：", buttons=taps)
        return []


class ActionChoosePace(Action):
    """Begin, or go on faster or slower."""

    def name(self) -> str:
        return "action_choose_pace"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        pace = entity(tracker, "course_pace") or pace_meant(words(tracker))
        if pace not in PACES:
            dispatcher.utter_message(response="utter_course_ask_pace")
            return []
        await services.database().run(progress.choose_pace, tracker.sender_id, pace, services.clock().now())
        following = _following(await _place(tracker))
        text = "好，您自己来，我不催。" if pace == OWN else f"好，{PACES[pace]}。{await _called(tracker)}"
        taps = [tap(f"现在学第 {following.order} 课", _opening(following)), tap("今天先不学", "/pause_course")] if following else []
        dispatcher.utter_message(text=text, buttons=taps)
        return []


class ActionGiveCertificate(Action):
    """The certificate of who did all ten lessons; for others, how far it is."""

    def name(self) -> str:
        return "action_give_certificate"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        place = await _place(tracker)
        if place is None:
            dispatcher.utter_message(text="结业证书是学完“爸妈这门课”十课发的。")
            dispatcher.utter_message(response="utter_course_intro")
            return []
        if place.finished_at is None:
            dispatcher.utter_message(text="证书在最后等着您，不急。")
            _say_place(dispatcher, place)
            return []
        name = certificate_name(words(tracker))
        _say_certificate(dispatcher, Certificate(name, place.finished_at.astimezone(BEIJING).date()))
        return []


async def after_quiz(dispatcher: CollectingDispatcher, tracker: Tracker, lesson: str) -> bool:
    """After a quiz: note it in the course and say what comes next; False when the course has nothing to do with it."""
    course = [each.slug for each in _course()]
    if lesson not in course or await _place(tracker) is None:
        return False
    now = services.clock().now()
    ended = await services.database().run(progress.finish_lesson, tracker.sender_id, lesson, course, now)
    place = await _place(tracker)
    if place is None:
        return False
    if ended:
        _congratulate(dispatcher)
    elif place.finished_at is None:
        _say_next(dispatcher, place, lesson)
    return ended or place.finished_at is None


async def _give(dispatcher: CollectingDispatcher, tracker: Tracker, lesson: Lesson) -> list[EventType]:
    """One lesson of the course, then its quiz to tap."""
    await services.database().run(progress.open_lesson, tracker.sender_id, lesson.slug, services.clock().now())
    dispatcher.utter_message(text=f"爸妈这门课 · 第 {lesson.order} 课（共 {len(_course())} 课）\n{lesson.reply(None)}")
    taps = [*_quiz_taps(lesson), tap("看详细的", "/ask_for_more"), tap("今天先到这儿", "/pause_course")]
    dispatcher.utter_message(text="看完了：", buttons=taps)
    return [SlotSet("lesson_last", lesson.slug), SlotSet("lesson_shown", [lesson.slug]), SlotSet("lesson_age", None)]


def _say_place(dispatcher: CollectingDispatcher, place: Progress) -> None:
    """Where the parent is, and the ways on."""
    following = _following(place)
    if following is None:
        return
    total, left = len(_course()), _left(place)
    text = f"爸妈这门课，您学完了 {total - left} 课，还有 {left} 课。" if left < total else f"爸妈这门课一共 {total} 课，一课一课来，不急。"
    if following.slug == place.at:
        text += f"\n上次看到第 {following.order} 课：{following.title}。"
    taps = [tap(f"学第 {following.order} 课", _opening(following)), tap("换个快慢", "/choose_pace"), tap("十课目录", "/list_course")]
    dispatcher.utter_message(text=text, buttons=taps)


def _following(place: Progress | None) -> Lesson | None:
    """The lesson that is open, else the next that is not done; None when all are."""
    if place is None:
        return next_undone(_course(), ())
    open_one = _named(place.at)
    if open_one and place.at not in place.done:
        return open_one
    # Also where editors took the open lesson away.
    return next_undone(_course(), place.done, after=place.at)


def _left(place: Progress) -> int:
    """How many lessons are still to be done; one that editors took away does not count, done or not."""
    return sum(each.slug not in place.done for each in _course())


def _say_next(dispatcher: CollectingDispatcher, place: Progress, lesson: str) -> None:
    following = next_undone(_course(), place.done, after=lesson)
    if following is None:
        return
    taps = [tap(f"学第 {following.order} 课", _opening(following)), tap("今天先到这儿", "/pause_course")]
    dispatcher.utter_message(text=f"这一课学完了，还有 {_left(place)} 课。下一课：{following.title}。", buttons=taps)


def _congratulate(dispatcher: CollectingDispatcher) -> None:
    text = (
        f"{len(_course())} 课都学完了！上着班还学到底，您对孩子的心，谁都看得出来。\n"
        "给您备了一张结业证书。想写上名字，就发“证书写”加名字，比如“证书写李梅”；名字写上就好，我不记。"
    )
    dispatcher.utter_message(text=text, buttons=[tap("看证书", "/ask_certificate")])


def _say_certificate(dispatcher: CollectingDispatcher, certificate: Certificate) -> None:
    dispatcher.utter_message(text=in_words(certificate))
    if not certificate.name:
        dispatcher.utter_message(text="想写上名字，就发“证书写”加名字，比如“证书写李梅”。")
    key = services.settings().secret_key
    address = links.certificate(sealed(certificate, key)) if key else ""
    card(dispatcher, "结业证书", "打开是一张图，长按可以存、可以发给家里", address)


def _open_ways(open_one: Lesson, following: Lesson) -> list[dict[str, Any]]:
    again = tap(f"再看一遍第 {open_one.order} 课", _opening(open_one))
    return [*_quiz_taps(open_one), again, tap(f"先学第 {following.order} 课", _opening(following))]


def _quiz_taps(lesson: Lesson) -> list[dict[str, Any]]:
    quiz = services.quizzes().get(lesson.slug)
    if quiz is None:
        return []
    return [tap(f"做小测验（{len(quiz.questions)} 题）", f'/start_quiz{{"quiz_slug": "{quiz.slug}"}}')]


def _opening(lesson: Lesson) -> str:
    return f'/open_course_lesson{{"lesson_slug": "{lesson.slug}"}}'


def _course() -> tuple[Lesson, ...]:
    return syllabus(services.library().lessons)


def _named(slug: str) -> Lesson | None:
    return next((each for each in _course() if each.slug == slug), None)


def _numbered(number: int | None) -> Lesson | None:
    return next((each for each in _course() if each.order == number), None)


async def _called(tracker: Tracker) -> str:
    """Whether a message will call to the next lesson: not who wants none."""
    profile = await services.database().read(parents.profile, tracker.sender_id)
    if profile.reminders_stopped_at or "course" in profile.preferences.stopped_kinds:
        return "您说过不要提醒，我就不叫您，想学了发“我的课程”。"
    return "到时候能发消息我就叫您一声，忙就不用理。"


async def _place(tracker: Tracker) -> Progress | None:
    place = await services.database().read(progress.progress, tracker.sender_id)
    course = [each.slug for each in _course()]
    if place is None or place.finished_at or not course or not set(course) <= set(place.done):
        return place
    # Editors took away the only lesson that was missing: the course is done.
    await services.database().run(progress.finish_lesson, tracker.sender_id, course[-1], course, services.clock().now())
    return await services.database().read(progress.progress, tracker.sender_id)
