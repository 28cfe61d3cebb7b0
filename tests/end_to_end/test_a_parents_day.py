"""What a parent does in the phone, over the wire in safe mode."""

from __future__ import annotations

import re

import pytest

from bot.evaluation.judge import visible
from bot.people.offer import OFFER
from bot.simulator.config import Mode
from bot.simulator.incoming import Fields, Incoming
from bot.simulator.inspector import refresh_menu
from bot.simulator.parent import Parent
from tests.end_to_end.stack import Stack, counted, until

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio]

# Fifteen questions of four areas, and what a good answer to each speaks of.
QUESTIONS = (
    ("暑假孩子在家怎么防溺水", "水边|下水|大人"),
    ("家里的农药放在哪里才安全", "锁|高处|够不着|拿不到"),
    ("孩子一个人在家要注意什么", "电话|门|火|电"),
    ("孩子在学校被人欺负了怎么办", "老师|学校"),
    ("怎么教孩子防拐骗", "陌生|不跟"),
    ("五岁孩子发烧要不要去医院", "精神|度|医院"),
    ("宝宝六个月怎么加辅食", "米粉|泥|铁"),
    ("两岁半的孩子老发脾气躺地上打滚", "抱|陪|平静|哄|情绪"),
    ("孩子挑食不吃青菜怎么办", "吃|菜"),
    ("每天打电话跟孩子聊些什么好", "问|聊|玩|朋友"),
    ("孩子总问我什么时候回家怎么说", "日子|日期|回去|答应|哪天"),
    ("孩子作业不会写我隔着电话怎么帮", "作业|题"),
    ("视频的时候孩子不说话躲镜头怎么办", "问|聊|等|玩"),
    ("过年回家孩子不认我怎么办", "慢|陪|急"),
    ("过完年要走了怎么跟孩子告别", "偷偷|告诉|再见|走"),
)


async def test_it_welcomes_and_answers_fifteen_questions_and_offers_the_profile_once(stack: Stack) -> None:
    parent = await stack.wechat.follow()
    assert parent.welcome is not None
    assert "我是家书" in parent.welcome.text and len(parent.welcome.taps) == 4

    for number, (question, speaks_of) in enumerate(QUESTIONS):
        reply = await parent.say(question)
        if "不敢乱答" in reply.text:  # it asks back: one tap
            reply = await parent.tap(1)
        assert re.search(speaks_of, visible(reply.text)), f"{question}: {reply.text}"
        assert (OFFER.text in reply.text) is (number == 0), question
    assert counted(re.escape(OFFER.text), parent) == 1


async def test_danger_ends_the_form_at_once(stack: Stack) -> None:
    parent = await _asked(stack)
    assert "同意我记下来吗" in (await parent.tap("好，说说")).text
    assert "孩子多大了" in (await parent.tap("同意记下")).text

    emergency = await parent.say("孩子吃花生米卡住了脸发紫喘不上气快救命")

    assert "120" in emergency.text and "孩子多大" not in emergency.text
    assert emergency.passive is not None
    # The form is over: an age is no answer any more.
    assert "男孩还是女孩" not in (await parent.say("5岁")).text


async def test_it_keeps_the_profile_of_two_children_and_uses_it(stack: Stack) -> None:
    parent = await _asked(stack)
    await parent.tap("好，说说")
    for answer, then in (
        ("同意记下", "孩子多大"),
        ("两个月", "男孩还是女孩"),
        ("女孩", "哪个省"),
        ("四川", "谁带"),
        ("爷爷奶奶", "还有别的孩子"),
        ("还有一个", "孩子多大"),
        ("读高一", "男孩还是女孩"),
        ("男孩", "哪个省"),
        ("跳过", "谁带"),
        ("住校", "还有别的孩子"),
        ("没有了", "什么时候能见到孩子"),
        ("春节", "都记好了"),
    ):
        reply = await parent.say(answer)
        assert then in reply.text, f"{answer}: {reply.text}"

    data = (await parent.say("我的资料")).text
    for word in ("女孩", "2个月", "四川", "爷爷奶奶", "男孩", "住校", "春节"):
        assert word in data, data

    # Only the baby is of an age to which the lesson on fever gives advice: it is answered for her.
    fever = (await parent.say("孩子发烧怎么办")).text
    assert "马上去医院" in fever and "不到3个月" in fever


