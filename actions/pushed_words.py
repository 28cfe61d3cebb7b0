"""What is said to a parent who answers a pushed message: by what was asked and how it went. One clear thing, no reproach."""

from __future__ import annotations

from dataclasses import dataclass

from rasa_sdk.executor import CollectingDispatcher

from actions.taps import tap
from bot import services
from bot.reunion.follow_through import NO, NOT_YET, YES


@dataclass(frozen=True)
class Reply:
    """`lesson`: a slug to tap; `tap`: (title, payload) to tap."""

    text: str
    lesson: str = ""
    tap: tuple[str, str] | None = None


_GIFTS = ("挑样礼物", "/ask_gifts")
_PLAY = ("换一样玩的", "/ask_activities")
_CALL = ("今晚聊什么", "/ask_call_coach")

REPLIES: dict[tuple[str, str], Reply] = {
    ("plan_done", YES): Reply("真好，孩子心里有盼头了。挑最好做到的那件，放在头一天。"),
    ("plan_done", NOT_YET): Reply("不急。今晚打电话只问一句就够：“见了面，你最想跟我做什么？”"),
    ("plan_done", NO): Reply("好，不商量也行，见了面让他当队长，每天挑一件。"),
    ("ticket_done", YES): Reply("太好了！今晚就告诉孩子，他是第一个知道的人：“票买到了，我真的要到了。”"),
    ("ticket_done", NOT_YET): Reply("先别急。12306上点“候补购票”，开车前常有人退票；汽车、拼车也先问着。", "train-tickets"),
    ("ticket_done", NO): Reply("好，那不提火车票了。坐汽车、拼车的，早点把座订上，问清哪里上车、几点开。"),
    ("gift_done", YES): Reply("真好。递给他的时候说一句：“我看到它就想起你，咱们一起玩一盘。”"),
    ("gift_done", NOT_YET): Reply("不急，还来得及。要不要我照他的年纪挑几样？", tap=_GIFTS),
    ("gift_done", NO): Reply("没买也没关系，手机放下，陪他玩半个钟头，他记得更久。", tap=_PLAY),
    ("talk_done", YES): Reply("您先开了口，家里人心里也松快。谢谢您想着他们。"),
    ("talk_done", NOT_YET): Reply("找个不忙的时候，先谢一句就好开口：“这些日子辛苦您了。”", "speaking-with-the-caregiver"),
    ("talk_done", NO): Reply("好，先放一放。哪天想说了，我帮您想第一句。"),
    ("activity_done", YES): Reply("真好！今晚问他一句：“今天你最喜欢哪一下？”下回照着再来。"),
    ("activity_done", NOT_YET): Reply("不急，睡前十分钟也算。累了就一起躺着，讲讲您小时候。", tap=_PLAY),
    ("activity_done", NO): Reply("没做成也常有，抱着坐一会儿也是陪。想换一样，点这里。", tap=_PLAY),
    ("call_done", YES): Reply("打了就好。他说的一件事您记下来，下回从那里问起：“上次那个，后来呢？”"),
    ("call_done", NOT_YET): Reply("不急，先发条二十秒的语音也行：“我今天想你了，你猜我看见了什么？”", tap=_CALL),
    ("call_done", NO): Reply("好。哪天想打了，发“今晚聊什么”，我给您备好三句。", tap=_CALL),
    ("safety_done", YES): Reply("辛苦了，您看这一眼，顶大用。也念给带他的人听一遍。"),
    ("safety_done", NOT_YET): Reply("不急，今天先看一样最要紧的。隔得远，就打个电话，请家里人照着看一眼。"),
    ("safety_done", NO): Reply("好。那请家里人帮着看一眼就行，把上面那几句念给他听。"),
    ("lesson_done", YES): Reply("又学完一课，不容易。今天挑一句，用在电话里试试。", tap=("接着学", "/continue_course")),
    ("lesson_done", NOT_YET): Reply("不急，课给您留着。有五分钟了，发“我的课程”接着学。"),
    ("lesson_done", NO): Reply("好，那先歇着。想学了发“我的课程”，从停的地方接上。"),
}
OTHERWISE = {
    YES: Reply("真好，您说到做到。接下来想问什么，直接说。"),
    NOT_YET: Reply("不急，慢慢来。哪里卡住了，跟我说一句，咱们一起想办法。"),
    NO: Reply("好，不勉强。想问孩子的什么事，直接说就行。"),
}
# Who stays away this time needs another festival, not a ticket.
STAYING = Reply("好，回不去也有办法过。先跟孩子说实话，再给个准日子：“这次我回不来，过节那天晚上八点，咱们视频，一起吃饭。”", "festivals-apart")
# The word that says it is done, for who only said 好.
DONE_WORD = {
    "plan_done": "说了", "ticket_done": "买了", "gift_done": "买了", "talk_done": "说了", "activity_done": "玩了",
    "call_done": "打了", "safety_done": "好了", "lesson_done": "学了",
}


def say_reply(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Say it, with its taps."""
    taps = [tap(*reply.tap)] if reply.tap else []
    lesson = services.library().lessons.get(reply.lesson)
    if lesson:
        taps.append(tap(lesson.title, f'/choose_lesson{{"lesson_slug": "{lesson.slug}"}}'))
    dispatcher.utter_message(text=reply.text, buttons=taps)


def reply_to(expect: str, answer: str) -> Reply:
    """The words for an answer to what was asked; general ones where nothing was."""
    return REPLIES.get((expect, answer), OTHERWISE[answer])
