"""Shifts, hours, kinds and life events in the talk: understood, confirmed in a line, changeable."""

from __future__ import annotations

from datetime import date, time

import pytest
from rasa_sdk import Action

from actions.life_events import (
    ActionKeepLiving,
    ActionSpareNoMore,
    ActionTellChildCame,
    ActionTellChildLeft,
    ActionTellDeath,
    ActionTellDivorce,
    mourning_until,
)
from actions.notifications import (
    ActionResumeKind,
    ActionSetHours,
    ActionSetShift,
    ActionShowNotifications,
    ActionStopKind,
)
from actions.notify_consent import consent_page
from actions.privacy import ActionResumeReminders, ActionStopReminders
from bot import services
from bot.course import progress
from bot.people import parents, preferences
from bot.people.preferences import DAY, NIGHT, ROTATING, Preferences, Shift
from tests.reunion.conftest import NOW, ReunionScene


def wishes(scene: ReunionScene) -> Preferences:
    with services.database().session(readonly=True) as session:
        return preferences.preferences(session, scene.parent)


def stopped_all(scene: ReunionScene) -> bool:
    with services.database().session(readonly=True) as session:
        return parents.profile(session, scene.parent).reminders_stopped_at is not None


async def test_a_night_shift_is_confirmed_with_what_follows(scene: ReunionScene) -> None:
    assert "下午四点半以后才发" in await scene.run(ActionSetShift(), "我上夜班", "set_shift")
    shift = wishes(scene).shift
    assert shift is not None and shift.kind == NIGHT

    assert "您上白班" in await scene.run(ActionSetShift(), "不上夜班了", "set_shift")


async def test_the_weekly_lesson_stops_with_the_course_of_that_pace(scene: ReunionScene) -> None:
    await scene.run(ActionStopKind(), "每周一课不用发了", "stop_kind")
    assert wishes(scene).stopped_kinds == {"weekly"}
    with services.database().session() as session:
        progress.choose_pace(session, scene.parent, "weekly", NOW)
    await scene.run(ActionStopKind(), "每周一课不用发了", "stop_kind")
    assert wishes(scene).stopped_kinds == {"weekly", "course"}


async def test_a_shift_with_an_end_says_so(scene: ReunionScene) -> None:
    said = await scene.run(ActionSetShift(), "上夜班到月底", "set_shift")
    assert "您上夜班，到11月30号" in said and "过了那天，还照原先的来" in said
    scene.turn(days=10)
    assert "您上夜班" not in await scene.run(ActionShowNotifications(), "消息怎么发", "show_notifications")


async def test_a_rotation_asks_which_week_it_is(scene: ReunionScene) -> None:
    assert "这一周您是白班还是夜班" in await scene.run(ActionSetShift(), "我们厂两班倒", "set_shift")
    assert scene.tapped("这周白班") == "这周白班，下周夜班"
    assert "先是白班" in await scene.run(ActionSetShift(), "这周白班，下周夜班", "set_shift")
    shift = wishes(scene).shift
    assert shift is not None and (shift.kind, shift.since, shift.starts_with_night) == (ROTATING, date(2026, 11, 23), False)


async def test_hours_are_confirmed_and_changed(scene: ReunionScene) -> None:
    assert "晚上8点以后才发" in await scene.run(ActionSetHours(), "八点以后再发", "set_hours")
    assert wishes(scene).not_before == time(20)
    await scene.run(ActionSetHours(), "随时都行", "set_hours")
    assert wishes(scene).not_before is None
    assert await scene.run(ActionSetHours(), "换个时间发", "set_hours") == "\n".join(["utter_notifications_ask_hours"])


async def test_the_words_decide_where_the_intent_was_wrong(scene: ReunionScene) -> None:
    await scene.run(ActionStopReminders(), "每周那个不要了", "stop_reminders")
    assert wishes(scene).stopped_kinds == {"weekly"} and not stopped_all(scene)
    await scene.run(ActionStopReminders(), "我上夜班白天睡觉 别给我发消息", "stop_reminders")
    shift = wishes(scene).shift
    assert shift is not None and shift.kind == NIGHT and not stopped_all(scene)
    await scene.run(ActionStopReminders(), "别再发了", "stop_reminders")
    assert stopped_all(scene)


@pytest.mark.parametrize("action", [ActionStopReminders(), ActionSetShift()])
@pytest.mark.parametrize("words", ["我上夜班白天要补觉，往后别再给我推送了", "以后都不要发提醒给我，我两班倒"])
async def test_a_stop_for_good_is_a_stop_whatever_shift_is_named(scene: ReunionScene, action: Action, words: str) -> None:
    reply = await scene.run(action, words)

    assert "停了" in reply and stopped_all(scene)


