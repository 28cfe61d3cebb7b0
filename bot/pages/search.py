"""Find a lesson by what somebody types: pairs of characters, and of sounds, in titles, questions and texts, in memory.

Ranking is BM25 (Robertson and Zaragoza 2009) over pairs of neighbouring characters, where a pair in a title counts more
than one in a body. A pair that was typed with a wrong character is found by its sound (pinyin without tones); dialect words
are turned into common ones first.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot import services
from bot.content.lessons import Lesson
from bot.content.library import Library
from bot.text.dialect import Dialect, read_dialect
from bot.text.ngrams import sounds
from bot.text.plain import plain, squash

_FIELDS = {"title": 6.0, "summary": 4.0, "questions": 1.5, "answer": 0.75, "body": 0.5}
# Sounds of whole texts would find everything.
_HEARD = ("title", "summary", "questions")
# Saturation: a word that stands in ten questions says little more than one that stands in three.
_K = 4.0
# A sound is a weaker sign than the characters themselves.
_SOUND = 0.6
# Below this share of what a perfect lesson would score it is chance.
_LEAST = 0.2
# And what is so much worse than the best one is not what was looked for.
_BESIDE_THE_BEST = 0.4
LONGEST = 60

# Said in many ways, meant as one; and words of asking, which stand between what is asked about.
_CHILD = re.compile("娃儿|娃娃|娃|崽崽|崽|小孩子|小孩|小朋友|宝宝|宝贝")
_ASKING = re.compile(r"怎么办|怎么样|怎么|如何|为什么|什么时候|该不该|要不要|能不能|[吗呢啊呀吧了该\W_]+")


_kept: list[tuple[Library, Index]] = []


@dataclass(frozen=True)
class Index:
    """Where a pair stands: that of number n in `lessons` and `weights`, from place `starts[n]` up to `starts[n + 1]`.

    Numbers in arrays: dictionaries of the same would take 100 MB for 170 lessons.
    """

    slugs: tuple[str, ...]
    numbers: Mapping[str, int]
    starts: array[int]
    lessons: array[int]
    weights: array[float]
    dialect: Dialect

    def find(self, words: str, limit: int = 20) -> list[str]:
        """Slugs of the lessons that fit best, best first; none when nothing fits."""
        places = [place for part in _asked(words, self.dialect) for place in _places(part)]
        scores = [0.0] * len(self.slugs)
        perfect = 0.0
        for characters, sound in dict.fromkeys(places):
            # What no lesson says counts against all of them: "qwerty 孩子" is no question about children.
            perfect += self._rarity(characters) if characters in self.numbers else self._rarity(sound)
            for lesson, said in self._best(characters, sound).items():
                scores[lesson] += said
        ranked = sorted((-score, slug) for score, slug in zip(scores, self.slugs, strict=True) if score > 0)
        least = max(_LEAST * perfect, _BESIDE_THE_BEST * max(scores, default=0.0))
        return [slug for score, slug in ranked if -score >= least][:limit]

    def _best(self, characters: str, sound: str) -> dict[int, float]:
        """What each lesson gets for one place of the question: its characters, or at least their sound."""
        found = {lesson: _SOUND * said for lesson, said in self._said(sound)}
        for lesson, said in self._said(characters):
            found[lesson] = max(said, found.get(lesson, 0.0))
        return found

    def _said(self, pair: str) -> Iterator[tuple[int, float]]:
        rarity = self._rarity(pair)
        for place in self._span(pair):
            yield self.lessons[place], rarity * self.weights[place]

    def _rarity(self, pair: str) -> float:
        holding, every = len(self._span(pair)), len(self.slugs)
        return math.log(1 + (every - holding + 0.5) / (holding + 0.5))

    def _span(self, pair: str) -> range:
        number = self.numbers.get(pair)
        return range(0) if number is None else range(self.starts[number], self.starts[number + 1])


def index() -> Index:
    """The index over the published lessons; building it takes about two seconds of one core."""
    library = services.library()
    # When the desk publishes, the library is another one.
    if not _kept or _kept[0][0] is not library:
        _kept[:] = [(library, build(library.lessons, read_dialect(services.settings().content_path / "dialect.yml")))]
    return _kept[0][1]


def build(lessons: Mapping[str, Lesson], dialect: Dialect) -> Index:
    """Index these lessons."""
    numbers: dict[str, int] = {}
    pairs, lessons_of, said = array("I"), array("H"), array("f")
    for number, lesson in enumerate(lessons.values()):
        for pair, count in _counted(lesson, dialect).items():
            pairs.append(numbers.setdefault(pair, len(numbers)))
            lessons_of.append(number)
            said.append(count / (count + _K))
    return Index(tuple(lessons), numbers, *_by_pair(len(numbers), pairs, lessons_of, said), dialect)


def _by_pair(
    count: int, pairs: array[int], lessons: array[int], weights: array[float]
) -> tuple[array[int], array[int], array[float]]:
    """The rows sorted by pair (a counting sort), and where each pair begins."""
    starts = array("I", bytes(4 * (count + 1)))
    for pair in pairs:
        starts[pair + 1] += 1
    for number in range(count):
        starts[number + 1] += starts[number]
    free, sorted_lessons, sorted_weights = starts[:], lessons[:], weights[:]
    for pair, lesson, weight in zip(pairs, lessons, weights, strict=True):
        sorted_lessons[free[pair]], sorted_weights[free[pair]] = lesson, weight
        free[pair] += 1
    return starts, sorted_lessons, sorted_weights


def _counted(lesson: Lesson, dialect: Dialect) -> dict[str, float]:
    counts: defaultdict[str, float] = defaultdict(float)
    for field, weight in _FIELDS.items():
        value = getattr(lesson, field)
        for text in [value] if isinstance(value, str) else value:
            for characters, sound in _places(_common(text, dialect)):
                counts[characters] += weight
                if sound and field in _HEARD:
                    counts[sound] += weight
            # One character alone is searched for when it is all there is: 药, 狗.
            for character in set(squash(text)) if field in _HEARD else ():
                counts[character] += weight
    return counts


def _asked(words: str, dialect: Dialect) -> list[str]:
    """What a question is about, without the words of asking; the question itself when it has nothing else."""
    common = _common(plain(words[:LONGEST]), dialect)
    return [part for part in _ASKING.split(common) if part] or [common]


def _common(text: str, dialect: Dialect) -> str:
    return _CHILD.sub("孩子", dialect.common(text))


def _places(text: str) -> Iterator[tuple[str, str]]:
    """Each pair of neighbours as characters and as sound; a single character, which has no pair, by itself."""
    letters = squash(text)
    if len(letters) == 1:
        yield letters, ""
        return
    heard = [each for each in sounds(letters) if each.count(" ") == 1]
    for start, sound in zip(range(len(letters) - 1), heard, strict=True):
        yield letters[start : start + 2], sound
