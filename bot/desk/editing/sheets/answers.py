"""A question that parents ask and what is answered, as one form: what is too small for a lesson."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from bot.content.writing import WritingError
from bot.desk.editing import shown, taught
from bot.desk.editing.checking import Remark
from bot.desk.editing.sheets import intents, overlap, speech
from bot.desk.editing.sheets.fields import Field, Values
from bot.desk.editing.sheets.filling import Part, Tree
from bot.desk.editing.sheets.sheet import Asked, Sheet

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GONE = {"false": "教，机器会这样答", "true": "不教了，从机器那里拿掉"}


def _parts(_content: Path) -> tuple[Part, ...]:
    return (
        Field("title", "这是问什么的", "给同事看的，家长看不到。比如：办公室在哪儿", most=20, needed=True, wide=True),
        Field(
            "questions",
            "家长会怎么问",
            f"一行一句，像人真的打字那样：短的、长的、有错字的、方言的。至少 {intents.LEAST} 句，和别处的问法分得开",
            kind="lines",
            needed=True,
            rows=12,
            wide=True,
        ),
        Field("answer", "怎么答", "有几种说法，就换着用。短一点；答案会变的（时间、地点、价钱），记得回来改", kind="variants", needed=True, rows=4, wide=True),
        Field("gone", "还教吗", kind="truth", choices=_GONE, default=False),
    )


def _check(asked: Asked, _parts: tuple[Part, ...]) -> list[Remark]:
    try:
        tree, before = SHEET.read(asked.text), SHEET.read(asked.standing) if asked.standing else {}
    except WritingError as error:
        return [Remark("C001", 1, f"{error}", True, False)]
    if tree.get("gone"):
        return [Remark("", 0, "定稿、发布以后，机器就不再认得这一句", False, False, "gone")] if before else [Remark("", 0, "这一句还没有教过，不用拿掉：丢掉草稿就行", True, False, "gone")]
    return [*_shape(tree), *_named(asked, tree), *_asked_for(asked, tree, before), *_said(asked, tree)]


def _shape(tree: Tree) -> Iterator[Remark]:
    """What stood in the source may be anything."""
    if not isinstance(tree.get("title"), str):
        yield Remark("", 0, "还没写这是问什么的", True, False, "title")
    for key, missing in (("questions", "还没写家长会怎么问"), ("answer", "还没写怎么答")):
        if not _texts(tree, key):
            yield Remark("", 0, missing, True, False, key)


def _named(asked: Asked, tree: Tree) -> Iterator[Remark]:
    """Rasa names a rule once."""
    mine = f"{taught.TOPIC}_{taught.name_of(asked.relative)}"
    for path in sorted((asked.project / "data/rules").glob("*.yml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader, in C
        for rule in (data or {}).get("rules") or []:
            if rule["rule"] == tree.get("title") and rule["steps"][0].get("intent") != mine:
                yield Remark("", 0, "已经有一条叫这个名字，换一个说法", True, False, "title")


def _asked_for(asked: Asked, tree: Tree, before: Tree) -> Iterator[Remark]:
    questions, name = _texts(tree, "questions"), f"{taught.TOPIC}_{taught.name_of(asked.relative)}"
    yield from intents.faults(questions, "questions", few_stop=True)
    # Beside all others, which are sentences of intents: what stands there already is told apart by that.
    standing = yaml.safe_dump({"nlu": [{"intent": name, "examples": "".join(f"- {each}\n" for each in _texts(before, "questions"))}]}, allow_unicode=True)
    yield from overlap.remarks(replace(asked, standing=standing), [("questions", name, questions)])


def _said(asked: Asked, tree: Tree) -> Iterator[Remark]:
    texts = _texts(tree, "answer")
    if any("{" in text or "}" in text for text in texts):
        yield Remark("", 0, "回答里不写大括号：机器会去找里面的词，找不到", True, False, "answer")
    yield from speech.remarks(asked, [("answer", text) for text in texts], strict=True)


def _texts(tree: Tree, key: str) -> list[str]:
    found = tree.get(key)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _seen(asked: Asked, _values: Values) -> dict[str, Any]:
    tree = SHEET.read(asked.text)
    questions = _texts(tree, "questions")
    return {"question": questions[0] if questions else "", "messages": [bubble for text in _texts(tree, "answer") for bubble in shown.bubbles("", text)]}


SHEET = Sheet(
    "answers",
    "一问一答",
    "家长问一句、机器答一句的小事：办公室在哪儿、这个号是谁办的……用不着写成一课的，在这里教。",
    taught.PATH,
    "answers/*.yml",
    _parts,
    _check,
    seen=_seen,
    begin="教一句新的",
)
