"""Questions after a death was told are about it: 他问奶奶去哪了, 一直哭怎么办, 我请不到假. Without this they got lessons on quite other things."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.taps import lesson_taps
from actions.understood import lesson_ranking, possible_danger, words
from bot import services
from bot.text.plain import plain, squash

TOLD = "grief_told"
CHILD = "child"
_FRESH = timedelta(days=3)
ON_TELLING = "bad-news-from-home"
FOR_ONESELF = "when-it-is-too-much"
# What is asked, in this order: 请不到假回去送 is about coming, not about the funeral.
_ASKED = (
    ("utter_grief_cannot_come", re.compile(r"请不(?:到|了)假|不(?:给|批|准)假|回不(?:去|来|了)|赶不(?:上|回|到)|没赶上|没见到|最后一面|送不了|走不开|来不及")),
    ("utter_grief_where", re.compile(r"去哪|哪里去|哪儿去|到哪|在哪|(?:还|几时|什么时候|啥时候)(?:会)?回来|找(?:奶|爷|外|姥|爸|妈|她|他)|要(?:奶奶|爷爷|外婆|外公|姥姥|爸爸|妈妈)")),
    ("utter_grief_funeral", re.compile(r"送葬|出殡|葬礼|灵堂|遗体|磕头|守灵|上坟|头七|下葬|送(?:他|她|奶|爷|外|姥)|上山|火化|追悼|披麻|戴孝")),
    ("utter_grief_who_cares", re.compile(r"谁(?:来)?(?:带|管|照顾|看|接送|做饭)|没人(?:带|管|照顾|看|接)|(?:交|托)给谁|怎么安排|接(?:来|到|出来)")),
    ("utter_grief_feelings", re.compile(r"哭|闹|不(?:说话|吭声|吃|睡|笑|开心|理人|肯)|睡不着|做(?:噩)?梦|发呆|黏|粘人|尿床|害怕|怕黑|难过|伤心|没反应|不难过|没哭|照样玩|不上学")),
    ("utter_grief_myself", re.compile(r"我(?:心里|好|很|真的|太|也|一直|就|都|现在|怎么|总|老)*(?:难受|难过|想哭|撑不|睡不|吃不|受不了|后悔|内疚|愧|对不起|对不住|没尽|不孝|想(?:她|他|奶|妈|爸))|没尽孝|子欲养|舍不得")),
)  # fmt: skip
_HOW_TO_TELL = re.compile(r"(?:怎么|怎样|咋|如何|啷个|点样|该不该|要不要|敢|能不能).{0,6}(?:说|讲|告诉|开口|解释|瞒)|瞒(?:着|不)")
# Lessons that such questions are taken for: with a death just told, they are about the death.
_TAKEN_FOR = frozenset(
    {
        "attachment-after-separation", "communicating-from-a-distance", "difficult-talks", "fears", "first-call-after", "keeping-the-plan",
        "listening-first", "open-questions", "saying-goodbye", "signs-of-distress", "the-silent-child", "what-to-talk-about",
        "when-are-you-coming-home", "when-the-child-cries", "why-you-work-away", "working-with-grandparents", "child-resilience",
        "needs-of-your-child", "siblings-and-favourites", "shyness", "first-day-shyness", "loneliness", "guilt",
    }
)  # fmt: skip
# A question that is surer of its lesson than this is about something else, unless it is taken for one of those.
_SURE = 0.5


async def after_death(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """Answer what is asked of a death that was told lately; None, and nothing said, when it is about something else."""
    who = told_of(tracker)
    if who is None or words(tracker).startswith("/") or possible_danger(tracker):
        return None
    slug, sure = next(iter(lesson_ranking(tracker)), ("", 0.0))
    elsewhere = sure >= _SURE and slug not in _TAKEN_FOR and slug not in (ON_TELLING, FOR_ONESELF)
    said = squash(plain(words(tracker)))
    response = next((name for name, asks in _ASKED if asks.search(said)), "")
    if who == CHILD and not elsewhere:
        dispatcher.utter_message(response="utter_grief_of_a_child", buttons=lesson_taps(FOR_ONESELF))
        return []
    if elsewhere or (not response and not _HOW_TO_TELL.search(said) and slug != ON_TELLING and slug not in _TAKEN_FOR):
        return None
    if not response or _HOW_TO_TELL.search(said):
        return await _lesson_on_telling(dispatcher, tracker)
    tap = FOR_ONESELF if response == "utter_grief_myself" else ON_TELLING
    dispatcher.utter_message(response=response, who=who, buttons=lesson_taps(tap))
    return []


def told_of(tracker: Tracker) -> str | None:
    """Of whose death the parent told lately, as the child calls them; `CHILD` for the child itself."""
    told = tracker.get_slot(TOLD)
    if not isinstance(told, dict) or services.clock().now() - datetime.fromisoformat(str(told["at"])) > _FRESH:
        return None
    return str(told["who"])


async def _lesson_on_telling(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    from actions.lessons import answer

    lesson = services.library().lessons.get(ON_TELLING)
    return await answer(dispatcher, tracker, lesson, [ON_TELLING, FOR_ONESELF]) if lesson else None
