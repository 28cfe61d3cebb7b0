"""控制不住 or 没气 in the middle of a talk about homework: more of that, and one line for the case that somebody is in danger after all.

As a first message the same words get the whole script: nobody can know what they are about. Where a pattern fires they always do.
"""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.follow_up import continued
from actions.understood import words
from bot.content.lessons import Lesson
from bot.content.safety import SafetyScript
from bot.text.plain import squash

# Longer messages say who and what; of these few characters any word of a person, a body or what is done to one is too many.
_LONGEST = 5
_SAYS_WHO_OR_WHAT = re.compile(
    "[我你他她它爸妈爷奶公婆娃崽仔伢孩宝儿女弟妹哥姐孙人]|[头脸眼嘴唇手脚腿胸肚喉脖骨身心]|[血吐抽死活晕昏喘息噎呛咬砍刀烫烧火毒药电水淹溺救摔跌坠跳撞压砸疼痛卡喝吃吞倒掉]|"
    "呼吸|不见|找不|走[丢失散]|失踪|不醒|叫不|喊不|没反应|不动|打[了我他她]|掐|跳楼"
)
# What these are about may be the beginning of a danger, or of despair.
_PARENTS = {"parent-may-harm-child", "parent-suicidal"}
_OF_ONESELF = "要是您自己快忍不住、快撑不住了，先走开几步，打{}，再跟我说一句，我听着。没到那一步就好，咱们接着说。"
_OF_SOMEBODY = "要是这会儿有人出事了，别等，先打{}，再回我“出事了”。没出事就好，咱们接着说。"
_SERIES = {"child_safety", "wellbeing"}
_OF_HEALTH = re.compile("120|医院|急诊|卫生院|看医生|医生看")


async def in_the_middle(dispatcher: CollectingDispatcher, tracker: Tracker, script: SafetyScript) -> list[EventType] | None:
    """Answer a few words that sounded like danger to the model alone as more of the lesson before, with whom to call if they are that.

    None, and nothing said, where they say who or what, where no lesson goes before or one of safety, health or distress does, and where
    with the question before them they sound like danger still.
    """
    if len(squash(words(tracker))) > _LONGEST or says_who_or_what(words(tracker)):
        return None
    about = await continued(tracker)
    if about is None or not about.given or _may_be_of_danger(about.lesson):
        return None
    # Here and not above: lessons look at dangers first.
    from actions.lesson_more import go_on

    events = await go_on(dispatcher, tracker, about.lesson)
    if events is not None:
        dispatcher.utter_message(text=(_OF_ONESELF if script.slug in _PARENTS else _OF_SOMEBODY).format("、".join(script.hotlines)))
    return events


def says_who_or_what(said: str) -> bool:
    """Whether a few words name a person, a part of the body, or what is done to one."""
    return bool(_SAYS_WHO_OR_WHAT.search(said))


def _may_be_of_danger(lesson: Lesson) -> bool:
    from actions.danger import LESSONS

    return lesson.series in _SERIES or lesson.slug in LESSONS.values() or bool(_OF_HEALTH.search(lesson.answer))
