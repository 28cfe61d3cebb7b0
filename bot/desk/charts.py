"""Charts as SVG made on the server: each with its numbers and a sentence for those who do not see it.

No inline styles (the policy forbids them): colours are classes of desk.css. Numbers below ten are not shown anywhere, and a bar
that stands for one is a thin line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup, escape

_WIDTH, _HEIGHT, _FLOOR, _TOP = 720, 228, 190, 30
FEW = "少于 10"


@dataclass(frozen=True)
class Bar:
    """One day: its label and its stacked parts, from below; None: too few to be shown."""

    label: str
    parts: tuple[int | None, ...]


@dataclass(frozen=True)
class Line:
    """One row of a ranking."""

    label: str
    count: int | None
    href: str = ""


class Parts(Protocol):
    """One row of `split`: its name and its parts, from the left; None: too few to be shown."""

    @property
    def title(self) -> str: ...

    @property
    def parts(self) -> tuple[int | None, ...]: ...


def stacked(bars: Sequence[Bar], names: Sequence[str], sentence: str) -> Markup:
    """Bars side by side; `names` says what the parts are, `sentence` what there is to see."""
    highest = max((sum(part or 0 for part in bar.parts) for bar in bars), default=0) or 1
    step = _WIDTH / max(1, len(bars))
    every = max(1, round(len(bars) / 10))
    drawn = [_bar(bar, number * step, step, highest, names) for number, bar in enumerate(bars)]
    labelled = list(enumerate(bars))[::every]
    for order, (number, bar) in enumerate(labelled):
        # Every second one is left out where the chart is small.
        place = "first" if order == 0 else "last" if number == len(bars) - 1 else "second" if order % 2 else "regular"
        drawn.append(_label(bar.label, (number + 0.5) * step, place))
    axis = f'<line class="axis" x1="0" y1="{_FLOOR}" x2="{_WIDTH}" y2="{_FLOOR}"/>'
    top = f'<text class="scale" x="0" y="20">最高 {highest} 次</text>'
    head = f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(sentence)}" class="chart">'
    return Markup(head + axis + "".join(drawn) + top + "</svg>")  # noqa: S704 - every word in it went through escape


def bar_width(count: int | None, most: int) -> int:
    """Share of the longest bar, 0 to 100; a count that is not shown has a width that says nothing."""
    return 2 if count is None else max(2, round(100 * count / most)) if most else 0


def ranking(lines: Sequence[Line], sentence: str) -> Markup:
    """Bars below each other, each with its name and number as text: readable without seeing the bars."""
    most = max((line.count or 0 for line in lines), default=0)
    rows = "".join(_row(line, most) for line in lines)
    return Markup(f'<ol class="ranking" aria-label="{escape(sentence)}">{rows}</ol>')  # noqa: S704 - as above


def split(rows: Sequence[Parts], names: Sequence[str], sentence: str) -> Markup:
    """Rows below each other, each a bar of parts with their numbers as text; `names` says what the parts are."""
    most = max((sum(part or 0 for part in row.parts) for row in rows), default=0)
    drawn = "".join(_split_row(row, names, most) for row in rows)
    return Markup(f'<ol class="ranking split" aria-label="{escape(sentence)}">{drawn}</ol>')  # noqa: S704 - as above


def number(count: int | None) -> str:
    """A count as text."""
    return FEW if count is None else str(count)


def _bar(bar: Bar, left: float, step: float, highest: int, names: Sequence[str]) -> str:
    width, bottom, pieces = max(2.0, step * 0.68), float(_FLOOR), []
    said = "，".join(f"{name} {number(part)}" for name, part in zip(names, bar.parts, strict=True))
    for place, part in enumerate(bar.parts):
        height = 1.5 if part is None else part / highest * (_FLOOR - _TOP)
        bottom -= height
        pieces.append(
            f'<rect class="part{place}" x="{left + step * 0.16:.1f}" y="{bottom:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
        )
    return f"<g><title>{escape(bar.label)}：{escape(said)}</title>{''.join(pieces)}</g>"


def _split_row(row: Parts, names: Sequence[str], most: int) -> str:
    said = "，".join(f"{name} {number(part)}" for name, part in zip(names, row.parts, strict=True) if part != 0)
    left, pieces = 0.0, []
    for place, part in enumerate(row.parts):
        width = 1.0 if part is None else 100 * part / most if most else 0.0
        pieces.append(f'<rect class="part{place}" x="{left:.1f}" width="{width:.1f}" height="6"/>')
        left += width
    bar = f'<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">{"".join(pieces)}</svg>'
    return f'<li><span class="name">{escape(row.title)}</span><span class="count">{escape(said or "还没有")}</span>{bar}</li>'


def _label(text: str, middle: float, place: str) -> str:
    """A day below the line; the outermost must not stick out."""
    at = {"first": 0.0, "last": float(_WIDTH)}.get(place, middle)
    return f'<text class="label {place}" x="{at:.1f}" y="{_HEIGHT - 10}">{escape(text)}</text>'


def _row(line: Line, most: int) -> str:
    name = escape(line.label)
    shown = f'<a href="{escape(line.href)}">{name}</a>' if line.href else name
    bar = f'<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="part0" width="{bar_width(line.count, most)}" height="6"/></svg>'
    return f'<li><span class="name">{shown}</span><span class="count">{number(line.count)}</span>{bar}</li>'
