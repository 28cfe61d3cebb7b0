"""What the check of all texts goes by: telephone numbers that may be named, words that are not used."""

from __future__ import annotations

import re
from pathlib import Path

from bot.desk.editing import checking
from bot.desk.editing.checking import Remark
from bot.desk.editing.sheets.fields import Field, Rows
from bot.desk.editing.sheets.filling import Part
from bot.desk.editing.sheets.sheet import Asked, Sheet


def _hotlines(_content: Path) -> tuple[Part, ...]:
    number = Field("number", "号码", "只写数字", most=12, needed=True)
    name = Field("name", "是什么电话", most=40, needed=True)
    return (
        Rows(
            "hotlines",
            "求助电话",
            "一个电话",
            "课文和急救文案里只许用这里的号码。没有核对过的不写。",
            (
                number,
                name,
                Field("hours", "什么时候有人接", most=40, needed=True, wide=True),
                Field("source", "从哪里看到的", most=120, needed=True, wide=True),
            ),
            look="details",
            title="name",
        ),
        Rows(
            "other_numbers",
            "不是求助电话、但课文里会提到的",
            "一个号码",
            "写明为什么可以提。",
            (number, name, Field("reason", "为什么可以提", most=120, needed=True, wide=True)),
            look="details",
            title="name",
        ),
        Field("checked_on", "上次核对是哪天", kind="day", needed=True),
    )


def _words(_content: Path) -> tuple[Part, ...]:
    def rows(key: str, label: str, help: str) -> Rows:
        word = Field("word", "不用的词", "中间隔着几个字，用……代替", most=30, needed=True)
        return Rows(key, label, "一个词", help, (word, Field("instead", "换成", most=60, needed=True, wide=True)), spare=2, look="pairs")

    return (
        rows("blame", "怪人的话", "写给家长的文字里不用；放在“不说”“别说”后面的引号里，作为反例，可以。家长问的原话不查。中间隔着几个字的，用……代替。"),
        rows("jargon", "书本上的词", "换成平常话。"),
        Field("medicines", "药的名字和叫法", "一行一个；和剂量写在一起就要改", kind="lines", needed=True, rows=16, wide=True),
    )


def _check(asked: Asked, _parts: tuple[Part, ...]) -> list[Remark]:
    return checking.one(asked.content, asked.relative, asked.text, asked.today)


HOTLINES = Sheet(
    "hotlines",
    "热线和急救电话",
    "课文和急救文案里能写的电话，每个写明谁接、什么时候接、哪天核对过。",
    re.compile(r"hotlines\.yml"),
    "hotlines.yml",
    _hotlines,
    _check,
    promises=("改过的号码，我照官方公布的一个一个对过，也拨通过。",),
)
WORDS = Sheet(
    "words",
    "用词",
    "写给家长的文字里不用的词，和换成什么。写课文时照这里提醒。",
    re.compile(r"words\.yml"),
    "words.yml",
    _words,
    _check,
)
