"""Gifts: for which age, for how much money, why, how to go on playing with it by phone, and what to look out for."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content import fields
from bot.content.documents import Document
from bot.content.tables.entries import Table, key_of
from bot.content.tables.values import choice, span

# Nearly everything is for both: boys cook and girls build.
FOR = {"any": "都行", "girl": "女孩", "boy": "男孩"}


@dataclass(frozen=True)
class Gift:
    """One idea. `ages` is [from, to) in months; `cost` is from–to in yuan, 0 for what is made by hand; `whom` is any, girl or boy."""

    name: str
    ages: tuple[int, int]
    cost: tuple[int, int]
    whom: str
    why: str
    afar: str
    avoid: str

    @property
    def key(self) -> str:
        return key_of(self.name)

    @property
    def price(self) -> str:
        """The cost in words."""
        least, most = self.cost
        if most == 0:
            return "不花钱"
        return f"{least}–{most}元" if least < most else f"{most}元"

    @property
    def told(self) -> str:
        """What a parent gets."""
        lines = [f"{self.name}（{self.price}）", self.why, f"隔着电话：{self.afar}"]
        return "\n".join([*lines, f"当心：{self.avoid}"] if self.avoid else lines)


def _gift(entry: Document) -> Gift:
    return Gift(
        name=fields.text(entry, "name"),
        ages=fields.months(entry, entry.data["ages"], "ages"),
        cost=span(entry, "cost", "元"),
        whom=choice(entry, "for", FOR, "any"),
        why=fields.text(entry, "why"),
        afar=fields.text(entry, "afar"),
        avoid=fields.text(entry, "avoid", required=False),
    )


GIFTS = Table("gifts", "礼物", ("name", "ages", "cost", "why", "afar"), ("for", "avoid"), _gift)
