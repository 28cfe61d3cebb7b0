"""What happens in a family changes what is said and sent: the child comes, somebody dies, parents part.

Comfort first and nothing cheerful after it, also while nothing can be written down: then only the promise is left out. That the
child lives with the parent is kept only after a yes to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Concatenate, ParamSpec

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from actions import grief
from actions.asides import answered_as_question
from actions.lessons import ActionAnswerLesson
from actions.taps import about, lesson_taps, tap
from actions.understood import entity, lesson_ranking, words
from bot import services
from bot.calendar import festival
from bot.db import DatabaseError
from bot.people import parents, preferences
from bot.people.children import BEIJING

P = ParamSpec("P")
log = structlog.get_logger(__name__)

# A family in mourning keeps the first hundred days, and has no red at the first New Year after: custom in most of China.
MOURNING = timedelta(days=100)
LANTERN = timedelta(days=15)
# No custom for this one: two months without texts about happy families.
PARTED = timedelta(days=60)
_DIED = re.compile(r"去世|过世|逝|没了|不在了|死|病故|病没|走得(?:突然|急)|老了人|过咗身|过身|过咯|断气|离开人世|出殡|下葬|头七|办丧|白事|后事|送走了|永远")
_WENT = re.compile(r"走(?:了|咯|哒|咗)")
_CARER = re.compile(r"孩子.{0,2}(?:奶|爷|外婆|外公|姥)|带(?:大)?(?:我)?(?:家)?(?:孩子|娃)|奶奶|爷爷|外婆|姥姥|阿嫲")
_OLD = re.compile(r"奶|爷|外婆|外公|姥|家婆|家公|阿嫲|阿公|阿婆|我(?:老)?妈|我(?:老)?爸|我(?:爹|娘|姆妈|老汉)|俺(?:爹|娘)|老人|婆婆|公公|带(?:我)?(?:孩子|娃)")
# The child itself. Not 孩子没了爸爸, and not 孩子他奶奶没了.
_CHILD_DIED = re.compile(
    r"(?:孩子|娃|儿子|女儿|闺女|宝宝|小孩|崽|囡)(?:生病|得病|出事|出意外|出车祸|昨天|今天|前天|上个?月|去年|刚|已经|也)*"
    r"(?:去世|过世|没了|不在了|夭折|没保住|没救过来|走了.{0,2}没救)(?!.{0,2}(?:爸|妈|爷|奶|爹|娘))"
)
_CALLED = re.compile(r"奶奶|爷爷|外公|外婆|姥姥|姥爷|阿嫲|公公|婆婆|岳父|岳母|丈母娘|老丈人")
_AS_THE_CHILD_SAYS = {"公公": "爷爷", "婆婆": "奶奶", "岳父": "外公", "岳母": "外婆", "丈母娘": "外婆", "老丈人": "外公"}
_PARENT_OF_THE_CHILD = re.compile(
    r"(?P<father>(?:孩子|娃)(?:他|她)?(?:的)?(?:爸|爹)|老公|丈夫)|(?P<mother>(?:孩子|娃)(?:他|她)?(?:的)?(?:妈|娘)|老婆|媳妇|妻子)"
)
_NOT_PARTED = re.compile(r"(?:没|还没|不|未|冇|没有|不想|不会|不肯)(?:想|打算)?(?:离|分开|散)")
_SOMEBODY_OLD = "老人家"
_OLD_MAN = re.compile(r"我(?:老)?爸|我(?:爹|老汉|老爷子|父亲)|俺爹|家公|阿公")
# 孩子说不要我回去了 is a worry, and nobody has left.
_CHILD_SAYS = re.compile(r"(?:孩子|娃|儿子|女儿|闺女|他|她).{0,2}(?:说|讲|讲说|嫌|不让|不要)")
# Without one of these nobody has come to anybody.
_CAME = re.compile(r"接|来|到|回|带|跟|和|同|住|一起|一块|团|见|身边|屋头|喺|返|攞|领|搬|过嚟|归|陪|守|不走|不出去|辞")
_WITH_ME_AGAIN = re.compile(r"不走了|不出去了|回老家了|不打工了|辞工|回来陪")


class ActionTellDeath(Action):
    """Condolence, then what helps the child; the cheerful texts rest."""

    def name(self) -> str:
        return "action_tell_death"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        said = words(tracker)
        if _CHILD_DIED.search(said):
            return await _mourn_child(dispatcher, tracker)
        gone = not said.startswith("/") and bool(_WENT.search(said)) and not _DIED.search(said)
        # Of old people 走了 is said of a death; of a husband or a wife it is as often said of leaving.
        if gone and not _OLD.search(said):
            taps = [tap("人不在了", "/tell_death"), tap("出门去了", "/deny"), tap("我们分开了", "/tell_divorce")]
            dispatcher.utter_message(text="您说的“走了”，是……？您点一个，我好知道怎么陪您。", buttons=taps)
            return []
        spared = await _written(preferences.spare_until, tracker.sender_id, mourning_until(_today()))
        dispatcher.utter_message(text=_CONDOLENCE)
        kept = _kept(_who(said, _SOMEBODY_OLD))
        # What is asked in the same breath is about this death already, and nothing is offered under it.
        tracker.slots.update({each["name"]: each["value"] for each in kept})
        aside = await answered_as_question(dispatcher, tracker, domain, at_least=8)
        if aside is not None:
            return [*kept, *aside]
        carer = _CARER.search(said)
        text = _CARER_DIED.format(who=_who(said, "奶奶")) if carer else _TELLING_THE_CHILD.format(who=_who(said, _usual(said)))
        misread = tap("不是过世，是出门了", "/spare_no_more") if gone else tap("没事，节日的照发", "/spare_no_more")
        taps = [*lesson_taps("bad-news-from-home", "when-it-is-too-much"), misread]
        dispatcher.utter_message(text=f"{text}{_SPARED.format('过节') if spared else ''}", buttons=taps)
        return kept


class ActionTellChildDeath(Action):
    """The parent tapped that the child died."""

    def name(self) -> str:
        return "action_tell_child_death"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return await _mourn_child(dispatcher, tracker)


class ActionTellDivorce(Action):
    """Sober comfort and the one sentence that a child needs."""

    def name(self) -> str:
        return "action_tell_divorce"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        aside = await answered_as_question(dispatcher, tracker, domain)
        if aside is not None:
            return aside
        if _NOT_PARTED.search(words(tracker)):
            dispatcher.utter_message(response="utter_not_parted", buttons=lesson_taps("couples-apart", "when-it-is-too-much"))
            return about("couples-apart")
        spared = await _written(preferences.spare_until, tracker.sender_id, _today() + PARTED)
        dispatcher.utter_message(text=f"{_PARTED}{_SPARED.format('一家团圆') if spared else ''}", buttons=lesson_taps("divorced-or-single", "when-it-is-too-much"))
        return about("divorced-or-single")


class ActionSpareNoMore(Action):
    """The festive texts again."""

    def name(self) -> str:
        return "action_spare_no_more"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        await services.database().run(preferences.spare_no_more, tracker.sender_id)
        dispatcher.utter_message(text="好，记下了，过节的话照常发。您什么时候听着刺心，跟我说一声就停。")
        return [SlotSet(grief.TOLD, None)]


class ActionTellChildCame(Action):
    """The child lives with the parent now; kept when the parent agreed to such things being kept."""

    def name(self) -> str:
        return "action_tell_child_came"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        aside = await answered_as_question(dispatcher, tracker, domain)
        if aside is not None:
            return aside
        if not words(tracker).startswith("/") and not _CAME.search(words(tracker)):
            # 我想娃了 looks like it to the model; joy over a child that is far away would hurt.
            dispatcher.utter_message(response="utter_miss_child")
            return []
        opening = "盼到了，真好。" if not _WITH_ME_AGAIN.search(words(tracker)) else "回来了，孩子心里踏实了。"
        text = f"{opening}头几天他可能生分，慢慢来，先照他原来的睡觉吃饭的点。"
        dispatcher.utter_message(text=text, buttons=lesson_taps("bring-the-child-to-live-with-you", "first-day-shyness"))
        await _ask_or_keep(dispatcher, tracker, apart=False)
        return about("bring-the-child-to-live-with-you")


class ActionTellChildLeft(Action):
    """They live apart again."""

    def name(self) -> str:
        return "action_tell_child_left"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        aside = await answered_as_question(dispatcher, tracker, domain)
        if aside is not None:
            return aside
        if _CHILD_SAYS.search(words(tracker)) and lesson_ranking(tracker):
            return list(await ActionAnswerLesson().run(dispatcher, tracker, domain))
        text = "刚分开，您心里也空吧。今晚打个短电话就好：“我到了。哭一会儿没关系，我在听。”"
        dispatcher.utter_message(text=text, buttons=lesson_taps("first-call-after", "how-often-how-long"))
        await _ask_or_keep(dispatcher, tracker, apart=True)
        return about("first-call-after")


class ActionKeepLiving(Action):
    """The parent tapped that it may be written down."""

    def name(self) -> str:
        return "action_keep_living"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        apart = entity(tracker, "living_apart") == "yes"
        await services.database().run(preferences.set_apart, tracker.sender_id, apart, services.clock().now())
        dispatcher.utter_message(text=_KEPT_APART if apart else _KEPT_TOGETHER)
        return []


async def _mourn_child(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    stopped = await _written(parents.stop_reminders, tracker.sender_id, services.clock().now())
    dispatcher.utter_message(text=f"{_CHILD_GONE}{_STOPPED if stopped else ''}哪天想找我，我在。", buttons=lesson_taps("when-it-is-too-much"))
    return _kept(grief.CHILD)


def _kept(who: str) -> list[EventType]:
    """What is asked next is about this death."""
    lesson = grief.FOR_ONESELF if who == grief.CHILD else grief.ON_TELLING
    return [SlotSet(grief.TOLD, {"who": who, "at": services.clock().now().isoformat()}), *about(lesson)]


def _who(said: str, otherwise: str) -> str:
    """Who died, as the child calls them, where the parent said it so; else a word to be put right by the parent."""
    match = _CALLED.search(said)
    if match:
        return _AS_THE_CHILD_SAYS.get(match[0], match[0])
    parent = _PARENT_OF_THE_CHILD.search(said)
    return {"father": "爸爸", "mother": "妈妈"}[parent.lastgroup or ""] if parent else otherwise


def _usual(said: str) -> str:
    """What a child most likely calls the one who died, where that was not said: 我爸 is one grandfather or the other."""
    return "爷爷" if _OLD_MAN.search(said) else "外婆"


def mourning_until(day: date) -> date:
    """The last day on which nothing cheerful is sent after a death that was told on `day`."""
    new_years = (festival("spring_festival", year) for year in (day.year, day.year + 1))
    first = next(each for each in new_years if each >= day)
    return max(day + MOURNING, first + LANTERN)


async def _ask_or_keep(dispatcher: CollectingDispatcher, tracker: Tracker, apart: bool) -> None:
    if await services.database().read(parents.has_agreed, tracker.sender_id):
        if await _written(preferences.set_apart, tracker.sender_id, apart, services.clock().now()):
            dispatcher.utter_message(text=_KEPT_APART if apart else _KEPT_TOGETHER)
        return
    what = "孩子不在您身边" if apart else "孩子跟您住"
    taps = [tap("记下", f'/keep_living{{"living_apart": "{"yes" if apart else "no"}"}}'), tap("不用记", "/deny")]
    dispatcher.utter_message(text=f"要不要我记下“{what}”？记了，往后的话就照着这个说；只记这一样。", buttons=taps)


async def _written(work: Callable[Concatenate[Session, P], object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Whether it could be written down; what is said to somebody in grief does not hang on that."""
    try:
        await services.database().run(work, *args, **kwargs)
    except DatabaseError as error:
        log.error("family.not_kept", reason=error.reason)
        return False
    return True


