"""A panel: a frame, what is drawn in it, and balloons with the words of the comic's yml."""

from __future__ import annotations

from dataclasses import dataclass

from tools.comics.svg import INK, PAPER, Point, box, number, path, words

WIDTH, HEIGHT = 360, 330
# Readable on a phone 360 points wide without zooming.
TYPE, LINE = 19, 26
_PADDING = 13
_MARGIN = 9
_TAIL = 22
# From the point that a balloon speaks for to above the hair.
_HAIR = 16
_FONTS = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
_NOT_FIRST = "，。！？；：、”’）》…"
_NOT_LAST = "“‘（《"


@dataclass(frozen=True)
class Balloon:
    """Where a balloon stands, to whose head it points, and how many characters a line has at most.

    `x` is its middle, `y` the highest that its top may be: it comes down to just above the head that speaks.

    `kind`: says, thinks or phone (a voice out of a telephone).
    """

    x: float
    y: float
    to: Point | None
    chars: int = 12
    kind: str = "says"


def draw(title: str, back: str, *parts: str, balloons: tuple[Balloon, ...] = (), says: tuple[str, ...] = ()) -> str:
    """One panel as an SVG file. As many balloons as `says`.

    Raises:
        ValueError: the yml has more or fewer words than the drawing has balloons, or a balloon is larger than the panel.
    """
    if len(balloons) != len(says):
        raise ValueError(f"{title}: {len(balloons)} balloons are drawn, {len(says)} are written")
    spoken = "".join(_balloon(title, balloon, text) for balloon, text in zip(balloons, says, strict=True))
    safe = title.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t"'
        f' font-family="{_FONTS}" text-anchor="middle" stroke-linejoin="round" stroke-linecap="round">\n'
        f'<title id="t">{safe}</title>\n'
        f'<clipPath id="c"><rect x="4" y="4" width="{WIDTH - 8}" height="{HEIGHT - 8}" rx="14"/></clipPath>\n'
        f'<g clip-path="url(#c)">{back}{"".join(parts)}</g>\n{spoken}\n'
        f"{box(4, 4, WIDTH - 8, HEIGHT - 8, width=4, round_by=14)}\n</svg>\n"
    )


def wrapped(text: str, chars: int) -> list[str]:
    """Lines of about the same length, at most `chars` characters each, none beginning with a comma or ending with an opening mark."""
    for count in range(-(-len(text) // chars), len(text)):
        lines = _cut(text, -(-len(text) // count))
        if all(len(line) <= chars + 1 for line in lines) and len(lines) <= count:
            return lines
    return _cut(text, chars)


def _cut(text: str, size: int) -> list[str]:
    lines: list[str] = []
    rest = text
    while rest:
        end = min(size, len(rest))
        while end < len(rest) and rest[end] in _NOT_FIRST:
            end += 1
        while 1 < end < len(rest) and rest[end - 1] in _NOT_LAST:
            end -= 1
        lines.append(rest[:end])
        rest = rest[end:]
    return lines


def _balloon(title: str, at: Balloon, text: str) -> str:
    lines = wrapped(text, at.chars)
    width = max(_measure(line) for line in lines) + 2 * _PADDING
    height = len(lines) * LINE + 14
    if width > WIDTH - 2 * _MARGIN or at.y < _MARGIN or at.y + height > HEIGHT - _MARGIN:
        raise ValueError(f"{title}: the balloon “{text}” does not fit into the panel")
    # A longer word may be written into a balloon later: it moves inwards rather than over the frame.
    left = min(max(at.x - width / 2, _MARGIN), WIDTH - _MARGIN - width)
    middle = left + width / 2
    top = at.y if at.to is None or at.to[1] < at.y else max(at.y, at.to[1] - _HAIR - _TAIL - height)
    fill = "#eaf4ff" if at.kind == "phone" else PAPER
    written = "".join(words(line, middle, top + 7 + LINE * (index + 0.76), TYPE) for index, line in enumerate(lines))
    frame = box(left, top, width, height, fill, width=2.6, round_by=15)
    return frame + _tail(at, left, top, width, height, fill) + written


def _measure(line: str) -> float:
    return sum(TYPE if ord(each) > 0x2E7F or each in "“”‘’…" else TYPE * 0.58 for each in line)


def _tail(at: Balloon, left: float, top: float, width: float, height: float, fill: str) -> str:
    if at.to is None:
        return ""
    x, y = at.to
    below = y > top + height / 2
    edge = top + height if below else top
    base = min(max(x, left + 24), left + width - 24)
    if at.kind == "thinks":
        steps = ((0.3, 6), (0.62, 4.4), (0.9, 3))
        return "".join(
            f'<circle cx="{number(base + (x - base) * part)}" cy="{number(edge + (y - edge) * part)}" r="{r}"'
            f' fill="{fill}" stroke="{INK}" stroke-width="2.2"/>'
            for part, r in steps
        )
    # A short tail shows who speaks as well as a long one, and does not run into hair and faces.
    reach = min(1.0, _TAIL / max(1.0, abs(y - edge)))
    x, y = base + (x - base) * reach, edge + (y - edge) * reach
    inner = edge - 1.8 if below else edge + 1.8
    open_edge = f"M{number(base - 9)} {number(inner)}L{number(x)} {number(y)}L{number(base + 9)} {number(inner)}"
    return path(open_edge + "Z", fill, stroke="none", width=0) + path(open_edge, width=2.6)
