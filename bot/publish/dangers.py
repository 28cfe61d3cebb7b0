"""A danger's own sentences (`cases` of a safety script): what a frightened parent would write, kept to try it and never learned.

A danger that was begun on the desk has no case in the fixed sets yet; by these the gate can judge it all the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.content import fields
from bot.content.documents import read_yaml
from bot.content.library import load_library
from bot.content.safety import SafetyScript, safety_script_from
from bot.evaluation.cases import CRISIS

# Enough of an answer's first line to know it by, and surely within the first message.
_OPENING = 20
_SHOWN = 10


def write_cases(content: Path, out: Path) -> int:
    """Write the cases of every published danger of `content` as an evaluation set; returns how many there are.

    Raises:
        ContentError: a script cannot be read; the lint that goes before says so, too.
    """
    cases = [case for path in sorted((content / "safety").glob("*.yml")) for case in _cases(path)]
    out.write_text("".join(f"{json.dumps(case, ensure_ascii=False)}\n" for case in cases), encoding="utf-8")
    return len(cases)


def reasons(content: Path, asked: Path, failures: list[Mapping[str, Any]]) -> list[str]:
    """Of the failures of a trial with these cases: why that keeps the candidate back, in plain words."""
    cases = {case["id"]: case for case in map(json.loads, asked.read_text(encoding="utf-8").splitlines())}
    titles = called(content)
    said = [
        f"急事“{titles[case['topic']]}”自己的题“{case['text']}”答成了“{titles.get(reply, reply)}”。"
        "请往它的“出事的人会怎么说”里多写几种说法（别照抄这一句），再发布。"
        for case, reply in ((cases[each["id"]], str(each["reply"])) for each in failures)
    ]
    return said[:_SHOWN] + ([f"这样的题还有 {len(said) - _SHOWN} 道。"] if len(said) > _SHOWN else [])


def called(content: Path) -> Mapping[str, str]:
    """The titles of lessons and scripts by their slug, as a list of failures names them.

    Raises:
        ContentError: a file cannot be read.
    """
    library = load_library(content)
    lessons = {slug: lesson.title for slug, lesson in library.lessons.items()}
    return lessons | {slug: script.title for slug, script in library.safety.items()}


def _cases(path: Path) -> Iterator[Mapping[str, object]]:
    document = read_yaml(path)
    texts = fields.texts(document, "cases", required=False)
    if not texts:
        return
    script = safety_script_from(document)
    if script.status != "published":
        return
    for number, text in enumerate(texts, 1):
        yield {
            "id": f"danger-{script.slug}-{number}",
            "kind": CRISIS,
            "area": "safety",
            "topic": script.slug,
            "style": "plain",
            "text": text,
            "must": [list(_openings(script))],
            "must_not": [],
        }


def _openings(script: SafetyScript) -> Iterator[str]:
    """How its answers begin, as expressions: that of any age will do, because nobody knows how old the child of a case is."""
    for answer in (script.answer, *(aged.text for aged in script.answers)):
        yield re.escape(answer.strip().splitlines()[0][:_OPENING])