async def test_a_kind_is_stopped_and_resumed(scene: ReunionScene) -> None:
    assert "节日这类不发了" in await scene.run(ActionStopKind(), "别发节日的", "stop_kind")
    await scene.run(ActionStopKind(), "", "stop_kind", notify_kind="birthday")
    assert wishes(scene).stopped_kinds == {"holiday", "birthday"}

    assert "生日还是不发" in await scene.run(ActionResumeKind(), "恢复节日的", "resume_kind")
    assert wishes(scene).stopped_kinds == {"birthday"}


async def test_which_kind_is_asked(scene: ReunionScene) -> None:
    text = await scene.run(ActionStopKind(), "有的不想收", "stop_kind")

    assert "哪一类" in text and "每周一次的" in text and scene.tapped("全都不要") == "/stop_reminders"


async def test_resume_after_stop_all_keeps_what_was_refused_by_kind(scene: ReunionScene) -> None:
    await scene.run(ActionStopKind(), "别发节日的", "stop_kind")
    await scene.run(ActionStopReminders(), "停止提醒", "stop_reminders")
    assert "节日您说过不要" in await scene.run(ActionResumeReminders(), "恢复提醒", "resume_reminders")
    assert wishes(scene).stopped_kinds == {"holiday"} and not stopped_all(scene)

    await scene.run(ActionResumeReminders(), "恢复", "resume_reminders")
    assert wishes(scene).stopped_kinds == frozenset()


async def test_it_shows_what_holds(scene: ReunionScene) -> None:
    await scene.run(ActionSetShift(), "我上夜班", "set_shift")
    text = await scene.run(ActionShowNotifications(), "提醒设置", "show_notifications")

    assert "早上八点半到晚上九点半" in text and "您上夜班" in text


async def test_a_service_account_with_pages_links_to_the_consent(scene: ReunionScene, monkeypatch: pytest.MonkeyPatch) -> None:
    assert consent_page() == ""
    monkeypatch.setenv("JIASHU_PUBLIC_URL", "https://example.org")
    monkeypatch.setenv("WECHAT_SUBSCRIPTION_TEMPLATE", "template")
    monkeypatch.setenv("WECHAT_APP_ID", "wx0123456789abcdef")
    services.settings.cache_clear()

    assert consent_page() == "https://example.org/notify"
    assert "https://example.org/notify" in await scene.run(ActionShowNotifications(), "允许通知", "show_notifications")


async def test_condolence_comes_first_and_nothing_cheerful_after(scene: ReunionScene) -> None:
    text = await scene.run(ActionTellDeath(), "孩子奶奶去世了", "tell_death")

    assert text.startswith("听到这个，我很难过") and "谁陪他睡" in text
    assert wishes(scene).grief_until == date(2027, 3, 6)
    await scene.run(ActionSpareNoMore(), "", "spare_no_more")
    assert wishes(scene).grief_until is None


async def test_gone_may_only_mean_away(scene: ReunionScene) -> None:
    text = await scene.run(ActionTellDeath(), "孩子他爸走了", "tell_death")

    assert "人不在了" in text and wishes(scene).grief_until is None
    await scene.run(ActionTellDeath(), "", "tell_death")
    assert wishes(scene).grief_until is not None


@pytest.mark.parametrize(
    ("told", "until"),
    [
        (date(2026, 11, 26), date(2027, 3, 6)),  # a hundred days, past the Lantern Festival
        (date(2026, 3, 1), date(2027, 2, 21)),  # the first New Year is nearly a year away
        (date(2027, 2, 6), date(2027, 5, 17)),  # on New Year's day itself
    ],
)
def test_mourning_lasts_a_hundred_days_and_past_the_first_new_year(told: date, until: date) -> None:
    assert mourning_until(told) == until


async def test_of_old_people_gone_means_dead_and_can_be_corrected(scene: ReunionScene) -> None:
    text = await scene.run(ActionTellDeath(), "我妈昨天走了", "tell_death")

    assert text.startswith("听到这个") and wishes(scene).grief_until is not None
    assert scene.tapped("不是过世") == "/spare_no_more"


@pytest.mark.parametrize("words", ["我女儿没了", "孩子得病没救过来", "生日别祝福了 我女儿没了"])
async def test_who_lost_the_child_hears_no_more_about_children(scene: ReunionScene, words: str) -> None:
    text = await scene.run(ActionTellDeath(), words, "tell_death")

    assert text.startswith("听到这个，我很难过") and "12356" in text and "孩子那边" not in text
    assert stopped_all(scene)


@pytest.mark.parametrize("words", ["孩子没了爸爸", "孩子他奶奶没了", "女儿的爷爷去世了"])
async def test_another_death_in_the_childs_family_is_not_the_childs(scene: ReunionScene, words: str) -> None:
    await scene.run(ActionTellDeath(), words, "tell_death")

    assert not stopped_all(scene) and wishes(scene).grief_until is not None


async def test_hours_in_which_nobody_gets_messages_are_not_kept(scene: ReunionScene) -> None:
    assert "中午行不行" in await scene.run(ActionSetHours(), "晚上10点以后发", "set_hours")
    assert wishes(scene).not_before is None


