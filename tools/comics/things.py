"""Things that people hold, cook with, sit at and walk past. Each is drawn around (0, 0) and moved to (x, y)."""

from __future__ import annotations

from tools.comics.svg import INK, Point, box, circle, group, oval, path, words

WATER, WATER_LINE, STEEL, WOOD, RED, LEAF = "#a9d8ea", "#5fa9c9", "#c8ced4", "#c99764", "#d9604c", "#7fb069"


def phone(x: float, y: float, turn: float = 0, scale: float = 1) -> str:
    """A telephone in the hand."""
    return group(box(-9, -17, 18, 34, "#3d4450", width=2.4), box(-6.5, -12, 13, 22, "#bfe3f2", width=0, round_by=2), x=x, y=y, turn=turn, scale=scale)


def screen(x: float, y: float, inside: str, w: float = 92, h: float = 118) -> str:
    """A telephone seen from the front; `inside` is drawn around its middle."""
    name = f"s{int(x)}{int(y)}"
    clip = f'<clipPath id="{name}"><rect x="{-w / 2 + 6:g}" y="{-h / 2 + 6:g}" width="{w - 12:g}" height="{h - 12:g}" rx="6"/></clipPath>'
    frame = box(-w / 2, -h / 2, w, h, "#3d4450", round_by=11)
    glass = box(-w / 2 + 6, -h / 2 + 6, w - 12, h - 12, "#d6ecf5", width=0, round_by=6)
    return group(clip, frame, glass, f'<g clip-path="url(#{name})">{inside}</g>', x=x, y=y)


def table(x: float, y: float, w: float = 150, h: float = 70, fill: str = WOOD) -> str:
    """A table; (x, y) is the middle of its top."""
    legs = box(-w / 2 + 12, 10, 12, h, fill) + box(w / 2 - 24, 10, 12, h, fill)
    return group(legs, box(-w / 2, 0, w, 15, fill), x=x, y=y)


def bowl(x: float, y: float, fill: str = "#fff", inside: str = "#f3e3bd", steam: bool = False) -> str:
    """A bowl; with steam it is hot."""
    hot = _steam(0, -16) if steam else ""
    return group(hot, oval(0, 0, 20, 5, inside, width=2.4), path("M-20 0Q-18 20 0 20Q18 20 20 0Q0 8 -20 0Z", fill), x=x, y=y)


def kettle(x: float, y: float) -> str:
    """A thermos flask for hot water."""
    return group(
        _steam(0, -52), box(-13, -30, 26, 58, RED), box(-9, -42, 18, 13, "#e9d3a6"), path("M13 -20Q28 -14 13 8", width=4),
        path("M-13 -12H13M-13 14H13", stroke="#f3c1b3", width=3), x=x, y=y,
    )


def basin(x: float, y: float, fill: str = "#f2a7a0") -> str:
    """A wash-basin with water."""
    return group(oval(0, 0, 40, 9, WATER, width=2.6), path("M-40 0Q-34 32 -24 34H24Q34 32 40 0Q20 10 0 10T-40 0Z", fill), x=x, y=y)


def tap(x: float, y: float, running: bool = True, length: float = 60) -> str:
    """A water tap on the wall to the left; its mouth is at (x, y)."""
    stream = path(f"M0 4V{length}", stroke=WATER_LINE, width=13) + path(f"M0 4V{length}", stroke="#d7f0f8", width=7) if running else ""
    return group(stream, path("M-46 -16H-8Q2 -16 2 0", width=15), path("M-46 -16H-8Q2 -16 2 0", stroke=STEEL, width=9.5), box(-34, -36, 16, 12, "#8fb4c9"), x=x, y=y)


def brazier(x: float, y: float) -> str:
    """A basin of glowing charcoal."""
    coals = "".join(circle(a, b, 8, c, width=2) for a, b, c in ((-18, -4, "#e8603f"), (0, -8, "#f2a03d"), (18, -4, "#d9483b"), (-8, 0, "#5a4a3f"), (10, 1, "#5a4a3f")))
    return group(_steam(0, -24), coals, path("M-34 0Q-28 28 -20 30H20Q28 28 34 0Q0 12 -34 0Z", "#8d8580"), x=x, y=y)


def door(x: float, y: float) -> str:
    """A house door; (x, y) is the middle of its foot."""
    return group(box(-44, -170, 88, 172, "#b98556"), box(-32, -156, 64, 60, "#c99764", width=2.4), box(-32, -84, 64, 70, "#c99764", width=2.4), circle(30, -84, 5, "#f2d06b", width=2.2), x=x, y=y)


def notebook(x: float, y: float, lines: int = 3) -> str:
    """An open notebook."""
    rows = "".join(path(f"M-18 {-12 + 10 * n}H18", stroke="#8aa0b5", width=2.2) for n in range(lines))
    return group(box(-26, -22, 52, 44, "#fffdf5", round_by=3), rows, x=x, y=y)


