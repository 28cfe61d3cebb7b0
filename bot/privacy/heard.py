"""A text as the recognisers see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.privacy.reading.reader import Read, reader
from bot.privacy.tagger import Tagged, Tagger, Word

# In log odds: a name that stays is worse than a word that goes.
_FAVOUR = 1.0


@dataclass(frozen=True)
class Heard:
    """The folded text, and on demand its words: a bare number or link needs no model."""

    text: str
    tagger: Tagger

    @cached_property
    def tagged(self) -> Tagged:
        """LAC's reading."""
        return self.tagger.tag(self.text)

    @property
    def words(self) -> tuple[Word, ...]:
        """LAC's words in order, without gaps."""
        return self.tagged.words

    @cached_property
    def read(self) -> tuple[Read, ...]:
        """Names, places and workplaces, as the whole sentence has them."""
        return tuple(reader().read(self.text, self.tagged.logits, _FAVOUR))

    @cached_property
    def word_at(self) -> dict[int, int]:
        """Number of the word that begins at a character."""
        return {word.start: number for number, word in enumerate(self.words)}

    def before(self, start: int, length: int) -> str:
        """Up to `length` characters in front of `start`."""
        return self.text[max(0, start - length) : start]

    def after(self, end: int, length: int) -> str:
        """Up to `length` characters from `end` on."""
        return self.text[end : end + length]

    def person_at(self, place: int) -> float:
        """The model's belief that the character is in a person's name."""
        return self.tagged.person[place]

    def weakest(self, start: int, end: int) -> float:
        """The model's least belief within [start, end)."""
        return min(self.tagged.person[start:end], default=0.0)

    def belief(self, start: int, end: int) -> float:
        """The model's mean belief that [start, end) is in a person's name."""
        return sum(self.tagged.person[start:end]) / max(1, end - start)
