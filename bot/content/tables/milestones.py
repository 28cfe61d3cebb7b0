"""Milestones: what most children can do at an age, how to coax it from afar, and when a doctor should have a look."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content import fields
from bot.content.documents import Document
from bot.content.lessons import Source, sources
from bot.content.tables.entries import Table


@dataclass(frozen=True)
class Milestone:
    """What most children can do at `month` months; `doctor` are signs that are worth a visit, never a diagnosis."""

    month: int
    can: tuple[str, ...]
    help: tuple[str, ...]
    doctor: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def age(self) -> str:
        """The age in words: months up to two years, then years."""
        years, months = divmod(self.month, 12)
        if self.month < 24:
            return "满月" if self.month == 1 else f"{self.month}个月"
        return f"{years}岁半" if months == 6 else f"{years}岁"


def _milestone(entry: Document) -> Milestone:
    return Milestone(
        month=fields.number(entry, "month", 0),
        can=fields.texts(entry, "can"),
        help=fields.texts(entry, "help"),
        doctor=fields.texts(entry, "doctor"),
        sources=sources(entry),
    )


MILESTONES = Table("milestones", "几个月会什么", ("month", "can", "help", "doctor", "sources"), (), _milestone)
