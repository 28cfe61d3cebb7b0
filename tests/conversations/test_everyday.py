"""Questions of every day in their plainest words: a lesson, an offer or a word of what is not known, but never the script of a danger."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import services
from bot.content.library import load_library
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

# What is seen of an answer before the thumb moves, in characters.
_OPENING = 100
_EMERGENCY_NUMBER = re.compile(r"(?<![0-9])1(?:10|19|20)(?![0-9])")


@pytest.fixture(scope="module")
def first_lines(root: Path) -> frozenset[str]:
    """How the script of each danger begins, for each age."""
    scripts = load_library(root / "content").safety.values()
    return frozenset(text.splitlines()[0] for script in scripts for text in (script.answer, *(aged.text for aged in script.answers)))


@pytest.mark.parametrize(
    "asked",
    [
        "我累了", "孩子坐三轮车", "孩子丢了书包", "火车站怕走丢", "怎么教孩子防溺水", "手机掉水里了",
        "娃烧到38度5咋整", "娃烧到39度咋整", "孩子烧到三十九度了怎么办", "现在38.2", "吃了药了", "我儿子fashao了怎么ban",
        "孩子坐摩托车", "我说她她就哭", "我老公不让我给孩子打电话", "我想死孩子了", "孩子打嗝停不下来", "孩子被狗吓哭了", "孩子脚崴了怎么办",
        "儿子感冒了怎么办", "娃不吃饭咋整", "女儿胆小咋办", "儿子打人怎么办", "孩子爬树怎么办", "怎么防烫伤", "怎么防溺水", "家里有农药放哪",
        "气死我了", "累死了孩子还不听话", "孩子玩游戏充钱了怎么办", "孩子流鼻血怎么办", "孩子上火嘴起泡", "孩子吃西瓜拉肚子", "梦到娃被狗追",
    ],
)  # fmt: skip
async def test_no_alarm(talk: Talk, first_lines: frozenset[str], asked: str) -> None:
    reply = await talk.say(asked)

    assert not [line for line in first_lines if line in reply]


@pytest.mark.parametrize("said", ["孩子触电了", "娃叫开水烫了", "误喝农药", "被狗咬了", "娃烧到手了 起了大泡", "孩子不见了", "女儿找不到了", "家里着火了", "屋里全是烟", "宝宝噎住了"])
async def test_short_calls_for_help_stay_alarms(talk: Talk, first_lines: frozenset[str], said: str) -> None:
    reply = await talk.say(said)

    assert [line for line in first_lines if line in reply]


@pytest.mark.parametrize(
    ("asked", "lesson"),
    [
        ("膝盖摔破了皮怎么处理", "small-injuries"), ("孩子脚崴了怎么办", "small-injuries"), ("孩子流鼻血怎么办", "nosebleed"),
        ("孩子咬指甲怎么办", "thumb-sucking-and-nail-biting"), ("孩子便秘怎么办", "constipation"), ("宝宝吐奶怎么办", "spitting-up-and-hiccups"),
        ("孩子打嗝停不下来", "spitting-up-and-hiccups"), ("孩子住校想家怎么办", "boarding-school"), ("孩子奶奶病了带不动了", "when-grandparents-are-tired"),
        ("孩子的医保在外地怎么报销", "insurance-and-aid"), ("看了恐怖片晚上害怕", "fears"), ("怎么学噎住的急救", "choking"),
        ("孩子吃鸡蛋过敏怎么办", "food-allergy"), ("孩子上课坐不住是多动症吗", "attention-and-hyperactivity"), ("要不要给孩子报兴趣班", "interest-classes"),
        ("孩子转学以后没有朋友怎么办", "new-school-no-friends"), ("老板欠着工资 过年没钱回家看孩子", "wages-owed"), ("有没有免费的地方可以带孩子去", "free-places"),
    ],
)  # fmt: skip
async def test_small_worries_have_their_lesson(talk: Talk, asked: str, lesson: str) -> None:
    assert f"【{services.library().lessons[lesson].title}】" in await talk.say(asked)


async def test_no_lesson_opens_with_an_emergency_number(root: Path) -> None:
    """Who asks where to keep the medicines gets the calm advice first; whom to call comes where it is due."""
    openings = {
        f"{lesson.slug}: {text[:_OPENING]}"
        for lesson in load_library(root / "content").lessons.values()
        for text in (lesson.answer, *(aged.text for aged in lesson.answers))
        if _EMERGENCY_NUMBER.search(text[:_OPENING])
    }

    assert openings == set()
