"""The same small training set for both systems: DIET takes minutes on it, on all lessons far longer.

45 lessons, eight questions of each, eight examples of each danger and of each kind of talk, forty of what is off topic; only
sentences of at most 16 characters, because DIET's time grows with their length and it pads each batch to its longest. Our own
folder is made of them, and the sentences are handed to the stock one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml

LESSONS = (
    "body-safety bullying choking drowning e-bikes-and-motorcycles home-alone online-strangers-scams-topups scalds-and-burns "
    "strangers-and-being-taken being-a-working-parent creating-a-care-plan signs-of-distress breastfeeding-and-work "
    "cough-and-pneumonia-signs diarrhoea-and-ors fears fever-by-age first-foods-from-6-months picky-eating "
    "screens-for-little-ones sleep-of-little-ones talking-and-reading-aloud tantrums toilet-training vaccination-schedule "
    "dropping-out early-love puberty-girls homework-from-afar how-often-how-long keeping-promises phones-and-games "
    "the-silent-child toddler-on-video what-to-talk-about when-the-child-cries why-you-work-away working-with-grandparents "
    "festivals-apart first-day-shyness gifts-by-age saying-goodbye anger loneliness stress-and-night-shifts"
).split()
OFF_TOPIC = "off_topic"

T = TypeVar("T")


@dataclass(frozen=True)
class Size:
    """How many lessons, and how many examples of each topic (`off_topic`: of that one)."""

    lessons: int = len(LESSONS)
    examples: int = 8
    off_topic: int = 40
    longest: int = 16

    def cut(self, sentences: Sequence[str], count: int = 0) -> list[str]:
        """Those that are short enough, at most `count` (default: `examples`) of them."""
        return spread([each for each in sentences if len(each) <= self.longest], count or self.examples)


@dataclass(frozen=True)
class Sentences:
    """Training sentences by topic, and what is answered: the answers of lessons and of safety scripts."""

    lessons: dict[str, list[str]]
    dangers: dict[str, list[str]]
    talk: dict[str, list[str]]
    answers: dict[str, str]

    @property
    def count(self) -> int:
        return sum(len(each) for part in (self.lessons, self.dangers, self.talk) for each in part.values())


def write_ours(source: Path, target: Path, size: Size) -> Sentences:
    """Make a project folder at `target` from the one at `source`; returns the sentences in it.

    Safety scripts keep their patterns and as many near misses as examples, lessons their whole text: ours learns from those too,
    a stock Rasa has no place for them.
    """
    target.mkdir(parents=True)
    shutil.copy(source / "config.yml", target / "config.yml")
    for name in ("domain", "data", "content"):
        shutil.copytree(source / name, target / name)
    lessons = [_cut_lesson(path, size) for path in _chosen(target / "content/lessons", size)]
    dangers = [_cut_script(path, size) for path in sorted((target / "content/safety").glob("*.yml"))]
    talk = [_cut_talk(path, size) for path in sorted((target / "data/nlu").glob("*.yml"))]
    return Sentences(
        lessons={slug: questions for slug, questions, _ in lessons},
        dangers={slug: examples for slug, examples, _ in dangers},
        talk={intent: examples for part in talk for intent, examples in part.items()},
        answers={slug: answer for slug, _, answer in (*lessons, *dangers)},
    )


def spread(examples: Sequence[T], count: int) -> list[T]:
    """At most `count` of them, evenly drawn: lessons list short questions first and dialect last."""
    if len(examples) <= count:
        return list(examples)
    return [examples[number * len(examples) // count] for number in range(count)]


def _chosen(lessons: Path, size: Size) -> Iterable[Path]:
    keep = set(LESSONS[: size.lessons])
    for path in sorted(lessons.glob("*/*.md")):
        if path.stem in keep:
            yield path
        else:
            path.unlink()


def _cut_lesson(path: Path, size: Size) -> tuple[str, list[str], str]:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    front = yaml.safe_load(head)
    front["questions"] = size.cut(front["questions"])
    path.write_text(f"---\n{_yaml(front)}---\n{body}", encoding="utf-8")
    return path.stem, front["questions"], front["answer"]


def _cut_script(path: Path, size: Size) -> tuple[str, list[str], str]:
    script = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name in ("examples", "near_misses"):
        script[name] = size.cut(script[name])
    path.write_text(_yaml(script), encoding="utf-8")
    return path.stem, script["examples"], script["answer"]


def _cut_talk(path: Path, size: Size) -> dict[str, list[str]]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    talk: dict[str, list[str]] = {}
    for topic in data["nlu"]:
        said = [line.removeprefix("- ") for line in topic["examples"].splitlines() if line.strip()]
        kept = size.cut(said, size.off_topic // 2 if topic["intent"] == OFF_TOPIC else size.examples)
        topic["examples"] = "".join(f"- {sentence}\n" for sentence in kept)
        talk.setdefault(topic["intent"], []).extend(kept)
    path.write_text(_yaml(data), encoding="utf-8")
    return talk


def _yaml(data: object) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000))
