"""Activities: what parent and child can do together, where, for how much and for how long."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content import fields
from bot.content.documents import Document
from bot.content.tables.entries import Table, key_of
from bot.content.tables.values import choices, span

PLACES = {
    "home": "家里",
    "dormitory": "宿舍",
    "village": "村里",
    "city": "城里",
    "park": "公园",
    "phone": "电话视频里",
}


@dataclass(frozen=True)
class Activity:
    """One activity. `ages` is [from, to) in months, `cost` the most it costs a family in yuan, `minutes` from–to; `rain`: also when it rains."""

    name: str
    ages: tuple[int, int]
    places: tuple[str, ...]
    cost: int
    minutes: tuple[int, int]
    rain: bool
    need: str
    steps: tuple[str, ...]
    safety: str

    @property
    def key(self) -> str:
        return key_of(self.name)

    @property
    def price(self) -> str:
        """The cost in words."""
        return f"{self.cost}元以内" if self.cost else "不花钱"

    @property
    def told(self) -> str:
        """What a parent gets."""
        least, most = self.minutes
        steps = "".join(step if step.endswith(("。", "！", "？", "”")) else f"{step}。" for step in self.steps)
        lines = [f"{self.name}（{self.price}，{least}–{most}分钟）", f"要准备：{self.need}", f"怎么玩：{steps}"]
        return "\n".join([*lines, f"当心：{self.safety}"] if self.safety else lines)


def _activity(entry: Document) -> Activity:
    return Activity(
        name=fields.text(entry, "name"),
        ages=fields.months(entry, entry.data["ages"], "ages"),
        places=choices(entry, "places", PLACES),
        cost=fields.number(entry, "cost", 0),
        minutes=span(entry, "minutes", "分钟"),
        rain=fields.flag(entry, "rain"),
        need=fields.text(entry, "need"),
        steps=fields.texts(entry, "steps"),
        safety=fields.text(entry, "safety", required=False),
    )


ACTIVITIES = Table(
    "activities", "活动", ("name", "ages", "places", "cost", "minutes", "need", "steps"), ("rain", "safety"), _activity
)
