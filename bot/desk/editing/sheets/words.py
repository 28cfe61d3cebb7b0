"""Two lists of words: regional words with what lessons say instead (dialect.yml), and words that are not to be cut (terms.txt)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.content.lint import tables
from bot.content.writing import WritingError
from bot.content.yaml_lines import entries, lines_of
from bot.desk.editing import checking
from bot.desk.editing.checking import Remark
from bot.desk.editing.reading import rewritten, values_of
from bot.desk.editing.sheets.fields import Field, Rows
from bot.desk.editing.sheets.filling import HEADING, Part, Tree, rows_of
from bot.desk.editing.sheets.sheet import Asked, Sheet
from bot.text.plain import plain, squash

_APART = re.compile(r"[、，,；;\s]+")
# Sentences that show what a new word would also change.
_MOST = 3
_HOLDING = 60
# How jieba weighs a word of ours: as often as the commonest, a noun.
_WEIGHT = "1000 n"


def _dialect_parts(_content: Path) -> tuple[Part, ...]:
    return (
        Rows(
            "words",
            "方言、错字 → 普通说法",
            "一个词",
            "家长这样打字，机器先换成课文里的说法，再去听懂。左边是普通说法，右边是方言或错字，用顿号隔开。把一行清空就是去掉。",
            (
                Field("common", "普通说法", most=20, needed=True),
                Field("regional", "方言、错字", "机器见字就换，不看意思：先想想这几个字会不会藏在别的词里", kind="text", most=900, needed=True, wide=True),
            ),
            spare=3,
            look="pairs",
        ),
    )


def read_dialect(text: str) -> Tree:
    """A row for each common form, with the remark that stands above a group of them."""
    lines = lines_of(text)
    found: list[dict[str, object]] = []
    values = values_of(text)
    for entry in entries(text.removeprefix("\ufeff")):
        words = values.get(entry.key)
        if not isinstance(words, list) or not all(isinstance(word, str) and not _APART.search(word) for word in words):
            raise WritingError(f"“{entry.key}”这一行写得特别，请在源文件里改")
        above = lines[entry.first - 1].strip() if entry.first else ""
        heading = above.lstrip("# ") if above.startswith("#") else ""
        found.append({HEADING: heading, "common": entry.key, "regional": "、".join(words)})
    return {"words": found}


def write_dialect(text: str, tree: Mapping[str, Any]) -> str:
    """The file with other words; rows with the same common form become one.

    Raises:
        WritingError: the file cannot be changed faithfully.
    """
    wanted: dict[str, list[str]] = {}
    for row in rows_of(tree, "words"):
        words = [word for word in _APART.split(str(row.get("regional") or "")) if word]
        before = wanted.setdefault(str(row.get("common")), [])
        before += [word for word in words if word not in before]
    return rewritten(text, {key: words for key, words in wanted.items() if words})


def _check_dialect(asked: Asked, _parts: tuple[Part, ...]) -> list[Remark]:
    found = checking.ruled(asked.content, asked.relative, asked.text, asked.today, tables.RULES)
    try:
        found = _at_rows(found, asked.text)
        before, now = (dict(_pairs(text)) for text in (asked.standing, asked.text))
    except WritingError:
        return found
    rows = {word: index for index, row in enumerate(rows_of(read_dialect(asked.text), "words")) for word in str(row["regional"]).split("、")}
    return [*found, *_hidden(asked, {word: f"words.{rows[word]}.regional" for word in now if word not in before and word in rows})]


def _at_rows(found: list[Remark], text: str) -> list[Remark]:
    """A word's line is its row."""
    rows = [(entry.first + 1, f"words.{number}.regional") for number, entry in enumerate(entries(text.removeprefix("\ufeff")))]
    return [replace(each, field=max((row for row in rows if row[0] <= each.line), default=(0, ""))[1]) for each in found]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for common, words in values_of(text).items():
        for word in words if isinstance(words, list) else ():
            yield str(word), common


def _hidden(asked: Asked, fresh: Mapping[str, str]) -> Iterator[Remark]:
    """New words that stand in sentences of lessons already: there they may be part of something else."""
    corpus = checking.questions(asked.content, asked.today)
    said = [(each.text, squash(plain(each.text))) for lesson in corpus.lessons for each in lesson.questions]
    said += [(each.text, squash(plain(each.text))) for script in corpus.scripts for each in (*script.examples, *script.near_misses)]
    for word, field in list(fresh.items())[:_HOLDING]:
        if word != squash(plain(word)):
            yield Remark("", 0, f"“{word}”要写简体、小写，不带标点", True, False, field)
        holding = [text for text, squashed in said if word in squashed]
        if holding:
            examples = "、".join(f"“{text[:24]}”" for text in holding[:_MOST])
            yield Remark("", 0, f"“{word}”在 {len(holding)} 句里已经有，也会换掉：{examples}。都是这个意思吗？", False, False, field)


DIALECT = Sheet(
    "dialect",
    "方言和错字",
    "家长打“晓得”，机器当“知道”来听。只影响听懂，不改家长的话，也不改回答。",
    re.compile(r"dialect\.yml"),
    "dialect.yml",
    _dialect_parts,
    _check_dialect,
    read_dialect,
    write_dialect,
)


def _terms_parts(_content: Path) -> tuple[Part, ...]:
    return (Field("terms", "词", "一行一个词，不写标点和说明。机器会把它当一个整的词，不切开", kind="lines", needed=True, rows=24, wide=True),)


def read_terms(text: str) -> Tree:
    """The words; how often they are said stays in the file."""
    return {"terms": [line.split()[0] for line in text.splitlines() if line.strip()]}


def write_terms(text: str, tree: Mapping[str, Any]) -> str:
    """The file with other words: those that stay keep their line, new ones stand at the end."""
    end = "\r\n" if "\r\n" in text else "\n"
    wanted = list(dict.fromkeys(re.sub(r"\s+", "", str(each)) for each in tree.get("terms") or ()))
    kept = [line for line in text.splitlines() if not line.strip() or line.split()[0] in wanted]
    there = {line.split()[0] for line in kept if line.strip()}
    return end.join([*kept, *(f"{word} {_WEIGHT}" for word in wanted if word not in there), ""])


def _check_terms(asked: Asked, _parts: tuple[Part, ...]) -> list[Remark]:
    words = read_terms(asked.text)["terms"]
    assert isinstance(words, list)
    odd = [word for word in words if not word.isalnum()]
    return [
        *(Remark("C024", 0, f"“{word}”不是一个词：一行一个词，不写说明和标点", True, False, "terms") for word in odd),
        *(Remark("", 0, f"“{word}”只有一个字，用不着写", False, False, "terms") for word in words if len(word) == 1),
    ]


TERMS = Sheet(
    "terms",
    "不切开的词",
    "“留守儿童”“暑托班”这样的词，机器要当成一个整的。",
    re.compile(r"terms/terms\.txt"),
    "terms/terms.txt",
    _terms_parts,
    _check_terms,
    read_terms,
    write_terms,
)
