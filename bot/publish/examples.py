"""Examples that reviewers made from misses, written where examples stand: a lesson's questions, or the sentences of an intent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.content.library import load_library
from bot.content.writing import WritingError, changed_lesson
from bot.logs.shapes import Example

Texts = dict[Path, str]


def with_examples(root: Path, content: Path, examples: Sequence[Example]) -> tuple[Texts, list[Example]]:
    """The files that change, with their new texts, and the examples that are in them then.

    One whose lesson or intent is gone is left out; one that is there already is only counted as placed.
    """
    asked = {slug: lesson.questions for slug, lesson in load_library(content).lessons.items()}
    changed: Texts = {}
    placed: list[Example] = []
    for target, group in _by_target(examples).items():
        sentences = [each.text for each in group]
        kind, _, slug = target.partition("/")
        made = _lesson(content, slug, asked, sentences) if kind == "lesson" else _intent(root, target, sentences, changed)
        if made is not None:
            changed.update(made)
            placed += group
    return changed, placed


def _by_target(examples: Sequence[Example]) -> Mapping[str, list[Example]]:
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.target].append(example)
    return groups


def _lesson(content: Path, slug: str, asked: Mapping[str, tuple[str, ...]], sentences: Sequence[str]) -> Texts | None:
    path = next((content / "lessons").rglob(f"{slug}.md"), None) if slug in asked else None
    if path is None:
        return None
    fresh = [each for each in dict.fromkeys(sentences) if each not in asked[slug]]
    if not fresh:
        return {}
    try:
        return {path: changed_lesson(path.read_text(encoding="utf-8"), {"questions": [*asked[slug], *fresh]})}
    except (WritingError, ValueError):  # ValueError: it looks like a day, and no calendar has it
        return None


def _intent(root: Path, intent: str, sentences: Sequence[str], changed: Texts) -> Texts | None:
    for path in sorted((root / "data/nlu").rglob("*.yml")):
        text = changed.get(path) or path.read_text(encoding="utf-8")
        block = re.search(rf"^- intent: {re.escape(intent)}\n  examples: \|\n(?P<said>(?: {{4}}.*\n|\n)*)", text, re.MULTILINE)
        if block is None:
            continue
        there = {line.strip().removeprefix("- ") for line in block["said"].splitlines()}
        # Brackets name entities in Rasa's format; nobody writes them to us.
        plain = (re.sub(r"[\[\](){}\n]", "", each) for each in sentences)
        lines = "".join(f"    - {each}\n" for each in dict.fromkeys(plain) if each not in there)
        end = block.start("said") + len(block["said"].rstrip("\n")) + 1
        return {path: text[:end] + lines + text[end:]} if lines else {}
    return None
