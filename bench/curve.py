"""`python -m bench.curve`: what each threshold costs; tables in docs/understanding.md and docs/safety.md, plot beside them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.compare import PAGE, ROOT, SETS
from bench.corpus import Corpus, read_corpus, thinned
from bench.dangers import score_dangers
from bench.decide import Outcome, Thresholds, outcomes, read_thresholds
from bench.page import fill
from bench.ways import WAYS, trained
from bot.evaluation.cases import CRISIS, IN_SCOPE, NEAR_MISS

SAFETY = ROOT / "docs/safety.md"
PLOT = ROOT / "docs/images/threshold.png"
STEPS = (0.02, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
ALARMS = (-0.5, -0.4, -0.3, -0.2, -0.1, 0.0, 0.2)


@dataclass(frozen=True)
class Point:
    """At a threshold, of the questions in scope: shares that are answered rightly, answered wrongly, asked back."""

    threshold: float
    right: float
    wrong: float
    back: float


@dataclass(frozen=True)
class Alarm:
    """At a score from which the alarm is raised: shares of crises, near misses and questions in scope that raise it.

    `found`: crises that raise it or are thought possible; `doubted`: near misses that are thought possible.
    """

    score: float
    crises: float
    found: float
    near_misses: float
    doubted: float
    questions: float


def answer_curve(results: Sequence[Outcome]) -> list[Point]:
    """For lessons; whoever is taken for talk counts as wrong."""
    in_scope = [each for each in results if each.case.kind == IN_SCOPE]
    return [_point(in_scope, threshold) for threshold in STEPS]


def _point(in_scope: Sequence[Outcome], threshold: float) -> Point:
    sure = [each for each in in_scope if each.decision.sure >= threshold]
    right = sum(_answers(each) for each in sure)
    total = len(in_scope) or 1
    return Point(threshold, right / total, (len(sure) - right) / total, 1 - len(sure) / total)


def _answers(outcome: Outcome) -> bool:
    return outcome.decision.first.startswith("lesson/") and outcome.first_right


def danger_curve(corpus: Corpus, results: Sequence[Outcome], limits: Thresholds) -> list[Alarm]:
    """The DangerDetector's `alarm` turned, the rest as in config.yml."""
    scored = score_dangers(corpus, results)
    by_kind = {kind: [each for each in scored if each.kind == kind] for kind in (CRISIS, NEAR_MISS, IN_SCOPE)}

    def share(kind: str, alarm: float) -> float:
        return sum(each.raises(alarm, limits.patterns_alarm) for each in by_kind[kind]) / (len(by_kind[kind]) or 1)

    return [
        Alarm(
            score=step,
            crises=share(CRISIS, step),
            found=share(CRISIS, min(step, limits.doubt)),
            near_misses=share(NEAR_MISS, step),
            doubted=share(NEAR_MISS, min(step, limits.doubt)) - share(NEAR_MISS, step),
            questions=share(IN_SCOPE, step),
        )
        for step in ALARMS
    ]


def plot(points: Sequence[Point], chosen: float, path: Path) -> None:
    """Right, wrong and asked back by threshold."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    steps = [point.threshold for point in points]
    figure, axes = pyplot.subplots(figsize=(7, 4))
    axes.stackplot(
        steps,
        [100 * point.right for point in points],
        [100 * point.back for point in points],
        [100 * point.wrong for point in points],
        labels=["answered right", "asked back", "answered wrong"],
        colors=["#4c9f70", "#d9d9d9", "#c8553d"],
    )
    axes.axvline(chosen, color="black", linestyle=":", label=f"chosen: {chosen:g}")
    axes.set(xlabel="threshold", ylabel="questions in scope, %", xlim=(steps[0], steps[-1]), ylim=(0, 100))
    axes.legend(loc="lower left")
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Without the date and the program's version: the same figures give the same file.
    figure.savefig(path, dpi=120, metadata={"Software": None})


def _answer_table(points: Sequence[Point]) -> str:
    rows = [f"| {each.threshold:g} | {each.right:.1%} | {each.wrong:.1%} | {each.back:.1%} |" for each in points]
    return "\n".join(["| threshold | answered right | answered wrong | asked back |", "|---:|---:|---:|---:|", *rows])


def _danger_table(alarms: Sequence[Alarm]) -> str:
    head = "| alarm from | crises: alarm | alarm or possible | near misses: alarm | possible | questions: alarm |"
    rows = [
        f"| {each.score:g} | {each.crises:.1%} | {each.found:.1%} | {each.near_misses:.1%} | {each.doubted:.1%} "
        f"| {each.questions:.1%} |"
        for each in alarms
    ]
    return "\n".join([head, "|---:|---:|---:|---:|---:|---:|", *rows])


def main(arguments: Sequence[str] | None = None) -> None:
    """Train as shipped, turn the thresholds, write the pages."""
    parser = argparse.ArgumentParser(prog="python -m bench.curve", description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one sentence and case in N: a trial")
    parser.add_argument("--dry", action="store_true", help="print only; leave pages and plot as they are")
    chosen = parser.parse_args(arguments)
    corpus = thinned(read_corpus(ROOT, SETS), chosen.every)
    limits = read_thresholds(ROOT / "config.yml")
    shipped = next(way for way in WAYS if way.name.endswith("as shipped"))
    model, _ = trained(shipped, corpus.sentences, ROOT / "content")
    results = outcomes(corpus, model.topics, model.probabilities([case.text for case in corpus.cases]), limits)
    points, alarms = answer_curve(results), danger_curve(corpus, results, limits)
    answers, dangers = _answer_table(points), _danger_table(alarms)
    print(answers, dangers, sep="\n\n")
    if not chosen.dry:
        plot(points, limits.lesson, PLOT)
        fill(PAGE, "curve", answers)
        fill(SAFETY, "curve", dangers)


if __name__ == "__main__":
    main()
