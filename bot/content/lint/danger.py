"""C021 and C022: do the safety scripts fire when they must, and only then?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.lint.corpus import Corpus, Question, ScriptPage
from bot.content.lint.findings import Finding, Level, Rule
from bot.content.safety import SafetyScript

LEAST_EXAMPLES = 30
LEAST_NEAR_MISSES = 20
# The classifier finds what no pattern does; below this share the two nets are one.
LEAST_FOUND = 0.5
# A pattern alone raises no alarm: the model has to agree. More than that of harmless sentences, and it is no net but a flood.
MOST_NEAR_MISSES_HIT = 0.2
MOST_QUESTIONS_HIT = 0.15


def weak_scripts(corpus: Corpus) -> Iterator[Finding]:
    """Scripts with too few sentences, that do not name their help lines, cry wolf or miss their own examples."""
    scripts = [each.script for each in corpus.scripts]
    for each in corpus.scripts:
        yield from _too_few(each, "examples", len(each.examples), LEAST_EXAMPLES)
        yield from _too_few(each, "near_misses", len(each.near_misses), LEAST_NEAR_MISSES)
        yield from _unnamed_hotlines(each)
        yield from _cries_wolf(each)
        yield from _missed(each, scripts)


def lesson_sets_off_alarm(corpus: Corpus) -> Iterator[Finding]:
    """Lessons for many of whose questions a pattern fires: parents who ask about prevention might get the emergency script."""
    finished = [script for script in corpus.scripts if not script.page.draft]
    for each in corpus.lessons:
        hits = [(question, script) for question in each.questions for script in finished if fires(script.script, question)]
        if len(hits) > MOST_QUESTIONS_HIT * len(each.questions):
            yield from (_alarm(question, script) for question, script in hits)


RULES = (
    Rule("C021", "急救文案认得准", Level.ERROR, weak_scripts),
    Rule("C022", "课文的问题不触发急救", Level.ERROR, lesson_sets_off_alarm),
)


def fires(script: SafetyScript, question: Question) -> bool:
    """Whether the script's patterns fire on any reading of the sentence, as the DangerDetector looks at it."""
    return any(script.matches(reading) for reading in question.readings)


def _too_few(each: ScriptPage, key: str, count: int, least: int) -> Iterator[Finding]:
    if count < least:
        yield Finding("C021", each.page.path, each.page.line(key), f"{key} 只有 {count} 句，至少 {least} 句")


def _unnamed_hotlines(each: ScriptPage) -> Iterator[Finding]:
    for number in each.script.hotlines:
        if not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", each.script.answer):
            message = f"hotlines 里有 {number}，answer 里却没提：写进去，或者从 hotlines 里删掉"
            yield Finding("C021", each.page.path, each.page.line("hotlines"), message)


def _cries_wolf(each: ScriptPage) -> Iterator[Finding]:
    hits = [question for question in each.near_misses if fires(each.script, question)]
    if len(hits) <= MOST_NEAR_MISSES_HIT * len(each.near_misses):
        return
    for question in hits:
        line = each.page.line(f"patterns[{_culprit(each.script, question)}]")
        message = f"“{question.text}”不是出事，却被第 {line} 行的正则认成出事：把那条收紧，或加一条 unless"
        yield Finding("C021", each.page.path, question.line, message)


def _missed(each: ScriptPage, scripts: list[SafetyScript]) -> Iterator[Finding]:
    missed = [example for example in each.examples if not any(fires(script, example) for script in scripts)]
    found = 1 - len(missed) / len(each.examples)
    if found < LEAST_FOUND:
        message = f"{len(each.examples)} 句 examples 里正则只认出 {found:.0%}，至少 {LEAST_FOUND:.0%}；没认出的例如“{missed[0].text}”"
        yield Finding("C021", each.page.path, each.page.line("patterns"), message)


def _alarm(question: Question, script: ScriptPage) -> Finding:
    line = script.page.line(f"patterns[{_culprit(script.script, question)}]")
    message = (
        f"“{question.text}”会触发急救文案“{script.script.title}”（{script.page.path}:{line}）："
        "是求救的话就挪到急救文案的 examples，是问预防就请管急救文案的人收紧那条正则"
    )
    return Finding("C022", question.page.path, question.line, message, script.page.path)


def _culprit(script: SafetyScript, question: Question) -> int:
    """The number of the first pattern that matches."""
    matching = (n for n, each in enumerate(script.patterns) if any(each.search(text) for text in question.readings))
    return next(matching, 0)
