"""Where it happens: whole backgrounds of a panel, and two places beside each other for a telephone call."""

from __future__ import annotations

from tools.comics.panel import HEIGHT, WIDTH
from tools.comics.svg import box, circle, group, oval, path
from tools.comics.things import LEAF, STEEL, WATER, WATER_LINE, WOOD


def room(wall: str = "#fbe8cb", floor: str = "#e3c197", at: float = 262) -> str:
    """A room: wall and floor."""
    return _plain(wall) + box(-4, at, WIDTH + 8, HEIGHT, floor, width=2.6, round_by=0)


def kitchen() -> str:
    """A kitchen with a shelf."""
    shelf = box(236, 96, 100, 8, WOOD, width=2.4) + box(250, 70, 20, 26, "#d9604c", width=2.4) + box(280, 76, 16, 20, "#8fb98a", width=2.4) + box(306, 66, 18, 30, "#e9c46a", width=2.4)
    return room("#f6edd2", "#d8bd95") + shelf


def night() -> str:
    """A room at night with a window."""
    window = box(262, 26, 78, 78, "#27365a", width=3) + path("M301 26V104M262 65H340", width=2.4)
    return room("#8794b5", "#6b6f8c") + window


def dormitory() -> str:
    """A factory dormitory with bunk beds."""
    bunk = "".join(box(250, y, 120, 12, "#9aa7b5", width=2.4) + box(250, y - 14, 120, 14, c, width=2.4) for y, c in ((120, "#b8d0e6"), (216, "#e6c8b8")))
    return room("#e6ecef", "#c9cdd0") + path("M254 74V262M362 74V262", width=5, stroke="#7d8a97") + bunk


def factory() -> str:
    """A workshop with lamps and a line."""
    lamps = "".join(path(f"M{x} 0V22", width=3) + path(f"M{x - 20} 36L{x - 9} 22H{x + 9}L{x + 20} 36Z", "#f5e6a8", width=2.4) for x in (70, 190, 310))
    return room("#e3e9e6", "#bcc5c3", 250) + lamps


def conveyor(y: float = 252) -> str:
    """The line at which one works, across the panel."""
    goods = "".join(box(x, y - 20, 26, 20, "#e0b078", width=2.4) for x in (24, 112, 236, 310))
    return goods + box(-6, y, WIDTH + 12, 18, "#6f7b82", round_by=0) + box(-6, y + 18, WIDTH + 12, HEIGHT, "#9da8ad", round_by=0)


def yard(sky: str = "#cfeaf5", grass: str = "#bcd99a", at: float = 226) -> str:
    """Outside: sky, hills, grass."""
    hills = path(f"M-10 {at}Q70 {at - 52} 150 {at - 8}Q240 {at - 62} 372 {at - 6}V{at + 20}H-10Z", "#a9cf9f", width=2.2)
    return _plain(sky) + hills + box(-4, at, WIDTH + 8, HEIGHT, grass, width=2.6, round_by=0)


def pond() -> str:
    """A pond in front of hills, with a grassy bank on this side."""
    spots = ((50, 246), (170, 232), (262, 258), (118, 266), (214, 278))
    waves = "".join(path(f"M{x} {y}q8 -6 16 0t16 0", stroke=WATER_LINE, width=2.4) for x, y in spots)
    reeds = "".join(path(f"M{x} 240q-2 -20 {d} -36", stroke=LEAF, width=4) for x, d in ((20, -6), (30, 4), (342, 6), (332, -5)))
    return yard(at=206) + oval(184, 254, 196, 44, WATER) + waves + reeds


def road() -> str:
    """A road with a zebra crossing, seen from the kerb; who waits has the feet below 300."""
    stripes = "".join(path(f"M{128 + 28 * n} 216L{110 + 32 * n} 290H{130 + 32 * n}L{144 + 28 * n} 216Z", "#fff", width=0) for n in range(5))
    far = box(-4, 176, WIDTH + 8, 36, "#d8d2c4", width=2.4, round_by=0)
    near = box(-4, 292, WIDTH + 8, 60, "#d8d2c4", width=2.6, round_by=0)
    return _plain("#d9eef6") + far + box(-4, 210, WIDTH + 8, 84, "#8d939a", width=2.6, round_by=0) + stripes + near


def school() -> str:
    """A school's gate."""
    posts = box(36, 84, 26, 150, "#c8775a") + box(298, 84, 26, 150, "#c8775a")
    flag = path("M180 84V24", width=4) + path("M180 26H224V52H180Z", "#d9483b", width=2.2)
    return _plain("#d5ecf5") + flag + box(60, 84, 240, 150, "#f3e3c5") + path("M60 122H300", width=2.4) + "".join(box(x, 138, 34, 34, "#bfe3f2", width=2.4) for x in (84, 140, 196, 250)) + posts + box(-4, 232, WIDTH + 8, HEIGHT, "#d9cdb8", width=2.6, round_by=0)


def station(dark: bool = False) -> str:
    """In front of a house with a bus waiting."""
    sky, ground = ("#7f8fb8", "#8a8577") if dark else ("#d5ecf5", "#cfc3a8")
    bus = box(196, 128, 190, 104, "#e9b44c", round_by=12) + "".join(box(x, 144, 40, 36, "#bfe3f2", width=2.4) for x in (210, 260, 310)) + circle(244, 234, 17, "#4a4a4a") + circle(244, 234, 7, STEEL, width=2) + circle(332, 234, 17, "#4a4a4a")
    return _plain(sky) + box(-4, 232, WIDTH + 8, HEIGHT, ground, width=2.6, round_by=0) + bus


def clinic() -> str:
    """A doctor's room."""
    cross = group(box(-20, -7, 40, 14, "#d9604c", width=0, round_by=2), box(-7, -20, 14, 40, "#d9604c", width=0, round_by=2), x=300, y=140)
    return room("#e8f3f1", "#c9dad6") + cross


def call(left: str, right: str, left_parts: str, right_parts: str, at: float = 180) -> str:
    """Two places at the two ends of a telephone line."""
    clips = f'<clipPath id="l"><path d="M0 0H{at + 14}L{at - 14} {HEIGHT}H0Z"/></clipPath><clipPath id="r"><path d="M{at + 14} 0H{WIDTH}V{HEIGHT}H{at - 14}Z"/></clipPath>'
    line = path(f"M{at + 14} -4L{at - 14} {HEIGHT + 4}", stroke="#fffdf8", width=9)
    edges = path(f"M{at + 18.6} -4L{at - 9.4} {HEIGHT + 4}M{at + 9.4} -4L{at - 18.6} {HEIGHT + 4}", width=2.2)
    return f'{clips}<g clip-path="url(#l)">{left}{left_parts}</g><g clip-path="url(#r)">{right}{right_parts}</g>{line}{edges}'


def _plain(fill: str) -> str:
    return box(-4, -4, WIDTH + 8, HEIGHT + 8, fill, width=0, round_by=0)
