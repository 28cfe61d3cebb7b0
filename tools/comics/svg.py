"""Small pieces of SVG as text. Coordinates are in units of a panel that is 360 wide: about one point on a phone."""

from __future__ import annotations

INK = "#4a3628"
PAPER = "#fffdf8"

Point = tuple[float, float]


def number(value: float) -> str:
    """A coordinate with at most one digit after the point, so that the files stay small and do not depend on rounding."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def shape(name: str, fill: str, stroke: str, line: float, **attributes: float | str) -> str:
    """One element; `_` in an attribute's name stands for `-`."""
    parts = [f'<{name} fill="{fill}"']
    if stroke != "none" and line:
        parts.append(f'stroke="{stroke}" stroke-width="{number(line)}"')
    for key, value in attributes.items():
        text = value if isinstance(value, str) else number(value)
        parts.append(f'{key.replace("_", "-")}="{text}"')
    return " ".join(parts) + "/>"


def path(d: str, fill: str = "none", stroke: str = INK, width: float = 3, **attributes: float | str) -> str:
    """A path."""
    return shape("path", fill, stroke, width, d=d, **attributes)


def circle(x: float, y: float, r: float, fill: str = "none", stroke: str = INK, width: float = 3) -> str:
    """A circle."""
    return shape("circle", fill, stroke, width, cx=x, cy=y, r=r)


def oval(x: float, y: float, rx: float, ry: float, fill: str = "none", stroke: str = INK, width: float = 3) -> str:
    """An ellipse."""
    return shape("ellipse", fill, stroke, width, cx=x, cy=y, rx=rx, ry=ry)


def box(
    x: float, y: float, w: float, h: float, fill: str = "none", stroke: str = INK, width: float = 3, round_by: float = 4
) -> str:
    """A rectangle with round corners."""
    return shape("rect", fill, stroke, width, x=x, y=y, width=w, height=h, rx=round_by)


def group(*parts: str, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, flip: bool = False) -> str:
    """Parts moved to (x, y), then turned by degrees, then made larger or mirrored."""
    moves = [f"translate({number(x)} {number(y)})"]
    if turn:
        moves.append(f"rotate({number(turn)})")
    if scale != 1 or flip:
        moves.append(f"scale({'-' if flip else ''}{scale:g} {scale:g})")
    return f'<g transform="{" ".join(moves)}">{"".join(parts)}</g>'


def words(text: str, x: float, y: float, size: float = 18, fill: str = INK, bold: bool = False) -> str:
    """One line of text, centred at x, its base line at y."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{fill}"{weight}>{safe}</text>'
