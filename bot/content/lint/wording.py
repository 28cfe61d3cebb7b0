"""C010, C011, C017 and C025: words that blame, words of the trade, long sentences, characters of another script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.content.lint.corpus import Corpus
from bot.content.lint.findings import Finding, Level, Rule
from bot.content.lint.prose import Passage, everything_read, sentences
from bot.content.lint.reference import Avoided
from bot.text.plain import simplify

# A voice reads about five characters a second: past sixty nobody can say a sentence in one breath.
LONGEST_SENTENCE = 60

_COUNTED = re.compile(r"[\u4e00-\u9fff]|[A-Za-z0-9.]+")
# "Do not say …": what stands in quotation marks after it is there to be avoided.
_WARNS = re.compile(r"(?:不|别|少|莫|避免)(?:要|用|再|去|跟他|对他|一直|老)?(?:说|讲|问|骂|用|写|提|拿)|换成|难听的话")
_ASCII_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])[,;:?!()\"'](?=[\u4e00-\u9fff])")


def blame(corpus: Corpus) -> Iterator[Finding]:
    """Words of the list `blame`, unless quoted as what not to say."""
    for passage in everything_read(corpus):
        for avoided, sentence, start in _hits(passage, corpus.words.blame):
            if not _quoted_as_bad(sentence, start):
                yield _avoid("C010", "会让家长觉得在怪他", passage, avoided, sentence)


def jargon(corpus: Corpus) -> Iterator[Finding]:
    """Words of the list `jargon`."""
    for passage in everything_read(corpus):
        for avoided, sentence, _ in _hits(passage, corpus.words.jargon):
            yield _avoid("C011", "是书本上的词", passage, avoided, sentence)


def long_sentences(corpus: Corpus) -> Iterator[Finding]:
    """Sentences of more than sixty characters; a number or a Latin word counts as one, punctuation not at all."""
    for passage in everything_read(corpus):
        for sentence in sentences(passage.text):
            length = len(_COUNTED.findall(sentence))
            if length > LONGEST_SENTENCE:
                message = f"“{sentence[:12]}……”这句有 {length} 个字，最多 {LONGEST_SENTENCE} 个，用句号拆成两三句"
                yield passage.finding("C017", message, sentence)


def other_script(corpus: Corpus) -> Iterator[Finding]:
    """Traditional characters, and ASCII punctuation between Han characters."""
    for passage in everything_read(corpus):
        for line in passage.text.splitlines():
            wrong = "".join(filter(_is_traditional, line))
            if wrong:
                yield passage.finding("C025", f"“{wrong}”是繁体字，改成简体", line.strip())
            found = _ASCII_BETWEEN.search(line)
            if found:
                around = line[max(0, found.start() - 4) : found.end() + 4]
                yield passage.finding("C025", f"“{around}”里的 {found.group()} 是英文标点，换成中文标点", line.strip())


RULES = (
    Rule("C010", "不说怪人的话", Level.ERROR, blame),
    Rule("C011", "不用书本上的词", Level.ERROR, jargon),
    Rule("C017", f"一句话不超过 {LONGEST_SENTENCE} 个字", Level.ERROR, long_sentences),
    Rule("C025", "简体字和中文标点", Level.WARNING, other_script),
)


@lru_cache(maxsize=8192)
def _is_traditional(character: str) -> bool:
    """Traditional only: what stands in GB 2312 is written in simplified texts too (著, 乾)."""
    if character.isascii() or simplify(character) == character:
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _hits(passage: Passage, words: tuple[Avoided, ...]) -> Iterator[tuple[Avoided, str, int]]:
    for sentence in sentences(passage.text):
        for avoided in words:
            match = avoided.pattern.search(sentence)
            if match:
                yield avoided, sentence, match.start()


def _avoid(code: str, why: str, passage: Passage, avoided: Avoided, sentence: str) -> Finding:
    return passage.finding(code, f"“{avoided.word}”{why}，换个说法：{avoided.instead}", sentence)


def _quoted_as_bad(sentence: str, start: int) -> bool:
    before = sentence[:start]
    inside = before.count("“") > before.count("”")
    return inside and bool(_WARNS.search(before[: before.index("“")]))
