"""What the rules about wording say of any text that parents are sent: a reply, a reminder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.content.documents import Document
from bot.content.lint.corpus import Corpus, Page, ScriptPage
from bot.content.lint.findings import Level
from bot.content.lint.rules import RULES
from bot.content.safety import SafetyScript
from bot.desk.editing import checking
from bot.desk.editing.checking import Remark
from bot.desk.editing.sheets.sheet import Asked

# Length, plain text, blame, jargon, numbers to call, doses, long sentences, another script.
_CODES = ("C007", "C010", "C011", "C012", "C013", "C017", "C020", "C025")
# What WeChat would not send, what nobody checked: these stop, whoever wrote the text.
_STRICT = ("C007", "C012", "C013")


def remarks(asked: Asked, said: Iterable[tuple[str, str]], strict: bool) -> list[Remark]:
    """Each of the texts (field, words) by itself; the lighter rules only remind, all of them when not `strict`."""
    everything = checking.questions(asked.content, asked.today)
    empty = replace(everything, lessons=(), lesson_files=(), scripts=(), script_files=(), quizzes=(), comics=(), shelf=(), tables=())
    found: list[Remark] = []
    for field, text in said:
        found += [replace(each, field=field) for each in _of(empty, asked, text, strict)]
    return found


def _of(empty: Corpus, asked: Asked, text: str, strict: bool) -> Iterable[Remark]:
    path = asked.content / asked.relative
    page = Page(path, (), Document(path, {}, {}), None)
    script = SafetyScript(path.stem, "", 0, "", (), (), (), (), (), text.strip(), (), (), "published", path)
    corpus = replace(empty, scripts=(ScriptPage(page, script, (), ()),))
    for rule in RULES:
        if rule.code in _CODES:
            for finding in rule.check(corpus):
                stops = rule.level is Level.ERROR and strict and rule.code in _STRICT
                yield Remark(finding.code, 0, finding.message, stops, False)
