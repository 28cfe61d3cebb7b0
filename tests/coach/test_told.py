"""我的资料 and 导出 show what the coach keeps."""

from __future__ import annotations

from actions.coach import ActionCoachCall, ActionTellCallWent
from actions.photovoice import ActionGivePhotoTask
from actions.privacy import ActionExportMyData, ActionShowMyData
from bot import services
from bot.coach import given
from tests.coach.conftest import TableScene


async def test_who_asked_for_nothing_is_told_of_nothing(scene: TableScene) -> None:
    assert "话头" not in await scene.run(ActionShowMyData()) + await scene.run(ActionExportMyData())


async def test_openers_photos_and_calls_are_shown_and_exported(scene: TableScene) -> None:
    answer = await scene.say(ActionCoachCall(), "今晚聊什么 五岁")
    await scene.say(ActionTellCallWent(), "聊得好")
    await scene.say(ActionGivePhotoTask(), "这周拍什么")

    assert "给过您 3 个话头、给过您 1 个照片题目、1 次电话" in await scene.run(ActionShowMyData())
    exported = await scene.run(ActionExportMyData())
    first = answer.split("① “")[1].split("”")[0]
    assert first in exported and "聊得好" in exported and "2026-03-02" in exported


async def test_after_erasing_nothing_is_left_to_show(scene: TableScene) -> None:
    await scene.say(ActionCoachCall(), "今晚聊什么 五岁")
    with services.database().session() as session:
        given.erase(session, scene.parent)

    assert "话头" not in await scene.run(ActionShowMyData()) + await scene.run(ActionExportMyData())
