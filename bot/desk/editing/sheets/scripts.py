"""A safety script as a form: how a danger sounds, what must be answered at once, and what a change of it would do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content.lessons import STATUSES
from bot.content.lint.corpus import Question, ScriptPage
from bot.content.lint.danger import fires
from bot.content.rendering import item
from bot.content.safety import SafetyScript
from bot.content.writing import WritingError
from bot.desk.editing import checking, files, shown
from bot.desk.editing.checking import Remark
from bot.desk.editing.reading import rewritten, values_of
from bot.desk.editing.sheets import tried
from bot.desk.editing.sheets.fields import Field, Rows, Values
from bot.desk.editing.sheets.filling import Part
from bot.desk.editing.sheets.sheet import Asked, Sheet
from bot.pages.prose import age

URGENCIES = {"emergency": "马上要命：先打电话，再说别的", "serious": "很要紧：要找人帮，不差这几分钟"}
_YES = {"false": "还没有", "true": "看过了"}
_STATUS = dict(zip(STATUSES, files.STATUS.values(), strict=True))
# Sentences that a change makes fire or not: so many of each are named.
_MOST = 12
_ON_ONE_LINE = re.compile(r"^(patterns|unless|examples|near_misses|cases): \[[^\]\n].*\]$", re.MULTILINE)


def _parts(_content: Path) -> tuple[Part, ...]:
    return (
        Field("title", "出了什么事", "给同事看的名字，家长看不到", most=40, needed=True),
        Field("urgency", "有多急", kind="choice", choices=URGENCIES, needed=True),
        Field("order", "先答哪个", "一句话像两件事时，数小的先答", kind="number", needed=True),
        Field("hotlines", "打哪些电话", "一行一个，或用顿号隔开；回答里要写到；只能用核对过的号码", kind="numbers", needed=True, rows=3),
        Field("answer", "马上怎么回", "第一行就是现在做什么、打什么电话；分步写，短句，一条发完（2048 字节）", kind="text", needed=True, rows=14, wide=True),
        Rows(
            "answers",
            "不同年龄的回答",
            "一个年龄",
            "不知道孩子多大时，用上面那一条。",
            (
                Field("ages", "孩子几个月大", "3 岁写 36", kind="ages", needed=True),
                Field("answer", "马上怎么回", kind="text", needed=True, rows=10, wide=True),
            ),
        ),
        Field("examples", "出事的人会怎么说", "一行一句，至少 30 句：慌的、短的、有错字的、方言的。机器照这些学", kind="lines", needed=True, rows=14, wide=True),
        Field("near_misses", "听着像、其实没出事的话", "一行一句，至少 20 句：问预防的、说笑的、说从前的", kind="lines", needed=True, rows=10, wide=True),
        tried.FIELD,
        Field(
            "patterns",
            "一见就认的字样",
            "一行一条：空格隔开的词，照这个顺序出现就认；几个说法用 / 隔开，比如“掉/摔 粪坑/沼气池”。会写正则的也可以写正则",
            kind="signs",
            needed=True,
            rows=8,
            wide=True,
        ),
        Field("unless", "有这些字样就不算", "一行一条，写法一样。当心：真出事的话里也有这些字，就会漏掉", kind="signs", rows=6, wide=True),
        Rows(
            "sources",
            "依据哪里",
            "一个来源",
            "",
            (
                Field("title", "名字", needed=True, wide=True),
                Field("publisher", "谁出的", needed=True),
                Field("year", "哪一年", kind="number"),
                Field("url", "网址", "没把握就不写", wide=True),
            ),
        ),
        Field("status", "状态", kind="choice", choices=_STATUS, needed=True),
        Field("reviewed", "有署名的专家看过吗", kind="truth", choices=_YES, default=False),
        Field("reviewed_by", "哪位专家", most=80),
    )


def _check(asked: Asked, parts: tuple[Part, ...]) -> list[Remark]:
    if missing := list(_missing(asked, parts)):
        return [*missing, *_tried(asked)]  # without them the rules cannot read it
    alarms = _said(asked.text, "patterns", "unless") != _said(asked.standing, "patterns", "unless")
    found, _ = checking.script(asked.content, asked.relative, asked.text, asked.today, alarms)
    if _said(asked.standing, "status") == ["published"] != _said(asked.text, "status"):
        found.append(Remark("", 0, "收回以后，家长真出了这种事，机器不会回这一篇，也不会叫人：有别的文案接得住，才收回", False, False, "status"))
    return [*found, *_tried(asked)]


def _tried(asked: Asked) -> Iterator[Remark]:
    with suppress(WritingError):
        # What had them keeps them, also when they were taken out in the source.
        had = {tried.KEY: None} if tried.KEY in (SHEET.read(asked.standing) if asked.standing else {}) else {}
        yield from tried.remarks(had | SHEET.read(asked.text))


def _missing(asked: Asked, parts: tuple[Part, ...]) -> Iterator[Remark]:
    """What is still to be written before it can be a script at all."""
    try:
        tree = SHEET.read(asked.text)
    except WritingError:
        return
    for each in parts:
        if isinstance(each, Field) and each.needed and tree.get(each.key) in (None, "", []):
            yield Remark("C002", 0, f"还没写{each.label}", True, False, each.key)


def _said(text: str, *keys: str) -> Sequence[object]:
    try:
        tree = SHEET.read(text)
    except WritingError:
        return ()  # C001 says what is wrong
    return [tree.get(key) for key in keys]


def _write(text: str, tree: Mapping[str, Any]) -> str:
    """The file with other values; a list that had nothing in it gets a sentence a line, which is how a rule names the place."""

    def below(found: re.Match[str]) -> str:
        sentences = values_of(found[0])[found[1]]
        assert isinstance(sentences, list)
        return "\n".join([f"{found[1]}:", *(row for each in sentences for row in item(each, "  "))])

    return _ON_ONE_LINE.sub(below, rewritten(text, tree))


@dataclass(frozen=True)
class Effect:
    """Sentences of one sort that a change of patterns lets fire, or keeps from firing."""

    sort: str
    now: tuple[str, ...]
    no_more: tuple[str, ...]
    more: int

    @property
    def any(self) -> bool:
        return bool(self.now or self.no_more)


def _seen(asked: Asked, _values: Values) -> dict[str, Any]:
    """The messages, and which sentences would be taken for this danger that are not now, and the other way round."""
    _, typed = checking.script(asked.content, asked.relative, asked.text, asked.today, False)
    if typed is None:
        return {"messages": [], "effects": [], "found": None, "urgency": "", "new": not asked.standing}
    return {
        "messages": _messages(typed.script),
        "effects": [each for each in _effects(asked, typed.script) if each.any],
        "found": _found(typed),
        "urgency": URGENCIES.get(typed.script.urgency, ""),
        "new": not asked.standing,
    }


def _messages(script: SafetyScript) -> list[shown.Bubble]:
    texts = [("不知道孩子多大时", script.answer)]
    texts += [(age((each.from_months, each.to_months)), each.text) for each in script.answers]
    return [bubble for to, text in texts for bubble in shown.bubbles(to, text)]


def _effects(asked: Asked, wanted: SafetyScript) -> list[Effect]:
    corpus = checking.questions(asked.content, asked.today)
    mine = next((each for each in corpus.scripts if each.page.path == asked.content / asked.relative), None)
    before = mine.script if mine else None
    if before is not None and [each.pattern for each in (*before.patterns, *before.unless)] == [each.pattern for each in (*wanted.patterns, *wanted.unless)]:
        return []
    sorts: list[tuple[str, list[Question]]] = [
        ("出事的话", [each for script in corpus.scripts if script is mine for each in script.examples]),
        ("没出事的话", [each for script in corpus.scripts for each in script.near_misses]),
        ("课文里家长的问题", [each for lesson in corpus.lessons for each in lesson.questions]),
    ]
    return [_effect(sort, sentences, before, wanted) for sort, sentences in sorts]


def _effect(sort: str, sentences: list[Question], before: SafetyScript | None, wanted: SafetyScript) -> Effect:
    now, no_more = [], []
    for each in sentences:
        was, will = before is not None and fires(before, each), fires(wanted, each)
        if will and not was:
            now.append(each.text)
        elif was and not will:
            no_more.append(each.text)
    more = max(0, len(now) - _MOST) + max(0, len(no_more) - _MOST)
    return Effect(sort, tuple(now[:_MOST]), tuple(no_more[:_MOST]), more)


@dataclass(frozen=True)
class Found:
    """Of the sentences that stand in the form: how many there are, and which the patterns take for what they are not."""

    examples: int
    missed: tuple[str, ...]
    near_misses: int
    wrong: tuple[str, ...]
    most: int = _MOST


def _found(typed: ScriptPage) -> Found:
    missed = [each.text for each in typed.examples if not fires(typed.script, each)]
    wrong = [each.text for each in typed.near_misses if fires(typed.script, each)]
    return Found(len(typed.examples), tuple(missed), len(typed.near_misses), tuple(wrong))


SHEET = Sheet(
    "scripts",
    "急救文案",
    "孩子出事、家长不想活……怎样的话算危险，马上回什么。改错一个字都要紧，要求最严。",
    re.compile(r"safety/[a-z0-9]+(?:-[a-z0-9]+)*\.yml"),
    "safety/*.yml",
    _parts,
    _check,
    write=_write,
    seen=_seen,
    promises=(
        "号码我一个一个对过：打得通，写对了地方。",
        "回答我出声念过一遍：慌的人照着做得到，没有一步会害了孩子。",
        "“改了以后会怎样”我看过：没有哪句真出事的话会漏掉。",
    ),
    danger=True,
    stamped=True,
    begin="写一种新的危险",
    before=(
        "新的危险，机器从没见过：它只照您写的话去认。固定的题里也还没有它的题，所以还要写两三句“拿来考它的话”：机器不学，每次发布都考，答错一句就上不了线。"
        "所以先问自己：现有的急救文案真的接不住吗？接得住，就把新的说法加到那一篇里。"
        "要写，就找两位懂这件事的人一起：一位写，一位从头看。"
    ),
)