async def test_fewer_is_not_none(scene: ReunionScene) -> None:
    assert "哪一类" in await scene.run(ActionStopReminders(), "消息太多了 少发点", "stop_reminders")
    assert not stopped_all(scene)


async def test_a_kind_refused_after_all_were(scene: ReunionScene) -> None:
    await scene.run(ActionStopReminders(), "停止提醒", "stop_reminders")

    assert "一条都不发" in await scene.run(ActionStopKind(), "别发节日的", "stop_kind")


async def test_a_separation_is_answered_soberly(scene: ReunionScene) -> None:
    text = await scene.run(ActionTellDivorce(), "我们离婚了", "tell_divorce")

    assert "不是你的错" in text and wishes(scene).grief_until == date(2027, 1, 25)


async def test_that_the_child_came_is_kept_after_a_yes(scene: ReunionScene) -> None:
    text = await scene.run(ActionTellChildCame(), "孩子来我身边了", "tell_child_came")
    assert "要不要我记下“孩子跟您住”" in text and wishes(scene).apart is None
    assert scene.tapped("记下") == '/keep_living{"living_apart": "no"}'

    await scene.run(ActionKeepLiving(), "", "keep_living", living_apart="no")
    assert wishes(scene).apart is False


async def test_who_agreed_to_the_childs_data_is_not_asked_again(scene: ReunionScene) -> None:
    with services.database().session() as session:
        parents.record_consent(session, scene.parent, True, NOW)

    assert "记下了" in await scene.run(ActionTellChildLeft(), "孩子回老家了", "tell_child_left")
    assert wishes(scene).apart is True


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (ActionSetHours(), "孩子晚上九点以后还玩手机"),
        (ActionSetShift(), "上夜班睡不着怎么办"),
        (ActionTellDivorce(), "离婚了孩子跟谁好怎么定"),
        (ActionTellChildCame(), "孩子接来了 不适应怎么办"),
        (ActionTellChildLeft(), "跟孩子分开的时候怎么说"),
    ],
)
async def test_a_question_taken_for_news_is_answered_and_changes_nothing(scene: ReunionScene, action: Action, words: str) -> None:
    scene.lesson = "phones-and-games"

    assert "手机" in await scene.run(action, words)
    assert wishes(scene) == Preferences()


async def test_a_question_about_a_death_gets_comfort_and_the_lesson(scene: ReunionScene) -> None:
    scene.lesson = "bad-news-from-home"
    text = await scene.run(ActionTellDeath(), "我妈去世了 怎么跟孩子说", "tell_death")

    assert text.startswith("听到这个，我很难过") and "家里出了不好的事，怎么告诉孩子" in text


async def test_one_kind_after_stopping_all_is_no_more_than_that(scene: ReunionScene) -> None:
    await scene.run(ActionStopReminders(), "停止提醒", "stop_reminders")
    text = await scene.run(ActionResumeKind(), "重新给我发每周那个", "resume_kind")

    assert "还是不发" in str(text) and not stopped_all(scene)
    assert "weekly" not in wishes(scene).stopped_kinds and "holiday" in wishes(scene).stopped_kinds


async def test_who_left_the_factory_works_no_nights_there(scene: ReunionScene) -> None:
    await scene.run(ActionSetShift(), "我上夜班", "set_shift")
    text = await scene.run(ActionSetShift(), "不在厂里干了", "set_shift")

    assert "厂里的班就不算了" in str(text) and wishes(scene).shift == Shift(DAY)


async def test_an_afternoon_shift_is_called_by_its_name(scene: ReunionScene) -> None:
    assert "您上中班" in str(await scene.run(ActionSetShift(), "中班，下午四点到半夜", "set_shift"))


async def test_how_long_a_block_is_stays_when_the_present_one_is_told(scene: ReunionScene) -> None:
    await scene.run(ActionSetShift(), "半个月夜班半个月白班", "set_shift")
    tapped = scene.said[0]["buttons"][0]["payload"]
    await scene.run(ActionSetShift(), tapped, "set_shift")

    shift = wishes(scene).shift
    assert shift is not None and (shift.period, shift.starts_with_night) == (15, False)


async def test_once_a_week_is_enough_stops_nothing_by_itself(scene: ReunionScene) -> None:
    assert "不想收哪一类" in await scene.run(ActionStopKind(), "一周一次就够了", "stop_kind")
    assert not wishes(scene).stopped_kinds


async def test_nights_last_until_the_day_shift_begins(scene: ReunionScene) -> None:
    await scene.run(ActionSetShift(), "我上夜班", "set_shift")
    text = await scene.run(ActionSetShift(), "下周一转白班", "set_shift")

    assert "您上夜班，到11月29号" in text and "就按白班发" in text
    shift = wishes(scene).shift
    assert shift is not None and shift.on(date(2026, 11, 29)).kind == NIGHT and shift.on(date(2026, 11, 30)) == Shift(DAY)