def soap(x: float, y: float) -> str:
    """A bar of soap with bubbles."""
    bubbles = circle(-16, -14, 5, "#eef9ff", width=1.8) + circle(-4, -20, 7, "#eef9ff", width=1.8) + circle(12, -15, 4, "#eef9ff", width=1.8)
    return group(bubbles, box(-18, -8, 36, 17, "#f6d77f", round_by=8), x=x, y=y)


def bubbles(x: float, y: float) -> str:
    """Lather."""
    spots = ((-18, 2, 7), (-6, -6, 9), (8, 0, 8), (18, -8, 6), (0, 8, 6), (-12, -14, 5), (14, -16, 4))
    return group(*(circle(a, b, r, "#eef9ff", width=1.8) for a, b, r in spots), x=x, y=y)


def socket(x: float, y: float) -> str:
    """A wall socket."""
    return group(box(-17, -20, 34, 40, "#fbfaf5", round_by=6), path("M-6 -9V-3M6 -9V-3M-7 6L-3 12M7 6L3 12", width=3), x=x, y=y)


def bolt(x: float, y: float, scale: float = 1) -> str:
    """A flash of lightning: danger of electricity."""
    return group(path("M6 -22L-12 4H-1L-6 22L13 -6H2Z", "#ffd33d", width=2.4), x=x, y=y, scale=scale)


def breaker(x: float, y: float, down: bool = True) -> str:
    """The main switch in its box."""
    lever = box(-9, 6 if down else -24, 18, 20, RED)
    return group(box(-26, -36, 52, 72, "#e9e6de"), box(-13, -26, 26, 54, "#bfc3c7"), lever, x=x, y=y)


def stick(start: Point, end: Point, fill: str = "#a9c46c") -> str:
    """A bamboo pole between two points."""
    line = f"M{start[0]:g} {start[1]:g}L{end[0]:g} {end[1]:g}"
    joints = "".join(
        circle(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part, 3, "#8aa653", width=1.4) for part in (0.25, 0.5, 0.75)
    )
    return path(line, width=11) + path(line, stroke=fill, width=6) + joints


def peanuts(x: float, y: float) -> str:
    """A dish of peanuts."""
    nuts = "".join(group(oval(-4, 0, 6, 5, "#dcb176", width=2) + oval(5, 0, 6, 5, "#dcb176", width=2), x=a, y=b, turn=t) for a, b, t in ((-12, -6, 20), (6, -8, -15), (-2, -14, 5), (16, -3, 30)))
    return group(nuts, path("M-28 -4Q-24 14 0 14Q24 14 28 -4Q0 6 -28 -4Z", "#fff"), x=x, y=y)


def thermometer(x: float, y: float, turn: float = 0) -> str:
    """A clinical thermometer."""
    return group(box(-4, -28, 8, 50, "#fff", width=2.4), path("M0 -14V20", stroke=RED, width=3), circle(0, 24, 6, RED, width=2.4), x=x, y=y, turn=turn)


def packet(x: float, y: float, label: str) -> str:
    """A packet with a word on it."""
    return group(box(-34, -24, 68, 48, "#fdf7e3", round_by=3), path("M-34 -14H34", stroke="#7fb3d0", width=6), words(label, 0, 13, 17, bold=True), x=x, y=y)


def cup(x: float, y: float, fill: str = "#8fc1dd") -> str:
    """A cup."""
    return group(path("M14 -8Q28 -6 14 10", width=3.4), path("M-15 -14H15L12 16H-12Z", fill), x=x, y=y)


def spoon(x: float, y: float, turn: float = 0) -> str:
    """A spoon."""
    return group(path("M0 4V34", width=7), path("M0 4V34", stroke=STEEL, width=3.4), oval(0, -5, 8, 11, STEEL, width=2.4), x=x, y=y, turn=turn)


def suitcase(x: float, y: float, fill: str = "#c77d52") -> str:
    """A suitcase; (x, y) is the middle of its bottom edge."""
    return group(path("M-14 -62V-84H14V-62", width=4.5), box(-32, -64, 64, 60, fill, round_by=8), path("M-14 -64V-4M14 -64V-4", width=2.2), circle(-20, 0, 5, "#555", width=2), circle(20, 0, 5, "#555", width=2), x=x, y=y)


def bed(x: float, y: float, w: float = 190, quilt: str = "#e8a598") -> str:
    """A bed seen from its side with the pillow on the left; (x, y) is the left end of the mattress's top."""
    frame = box(-10, -34, 14, 94, WOOD) + box(w - 4, -8, 14, 68, WOOD) + box(0, 14, w, 26, WOOD)
    return group(frame, box(0, 0, w, 22, "#f7f1e3", round_by=8), oval(34, -4, 30, 13, "#fff"), path(f"M66 16Q70 -18 100 -18H{w - 14}Q{w} -14 {w} 20V30H66Z", quilt), x=x, y=y)


def car(x: float, y: float, fill: str = "#d9604c", flip: bool = False) -> str:
    """A car; (x, y) is the middle on the road."""
    wheels = circle(-34, 0, 13, "#4a4a4a") + circle(-34, 0, 5, STEEL, width=2) + circle(34, 0, 13, "#4a4a4a") + circle(34, 0, 5, STEEL, width=2)
    roof = path("M-40 -30L-24 -58H22L42 -30Z", "#bfe3f2") + path("M0 -58V-30", width=3)
    return group(roof, box(-64, -32, 128, 32, fill, round_by=12), circle(-58, -18, 5, "#ffe9a3", width=2), wheels, x=x, y=y, flip=flip)


