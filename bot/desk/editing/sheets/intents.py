"""What parents say and mean, other than questions that lessons answer (data/nlu/*.yml): sentences, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.content.writing import WritingError
from bot.desk.editing.checking import Remark
from bot.desk.editing.reading import rewritten, values_of
from bot.desk.editing.sheets import overlap
from bot.desk.editing.sheets.fields import Field, Rows
from bot.desk.editing.sheets.filling import HEADING, Part, Tree, rows_of
from bot.desk.editing.sheets.sheet import Asked, Sheet

LEAST = 10
LONGEST = 300
# How Rasa writes that a part of a sentence is an entity; ours are found by the program.
_MARKED = re.compile(r"\](?:\(|\{|\[\{)")


def _parts(_content: Path) -> tuple[Part, ...]:
    sentences = Field("examples", "家长会怎么说", f"一行一句，像人真的打字那样；至少 {LEAST} 句，和别的意思分得开", kind="lines", needed=True, rows=14, wide=True)
    return (Rows("intents", "一个一个意思", "意思", "机器照这些句子学着听懂。想教一句新的问话和它的回答，在“一问一答”里教。", (sentences,), fixed=True, look="details", title=HEADING),)


def read(text: str) -> Tree:
    """The intents that are taught by sentences."""
    made = []
    for entry in _entries(text):
        said = sentences(entry)
        if said is not None:
            made.append({HEADING: f"“{said[0] if said else entry['intent']}”这一类话", "name": entry["intent"], "examples": said})
    return {"intents": made}


def write(text: str, tree: Mapping[str, Any]) -> str:
    """The file with other sentences.

    Raises:
        WritingError: the file cannot be changed faithfully.
    """
    data = values_of(text)
    wanted = {str(row["name"]): row.get("examples") for row in rows_of(tree, "intents")}
    made = []
    for entry in _entries(text):
        said, old = wanted.get(str(entry.get("intent"))), sentences(entry)
        changed = isinstance(said, list) and old is not None and said != old
        made.append({**entry, "examples": "".join(f"- {each}\n" for each in (said if isinstance(said, list) else []))} if changed else entry)
    return rewritten(text, {**data, "nlu": made})


def sentences(entry: Mapping[str, Any]) -> list[str] | None:
    """What an entry teaches; None: it is no intent, or one that is written otherwise."""
    name, examples = entry.get("intent"), entry.get("examples")
    if not isinstance(name, str) or not isinstance(examples, str):
        return None
    lines = [line.strip() for line in examples.splitlines() if line.strip()]
    return [line[1:].strip() for line in lines] if all(line.startswith("- ") for line in lines) else None


def _entries(text: str) -> list[dict[str, Any]]:
    found = values_of(text).get("nlu")
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise WritingError("nlu 要写成清单，请在源文件里改")
    return found


def _check(asked: Asked, _parts: tuple[Part, ...]) -> list[Remark]:
    try:
        rows, standing = rows_of(read(asked.text), "intents"), _names(asked.standing)
    except WritingError as error:
        return [Remark("C001", 1, f"{error}", True, False)]
    found: list[Remark] = []
    if _names(asked.text) != standing:
        found.append(Remark("", 1, "意思的名字和程序连着，不能加、不能少、不能改：请找工程师一起改", True, False))
    groups: list[tuple[str, str, list[str]]] = []
    for index, row in enumerate(rows):
        said, field = row["examples"], f"intents.{index}.examples"
        assert isinstance(said, list)
        groups.append((field, str(row["name"]), said))
        found += faults(said, field, few_stop=False)
    return [*found, *overlap.remarks(asked, groups)]


def faults(said: list[str], field: str, few_stop: bool) -> Iterator[Remark]:
    """What is wrong with sentences, whatever else is taught; with `few_stop` too few of them keep the draft back."""
    if len(said) < LEAST:
        yield Remark("", 0, f"只有 {len(said)} 句，写到 {LEAST} 句，机器才学得会", few_stop, False, field)
    for each in said:
        if _MARKED.search(each):
            yield Remark("", 0, f"“{each[:20]}”里的括号会被当成记号，去掉", True, False, field)
        if len(each) > LONGEST:
            yield Remark("", 0, f"“{each[:12]}……”有 {len(each)} 个字，最多 {LONGEST} 个，分成几句", True, False, field)


def _names(text: str) -> list[object]:
    return [each.get("intent") or each.get("synonym") or each.get("regex") or each.get("lookup") for each in _entries(text)]


SHEET = Sheet(
    "intents",
    "家长的话",
    "打招呼、要找人、要退订……除了问课文，家长还会说什么、是什么意思。",
    re.compile(r"data/nlu/(?!taught\.)[a-z][a-z0-9_]*\.yml"),
    "data/nlu/*.yml",
    _parts,
    _check,
    read,
    write,
)
