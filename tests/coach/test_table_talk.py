"""Gifts, activities, milestones, photos and relay cards in the talk, action by action."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone

import pytest

from actions.activities import ActionFindActivities
from actions.gifts import ActionFindGifts
from actions.hand_over import TABLE_OF, offer_table
from actions.lesson_more import ActionAnswerOtherAge, ActionOfferOthers, ActionShowMore
from actions.lessons import ActionChooseLesson
from actions.milestones import ActionTellMilestones
from actions.photovoice import ActionAnswerImage, ActionChangePhotoTask, ActionGivePhotoTask
from actions.relay import ActionForwardLesson
from actions.table_more import ActionTellDetails, ActionTellNextBatch
from bot import services
from tests.coach.conftest import TableScene


def gifts(answer: str) -> list[str]:
    """The names of the entries under ①②③."""
    return re.findall(r"[①②③] (.+?)（[^（）]*(?:元|钱)[^（）]*）", answer)


async def test_gifts_fit_what_was_said(scene: TableScene) -> None:
    answer = await scene.say(ActionFindGifts(), "50块以内 6岁女孩")

    found = [gift for gift in services.shelf().gifts if gift.name in gifts(answer)]
    assert len(found) == 3
    assert all(gift.cost[0] <= 50 and gift.ages[0] <= 72 < gift.ages[1] for gift in found)
    assert "6岁女孩，50元以内" in answer and "3C" in answer and "换一批" in answer


async def test_a_question_that_was_taken_for_a_wish_gets_the_lesson(
    scene: TableScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.lessons.lesson_ranking", lambda _: [("gifts-by-age", 0.9)])

    assert "【给孩子带什么礼物" in await scene.say(ActionFindGifts(), "孩子嫌礼物不好")
    assert "①" in await scene.say(ActionFindGifts(), "礼物清单")


async def test_a_question_about_photos_gets_the_lesson(scene: TableScene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.lessons.lesson_ranking", lambda _: [("photos-and-voice-notes", 0.9)])

    assert "【用照片和语音" in await scene.say(ActionGivePhotoTask(), "拍照片发朋友圈安全吗")


async def test_gifts_for_the_smallest_say_what_to_look_out_for(scene: TableScene) -> None:
    answer = await scene.say(ActionFindGifts(), "一岁半 30块")

    assert answer.count("当心：") == 3 and "小零件" in answer


async def test_gifts_without_an_age_come_first_and_then_the_question(scene: TableScene) -> None:
    answer = await scene.say(ActionFindGifts(), "50块以内的礼物")
    assert len(gifts(answer)) == 3 and answer.index("③") < answer.index("孩子多大")

    narrowed = await scene.run(ActionFindGifts(), intent="ask_gifts", table_age="24")
    assert "2岁，50元以内" in narrowed


async def test_ages_that_were_tapped_are_named_until_one_is_said(scene: TableScene) -> None:
    await scene.say(ActionFindGifts(), "50块以内的礼物")

    tapped = await scene.run(ActionFindGifts(), intent="ask_gifts", table_age="54", table_band="3–5岁")
    assert tapped.startswith("3–5岁，50元以内")
    assert (await scene.say(ActionTellNextBatch(), "换一批")).startswith("3–5岁，50元以内")
    assert (await scene.say(ActionTellDetails(), "女孩")).startswith("3–5岁的女孩，50元以内")
    assert (await scene.say(ActionTellDetails(), "4岁女孩")).startswith("4岁女孩，50元以内")


async def test_words_that_no_band_has_are_not_repeated(scene: TableScene) -> None:
    answer = await scene.run(ActionFindGifts(), intent="ask_gifts", table_age="54", table_band="随便什么")

    assert answer.startswith("4岁半")


async def test_the_next_batch_is_another_until_none_is_left(scene: TableScene) -> None:
    seen = gifts(await scene.say(ActionFindGifts(), "八岁 20块"))
    for _ in range(30):
        more = gifts(await scene.say(ActionTellNextBatch(), "换一批"))
        if not more:
            break
        assert not set(seen) & set(more)
        seen += more
    assert len(seen) > 6 and "都给您看过了" in "".join(message["text"] for message in scene.said)


async def test_a_price_that_buys_nothing_is_said_honestly(scene: TableScene) -> None:
    assert "没有正好合适的" in await scene.say(ActionFindGifts(), "200块以上 一岁")


async def test_a_detail_said_afterwards_narrows(scene: TableScene) -> None:
    await scene.say(ActionFindGifts(), "50块以内的礼物")

    assert "6岁女孩，50元以内" in await scene.say(ActionTellDetails(), "6岁女孩")
    assert "6岁女孩，100元以内" in await scene.say(ActionTellDetails(), "100块以内")


async def test_another_age_after_a_table_stays_with_the_table(scene: TableScene) -> None:
    await scene.say(ActionFindGifts(), "50块以内 6岁")

    assert "3岁，50元以内" in await scene.say(ActionAnswerOtherAge(), "那三岁呢")
    assert len(gifts(await scene.say(ActionShowMore(), "还有呢"))) == 3
    assert len(gifts(await scene.say(ActionOfferOthers(), "换一个"))) == 3


async def test_a_lesson_that_came_after_the_table_goes_before_it(scene: TableScene) -> None:
    await scene.say(ActionFindGifts(), "50块以内 6岁")
    await scene.run(ActionChooseLesson(), intent="choose_lesson", lesson_slug="fever-by-age")

    assert "先问五句" in await scene.say(ActionShowMore(), "还有呢")
    await scene.say(ActionTellDetails(), "五岁")
    assert "满6个月的孩子" in "".join(message["text"] or "" for message in scene.said)


async def test_a_budget_after_the_lesson_on_gifts_leads_to_the_table(scene: TableScene) -> None:
    await scene.run(ActionChooseLesson(), intent="choose_lesson", lesson_slug="gifts-by-age")

    assert len(gifts(await scene.say(ActionTellDetails(), "50块以内 6岁"))) == 3


async def test_a_wish_that_names_no_table_goes_to_the_likely_one(scene: TableScene) -> None:
    assert "怎么玩：" in await scene.say(ActionTellDetails(), "村里 不花钱 九岁")
    scene.slots.clear()
    assert "隔着电话：" in await scene.say(ActionTellDetails(), "女孩 50块以内")


async def test_a_detail_about_nothing_is_asked_about(scene: TableScene) -> None:
    assert await scene.say(ActionTellDetails(), "6岁女孩") == "utter_table_which"
    assert await scene.say(ActionTellNextBatch(), "换一批") == "utter_table_which"


@pytest.mark.parametrize("words", ["在宿舍能玩什么", "在宿舍 五岁 半小时"])
async def test_activities_keep_to_the_dormitory(scene: TableScene, words: str) -> None:
    answer = await scene.say(ActionFindActivities(), words)

    found = [each for each in services.shelf().activities if each.name in gifts(answer)]
    assert len(found) == 3 and all("dormitory" in each.places for each in found)
    assert "在宿舍" in answer


async def test_on_a_rainy_day_without_money(scene: TableScene) -> None:
    answer = await scene.say(ActionFindActivities(), "下雨天 4岁 不花钱")

    assert "4岁，不花钱，出不了门" in answer and answer.count("（不花钱，") == 3


async def test_what_cannot_be_had_is_said_and_the_nearest_given(scene: TableScene) -> None:
    answer = await scene.say(ActionFindActivities(), "三个月 公园 10分钟")

    assert "没有正好的" in answer and len(gifts(answer)) == 3


async def test_milestones_of_an_age_calm_and_name_the_way_to_a_doctor(scene: TableScene) -> None:
    answer = await scene.say(ActionTellMilestones(), "宝宝10个月会什么")

    assert "9个月时，多数会" in answer and "接下来，到12个月" in answer
    assert "有早有晚" in answer and "请医生看看" in answer and "不能下诊断" in answer
    assert len(answer.encode()) < 2048


@pytest.mark.parametrize("age", [0, 1, 3, 7, 13, 19, 25, 33, 40, 50, 66, 72, 80])
async def test_milestones_fit_into_one_message(scene: TableScene, age: int) -> None:
    answer = await scene.run(ActionTellMilestones(), intent="ask_milestones", table_age=str(age))

    assert "有早有晚" in answer and len(answer.encode()) <= 2048


async def test_milestones_ask_how_old_and_then_know(scene: TableScene) -> None:
    assert "孩子多大了" in await scene.say(ActionTellMilestones(), "几个月会什么")
    assert "18个月" in await scene.say(ActionTellDetails(), "一岁半")
    assert "写到6岁" in await scene.say(ActionTellMilestones(), "十岁会什么")


async def test_milestones_of_the_only_child_need_no_question(scene: TableScene) -> None:
    scene.has_child(datetime(2025, 5, 1, tzinfo=timezone.utc))

    assert "【10个月" in await scene.say(ActionTellMilestones(), "我家娃现在该会什么了")


async def test_the_photo_task_is_the_same_all_week_and_new_after_it(scene: TableScene) -> None:
    first = await scene.say(ActionGivePhotoTask(), "这周拍什么")
    scene.turn(days=5)
    assert await scene.say(ActionGivePhotoTask(), "照片任务") == first

    scene.turn(days=3)
    assert await scene.say(ActionGivePhotoTask(), "照片任务") != first
    assert "不会存" in first


async def test_a_photo_task_can_be_changed(scene: TableScene) -> None:
    first = await scene.say(ActionGivePhotoTask(), "这周拍什么")
    second = await scene.say(ActionChangePhotoTask(), "换一个题目")

    assert first != second == await scene.say(ActionGivePhotoTask(), "照片任务")


async def test_a_photo_that_is_sent_is_thanked_for_and_not_kept(scene: TableScene) -> None:
    assert await scene.run(ActionAnswerImage(), intent="EXTERNAL_image") == "utter_image"

    await scene.say(ActionGivePhotoTask(), "这周拍什么")
    answer = await scene.run(ActionAnswerImage(), intent="EXTERNAL_image")

    assert "没有存" in answer and "发给孩子" in answer


async def test_a_relay_card_is_a_message_of_its_own(scene: TableScene) -> None:
    await scene.run(ActionChooseLesson(), intent="choose_lesson", lesson_slug="gifts-by-age")
    scene.slots["lesson_last"] = "drowning"

    await scene.say(ActionForwardLesson(), "转给老人")

    assert scene.said[0]["text"] == services.library().lessons["drowning"].relay
    assert "转发" in scene.said[1]["text"] and "http" not in scene.said[1]["text"]


async def test_a_relay_card_names_its_page(scene: TableScene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIASHU_PUBLIC_URL", "https://jiashu.example")
    services.settings.cache_clear()
    scene.slots["lesson_last"] = "drowning"

    assert "https://jiashu.example/relay/drowning" in await scene.say(ActionForwardLesson(), "转给老人")


async def test_without_a_card_the_steps_are_read_out(scene: TableScene) -> None:
    scene.slots["lesson_last"] = next(slug for slug, each in services.library().lessons.items() if not each.relay)

    answer = await scene.say(ActionForwardLesson(), "转给老人")

    assert "没有专门写给老人的话" in answer and "第1步" in answer and "第3步" in answer


async def test_without_a_lesson_it_asks_which(scene: TableScene) -> None:
    assert await scene.say(ActionForwardLesson(), "转给老人") == "utter_relay_which"


def test_every_lesson_that_hands_over_exists() -> None:
    assert set(TABLE_OF) <= set(services.library().lessons)


async def test_a_lesson_hands_over_what_was_asked(scene: TableScene) -> None:
    from rasa_sdk.executor import CollectingDispatcher

    dispatcher = CollectingDispatcher()
    lessons = services.library().lessons

    assert offer_table(dispatcher, lessons["gifts-by-age"], 144, "100块能给12岁女儿买什么")
    assert not offer_table(dispatcher, lessons["drowning"], 60, "")
    payload = dispatcher.messages[0]["buttons"][0]["payload"]
    wish = json.loads(payload.removeprefix("/ask_gifts"))["table_wish"]
    assert "12岁女孩，100元以内" in await scene.run(ActionFindGifts(), intent="ask_gifts", table_wish=wish)


async def test_a_made_up_age_is_no_age(scene: TableScene) -> None:
    answer = await scene.run(ActionFindGifts(), intent="ask_gifts", table_age="9999")

    assert "孩子多大" in answer
