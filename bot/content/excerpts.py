"""Parts of a lesson that answer what parents ask next: the words to say, what to do first, an example."""

from __future__ import annotations

import re

from bot.content.lessons import Lesson

_QUOTE = re.compile("“([^“”]+)”")
# Shorter ones are single words under discussion (“早恋”), not something to say.
_SHORTEST_WORDS = 8
# What stands before words that are not for saying: 不说“早跟你说过”, or that somebody else says: 他说“声音骗不了人”.
_NOT_TO_SAY = re.compile(
    "(?:(?:不|别|少|莫|不要|不能|老|总|光)(?:说|讲|问|喊|骂|提|写|回|用|是)(?:他|她|什么)?"
    "|(?<![跟对和教给告诉问])(?:他|她|孩子|娃|老人|人家|别人|同学)(?:总|就|会|要是|常)?(?:说|讲|问|喊|回|答|想|觉得))[：，]?$"
)
_STEP = re.compile(r"^\d+[.．、]\s*(.+)$", re.MULTILINE)
_MOST_WORDS, _MOST_STEPS, _LONGEST_STEP = 6, 5, 60


def words_to_say(lesson: Lesson, age_months: int | None) -> list[str]:
    """Sentences that can be said as they stand, those of the answer first; at most six."""
    text = f"{lesson.answer_for(age_months)}\n{lesson.body}"
    found = (each[1].strip() for each in _QUOTE.finditer(text) if not _NOT_TO_SAY.search(text[: each.start()][-8:]))
    return list(dict.fromkeys(said for said in found if len(said) >= _SHORTEST_WORDS))[:_MOST_WORDS]


def steps(lesson: Lesson, age_months: int | None) -> list[str]:
    """The steps of the answer in short: whole sentences, each step some 60 characters at most."""
    found = _STEP.findall(lesson.answer_for(age_months))
    return [_shortened(step) for step in found][:_MOST_STEPS]


def example(lesson: Lesson) -> str:
    """The section of the body in which most is said word for word, without its heading; "" where nothing is."""
    sections = [re.sub(r"^(?:## )?.*\n+", "", each, count=1) if each.startswith("## ") else each for each in _sections(lesson.body)]
    best = max(sections, key=_said, default="")
    return best.strip() if _said(best) else ""


def _sections(body: str) -> list[str]:
    return [each.strip() for each in re.split(r"\n(?=## )", body) if each.strip()]


def _said(section: str) -> int:
    return sum(len(each) for each in _QUOTE.findall(section) if len(each) >= _SHORTEST_WORDS)


def _shortened(step: str) -> str:
    """As many sentences as fit, at least one; a full stop inside a quotation ends nothing."""
    depth, kept = 0, ""
    for place, character in enumerate(step, 1):
        depth += (character == "“") - (character == "”")
        ends = character in "。！？" and depth == 0 or character == "”" and step[place - 2] in "。！？" and depth == 0
        if ends and (not kept or place <= _LONGEST_STEP):
            kept = step[:place]
    return kept or step