async def test_it_hears_what_wechat_has_heard(stack: Stack) -> None:
    parent = await stack.wechat.follow(silent=True)

    assert "水" in (await parent.voice("那个暑假孩子在家怎么防溺水啊")).text
    unheard = (await parent.voice()).text
    assert "听不到" in unheard and "转文字" in unheard


async def test_a_menu_tap_and_a_typed_number_mean_what_they_show(stack: Stack) -> None:
    parent = await stack.wechat.follow()
    await refresh_menu(stack.wechat.platform)
    assert "隐私说明（第" in (await parent.menu("隐私说明")).text
    assert parent.welcome is not None

    parent = await stack.wechat.follow()
    assert "水" in (await parent.say("2")).text
    parent = await stack.wechat.follow()
    assert "水" in (await parent.tap("暑假怎么防溺水")).text


async def test_the_commands_do_what_they_say(stack: Stack) -> None:
    parent = await stack.wechat.follow(silent=True)
    for command, says in (
        ("我的资料", "没有记"),
        ("导出", "同意记下孩子的情况"),
        ("停止提醒", "不主动给您发消息"),
        ("孩子不肯吃饭怎么办", "吃"),
        ("我的资料", "不要提醒"),
        ("恢复提醒", "恢复了"),
        ("隐私说明", "30 天"),
        ("是不是机器人", "我是机器人，不是真人"),
        ("找真人", "12355"),
        ("今天股票涨了没", "孩子的事"),
    ):
        reply = await parent.say(command)
        assert says in reply.text, f"{command}: {reply.text}"


async def test_erased_is_erased_from_every_table(stack: Stack) -> None:
    parent = await _asked(stack)
    for words in ("好，说说", "同意记下", "8岁", "男孩", "停"):
        await parent.say(words)
    assert {"people_children", "people_consents", "assistant_turns", "wechat_inbox"} <= stack.rows(parent).keys()

    asked = await parent.say("删除我的数据")
    assert "全部删掉吗" in asked.text and "people_children" in stack.rows(parent)
    gone = await parent.tap("全部删除")

    assert "删好了" in gone.text
    await until(lambda: not stack.rows(parent), "no row of the parent")
    # And the door stays open.
    assert "吃" in (await parent.say("孩子挑食怎么办")).text


async def test_not_erased_without_the_second_word(stack: Stack) -> None:
    parent = await _asked(stack)
    await parent.say("删除我的数据")
    assert "先那样" not in (await parent.tap("先不删")).text
    assert "people_parents" in stack.rows(parent)


@pytest.mark.parametrize(
    ("kind", "says"), [("image", "图片"), ("video", "视频"), ("location", "位置"), ("link", "链接")]
)
async def test_it_says_what_it_cannot_read(stack: Stack, kind: str, says: str) -> None:
    parent = await stack.wechat.follow(silent=True)
    reply = await (parent.link("标题", "https://example.com") if kind == "link" else getattr(parent, kind)())
    assert says in reply.text


@pytest.mark.parametrize("fields", [(("MsgType", "sticker"),), (("MsgType", "event"), ("Event", "user_gift"))])
async def test_what_it_has_never_heard_of_gets_success_and_no_answer(stack: Stack, fields: Fields) -> None:
    parent = await stack.wechat.follow(silent=True)

    delivery = await stack.wechat.platform.deliver(Incoming(parent.openid, "strange", fields, 4711))

    assert delivery.outcome == "success" and parent.chat == []


async def test_who_left_is_not_written_to_and_who_comes_back_is_welcome(stack: Stack) -> None:
    parent = await stack.wechat.follow()
    left = await parent.unfollow()
    assert left.text == "" and left.delivery.outcome == "success"
    assert "我是家书" in (await parent.follow()).text


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["plain", "compatible"])
async def test_it_answers_in_the_other_modes_too(stack: Stack, mode: str) -> None:
    stack.wechat.set_mode(Mode(mode))
    try:
        parent = await stack.wechat.follow(silent=True)
        assert "我是机器人，不是真人" in (await parent.say("你是不是机器人")).text
    finally:
        stack.wechat.set_mode(Mode.SAFE)


async def _asked(stack: Stack) -> Parent:
    """A parent whose first question was answered, with the offer under it."""
    parent = await stack.wechat.follow(silent=True)
    assert OFFER.text in (await parent.say("孩子挑食怎么办")).text
    return parent
