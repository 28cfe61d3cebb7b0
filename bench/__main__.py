"""`python -m bench`: stock Rasa with DIET and Jiashu, trained on the same sentences, under the same load, in turns.

Everything lies in a temporary folder and listens on loopback only. Takes about ten minutes on two quiet cores; --quick is a trial
of the measuring itself, its figures mean nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.client import Order, order_phase
from bench.load import Measured, Phase
from bench.process import Server
from bench.report import Sheet, as_json, as_table
from bench.stock import DEFAULT_EPOCHS, write_stock
from bench.subset import Size, write_ours
from bench.systems import System, ours, stock

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Plan:
    """How much to measure; `rounds`: load phases of each system, taken in turns because machines are noisy."""

    size: Size = Size()
    epochs: int = DEFAULT_EPOCHS
    rounds: int = 2
    parents: int = 16
    seconds: float = 30.0
    messages: int = 2000
    warm_up: float = 5.0


QUICK = Plan(Size(lessons=4, examples=6, off_topic=8), epochs=2, rounds=1, parents=2, seconds=3.0, messages=20, warm_up=0.5)


@dataclass
class Contestant:
    """A system, its running server and what is known of it."""

    system: System
    server: Server
    sheet: Sheet


async def measure(plan: Plan, folder: Path) -> list[Sheet]:
    """Train, start, load; the stock system first.

    Raises:
        BenchError: a system could not be trained or started.
    """
    sentences = write_ours(ROOT, folder / "jiashu", plan.size)
    write_stock(folder / "stock", sentences, plan.epochs)
    _say(f"training on {sentences.count} sentences")
    contestants = [await _trained(system) for system in (stock(folder / "stock"), ours(folder / "jiashu", ROOT))]
    try:
        for each in contestants:
            each.sheet.start_seconds = await each.server.start()
            each.sheet.loaded = each.server.memory()
            _say(f"{each.sheet.name} started in {each.sheet.start_seconds:.1f} s")
        await _load(contestants, plan)
    finally:
        for each in contestants:
            await each.server.stop()
    return [each.sheet for each in contestants]


async def _trained(system: System) -> Contestant:
    sheet = Sheet(system.name)
    sheet.train_seconds = await system.trained()
    sheet.model_megabytes = system.model_megabytes
    _say(f"{system.name} trained in {sheet.train_seconds:.0f} s")
    return Contestant(system, system.server(), sheet)


async def _load(contestants: Sequence[Contestant], plan: Plan) -> None:
    for each in contestants:
        await _phase(each, Phase("warm", plan.parents, plan.warm_up, plan.messages, 900))
    for number in range(plan.rounds):
        for each in contestants:
            # Rounds far apart: a phase may go through all texts several times.
            phase = Phase(f"r{number}", plan.parents, plan.seconds, plan.messages, number * 100)
            before = each.server.processor_seconds()
            measured = await _phase(each, phase)
            each.sheet.cpu_seconds += each.server.processor_seconds() - before
            each.sheet.phases.append(measured)
            _say(f"{each.sheet.name}: {len(measured.waits)} answers, {measured.a_second:.1f} a second")
    for each in contestants:
        each.sheet.worked = each.server.memory()


async def _phase(each: Contestant, phase: Phase) -> Measured:
    system = each.system
    return await order_phase(Order(system.kind, system.url, system.api_port, str(ROOT), phase))


def _say(line: str) -> None:
    print(line, flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a trial of a minute; its figures mean nothing")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every figure")
    parser.add_argument("--rounds", type=int, default=Plan.rounds, help="load phases of each system")
    chosen = parser.parse_args(arguments)
    plan = QUICK if chosen.quick else Plan(rounds=chosen.rounds)
    with tempfile.TemporaryDirectory(prefix="jiashu-bench-") as folder:
        sheets = asyncio.run(measure(plan, Path(folder)))
    for line in as_table(*sheets):
        _say(line)
    if chosen.json:
        chosen.json.write_text(json.dumps(as_json(sheets), ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
