"""Two systems side by side: a table for the terminal, JSON for scripts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from bench.load import Measured
from bench.process import Memory


@dataclass
class Sheet:
    """All that was measured of one system. Seconds, MB, answers a second; `cpu` seconds of processor in the load phases."""

    name: str
    train_seconds: float = 0.0
    model_megabytes: float = 0.0
    start_seconds: float = 0.0
    loaded: Memory = Memory(0, 0)
    worked: Memory = Memory(0, 0)
    cpu_seconds: float = 0.0
    phases: list[Measured] = field(default_factory=list)

    @property
    def waits(self) -> list[float]:
        return sorted(wait for phase in self.phases for wait in phase.waits)

    @property
    def answers_a_second(self) -> float:
        seconds = sum(phase.seconds for phase in self.phases)
        return len(self.waits) / seconds if seconds else 0.0

    def within(self, share: float) -> float:
        """Seconds within which that share of the answers came."""
        waits = self.waits
        return waits[min(len(waits) - 1, int(len(waits) * share))] if waits else 0.0


@dataclass(frozen=True)
class Row:
    """One line of the comparison."""

    what: str
    value: Callable[[Sheet], float]
    digits: int = 1


ROWS = (
    Row("training, s", lambda sheet: sheet.train_seconds),
    Row("model, MB", lambda sheet: sheet.model_megabytes),
    Row("start until ready, s", lambda sheet: sheet.start_seconds),
    Row("memory after start, RSS, MB", lambda sheet: sheet.loaded.rss, 0),
    Row("memory after start, PSS, MB", lambda sheet: sheet.loaded.pss, 0),
    Row("memory after load, RSS, MB", lambda sheet: sheet.worked.rss, 0),
    Row("memory after load, PSS, MB", lambda sheet: sheet.worked.pss, 0),
    Row("answers a second", lambda sheet: sheet.answers_a_second),
    Row("processor time an answer, ms", lambda sheet: 1000 * sheet.cpu_seconds / max(1, len(sheet.waits))),
    Row("p50, ms", lambda sheet: 1000 * sheet.within(0.50), 0),
    Row("p95, ms", lambda sheet: 1000 * sheet.within(0.95), 0),
    Row("p99, ms", lambda sheet: 1000 * sheet.within(0.99), 0),
    Row("without an answer", lambda sheet: sum(phase.failed for phase in sheet.phases), 0),
)


def as_table(stock: Sheet, ours: Sheet) -> list[str]:
    """Markdown: each figure of both, and ours divided by the other's."""
    lines = [f"| | {stock.name} | {ours.name} | ratio |", "|---|---:|---:|---:|"]
    for row in ROWS:
        a, b = row.value(stock), row.value(ours)
        ratio = f"{b / a:.2f}" if a else "–"
        lines.append(f"| {row.what} | {a:.{row.digits}f} | {b:.{row.digits}f} | {ratio} |")
    turns = zip(stock.phases, ours.phases, strict=True)
    each = ", ".join(f"{b.a_second / a.a_second:.2f}" for a, b in turns if a.a_second)
    return [*lines, "", f"answers a second, ratio in each pair of load phases: {each}"]


def as_json(sheets: Sequence[Sheet]) -> dict[str, object]:
    """Every figure, and all waits."""
    return {
        sheet.name: {"figures": {row.what: row.value(sheet) for row in ROWS}, "all": asdict(sheet)} for sheet in sheets
    }
