"""DIET and a ResponseSelector beside our model, both trained on the small set of `bench.subset`; by `bench.compare --diet`.

Tried on the cases that some lesson of the set answers; the rest cannot be right.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from statistics import median
from typing import Any

from bench.corpus import Corpus, read_corpus
from bench.decide import Decision, Outcome, judged
from bench.stock import write_stock
from bench.subset import Size, write_ours
from bench.systems import stock
from bench.ways import WAYS, processor_seconds
from bot.evaluation.cases import IN_SCOPE, Case
from bot.evaluation.judge import Judge

ROOT = Path(__file__).parent.parent


async def compare_diet(folder: Path) -> list[Any]:
    """Scores of DIET and of ours as shipped."""
    from bench.compare import SETS, try_way

    sentences = write_ours(ROOT, folder / "jiashu", Size())
    write_stock(folder / "stock", sentences)
    corpus = _answerable(read_corpus(folder / "jiashu", SETS))
    system = stock(folder / "stock")
    before = processor_seconds()
    await system.trained()
    seconds = processor_seconds() - before
    diet = await _in_own_process(folder, seconds)
    shipped = next(way for way in WAYS if way.name.endswith("as shipped"))
    ours = await asyncio.to_thread(try_way, shipped, corpus, folder / "jiashu/content")
    return [diet, replace(ours, name="n-grams and USE, the same small set")]


def _answerable(corpus: Corpus) -> Corpus:
    judge = Judge(corpus.library)
    return replace(corpus, cases=tuple(case for case in corpus.cases if _has_answer(case, corpus, judge)))


def _has_answer(case: Case, corpus: Corpus, judge: Judge) -> bool:
    lessons = corpus.library.lessons.values()
    return case.kind != IN_SCOPE or any(judge.judge(case, each.reply(None)).passed for each in lessons)


async def _in_own_process(folder: Path, seconds: float) -> Any:
    from bench.compare import Score

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "bench.diet", str(folder), str(seconds), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError("DIET could not be tried; what it said stands above")
    return Score(**json.loads(out.splitlines()[-1]))


async def _try(folder: Path, seconds: float) -> Any:
    from rasa.core.agent import Agent

    from bench.compare import SETS, score_of

    corpus = _answerable(read_corpus(folder / "jiashu", SETS))
    judge = Judge(corpus.library)
    agent = Agent.load(str(folder / "stock/models/model.tar.gz"))
    results: list[Outcome] = []
    waits: list[float] = []
    for case in corpus.cases:
        started = time.process_time()
        parsed = await agent.parse_message(case.text)
        waits.append(time.process_time() - started)
        results.append(judged(case, _decision(parsed), corpus.library, judge))
    return score_of("DIET and ResponseSelector, small set", results, seconds, 1000 * median(waits))


def _decision(parsed: dict[str, Any]) -> Decision:
    intent = parsed["intent"]["name"] or ""
    ranking = parsed.get("response_selector", {}).get("lesson", {}).get("ranking", [])
    nearest = tuple(each["intent_response_key"].split("/", 1)[1] for each in ranking[:3])
    return Decision(
        lesson=nearest[0] if intent == "lesson" and nearest else "",
        nearest=nearest,
        first=intent,
        sure=float(parsed["intent"]["confidence"]),
        danger=1.0 if intent.startswith("danger_") else 0.0,
        harmless=0.0,
    )


def main(arguments: Sequence[str]) -> None:
    """Try the trained model of a folder, print its score as JSON."""
    folder, seconds = arguments
    print(json.dumps(asdict(asyncio.run(_try(Path(folder), float(seconds))))))


if __name__ == "__main__":
    main(sys.argv[1:])
