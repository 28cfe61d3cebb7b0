"""`python -m bench.scrub`: messages a second that one thread anonymises, by kind of text, and where the time goes.

The texts are the sets in tests/evaluation/privacy and the questions of the lessons, each text once in a round. Three rounds after a
warm-up, the middle one counts.
"""

from __future__ import annotations

import cProfile
import pstats
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from bot.content.library import load_library
from bot.privacy import Scrubber
from bot.privacy.evaluation import read_cases

ROOT = Path(__file__).parent.parent
SETS = ROOT / "tests/evaluation/privacy"


def speed(scrubber: Scrubber, texts: Sequence[str], rounds: int = 3) -> float:
    """Texts a second in this thread, by processor time, so that a busy machine does not count."""
    rates = []
    for _ in range(rounds):
        began = time.thread_time()
        for text in texts:
            scrubber.scrub(text)
        rates.append(len(texts) / (time.thread_time() - began))
    return statistics.median(rates)


def main() -> None:
    """Print the rates and the functions that cost most."""
    scrubber = Scrubber()
    cases = read_cases(sorted(SETS.glob("*.jsonl")))
    questions = [
        question for lesson in load_library(ROOT / "content").lessons.values() for question in lesson.questions
    ]
    kinds = {
        "with something to hide": [case.text for case in cases if case.spans],
        "with nothing to hide": [case.text for case in cases if not case.spans],
        "questions of the lessons": questions[:2000],
    }
    scrubber.scrub("热身")
    for name, texts in kinds.items():
        mean = statistics.mean(map(len, texts))
        print(f"{name:<26}{len(texts):>6} texts of {mean:>4.0f} characters{speed(scrubber, texts):>8.0f} a second")
    profile = cProfile.Profile()
    profile.enable()
    for text in questions[:500]:
        scrubber.scrub(text)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(18)


if __name__ == "__main__":
    main()