def _today() -> date:
    return services.clock().now().astimezone(BEIJING).date()


_CONDOLENCE = "听到这个，我很难过。您先别急着撑住，想哭就哭一会儿，身边有人就靠一靠。"
_CHILD_GONE = (
    "听到这个，我很难过。没有哪句话能轻一点，您不用忍着，也不是您的错。\n"
    "今晚别一个人待着，找个人陪您坐一坐。想说说话，12356随时可以打。\n"
)
_STOPPED = "我这边的消息都停了，不会再来打扰您。"
_SPARED = "\n往后一阵子，{}那些热闹的话我先不发。"
_TELLING_THE_CHILD = (
    "孩子那边，等您缓一口气，用实话说短一点就好：“{who}不在了，不会再回来了。你难过，我也难过，我在。”（照您家的人改）\n别说“睡着了”“出远门了”，他会一直等。"
)
_CARER_DIED = (
    "带大孩子的人不在了，孩子心里也塌了一块。今天先定一件：这几天谁陪他睡、谁接送。\n跟他说：“{who}不在了，不是你的错。现在由姑姑陪你，我每天打给你。”（照您家的人改）"
)
_PARTED = (
    "这一步走得不容易，您先顾好自己。\n孩子最怕的是“是不是因为我”。跟他说一句就好：“爸爸妈妈分开了，不是你的错。我们都还是你的爸妈，都疼你。”"
)
_KEPT_TOGETHER = "记下了，往后不再给您发隔着电话的话。变了跟我说一声就改。"
_KEPT_APART = "记下了，往后还是照着不在一起的时候跟您说。变了跟我说一声就改。"
