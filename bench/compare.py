"""`python -m bench.compare`: ways to understand, trained on all lessons, tried on the evaluation sets; table in docs/understanding.md.

Each way runs in a process of its own, one after the other. --diet adds stock Rasa's DIET and ResponseSelector, and ours on the
same small training set as `python -m bench`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from bench.corpus import Corpus, read_corpus, thinned
from bench.decide import Outcome, outcomes, read_thresholds
from bench.page import fill
from bench.vectors import Vectors
from bench.ways import WAYS, Understands, Way, trained
from bot.evaluation.cases import IN_SCOPE, OFF_TOPIC

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/understanding.md"
SETS = ROOT / "tests/evaluation"
_TIMED = 100


@dataclass(frozen=True)
class Score:
    """One way. Shares between 0 and 1, by style and area of the cases in scope: the lesson ranked first answers them."""

    name: str
    at_once: float
    within_three: float
    off_topic_answered: float
    by_style: dict[str, float]
    by_area: dict[str, float]
    train_seconds: float
    milliseconds: float
    megabytes: float


def score_of(name: str, results: Sequence[Outcome], train_seconds: float, milliseconds: float) -> Score:
    """Count; memory is the highest of this process."""
    in_scope = _of(results, IN_SCOPE)
    return Score(
        name=name,
        at_once=_share([each.first_right for each in in_scope]),
        within_three=_share([each.three_right for each in in_scope]),
        off_topic_answered=_share([bool(each.decision.lesson) for each in _of(results, OFF_TOPIC)]),
        by_style=_split(in_scope, [each.case.style for each in in_scope]),
        by_area=_split(in_scope, [each.case.area for each in in_scope]),
        train_seconds=train_seconds,
        milliseconds=milliseconds,
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def try_way(way: Way, corpus: Corpus, content: Path, vectors: Vectors | None = None) -> Score:
    """Train it here, try it on every case."""
    limits = read_thresholds(ROOT / "config.yml")
    model, train_seconds = trained(way, corpus.sentences, content, vectors)
    rows = model.probabilities([case.text for case in corpus.cases])
    results = outcomes(corpus, model.topics, rows, limits)
    return score_of(way.name, results, train_seconds, _milliseconds(model, corpus))


def _milliseconds(model: Understands, corpus: Corpus) -> float:
    """Median processor time for one message alone."""
    waits: list[float] = []
    for case in corpus.cases[:_TIMED]:
        started = time.process_time()
        model.probabilities([case.text])
        waits.append(time.process_time() - started)
    return 1000 * median(waits)


def _of(results: Sequence[Outcome], kind: str) -> list[Outcome]:
    return [each for each in results if each.case.kind == kind]


def _share(passed: Sequence[bool]) -> float:
    return sum(passed) / len(passed) if passed else 0.0


def _split(results: Sequence[Outcome], names: Sequence[str]) -> dict[str, float]:
    pairs = list(zip(names, results, strict=True))
    return {
        name: _share([each.first_right for label, each in pairs if label == name]) for name in sorted(set(names))
    }


def as_tables(scores: Sequence[Score]) -> str:
    """Markdown: the ways; then the lesson ranked first by style and by area."""
    head = ("way", "first", "in three", "off topic answered")
    cost = ("training, processor s", "a message, processor ms", "memory, MB")
    lines = [_line((*head, *cost)), _line(["---", *["---:"] * 6])]
    for each in scores:
        rates = [f"{share:.1%}" for share in (each.at_once, each.within_three, each.off_topic_answered)]
        lines.append(
            _line([each.name, *rates, f"{each.train_seconds:.0f}", f"{each.milliseconds:.1f}", f"{each.megabytes:.0f}"])
        )
    styles, areas = ([each.by_style for each in scores], [each.by_area for each in scores])
    names = [each.name for each in scores]
    return "\n".join([*lines, "", *_by("style", names, styles), "", *_by("area", names, areas)])


def _by(what: str, names: Sequence[str], splits: Sequence[dict[str, float]]) -> list[str]:
    columns = sorted({label for split in splits for label in split})
    rows = [_line([name, *(_percent(split.get(label)) for label in columns)]) for name, split in zip(names, splits, strict=True)]
    shown = [label.replace("_", " ") for label in columns]
    return [_line([f"first, by {what}", *shown]), _line(["---", *["---:"] * len(columns)]), *rows]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _in_own_process(number: int, every: int, folder: str) -> Score:
    # Without TensorFlow, as the assistant is: its 500 MB would hide what a way takes.
    code = "from bot.kept_out import keep_out; keep_out(); from bench.compare import main; main()"
    command = [sys.executable, "-W", "ignore", "-c", code, "--way", str(number), "--every", str(every), "--vectors", folder]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=ROOT)
    return Score(**json.loads(done.stdout.splitlines()[-1]))


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare, print, write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.compare", description=__doc__)
    parser.add_argument("--way", type=int, help="only this one, in this process; prints JSON")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="learn one sentence in N of each topic")
    parser.add_argument("--diet", action="store_true", help="also DIET and ours on the small training set (20 minutes)")
    parser.add_argument("--dry", action="store_true", help="print only; leave the page as it is")
    parser.add_argument("--vectors", type=Path, metavar="FOLDER", help="keep what the encoders give there, between ways")
    chosen = parser.parse_args(arguments)
    if chosen.way is not None:
        corpus = thinned(read_corpus(ROOT, SETS), chosen.every)
        print(json.dumps(asdict(try_way(WAYS[chosen.way], corpus, ROOT / "content", Vectors(chosen.vectors)))))
        return

    scores: list[Score] = []
    with tempfile.TemporaryDirectory(prefix="jiashu-vectors-") as folder:
        for number, way in enumerate(WAYS):
            scores.append(_in_own_process(number, chosen.every, folder))
            print(f"{way.name}: first {scores[-1].at_once:.1%}, {scores[-1].train_seconds:.0f} s", file=sys.stderr, flush=True)
    tables = as_tables(scores)
    print(tables)
    if not chosen.dry:
        fill(PAGE, "compare", tables)
    if chosen.diet:
        from bench.diet import compare_diet

        with tempfile.TemporaryDirectory(prefix="jiashu-bench-") as folder:
            tables = as_tables(asyncio.run(compare_diet(Path(folder))))
        print(tables)
        if not chosen.dry:
            fill(PAGE, "diet", tables)


if __name__ == "__main__":
    main()
