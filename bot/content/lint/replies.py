"""C007–C009 and C020: an answer fits one WeChat message, has steps and words to say, and is plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.lint.corpus import Corpus
from bot.content.lint.findings import Finding, Level, Rule
from bot.content.lint.prose import Passage, han_count, plain_texts, replies

# WeChat's limit for the text of one message, in bytes of UTF-8 (customer-service message, errcode 45002).
MOST_BYTES = 2048
LEAST_STEPS = 2
# Fewer Han characters between “ ” are a word that is named, not a sentence to say.
LEAST_SPOKEN = 5

_STEP = re.compile(r"^\d+\. \S", re.MULTILINE)
_SPOKEN = re.compile(r"“([^”]*)”")
_MARKUP = re.compile(r"[*#`]+|~~|__|\]\(|^\s*(?:[-+>]) |^\s*\|", re.MULTILINE)
# Pictographs (and what joins them), and WeChat's own codes such as [微笑].
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3]|\\[[\u4e00-\u9fffA-Za-z]{1,8}\\]"
)


def too_long(corpus: Corpus) -> Iterator[Finding]:
    """A reply of more than 2048 bytes."""
    for passage in replies(corpus):
        size = len(passage.text.encode())
        if size > MOST_BYTES:
            message = f"有 {size} 字节，一条微信最多 {MOST_BYTES} 字节，大约要删 {(size - MOST_BYTES + 2) // 3} 个字"
            yield passage.finding("C007", message)


def no_steps(corpus: Corpus) -> Iterator[Finding]:
    """A reply with fewer than two numbered steps."""
    for passage in replies(corpus):
        if len(_STEP.findall(passage.text)) < LEAST_STEPS:
            message = f"至少写 {LEAST_STEPS} 步，每步一行，用“1. ”“2. ”开头（英文点，后面空一格）"
            yield passage.finding("C008", message)


def nothing_to_say(corpus: Corpus) -> Iterator[Finding]:
    """A lesson without a sentence in “ ” in its answer or relay card, or a script without one in its answer."""
    for each in corpus.lessons:
        if not _has_spoken(each.lesson.answer + each.lesson.relay):
            yield Passage(each.page, "answer", each.lesson.answer).finding("C009", _NOTHING_TO_SAY)
    for script in corpus.scripts:
        if not _has_spoken(script.script.answer):
            yield Passage(script.page, "answer", script.script.answer).finding("C009", _NOTHING_TO_SAY)


def not_plain(corpus: Corpus) -> Iterator[Finding]:
    """Markdown or emoji where WeChat shows plain text."""
    for passage in plain_texts(corpus):
        for line in passage.text.splitlines():
            found = _MARKUP.search(line) or _EMOJI.search(line)
            if found:
                message = f"有“{found.group().strip()}”：微信里只显示纯文字，删掉符号和表情"
                yield passage.finding("C020", message, line.strip())


RULES = (
    Rule("C007", f"一条回答不超过 {MOST_BYTES} 字节", Level.ERROR, too_long),
    Rule("C008", "回答分成几步", Level.ERROR, no_steps),
    Rule("C009", "有一句能照着念的话", Level.ERROR, nothing_to_say),
    Rule("C020", "回答是纯文字", Level.ERROR, not_plain),
)

_NOTHING_TO_SAY = "少一句可以照着念的话，写在“ ”里"


def _has_spoken(text: str) -> bool:
    return any(han_count(spoken) >= LEAST_SPOKEN for spoken in _SPOKEN.findall(text))
