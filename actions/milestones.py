"""What most children can do at an age: the nearest rows, what helps, when a doctor should have a look. Never a diagnosis."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.table_talk import Shown, age_in_words, ages_to_tap, home_of, wanted_now
from actions.understood import age_said_lately
from bot import services
from bot.coach import choose
from bot.coach.wanted import Wanted
from bot.content.tables.milestones import Milestone

KIND = "milestones"
# The table ends at six years; a little later it still says what should be there.
_LAST_MONTH = 84
_CALM = "孩子有早有晚，差一两个月很常见；早产的，两岁前按预产期算。我不能下诊断。拿不准，请老人带去社区卫生服务中心或乡镇卫生院做儿童体检，0到6岁有免费的。"


class ActionTellMilestones(Action):
    """The row of the age and the next one; without an age the question how old."""

    def name(self) -> str:
        return "action_tell_milestones"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return await tell(dispatcher, tracker, wanted_now(tracker, KIND))


async def tell(
    dispatcher: CollectingDispatcher, tracker: Tracker, wanted: Wanted, shown: tuple[str, ...] = ()
) -> list[EventType]:
    """Say the rows for the age; there are always the same two, so that one is only told once that there are no more."""
    home = await home_of(tracker.sender_id)
    wanted = home.completed(wanted, age_said_lately(tracker))
    if wanted.age is None:
        text = "孩子多大了？说“10个月”“2岁半”，我告诉您多数孩子这时候会什么。"
        dispatcher.utter_message(text=text, buttons=ages_to_tap("/ask_milestones", home) if home.children else [])
    elif str(wanted.age) in shown:
        dispatcher.utter_message(text="这个年纪，表里写的就这些。想看大一点的，说一声，比如“两岁半的呢”；哪一样不放心，直接问我。")
    elif wanted.age >= _LAST_MONTH:
        dispatcher.utter_message(text="这张表写到6岁。大一点的孩子，您想问哪件事，直接说一句，我来答。")
    else:
        rows = choose.milestone_rows(services.shelf().milestones, wanted.age)
        dispatcher.utter_message(text=_in_words(wanted.age, rows))
        shown = (str(wanted.age),)
    return Shown(KIND, wanted, shown).as_events()


def _in_words(age: int, rows: list[Milestone]) -> str:
    passed = [row for row in rows if row.month <= age]
    coming = [row for row in rows if row.month > age]
    parts = [f"【{age_in_words(age)}，多数孩子会什么】"]
    parts += [f"{row.age}时，多数会：\n{_listed(row.can)}" for row in passed]
    parts += [f"接下来，到{row.age}：\n{_listed(row.can)}" for row in coming]
    help_row = (passed or coming)[-1]
    parts.append(f"隔着电话可以这样陪：\n{_listed(help_row.help)}")
    parts += [f"到了{row.age}还这样，请医生看看：\n{_listed(row.doctor)}" for row in (passed or coming)[-1:]]
    parts.append(f"以前会的忽然不会了，几个月都要去看。{_CALM}")
    return "\n\n".join(parts)


def _listed(items: tuple[str, ...]) -> str:
    return "\n".join(f"· {item}" for item in items)
