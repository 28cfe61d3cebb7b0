"""The course: begin, go on at one's own pace, leave and come back, the certificate."""

from __future__ import annotations

import pytest

from bot import services
from bot.course.syllabus import syllabus
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

WEEKLY = '/choose_pace{"course_pace": "weekly"}'


async def test_the_first_lesson_and_its_quiz(talk: Talk) -> None:
    assert "您想怎么学" in await talk.say("我的课程")
    assert "每周一课" in await talk.say(WEEKLY)
    first = await talk.say("下一课")
    assert "第 1 课（共 10 课）" in first and "做小测验" in first
    await talk.say('/start_quiz{"quiz_slug": "life-is-full-of-choices"}')
    end = (await talk.each("2", "3", "1"))[-1]

    assert "3 题都对" in end and "还有 9 课" in end
    assert "您学完了 1 课" in await talk.say("我学到哪了")


async def test_a_question_in_between_does_not_lose_the_place(talk: Talk) -> None:
    await talk.each(WEEKLY, "学第三课")
    assert "38" in await talk.say("孩子发烧怎么办")

    assert "第 3 课" in await talk.say("我的课程")


async def test_more_of_a_lesson_is_its_longer_part(talk: Talk) -> None:
    await talk.each(WEEKLY, "下一课")

    assert "把想不清的事写下来" in await talk.say("还有呢")


async def test_the_pace_can_be_changed_in_words(talk: Talk) -> None:
    await talk.say(WEEKLY)

    assert "每天一课" in await talk.say("改成每天一课")
    assert "我不催" in await talk.say("自己来 不用提醒")


async def test_it_can_wait(talk: Talk) -> None:
    await talk.each(WEEKLY, "下一课")

    assert "我给您记着" in await talk.say("今天先到这儿")
    assert "第 1 课" in await talk.say("我的课程")


async def test_the_certificate_comes_at_the_end_only(talk: Talk) -> None:
    await talk.say(WEEKLY)
    assert "在最后等着您" in await talk.say("看证书")
    for lesson in syllabus(services.library().lessons):
        reply = await talk.say(f'/start_quiz{{"quiz_slug": "{lesson.slug}"}}')
        for question in services.quizzes()[lesson.slug].questions:
            assert question.ask in reply
            reply = await talk.say(str(question.right))

    assert "10 课都学完了" in reply
    named = await talk.say("证书写李梅")
    assert "【结业证书】" in named and "李梅" in named


async def test_erasing_forgets_the_course(talk: Talk) -> None:
    await talk.each(WEEKLY, "下一课", "/erase_my_data", "/confirm_erase")

    assert "您想怎么学" in await talk.say("我的课程")


async def test_who_wants_no_messages_is_not_promised_any(talk: Talk) -> None:
    await talk.say("停止提醒")

    reply = await talk.say('/choose_pace{"course_pace": "daily"}')
    assert "您说过不要提醒" in reply and "叫您一声" not in reply


@pytest.mark.parametrize("words", ["下一课", "学第一课"])
async def test_a_lesson_that_is_asked_for_begins_the_course_without_a_pace(talk: Talk, words: str) -> None:
    await talk.say("学课程")
    assert "第 1 课" in await talk.say(words)
