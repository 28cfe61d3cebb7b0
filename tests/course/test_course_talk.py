"""The course in the talk, action by action."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.course import (
    ActionChoosePace,
    ActionContinueCourse,
    ActionGiveCertificate,
    ActionListCourse,
    ActionOpenCourse,
    ActionOpenCourseLesson,
    after_quiz,
)
from actions.privacy import ActionExportMyData, ActionShowMyData
from bot import services
from bot.course import progress
from bot.course.certificate import unsealed
from bot.course.spoken import certificate_name, lesson_number, pace_meant
from bot.course.syllabus import syllabus
from tests.course.conftest import Scene

FIRST, SECOND = "life-is-full-of-choices", "being-a-working-parent"


@pytest.mark.parametrize(
    ("words", "pace"),
    [
        ("每天一课", "daily"),
        ("天天学", "daily"),
        ("学快一点", "daily"),
        ("每周两课", "twice_weekly"),
        ("一个礼拜学两课", "twice_weekly"),
        ("隔三天学一课", "twice_weekly"),
        ("每周一课", "weekly"),
        ("改成一个星期一课吧", "weekly"),
        ("太快了 学不过来", "weekly"),
        ("慢慢学", "weekly"),
        ("自己来，不用提醒", "own"),
        ("别天天催我", "own"),
        ("课程改一下", None),
        ("换个快慢", None),
    ],
)
def test_it_hears_the_pace(words: str, pace: str | None) -> None:
    assert pace_meant(words) == pace


@pytest.mark.parametrize(
    ("words", "number"), [("学第三课", 3), ("第10课发我", 10), ("第十课", 10), ("下一课", None), ("第一课和第二课", None)]
)
def test_it_hears_the_lesson(words: str, number: int | None) -> None:
    assert lesson_number(words) == number


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("证书写李梅", "李梅"),
        ("证书上写刘建国", "刘建国"),
        ("证书写上我的名字 陈秀英", "陈秀英"),
        ("证书上名字写杨丽。谢谢", "杨丽"),
        ("证书名字填：赵军", "赵军"),
        ("我要证书，证书写 阿依古丽·买买提 吧", "阿依古丽·买买提"),
        ("证书", ""),
        ("看证书", ""),
        ("证书写名字吗", ""),
        ("证书上写什么", ""),
    ],
)
def test_it_hears_the_name(words: str, name: str) -> None:
    assert certificate_name(words) == name


async def quiz_done(scene: Scene, lesson: str) -> str:
    tracker = Tracker(scene.parent, dict(scene.slots), {}, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    did = await after_quiz(dispatcher, tracker, lesson)
    scene.said = dispatcher.messages
    assert did == bool(dispatcher.messages)
    return "\n".join(message["text"] for message in dispatcher.messages)


def place(scene: Scene) -> progress.Progress:
    with services.database().session(readonly=True) as session:
        found = progress.progress(session, scene.parent)
    assert found is not None
    return found


async def test_a_stranger_is_told_what_it_is_and_asked_for_a_pace(scene: Scene) -> None:
    assert await scene.run(ActionOpenCourse(), "我的课程", "open_course") == "utter_course_intro"
    begun = await scene.run(ActionChoosePace(), intent="choose_pace", course_pace="weekly")

    assert begun.startswith("好，每周一课") and "现在学第 1 课" in begun
    assert place(scene).pace == "weekly" and place(scene).next_at is not None


async def test_a_pace_that_cannot_be_heard_is_asked_for(scene: Scene) -> None:
    assert await scene.run(ActionChoosePace(), "换个快慢", "choose_pace") == "utter_course_ask_pace"
    assert await scene.run(ActionChoosePace(), intent="choose_pace", course_pace="hourly") == "utter_course_ask_pace"


async def test_the_lesson_comes_with_its_quiz_and_the_next_after_it(scene: Scene) -> None:
    await scene.run(ActionChoosePace(), intent="choose_pace", course_pace="own")
    read = await scene.run(ActionContinueCourse(), "下一课", "continue_course")
    assert read.startswith("爸妈这门课 · 第 1 课（共 10 课）\n【人生总有选择") and "做小测验（3 题）" in read
    assert scene.slots["lesson_last"] == FIRST and scene.tapped("做小测验") == f'/start_quiz{{"quiz_slug": "{FIRST}"}}'

    after = await quiz_done(scene, FIRST)
    assert after == "这一课学完了，还有 9 课。下一课：上着班，也能当好爸妈。"
    assert scene.tapped("学第 2 课") == f'/open_course_lesson{{"lesson_slug": "{SECOND}"}}'


async def test_it_knows_where_one_left_off(scene: Scene) -> None:
    await scene.run(ActionContinueCourse(), "上课", "continue_course")
    assert not scene.slots  # who never began is told what it is
    await scene.run(ActionOpenCourseLesson(), intent="open_course_lesson", lesson_slug=FIRST)
    await quiz_done(scene, FIRST)
    await scene.run(ActionContinueCourse(), "下一课", "continue_course")

    said = await scene.run(ActionOpenCourse(), "我的课程", "open_course")
    assert said.startswith("爸妈这门课，您学完了 1 课，还有 9 课。\n上次看到第 2 课") and "学第 2 课" in said
    waiting = await scene.run(ActionContinueCourse(), "下一课", "continue_course")
    assert waiting.startswith("第 2 课看过了，还差几道小题。") and "先学第 3 课" in waiting


async def test_a_lesson_can_be_named(scene: Scene) -> None:
    await scene.run(ActionOpenCourseLesson(), intent="open_course_lesson", lesson_slug=FIRST)

    assert "第 5 课（共 10 课）" in await scene.run(ActionContinueCourse(), "学第五课", "continue_course")
    assert "第 " in await scene.run(ActionContinueCourse(), "学第十五课", "continue_course")


async def test_an_unknown_lesson_is_no_dead_end(scene: Scene) -> None:
    said = await scene.run(ActionOpenCourseLesson(), intent="open_course_lesson", lesson_slug="fever-by-age")

    assert said == "utter_course_intro"


def taken_away(monkeypatch: pytest.MonkeyPatch, slug: str) -> None:
    """Editors no longer publish this lesson."""
    library = services.library()
    left = replace(library, lessons={each: lesson for each, lesson in library.lessons.items() if each != slug})
    monkeypatch.setattr(services, "library", lambda: left)


async def test_who_left_off_at_a_lesson_that_is_gone_goes_on_with_another(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await scene.run(ActionOpenCourseLesson(), intent="open_course_lesson", lesson_slug=FIRST)
    await quiz_done(scene, FIRST)
    await scene.run(ActionContinueCourse(), "下一课", "continue_course")
    taken_away(monkeypatch, SECOND)

    assert "您学完了 1 课，还有 8 课" in await scene.run(ActionOpenCourse(), "我的课程", "open_course")
    assert "open_course_lesson" in scene.tapped("学第 3 课")
    taken_away(monkeypatch, FIRST)
    assert "一共 8 课" in await scene.run(ActionOpenCourse(), "我的课程", "open_course")


async def test_who_only_missed_a_lesson_that_is_gone_is_done(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await scene.run(ActionChoosePace(), intent="choose_pace", course_pace="own")
    for lesson in syllabus(services.library().lessons)[:-1]:
        await quiz_done(scene, lesson.slug)
    taken_away(monkeypatch, syllabus(services.library().lessons)[-1].slug)

    assert "您学完了" in await scene.run(ActionOpenCourse(), "我的课程", "open_course")
    assert (await scene.run(ActionGiveCertificate(), "证书", "ask_certificate")).startswith("【结业证书】")


async def test_the_age_of_an_earlier_question_is_not_the_courses(scene: Scene) -> None:
    scene.slots["lesson_age"] = 3
    await scene.run(ActionOpenCourseLesson(), intent="open_course_lesson", lesson_slug=FIRST)

    assert scene.slots["lesson_age"] is None


async def test_the_list_shows_what_is_done(scene: Scene) -> None:
    await scene.run(ActionOpenCourseLesson(), intent="open_course_lesson", lesson_slug=FIRST)
    await quiz_done(scene, FIRST)

    lines = (await scene.run(ActionListCourse(), "目录", "list_course")).splitlines()
    assert len(lines) == 11 and lines[1].endswith("（学过）") and not lines[2].endswith("（学过）")


async def test_a_quiz_outside_of_the_course_leaves_it_alone(scene: Scene) -> None:
    assert await quiz_done(scene, FIRST) == ""
    await scene.run(ActionChoosePace(), intent="choose_pace", course_pace="own")
    assert await quiz_done(scene, "fever-by-age") == ""
    assert place(scene).done == ()


async def finish(scene: Scene) -> str:
    await scene.run(ActionChoosePace(), intent="choose_pace", course_pace="daily")
    said = [await quiz_done(scene, lesson.slug) for lesson in syllabus(services.library().lessons)]
    return said[-1]


async def test_the_last_quiz_brings_the_certificate(scene: Scene) -> None:
    early = await scene.run(ActionGiveCertificate(), "证书", "ask_certificate")
    assert early.endswith("utter_course_intro")
    end = await finish(scene)
    assert end.startswith("10 课都学完了") and scene.tapped("看证书") == "/ask_certificate"
    assert place(scene).finished_at is not None and place(scene).next_at is None

    plain = await scene.run(ActionGiveCertificate(), "看证书", "ask_certificate")
    assert plain.startswith("【结业证书】\n您学完了") and "证书写李梅" in plain
    named = await scene.run(ActionGiveCertificate(), "证书写王强", "ask_certificate")
    assert named.startswith("【结业证书】\n王强：") and "比如" not in named
    assert "您学完了" in await scene.run(ActionOpenCourse(), "我的课程", "open_course")
    # Done again it is only a quiz.
    assert await quiz_done(scene, FIRST) == ""


async def test_half_way_the_certificate_waits(scene: Scene) -> None:
    await scene.run(ActionChoosePace(), intent="choose_pace", course_pace="own")
    await quiz_done(scene, FIRST)

    said = await scene.run(ActionGiveCertificate(), "证书写王强", "ask_certificate")
    assert said.startswith("证书在最后等着您") and "王强" not in said


async def test_with_pages_the_certificate_is_a_card(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await finish(scene)
    monkeypatch.setenv("JIASHU_PUBLIC_URL", "https://example.org")
    monkeypatch.setenv("JIASHU_SECRET_KEY", "k" * 32)
    services.settings.cache_clear()

    await scene.run(ActionGiveCertificate(), "证书写王强", "ask_certificate")
    cards: list[dict[str, Any]] = [message["custom"]["news"] for message in scene.said if message.get("custom")]
    assert len(cards) == 1 and cards[0]["url"].startswith("https://example.org/")
    assert scene.parent not in cards[0]["url"] and "王强" not in cards[0]["url"]
    picture = unsealed(cards[0]["url"].rsplit("/", 1)[1], "k" * 32)
    assert picture is not None and picture.name == "王强"


async def test_my_data_tells_of_the_course(scene: Scene) -> None:
    assert "爸妈这门课" not in await scene.run(ActionShowMyData(), "我的资料", "show_my_data")
    await scene.run(ActionChoosePace(), intent="choose_pace", course_pace="weekly")
    await quiz_done(scene, FIRST)

    assert "爸妈这门课，每周一课，学完了 1 课" in await scene.run(ActionShowMyData(), "我的资料", "show_my_data")
    assert f'"{FIRST}"' in await scene.run(ActionExportMyData(), "导出", "export_my_data")
    for lesson in syllabus(services.library().lessons):
        await quiz_done(scene, lesson.slug)
    assert "您学完了" in await scene.run(ActionShowMyData(), "我的资料", "show_my_data")
