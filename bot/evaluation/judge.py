"""Whether a reply is a good one. The rules are those of docs/evaluation.md; only what a parent can read counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.content.lessons import Lesson
from bot.content.library import Library
from bot.content.safety import SafetyScript
from bot.evaluation.cases import CRISIS, IN_SCOPE, NEAR_MISS, OFF_TOPIC, Case
from bot.people.offer import OFFER
from bot.text.plain import squash

_TAG = re.compile(r"</?a\b[^>]*>", re.IGNORECASE)
# Long enough that two lessons rarely begin alike, short enough to stand whole in the first piece of a split answer.
_OPENING = 30


@dataclass(frozen=True)
class Verdict:
    """`passed`, or `why` not, in a few words."""

    passed: bool
    why: str = ""


class Judge:
    """Judges replies against cases; knows how lessons and safety scripts of this library begin."""

    def __init__(self, library: Library) -> None:
        self._lessons = _openings(library.lessons.values())
        self._scripts = _openings(library.safety.values())

    def judge(self, case: Case, reply: str) -> Verdict:
        """The verdict on everything that one message brought back."""
        seen = without_offer(visible(reply))
        if not seen.strip():
            return Verdict(False, "no reply")
        if case.kind == OFF_TOPIC and (lesson := _begins(seen, self._lessons)):
            return Verdict(False, f"answered with the lesson {lesson}")
        if case.kind == NEAR_MISS and (script := _begins(seen, self._scripts)):
            return Verdict(False, f"false alarm {script}")
        wrong = _matching(seen, case)
        return Verdict(not wrong, wrong)

    def about(self, case: Case, reply: str) -> str:
        """What the reply was, for the list of failures: the slugs of lessons and scripts in it, else its beginning."""
        seen = without_offer(visible(reply))
        known = self._scripts if case.kind == CRISIS else {**self._scripts, **self._lessons}
        found = _begins(seen, known) or _begins(seen, self._lessons)
        return found or " ".join(seen.split())[:40]


def visible(reply: str) -> str:
    """A reply without the markup of its links: what the parent reads."""
    return _TAG.sub("", reply)


def without_offer(seen: str) -> str:
    """A reply without the offer of a profile and its choices, which stand under the first answer of all."""
    before, offer, after = seen.partition(OFFER.text)
    if not offer:
        return seen
    for choice in OFFER.choices:
        after = re.sub(rf"\n?\d+\. {re.escape(choice.title)}", "", after, count=1)
    return before + after


def asks_back(case: Case, verdict: Verdict) -> bool:
    """Whether the numbered choices of this reply are worth trying."""
    return case.kind == IN_SCOPE and not verdict.passed


def choices_of(titles: Iterable[str]) -> list[int]:
    """The numbers that a parent could type in answer, without those of the profile's offer. Numbers run from 1."""
    offered = {choice.title for choice in OFFER.choices}
    return [number for number, title in enumerate(titles, 1) if title not in offered]


def _matching(seen: str, case: Case) -> str:
    for pattern in case.must_not:
        if pattern.search(seen):
            return f"must not: {pattern.pattern}"
    for group in case.must:
        if not any(pattern.search(seen) for pattern in group):
            return "missing: " + " | ".join(pattern.pattern for pattern in group)
    return ""


def _openings(owners: Iterable[Lesson | SafetyScript]) -> dict[str, str]:
    """The beginning of each answer, squashed, and whose it is."""
    return {
        squash(text)[:_OPENING]: owner.slug
        for owner in owners
        for text in (owner.answer, *(aged.text for aged in owner.answers))
    }


def _begins(seen: str, openings: dict[str, str]) -> str:
    flat = squash(seen)
    return next((slug for opening, slug in openings.items() if opening in flat), "")
