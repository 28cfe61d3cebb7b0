"""PhotoVoice: one photo a week to exchange. Parent and child each take one and tell each other about it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content import fields
from bot.content.documents import Document
from bot.content.tables.entries import Table, key_of


@dataclass(frozen=True)
class PhotoTask:
    """One week's task: what the parent takes, what the child takes, what to say afterwards. `ages` is [from, to) in months."""

    title: str
    parent: str
    child: str
    talk: str
    ages: tuple[int, int]

    @property
    def key(self) -> str:
        return key_of(self.title)

    @property
    def told(self) -> str:
        """What a parent gets."""
        return f"您：{self.parent}\n孩子：{self.child}\n换着看的时候问：“{self.talk}”"


def _task(entry: Document) -> PhotoTask:
    return PhotoTask(
        title=fields.text(entry, "title"),
        parent=fields.text(entry, "parent"),
        child=fields.text(entry, "child"),
        talk=fields.text(entry, "talk"),
        ages=fields.months(entry, entry.data["ages"], "ages"),
    )


PHOTOVOICE = Table("photovoice", "照片任务", ("title", "parent", "child", "talk", "ages"), (), _task)
