"""还有呢 and 那三岁呢: on with the lesson that was given last, saying nothing twice."""

from __future__ import annotations

import re

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.asides import is_question
from actions.danger_over import say_where_it_stands
from actions.follow_up import leans_on_what_was_said
from actions.lessons import OFFERED, answer, lesson_buttons, same_audience
from actions.pages import further_parts, lesson_card
from actions.relevant import sentences_on
from actions.table_more import narrowed, next_batch
from actions.table_talk import age_in_words, home_of
from actions.told import answered_pushed
from actions.understood import NOT_UNDERSTOOD, age_said, heard_last, lesson_ranking, words
from bot import services
from bot.content.lessons import Lesson
from bot.people.answers import SKIPPED, read_sex
from bot.text.near_age import sentences_about

_MOST_OTHERS = 2
# Asks for all of it: 不吃青菜怎么办, once more. A part is asked for in other words: 晚上咳得厉害.
_WHAT_TO_DO = re.compile("怎么办|咋办|咋整|咋弄|怎么弄|怎么做|啷个办|点算|何什搞")
# Where a lesson speaks of doctors at all, what it leaves open is theirs.
_OF_HEALTH = ("early_childhood", "child_safety")
# So many messages back an answer counts as heard: “上面那几步” can still be found.
_STILL_HEARD = 10


class ActionShowMore(Action):
    """还有呢: the next part of the lesson that was given last; after its last one, honestly, that this is all."""

    def name(self) -> str:
        return "action_show_more"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        going_on = await say_where_it_stands(dispatcher, tracker)
        if going_on is not None:
            return going_on
        lesson = _last(tracker)
        table = None if lesson else await next_batch(dispatcher, tracker)
        if table is not None:
            return table
        if lesson is None:
            dispatcher.utter_message(text="您想接着听哪件事？再说一句，我来讲。")
            return []
        return tell_more(dispatcher, tracker, lesson)


class ActionAnswerOtherAge(Action):
    """那三岁呢: the lesson that was given last, for the age that was said; what is the same at that age is not said again."""

    def name(self) -> str:
        return "action_answer_other_age"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        going_on = await say_where_it_stands(dispatcher, tracker) if age_said(tracker) is not None else None
        if going_on is not None:
            return going_on
        lesson = _last(tracker)
        table = None if lesson else await narrowed(dispatcher, tracker)
        if table is not None:
            return table
        if lesson is None:
            in_form = bool(tracker.active_loop.get("name"))
            dispatcher.utter_message(text=NOT_UNDERSTOOD if in_form else "这么大的孩子，您想问哪件事？说一句，我来答。")
            return []
        age = age_said(tracker)
        if age is None:
            child = (await home_of(tracker.sender_id)).meant(words(tracker))
            age = child.age if child else None
        if age is None:
            return _without_age(dispatcher, tracker)
        before = tracker.get_slot("lesson_age")
        if lesson.answer_for(age) != lesson.answer_for(before) or lesson.reply(before) not in heard_last(tracker, _STILL_HEARD):
            return await answer(dispatcher, tracker, lesson, tracker.get_slot("lesson_shown") or [], age=age)
        _say_it_is_the_same(dispatcher, tracker, lesson, age)
        return [SlotSet("lesson_age", age)]


class ActionOfferOthers(Action):
    """不是这个: offer the next nearest lessons to the last question."""

    def name(self) -> str:
        return "action_offer_others"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        last = tracker.get_slot("lesson_last")
        table = await next_batch(dispatcher, tracker)
        if table is not None:
            return table
        others = [slug for slug in tracker.get_slot("lesson_shown") or [] if slug != last]
        if await answered_pushed(dispatcher, tracker, unsure=not others):
            return []
        if not others:
            dispatcher.utter_message(text="那您换个说法，再跟我说一次，带上孩子几岁、出了什么事。")
            return []
        dispatcher.utter_message(text="那您看看是不是这些：", buttons=lesson_buttons(others))
        return [SlotSet("lesson_shown", others[OFFERED:])]


def tell_more(dispatcher: CollectingDispatcher, tracker: Tracker, lesson: Lesson, opening: str = "") -> list[EventType]:
    """Say the next part of this lesson that was not said yet, after the words of `opening`."""
    kept = tracker.get_slot("lesson_told") or {}
    told = int(kept["parts"]) if kept.get("lesson") == lesson.slug else 0
    parts = further_parts(lesson)
    if told < len(parts):
        dispatcher.utter_message(text=f"{opening}{parts[told]}")
    else:
        _say_that_this_is_all(dispatcher, tracker, lesson, told - len(parts))
    if told == 0:
        lesson_card(dispatcher, lesson, tracker.sender_id)
    return [SlotSet("lesson_last", lesson.slug), SlotSet("lesson_told", {"lesson": lesson.slug, "parts": told + 1})]


