"""C012 and C013: help lines that nobody checked, and doses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.content.lint.corpus import Corpus
from bot.content.lint.findings import Finding, Level, Rule
from bot.content.lint.prose import everything_read, sentences
from bot.text.numerals import NUMERAL

_SHORT = re.compile(r"(?<![\d.A-Za-z-])\d{3}(?:\d{2})?(?![\d.%A-Za-z]|-\d)")
# 11x and 12x, 12xxx, 95xxx and 96xxx: the ranges of China's public service numbers (电信网编号计划, 2017).
_HOTLINE_SHAPE = re.compile(r"1[12]\d|12\d{3}|9[56]\d{3}")
# Mobile, 400/800 and area-code numbers.
_LONG = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|0\d{2,3}-\d{7,8})(?!\d)")
_CALLS = re.compile(r"(?:电话|拨打?|热线|呼叫|打给?|号码)[：:是“（( ]{0,2}$")
_CALLED = re.compile(r"^[”）) ]{0,2}(?:热线|电话|求助|急救|报警)")
_UNIT = re.compile(r"^\s?(?:[毫厘公千]|[元块克天个米斤岁秒次度字人页户]|分钟|小时)")

_MEDICINE_UNIT = r"(?:毫克|毫升|微克|mg|ml|ML|片|粒|丸)"
_DOSE = re.compile(rf"(?:{NUMERAL}|半|几)\s?{_MEDICINE_UNIT}", re.IGNORECASE)
# Water, milk and food are measured too; 一片 is also a slice, a patch of skin, a stretch of land.
_FOOD = re.compile(r"水|奶|汤|粥|饮料|尿|黄瓜|橙|面包|菜|肉|瓜|姜|红点|疹|地|心|饼|叶")
# How far apart, in characters, the name of a medicine and an amount may stand and still belong together.
_NEXT_TO = 12


class _Amount(NamedTuple):
    text: str
    before: str
    after: str


def unknown_numbers(corpus: Corpus) -> Iterator[Finding]:
    """Numbers to call that are not in content/hotlines.yml: in a text, or in a script's `hotlines`."""
    for passage in everything_read(corpus):
        for line in passage.text.splitlines():
            for number in _called(line):
                if not corpus.hotlines.knows(number):
                    yield passage.finding("C012", _UNKNOWN.format(number), line.strip())
    for script in corpus.scripts:
        for index, number in enumerate(script.script.hotlines):
            if number not in corpus.hotlines.lines:
                where = script.page.line(f"hotlines[{index}]")
                yield Finding("C012", script.page.path, where, _UNKNOWN.format(number))


def doses(corpus: Corpus) -> Iterator[Finding]:
    """An amount of a medicine."""
    for passage in everything_read(corpus):
        for sentence in sentences(passage.text):
            for amount in _amounts(sentence):
                if any(name in amount.before + amount.after for name in corpus.words.medicines):
                    message = f"“{amount.text}”像是药的用量：不写剂量，改成“按说明书和医生的话”"
                    yield passage.finding("C013", message, sentence)


RULES = (
    Rule("C012", "电话号码都核对过", Level.ERROR, unknown_numbers),
    Rule("C013", "不写药的用量", Level.ERROR, doses),
)

_UNKNOWN = "{} 不在 content/hotlines.yml 里：核对后先加到那里，不是求助电话就加到 other_numbers 并写明理由"


def _called(line: str) -> Iterator[str]:
    yield from (match.group() for match in _LONG.finditer(line))
    for match in _SHORT.finditer(line):
        before, after = line[: match.start()], line[match.end() :]
        counts_something = not _HOTLINE_SHAPE.fullmatch(match.group()) or _UNIT.search(after)
        if _CALLS.search(before) or _CALLED.search(after) or not counts_something:
            yield match.group()


def _amounts(sentence: str) -> Iterator[_Amount]:
    for match in _DOSE.finditer(sentence):
        before = sentence[max(0, match.start() - _NEXT_TO) : match.start()]
        after = sentence[match.end() : match.end() + _NEXT_TO]
        if not _FOOD.search(before[-3:] + after[:4]):
            yield _Amount(match.group(), before, after)
