"""All tables of `content/` in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.content.tables.activities import ACTIVITIES, Activity
from bot.content.tables.gifts import GIFTS, Gift
from bot.content.tables.milestones import MILESTONES, Milestone
from bot.content.tables.photos import PHOTOVOICE, PhotoTask
from bot.content.tables.starters import STARTERS, Starter


@dataclass(frozen=True)
class Shelf:
    """What is on the tables, in the order of their files; a file that is not there is an empty table."""

    starters: tuple[Starter, ...]
    gifts: tuple[Gift, ...]
    activities: tuple[Activity, ...]
    milestones: tuple[Milestone, ...]
    photos: tuple[PhotoTask, ...]


def load_shelf(content: Path) -> Shelf:
    """Read the five tables below `content`.

    Raises:
        ContentError: the first entry that cannot be used.
    """
    return Shelf(
        STARTERS.load(content),
        GIFTS.load(content),
        ACTIVITIES.load(content),
        tuple(sorted(MILESTONES.load(content), key=lambda each: each.month)),
        PHOTOVOICE.load(content),
    )