async def go_on(dispatcher: CollectingDispatcher, tracker: Tracker, lesson: Lesson) -> list[EventType] | None:
    """Answer a few words about the lesson that was given last: what it says of them. None when all of it is said.

    A question that it says nothing about is told so; what was merely told is met with the next part. What else the words alone could mean
    is there to tap.
    """
    about = await sentences_on(lesson, tracker.get_slot("lesson_age"), words(tracker))
    kept = tracker.get_slot("lesson_told") or {}
    all_told = kept.get("lesson") == lesson.slug and int(kept["parts"]) >= len(further_parts(lesson))
    events: list[EventType] = [SlotSet("lesson_last", lesson.slug)]
    if about:
        dispatcher.utter_message(text=f"还是【{lesson.title}】这件事，正说到您问的：\n" + "\n".join(f"· {each}" for each in about))
    elif is_question(tracker) or leans_on_what_was_said(words(tracker)):
        dispatcher.utter_message(text=_not_in_it(lesson))
    elif all_told:
        return None
    else:
        events = tell_more(dispatcher, tracker, lesson, f"接着说【{lesson.title}】：\n")
    others = [slug for slug, _ in lesson_ranking(tracker) if slug != lesson.slug and same_audience(lesson, slug)][:_MOST_OTHERS]
    if others:
        dispatcher.utter_message(text="您问的要不是这个，回个数字：", buttons=lesson_buttons(others))
    return [*events, SlotSet("lesson_shown", [lesson.slug, *others])]


async def say_closer(dispatcher: CollectingDispatcher, tracker: Tracker, lesson: Lesson) -> list[EventType]:
    """What a lesson whose answer still stands on the screen says of this very question, else its next part."""
    same_again = _WHAT_TO_DO.search(words(tracker))
    about = [] if same_again else await sentences_on(lesson, tracker.get_slot("lesson_age"), words(tracker))
    if not about:
        return tell_more(dispatcher, tracker, lesson, "这件事，上面那几步就是。再说细一点：\n")
    dispatcher.utter_message(text=f"这件事，上面【{lesson.title}】那几步就是。您问的，在这一句：\n" + "\n".join(f"· {each}" for each in about))
    return [SlotSet("lesson_last", lesson.slug)]


def _not_in_it(lesson: Lesson) -> str:
    ask = "这得看了孩子才说得准，问医生或村里的卫生室最稳当。" if lesson.series in _OF_HEALTH and "医" in lesson.answer else "您再多说两句，孩子几岁、当时怎么了，我另外找。"
    return f"您问的这一点，【{lesson.title}】里没写到，我不敢乱说。{ask}"


def _say_that_this_is_all(dispatcher: CollectingDispatcher, tracker: Tracker, lesson: Lesson, asked_before: int) -> None:
    if asked_before % 2:
        dispatcher.utter_message(text="真的没有了，不拿重复的话占您时间。换个说法，带上孩子几岁、出了什么事，我再找找。")
        return
    buttons = lesson_buttons(_nearest(tracker, lesson)[:_MOST_OTHERS])
    dispatcher.utter_message(text="这一课我知道的都说完了。挨得近的还有这些，想看点一下：", buttons=buttons)


def _say_it_is_the_same(dispatcher: CollectingDispatcher, tracker: Tracker, lesson: Lesson, age: int) -> None:
    said = age_in_words(age)
    differs = sentences_about(f"{lesson.answer_for(age)}\n{lesson.body}", age)
    begin, end = lesson.ages
    if not begin <= age < end:
        text = f"上面说的是{age_in_words(begin)}到{age_in_words(end)}的孩子，{said}的不一定合适。他是什么情况，您说一句，我另外找。"
    elif differs:
        text = f"{said}也是这样做，上面那几步照着来。这么大的孩子，多记一句：{''.join(differs)}"
    else:
        text = f"{said}也是这样做，上面那几步照着来就行。"
    fitting = [slug for slug in _nearest(tracker, lesson) if _is_for(slug, age)]
    if not begin <= age < end and fitting:
        dispatcher.utter_message(text=text, buttons=lesson_buttons(fitting[:_MOST_OTHERS]))
        return
    dispatcher.utter_message(text=f"{text}\n还想听，回“举个例子”或“还有呢”。")


def _without_age(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    sex = read_sex(words(tracker))
    if sex and sex != SKIPPED:
        dispatcher.utter_message(text="男孩女孩，都是这样做，上面那几步照着来就行。想要个例子，回“举个例子”。")
    else:
        dispatcher.utter_message(text="孩子几岁？说一声，比如“三岁”，我看看做法一不一样。")
    return []


def _last(tracker: Tracker) -> Lesson | None:
    return services.library().lessons.get(tracker.get_slot("lesson_last") or "")


def _nearest(tracker: Tracker, lesson: Lesson) -> list[str]:
    """What else the last question came near to, then what stands beside this lesson in its series."""
    shown = [slug for slug in tracker.get_slot("lesson_shown") or [] if slug != lesson.slug]
    series = [each for each in services.library().lessons.values() if each.series == lesson.series and each.slug != lesson.slug]
    beside = [each.slug for each in sorted(series, key=lambda each: abs(each.order - lesson.order))]
    return [slug for slug in dict.fromkeys((*shown, *beside)) if same_audience(lesson, slug)]


def _is_for(slug: str, age: int) -> bool:
    begin, end = services.library().lessons[slug].ages
    return begin <= age < end