def light(x: float, y: float, green: bool) -> str:
    """A traffic light for walkers; (x, y) is the foot of its post."""
    on, off = ("#4cae5a", "#5a3a36") if green else ("#39563c", "#e5533d")
    return group(box(-4, -104, 8, 104, "#7d8790"), box(-16, -158, 32, 58, "#444b52", round_by=7), circle(0, -142, 10, off, width=2), circle(0, -116, 10, on, width=2), x=x, y=y)


def house(x: float, y: float, scale: float = 1) -> str:
    """A village house; (x, y) is the middle of its foot."""
    return group(box(-56, -66, 112, 66, "#f3e1c7"), path("M-72 -62L0 -112L72 -62Z", "#b3563f"), box(-14, -42, 28, 42, "#a8713f"), box(26, -48, 20, 20, "#bfe3f2"), box(-46, -48, 20, 20, "#bfe3f2"), x=x, y=y, scale=scale)


def sun(x: float, y: float) -> str:
    """The sun."""
    rays = "".join(group(path("M0 -28V-37", stroke="#f2b233", width=4), turn=turn) for turn in range(0, 360, 45))
    return group(rays, circle(0, 0, 21, "#fbcf57", width=2.6), x=x, y=y)


def moon(x: float, y: float) -> str:
    """A moon with two stars."""
    stars = circle(-30, 20, 2.4, "#fff3c4", width=0) + circle(28, 24, 2, "#fff3c4", width=0) + circle(-28, -20, 1.8, "#fff3c4", width=0)
    return group(stars, path("M8 -22A22 22 0 1 0 20 10A18 18 0 1 1 8 -22Z", "#fbe7a0", width=2.4), x=x, y=y)


def heart(x: float, y: float, scale: float = 1) -> str:
    """A heart."""
    return group(path("M0 14C-20 0 -19 -14 -9 -15C-3 -15 0 -9 0 -7C0 -9 3 -15 9 -15C19 -14 20 0 0 14Z", "#e8604f", width=2.4), x=x, y=y, scale=scale)


def calendar(x: float, y: float, marked: int = 12) -> str:
    """A month on the wall with one day ringed."""
    days = "".join(circle(-24 + 12 * (n % 5), -4 + 12 * (n // 5), 2, INK, width=0) for n in range(15))
    ring = circle(-24 + 12 * (marked % 5), -4 + 12 * (marked // 5), 7, stroke=RED, width=2.6)
    return group(box(-36, -38, 72, 74, "#fffdf5", round_by=3), box(-36, -38, 72, 20, RED, round_by=3), days, ring, x=x, y=y)


def picture(x: float, y: float, inside: str = "") -> str:
    """A frame on the wall."""
    return group(box(-28, -22, 56, 44, "#fff8e6", round_by=2), inside, x=x, y=y)


def ball(x: float, y: float) -> str:
    """A basketball."""
    return group(circle(0, 0, 19, "#e8903f"), path("M-19 0H19M0 -19V19M-13 -13Q-2 0 -13 13M13 -13Q2 0 13 13", width=2.2), x=x, y=y)


def blocks(x: float, y: float) -> str:
    """Toy blocks."""
    return group(box(-26, -22, 24, 22, "#e8a23f"), box(0, -22, 24, 22, "#7fb3d0"), box(-13, -45, 24, 22, "#d9604c"), x=x, y=y)


def ring(x: float, y: float) -> str:
    """A swimming ring, on the wall or in the water."""
    return group(circle(0, 0, 24, "#fff"), path("M-24 0A24 24 0 0 1 0 -24M24 0A24 24 0 0 1 0 24", stroke=RED, width=9), circle(0, 0, 24), circle(0, 0, 11, "#fff8ea"), x=x, y=y)


def dog(x: float, y: float, flip: bool = False) -> str:
    """A village dog that sits; (x, y) is its foot."""
    body = path("M-20 0Q-26 -34 -4 -40Q18 -34 16 0Z", "#d9a566") + path("M-20 -6Q-36 -12 -32 -28", width=6)
    head = circle(6, -50, 17, "#d9a566") + path("M-8 -60Q-18 -56 -12 -42Q-6 -46 -4 -54ZM18 -62Q28 -58 24 -42Q18 -46 16 -54Z", "#a8713f", width=2.4)
    return group(body, head, circle(1, -52, 2.2, INK, width=0), circle(13, -52, 2.2, INK, width=0), oval(8, -44, 4, 3, INK, width=0), path("M8 -41Q3 -36 0 -39M8 -41Q12 -36 16 -39", width=1.8), x=x, y=y, flip=flip)


def _steam(x: float, y: float) -> str:
    return "".join(path(f"M{x + dx} {y}q-6 -8 0 -14t0 -14", stroke="#b9b2a8", width=2.6) for dx in (-10, 2, 14))
