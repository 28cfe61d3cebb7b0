"""What the menu asks in the parent's name, and what people type for it."""

from __future__ import annotations

import pytest

from bot.wechat.menu import read_menu
from tests.conftest import ROOT
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

SAID = {entry.name: entry.say for button in read_menu(ROOT / "content/menu.yml") for entry in button.sub}


@pytest.mark.parametrize(
    ("entry", "answer"),
    [
        ("每周一招", "这周试一招"),
        ("看课文", "课文按事情分成这几组"),
        ("看漫画", "想看哪一组"),
        ("年轻工友", "写给年轻工友的"),
        ("班组长", "写给班组长的"),
        ("我的课程", "课"),
        ("我的资料", "记"),
        ("隐私说明", "隐私"),
        ("停止提醒", "停了"),
        ("紧急求助", "要紧的先打电话"),
        ("今晚聊什么", "“"),
        ("计划团聚", "哪天"),
        ("做测验", "1. "),
        ("找真人", "12356"),
    ],
)
async def test_every_entry_of_the_menu_is_understood(talk: Talk, entry: str, answer: str) -> None:
    assert answer in await talk.say(SAID[entry])


async def test_what_has_happened_comes_before_the_list_of_numbers(talk: Talk) -> None:
    assert "要紧的先打电话" in await talk.say("急救电话是多少")

    reply = await talk.say("孩子吃花生卡住了脸发紫喘不上气快救命 打什么电话")
    assert "120" in reply and "要紧的先打电话" not in reply


async def test_a_lesson_for_foremen_can_be_tapped_and_gone_on_with(talk: Talk) -> None:
    assert "1. " in await talk.say("我是线长 有没有我能看的")
    assert "【" in await talk.say('/choose_lesson{"lesson_slug": "giving-feedback"}')
    assert "▪" in await talk.say("还有呢")


async def test_after_the_tip_one_can_ask_on(talk: Talk) -> None:
    await talk.say("来一招")

    assert "▪" in await talk.say("还有呢")


@pytest.mark.parametrize("question", ["组长总骂我怎么办", "孩子说想学画画", "给孩子讲个什么故事", "孩子看动画片停不下来"])
async def test_questions_that_lessons_answer_stay_with_lessons(talk: Talk, question: str) -> None:
    reply = await talk.say(question)

    assert not any(words in reply for words in ("这周试一招", "课文按事情", "漫画现在", "写给班组长的"))


async def test_one_who_leads_nobody_is_shown_what_is_for_workers(talk: Talk) -> None:
    reply = await talk.say("我不是班长")

    assert "写给工友" in reply and "写给班组长" not in reply
