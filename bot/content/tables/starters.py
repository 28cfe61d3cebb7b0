"""Conversation starters: a sentence to say word for word tonight, and what to ask when the child has answered."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content import fields
from bot.content.documents import Document
from bot.content.tables.entries import Table, key_of
from bot.content.tables.values import choice, choices

MOODS = {"any": "都行", "happy": "高兴", "quiet": "不说话", "sad": "难过", "angry": "生气", "tired": "累了"}
TOPICS = {
    "food": "吃的",
    "friends": "朋友",
    "animals": "小动物",
    "school": "学校里的事（不问成绩）",
    "dreams": "愿望和想象",
    "games": "一起玩",
    "my_day": "爸妈的一天",
    "memories": "从前的事",
    "plans": "盼着的事",
    "fun": "笑话、歌和谜语",
    "feelings": "心情",
    "home": "家里的事",
    "body": "身体和睡觉",
    "world": "外面的世界",
}
# To whom it is said: below three years it is often the caregiver who holds the phone.
TO = ("child", "carer")


@dataclass(frozen=True)
class Starter:
    """One opener. `ages` is [from, to) in months; `short` says that it fits into a call of a few minutes."""

    say: str
    then: str
    listen: str
    ages: tuple[int, int]
    moods: tuple[str, ...]
    topic: str
    to: str
    short: bool

    @property
    def key(self) -> str:
        return key_of(self.say)

    @property
    def told(self) -> str:
        """What a parent gets: the sentence, the question after it, what to listen for."""
        return f"“{self.say}”\n再问：“{self.then}”\n听什么：{self.listen}"

    def fits(self, age_months: int | None) -> bool:
        """Whether it is for a child of that age; an unknown age is taken for a child that can talk on the phone."""
        least, most = self.ages
        return least <= age_months < most if age_months is not None else least <= 84 < most


def _starter(entry: Document) -> Starter:
    return Starter(
        say=fields.text(entry, "say"),
        then=fields.text(entry, "then"),
        listen=fields.text(entry, "listen"),
        ages=fields.months(entry, entry.data["ages"], "ages"),
        moods=choices(entry, "moods", MOODS),
        topic=choice(entry, "topic", TOPICS, ""),
        to=choice(entry, "to", TO, "child"),
        short=fields.flag(entry, "short"),
    )


STARTERS = Table(
    "starters", "聊天话头", ("say", "then", "listen", "ages", "moods", "topic"), ("to", "short"), _starter
)
