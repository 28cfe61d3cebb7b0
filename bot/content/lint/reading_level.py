"""C018: how many characters of a lesson are not among the 2,500 that everyone reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.content.lint.common_characters import COMMON_CHARACTERS
from bot.content.lint.corpus import Corpus, Page
from bot.content.lint.findings import Finding, Level, Rule
from bot.content.lint.prose import Passage, han, of_lesson, of_script

# The 2,500 cover 98 % of running text (现代汉语常用字表, count over two million characters): above 3 % a text is harder than usual.
MOST_RARE = 0.03
_SHOWN = 8


def hard_to_read(corpus: Corpus) -> Iterator[Finding]:
    """Files in which more than 3 % of the Han characters are rare."""
    for lesson in corpus.lessons:
        yield from _hard(lesson.page, of_lesson(lesson))
    for script in corpus.scripts:
        yield from _hard(script.page, of_script(script))


RULES = (Rule("C018", "用常用字", Level.WARNING, hard_to_read),)


def _hard(page: Page, passages: Iterable[Passage]) -> Iterator[Finding]:
    characters = [character for passage in passages for character in han(passage.text)]
    rare = Counter(character for character in characters if character not in COMMON_CHARACTERS)
    share = sum(rare.values()) / max(1, len(characters))
    if share > MOST_RARE:
        shown = "、".join(character for character, _ in rare.most_common(_SHOWN))
        message = f"不常用的字占 {share:.1%}（最多 {MOST_RARE:.0%}），多的是：{shown}；能换就换成家常的字"
        yield Finding("C018", page.path, page.line("answer"), message)
