"""The assistant's short replies (domain/*.yml) as a form: what it says, in each of its wordings."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.content.writing import WritingError
from bot.desk.editing.checking import Remark
from bot.desk.editing.reading import rewritten, values_of
from bot.desk.editing.sheets import speech
from bot.desk.editing.sheets.fields import Field, Rows, Values
from bot.desk.editing.sheets.filling import HEADING, Part, Tree, rows_of
from bot.desk.editing.sheets.sheet import Asked, Sheet


def _parts(_content: Path) -> tuple[Part, ...]:
    wordings = Field(
        "texts",
        "怎么说",
        "有几种说法，就换着用。{大括号} 里的词，机器会换成真的，要留着",
        kind="variants",
        needed=True,
        rows=3,
        wide=True,
    )
    return (Rows("replies", "一句一句回复", "回复", "只改话，不改它什么时候说。想教一句新的问话和它的回答，在“一问一答”里教。", (wordings,), fixed=True, look="details", title=HEADING),)


def read(text: str) -> Tree:
    """The replies that are words, in their order."""
    return {"replies": [{HEADING: _heading(name, said), "name": name, "texts": [_text(each) for each in said]} for name, said in _responses(text)]}


def write(text: str, tree: Mapping[str, Any]) -> str:
    """The file with other words; buttons and whatever else belongs to a reply stay, a new wording gets the same buttons.

    Raises:
        WritingError: the file cannot be changed faithfully.
    """
    data = values_of(text)
    responses: Any = dict(data.get("responses") or {})  # type: ignore[call-overload]
    for row in rows_of(tree, "replies"):
        name, texts = str(row["name"]), row.get("texts")
        responses[name] = _with(responses[name], [str(each) for each in texts] if isinstance(texts, list) else [])
    return rewritten(text, {**data, **({"responses": responses} if responses else {})})


def _with(before: list[dict[str, Any]], texts: list[str]) -> list[dict[str, Any]]:
    by_text = {_text(each): each for each in before}
    made = []
    for index, text in enumerate(texts):
        old = by_text.get(text) or (before[index] if index < len(before) else before[0])
        made.append({**old, "text": text})
    return made


def _responses(text: str) -> list[tuple[str, list[dict[str, Any]]]]:
    found: Any = values_of(text).get("responses") or {}
    if not isinstance(found, dict):
        raise WritingError("responses 写得不对，请在源文件里改")
    good = [(str(name), said) for name, said in found.items() if isinstance(said, list) and all(isinstance(each, dict) for each in said)]
    return [(name, said) for name, said in good if said and all(isinstance(each.get("text"), str) for each in said)]


def _text(each: Mapping[str, Any]) -> str:
    return str(each["text"]).strip()


def _heading(name: str, said: list[dict[str, Any]]) -> str:
    start = re.split(r"[。？！\n]", _text(said[0]))[0]
    return f"{start[:24]}{'……' if len(start) > 24 else ''}"


def _check(asked: Asked, parts: tuple[Part, ...]) -> list[Remark]:
    if broken := _other_than_words(asked):
        return [broken]
    before = {str(row["name"]): _slots(row) for row in rows_of(read(asked.standing), "replies")} if asked.standing else {}
    found: list[Remark] = []
    said: list[tuple[str, str]] = []
    for index, row in enumerate(rows_of(read(asked.text), "replies")):
        field, texts = f"replies.{index}.texts", row["texts"]
        assert isinstance(texts, list)
        said += [(field, text) for text in texts]
        unknown = sorted(_slots(row) - before.get(str(row["name"]), set()))
        if unknown:
            found.append(Remark("", 0, f"{{{unknown[0]}}} 机器不认识，家长会看到它：照原来的写，或者去掉大括号", True, False, field))
    return [*found, *speech.remarks(asked, said, strict=True)]


def _slots(row: Mapping[str, object]) -> set[str]:
    texts = row["texts"]
    assert isinstance(texts, list)
    found: set[str] = set()
    for text in texts:
        try:
            found |= {name or "" for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        except ValueError:
            found.add("")
    return found


def _other_than_words(asked: Asked) -> Remark | None:
    """Whoever writes in the source may change words here, and nothing that the program hangs on."""
    try:
        now, before = values_of(asked.text), values_of(asked.standing)
    except WritingError as error:
        return Remark("C001", 1, f"{error}", True, False)
    if {key: each for key, each in now.items() if key != "responses"} != {key: each for key, each in before.items() if key != "responses"}:
        return Remark("", 1, "这个文件里，除了回复的话，别的都和程序连着：请找工程师一起改", True, False)
    names = [list(each.get("responses") or {}) for each in (now, before)]  # type: ignore[call-overload]
    if names[0] != names[1]:
        return Remark("", 1, "回复的名字和程序连着，不能加、不能少、不能改：请找工程师一起改", True, False)
    return None


def _seen(asked: Asked, _values: Values) -> dict[str, Any]:
    try:
        return {"replies": rows_of(read(asked.text), "replies")}
    except WritingError:
        return {"replies": []}


SHEET = Sheet(
    "replies",
    "回复",
    "打招呼、听不懂、问孩子情况时，机器说的短话。课文里的回答不在这里。",
    re.compile(r"domain/(?!taught\.)[a-z][a-z0-9_]*\.yml"),
    "domain/*.yml",
    _parts,
    _check,
    read,
    write,
    _seen,
)
