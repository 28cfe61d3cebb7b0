"""What editors see of a text before anybody else does: the WeChat messages it becomes, and how it differs from another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import yaml

from bot.content.lessons import SERIES, Lesson
from bot.desk.editing import files, forms
from bot.pages.prose import age
from bot.wechat.splitting import LIMIT, size, split

# What editors call the fields of a file.
FIELDS = {
    "title": "题目",
    "series": "系列",
    "audience": "给谁看",
    "ages": "年龄",
    "form": "样子",
    "summary": "帮什么忙",
    "questions": "家长会怎么问",
    "answer": "回答",
    "answers": "不同年龄的回答",
    "relay": "转给老人的话",
    "quiz": "测验",
    "try": "做一件小事",
    "sources": "依据哪里",
    "publisher": "谁出的",
    "year": "哪一年",
    "url": "网址",
    "status": "状态",
    "reviewed": "专家看过",
    "reviewed_by": "哪位专家",
    "updated": "改动日期",
    "order": "第几课",
    # Of a comic.
    "lesson": "是哪一课的",
    "panels": "一格一格",
    "alt": "画了什么",
    "says": "气泡里的话",
    "note": "图下面的话",
}
# What stands in a file for what can be chosen in the form.
_CHOSEN: Mapping[str, Mapping[str, str]] = {
    "series": SERIES,
    "audience": forms.AUDIENCE_NAMES,
    "form": forms.FORM_NAMES,
    "status": files.STATUS,
    "reviewed": {"true": "看过了", "false": "还没有"},
}
_ENTRY = re.compile(r"(?P<lead>\s*)- (?P<value>.*)")
_AGES = re.compile(r"\[(\d+), ?(\d+)\]")
_FIELD = re.compile(rf"(?P<lead>\s*(?:- )?)(?P<name>{'|'.join(FIELDS)}):(?: (?P<value>.*))?")
# Unchanged lines that are shown around a change.
_AROUND = 2


@dataclass(frozen=True)
class Bubble:
    """One message: its number among those of one answer, its bytes of `LIMIT`, and for whom it is."""

    to: str
    number: str
    text: str
    bytes: int
    limit: int = LIMIT


@dataclass(frozen=True)
class Row:
    """One line of a comparison: `kind` is same, new, gone, changed, or fold for lines that are left out."""

    kind: str
    before: str
    after: str


def messages(lesson: Lesson) -> list[Bubble]:
    """The answers as they are sent: the general one, one for each age, and what is passed on to grandparents."""
    texts = [("家长", lesson.reply(None))]
    texts += [(age((each.from_months, each.to_months)), f"【{lesson.title}】\n{each.text}") for each in lesson.answers]
    texts += [("转给老人", lesson.relay)] if lesson.relay else []
    return [bubble for to, text in texts for bubble in bubbles(to, text)]


def comparison(before: str, after: str) -> list[Row]:
    """Two texts side by side, with the lines that are alike folded away."""
    return beside(*(list(_readable(text)) for text in (before, after)))


def beside(old: list[str], new: list[str]) -> list[Row]:
    """Two lists of lines side by side."""
    if old == new:
        return []
    rows: list[Row] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_AROUND):
        if group[0][1] or group[0][3]:
            rows.append(Row("fold", "", ""))
        for kind, a, b, c, d in group:
            rows += _rows(kind, old[a:b], new[c:d])
    return rows


def place(text: str, line: int) -> str:
    """The field in which a line (1-based) of a lesson stands, as the form calls it."""
    fences = [number for number, each in enumerate(text.splitlines(), 1) if each.rstrip() == "---"]
    if len(fences) > 1 and line > fences[1]:
        return "正文"
    for each in reversed(text.splitlines()[:line]):
        found = re.match(r"(\w+):", each)
        if found:
            return FIELDS.get(found[1], found[1])
    return ""


def _readable(text: str) -> Iterator[str]:
    """The lines of a lesson's file as its form says things: without the signs of YAML, and no body taken for a field."""
    fences, name, block = 0, "", -1
    for line in text.splitlines():
        if fences < 2 and line.rstrip() == "---":
            fences += 1
            if fences == 2:
                yield "【正文】"
            continue
        # Of a text over several lines, and of the body, every sign is the parents'.
        inside = block >= 0 and (not line.strip() or len(line) - len(line.lstrip()) > block)
        field, entry = (None, None) if inside or fences == 2 else (_FIELD.fullmatch(line), _ENTRY.fullmatch(line))
        if field:
            name = field["name"]
            block = len(field["lead"]) if (field["value"] or "").startswith(("|", ">")) else -1
            yield f"{field['lead'].replace('- ', '· ')}{FIELDS[name]}：{_words(name, (field['value'] or '').strip())}"
        elif entry:
            yield f"{entry['lead']}· {_words(name, entry['value'].strip())}"
        else:
            yield line


def _words(name: str, value: str) -> str:
    """A value as the form shows it."""
    if value[:1] in ("|", ">"):
        return ""
    if found := _AGES.fullmatch(value):
        return age((int(found[1]), int(found[2])))
    if name in _CHOSEN and value.startswith("["):
        return "、".join(_words(name, each.strip()) for each in value.strip("[]").split(","))
    if value[:1] in ("'", '"'):
        with suppress(yaml.YAMLError):
            return str(yaml.safe_load(value))
    if name == "lesson":
        return next((f"《{line.title}》" for line in files.lessons() if Path(line.path).stem == value), value)
    return _CHOSEN.get(name, {}).get(value, value)


def bubbles(to: str, text: str) -> Iterator[Bubble]:
    """A text as the messages that it becomes."""
    pieces = split(text)
    for number, piece in enumerate(pieces, 1):
        yield Bubble(to, f"{number}/{len(pieces)}" if len(pieces) > 1 else "", piece, size(piece))


def _rows(kind: str, old: list[str], new: list[str]) -> Iterator[Row]:
    if kind == "equal":
        yield from (Row("same", line, line) for line in old)
        return
    for index in range(max(len(old), len(new))):
        before, after = (lines[index] if index < len(lines) else None for lines in (old, new))
        name = "changed" if before is not None and after is not None else "gone" if after is None else "new"
        yield Row(name, before or "", after or "")
