"""Read pinyin that a parent typed in the place of characters: 我女儿来yuejing了 → 我女儿来月经了.

Characters follow each other as in the sentences that were learned from; nothing is kept of a sentence but which two stand side by side.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.text.readings import Style, pinyin

_HAN = re.compile(r"[\u4e00-\u9fff]+")
# Words of Latin letters that stand side by side, and what separates two syllables: ni shui le, xi'an.
_RUN = re.compile(r"[a-z]+(?:[ ']+[a-z]+)*")
_WORD = re.compile(r"[a-z]+")
_START, _END = "^", "$"
# Seen once, two characters stand side by side by chance as often as not.
_SEEN_TWICE = 2
_LONGEST_SYLLABLE = 6
_CANDIDATES = 24
# How much the character before counts, against how often a character stands anywhere.
_NEIGHBOUR = 0.9
# A second reading of a character (觉: jue, jiao) is rarer than its first.
_OTHER_READING = 0.3
_UNSEEN = 0.5
# The mean logarithm for each character below which it is rather another language: warehouse, banana.
_LEAST = -5.7
# What could be read as pinyin and is none.
_FOREIGN = frozenset({"ai", "aa", "siri", "delete", "banana", "see", "you", "me", "he", "she", "men", "women", "more"})
# Where a word begins inside a sentence, how its characters go together counts for more than how common the first one is.
_WORD_BEGINS = 0.3
_VOWEL = re.compile("[aeiouv]")


@dataclass(frozen=True)
class Pinyin:
    """How often each character stands in the sentences, and each two side by side (`^` and `$`: begin and end)."""

    characters: Counter[str]
    pairs: Counter[str]

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Pinyin:
        """From sentences of simplified characters; pairs that stand there only once are left out."""
        characters: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for text in texts:
            for run in _HAN.findall(text):
                characters.update(run)
                pairs.update(map("".join, zip(f"{_START}{run}", f"{run}{_END}", strict=True)))
        return cls(characters, Counter({pair: count for pair, count in pairs.items() if count >= _SEEN_TWICE}))

    def read(self, text: str) -> str:
        """`text`, lower case, with characters for its pinyin; as it is where some word of Latin letters is no pinyin."""
        words = [word for word in _WORD.findall(text) if len(word) > 1]
        if not words or not all(word not in _FOREIGN and self._is_pinyin(word) for word in words):
            return text
        return _RUN.sub(self._characters, text)

    def _is_pinyin(self, word: str) -> bool:
        return any(True for _ in self._spelled(word))

    def _spelled(self, word: str) -> Iterator[list[str]]:
        """Every way to cut a word into syllables."""
        if not word:
            yield []
        for size in range(1, min(_LONGEST_SYLLABLE, len(word)) + 1):
            if word[:size] in self._by_sound:
                yield from ([word[:size], *rest] for rest in self._spelled(word[size:]))

    def _characters(self, match: re.Match[str]) -> str:
        letters = match[0]
        if len(letters) == 1:
            return letters
        before, after = match.string[: match.start()], match.string[match.end() :]
        # 来yuejing is not 来越…: several syllables are a word of their own, for which the characters around it do not count.
        alone = letters in self._by_sound
        begun = (before[-1:] if alone else "") if _HAN.fullmatch(before[-1:]) else _START
        ended = (after[:1] if alone else "") if _HAN.fullmatch(after[:1]) else _END
        # The likeliest characters up to each letter, for each last character: its score and the characters.
        best: list[dict[str, tuple[float, str]]] = [{begun: (0.0, "")}, *({} for _ in letters)]
        for place, letter in enumerate(letters):
            if letter in " '":
                best[place + 1] = best[place]
                continue
            for size in range(1, min(_LONGEST_SYLLABLE, len(letters) - place) + 1):
                for character, share in self._by_sound.get(letters[place : place + size], ()):
                    self._go_on(best[place], best[place + size], character, share)
        ends = [(score + self._follows(last, ended), read) for last, (score, read) in best[-1].items()]
        score, read = max(ends, default=(-math.inf, letters))
        return read if score / (len(read) + 1) >= _LEAST else letters

    def _go_on(
        self, reached: dict[str, tuple[float, str]], ahead: dict[str, tuple[float, str]], character: str, share: float
    ) -> None:
        for last, (score, read) in reached.items():
            found = score + self._follows(last, character) + share
            if character not in ahead or found > ahead[character][0]:
                ahead[character] = (found, read + character)

    def _follows(self, last: str, character: str) -> float:
        """The logarithm of the probability of a character after another; "" stands for what tells nothing."""
        if not character:
            return 0.0
        alone = (self.characters[character] or _UNSEEN) / self._total
        beside = self.pairs[last + character] / (self.characters[last] or self._total / 10)
        if not last:
            return _WORD_BEGINS * math.log(alone)
        return math.log(_NEIGHBOUR * beside + (1 - _NEIGHBOUR) * alone)

    @property
    def _total(self) -> int:
        return _counted(self)[0]

    @property
    def _by_sound(self) -> dict[str, list[tuple[str, float]]]:
        return _counted(self)[1]

    def __hash__(self) -> int:
        return id(self)


@lru_cache(maxsize=4)
def _counted(learned: Pinyin) -> tuple[int, dict[str, list[tuple[str, float]]]]:
    """All characters counted; and the likeliest of each syllable, with the logarithm of what a rarer reading costs."""
    by_sound: dict[str, list[tuple[str, float]]] = {}
    for character, _ in learned.characters.most_common():
        for rank, sound in enumerate(dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0])):
            found = by_sound.setdefault(sound, [])
            if _VOWEL.search(sound) and len(found) < _CANDIDATES:
                found.append((character, math.log(_OTHER_READING) if rank else 0.0))
    return max(1, sum(learned.characters.values())), by_sound
