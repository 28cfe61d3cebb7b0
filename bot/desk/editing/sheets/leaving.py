"""Before a step of a campaign goes: what of it parents have got already, and what still waits to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot import services
from bot.content.writing import WritingError
from bot.desk.editing.checking import Remark
from bot.desk.editing.reading import values_of
from bot.desk.editing.sheets.filling import rows_of
from bot.desk.editing.sheets.sheet import Asked
from bot.reminders import gone_out
from bot.reminders.gone_out import StepCount

# As on every page with numbers: a handful of parents is not counted.
_LEAST = 10


def said(asked: Asked) -> Mapping[str, str]:
    """What went out of each step that stands in the file, by its place there."""
    counts = _counts(asked)
    steps = _steps(asked.standing)
    return {f"steps.{number}": _words(counts[name]) for number, step in enumerate(steps) if (name := str(step.get("step"))) in counts}


def remarks(asked: Asked, steps: Sequence[Mapping[str, object]]) -> list[Remark]:
    """The steps that are in the file and no more in the draft, when parents have got them."""
    kept = {str(step.get("step")) for step in steps}
    gone = [step for step in _steps(asked.standing) if str(step.get("step")) not in kept]
    counts = _counts(asked) if gone else {}
    return [
        Remark("", 0, f"“{step.get('notice') or step['step']}”不在了：{_words(counts[str(step['step'])])}。只是改了短名的，会当成新的一条再发一遍", False, False, "steps")
        for step in gone
        if str(step.get("step")) in counts
    ]


def _words(count: StepCount) -> str:
    times = f" {count.out} 次" if count.out >= _LEAST else f"不到 {_LEAST} 次"
    out = f"已经发出去{times}，收不回来" if count.out else "还没有发出去过"
    return f"{out}；排着队的，去掉以后就不发了" if count.planned else out


def _counts(asked: Asked) -> dict[str, StepCount]:
    with services.database().session(readonly=True) as session:
        found = gone_out.by_step(session, Path(asked.relative).stem)
    return {name: count for name, count in found.items() if count.out or count.planned}


def _steps(text: str) -> list[dict[str, object]]:
    try:
        return rows_of(values_of(text), "steps") if text else []
    except WritingError:
        return []
