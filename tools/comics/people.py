"""The family, and whom they meet. A figure's place is the middle of its head; a grown-up's head has a radius of 30."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tools.comics.faces import face
from tools.comics.svg import Point, box, circle, group, oval, path
from tools.comics.things import phone

# How far below the middle of the head the shoulders are.
_SHOULDERS = 26
_SKIN, _OLD_SKIN = "#f9d9b8", "#f2cba6"
_BLACK, _GREY, _BROWN = "#33302e", "#c9c4bd", "#4d3a2c"


@dataclass(frozen=True)
class Looks:
    """What makes somebody that person: skin, what lies behind and before the head, clothes, and how big the body is."""

    behind: Callable[[], str]
    before: Callable[[], str]
    shirt: str
    trousers: str
    size: float = 1
    skin: str = _SKIN
    extra: Callable[[], str] = str


def person(
    who: str,
    x: float,
    y: float,
    mood: str = "smile",
    look: float = 0,
    left: Point | None = None,
    right: Point | None = None,
    *,
    scale: float = 1,
    legs: str = "stand",
    turn: float = 0,
    flip: bool = False,
) -> str:
    """A figure. `left` and `right`: where its hands are, seen from the middle of the head; `legs`: stand, walk, kneel or none."""
    looks = PEOPLE[who]
    arms = "".join(_arm(looks, side, _reached(looks, side, hand)) for side, hand in ((-1, left), (1, right)))
    body = group(_legs(looks, legs), _trunk(looks), looks.extra(), arms, y=_SHOULDERS, scale=looks.size)
    ears = "".join(circle(side * 29, 3, 5.5, looks.skin, width=2.6) for side in (-1, 1))
    head = ears + circle(0, 0, 30, looks.skin) + face(mood, look) + looks.before()
    neck = box(-7, 24, 14, 12, looks.skin, width=2.4, round_by=3)
    return group(looks.behind(), neck, body, head, x=x, y=y, scale=scale, turn=turn, flip=flip)


def on_phone(
    who: str, x: float, y: float, mood: str = "talk", look: float = 0, other: Point | None = None, left: bool = False, legs: str = "stand"
) -> str:
    """A figure with a telephone at its right (or left) ear; `other` is where the free hand is."""
    side = -1 if left else 1
    ear = (side * 40, 16.0)
    hands = {"left": ear if left else other, "right": other if left else ear}
    return person(who, x, y, mood, look, left=hands["left"], right=hands["right"], legs=legs) + phone(x + side * 36, y + 6, turn=side * 8)


def _reached(looks: Looks, side: int, hand: Point | None) -> Point:
    """Where a hand is from the shoulders, before the body is made smaller; None: it hangs down."""
    if hand is None:
        return (side * 33, 62)
    return (hand[0] / looks.size, (hand[1] - _SHOULDERS) / looks.size)


def _trunk(looks: Looks) -> str:
    return path("M-27 22Q-26 5 -11 3Q0 8 11 3Q26 5 27 22L25 86H-25Z", looks.shirt)


def _legs(looks: Looks, pose: str) -> str:
    if pose == "none":
        return ""
    if pose == "kneel":
        return _kneeling(looks)
    feet = {"stand": ((-13, 134), (13, 134)), "walk": ((-26, 132), (22, 134))}[pose]
    return "".join(_leg(looks, side, foot) for side, foot in zip((-1, 1), feet, strict=True))


def _kneeling(looks: Looks) -> str:
    """On one's heels, knees to the front."""
    shoes = "".join(oval(side * 30, 118, 14, 7, "#6d5a4c", width=2.6) for side in (-1, 1))
    return shoes + path("M-26 78Q-46 96 -36 116Q-18 124 0 116Q18 124 36 116Q46 96 26 78Z", looks.trousers) + path("M0 92V116", width=2.4)


def _leg(looks: Looks, side: int, foot: Point) -> str:
    line = f"M{side * 12} 82L{foot[0]} {foot[1]}"
    shoe = oval(foot[0] + side * 4, foot[1] + 4, 12, 6.5, "#6d5a4c", width=2.6)
    return (
        shoe
        + path(line, width=24, stroke_linecap="round")
        + path(line, stroke=looks.trousers, width=18, stroke_linecap="round")
    )


def _arm(looks: Looks, side: int, hand: Point) -> str:
    """A sleeve from the shoulder over an elbow that points outwards, and a hand."""
    shoulder = (side * 22, 16)
    middle = ((shoulder[0] + hand[0]) / 2, (shoulder[1] + hand[1]) / 2)
    elbow = (middle[0] + side * 9, middle[1] + 9)
    line = f"M{shoulder[0]} {shoulder[1]}Q{elbow[0]:g} {elbow[1]:g} {hand[0]:g} {hand[1]:g}"
    sleeve = path(line, width=19, stroke_linecap="round") + path(
        line, stroke=looks.shirt, width=13.4, stroke_linecap="round"
    )
    return (
        circle(hand[0], hand[1], 8.6, looks.skin, width=2.6)
        + sleeve
        + circle(hand[0], hand[1], 8, looks.skin, width=2.4)
    )


def _nothing() -> str:
    return ""


def _mother_behind() -> str:
    return path("M-34 18Q-44 -38 0 -40Q44 -38 34 18Q36 32 26 36H-26Q-36 32 -34 18Z", _BLACK)


def _mother_before() -> str:
    return path("M-31 2Q-34 -34 0 -36Q34 -34 31 2Q24 -12 14 -20Q-6 -8 -31 2Z", _BLACK, width=2)


def _father_before() -> str:
    return path("M-31 -3Q-36 -37 0 -38Q36 -37 31 -3Q27 -14 22 -19Q2 -14 -22 -19Q-28 -12 -31 -3Z", _BLACK, width=2)


def _grandma_behind() -> str:
    return circle(0, -38, 13, _GREY)


def _grandma_before() -> str:
    hair = path("M-31 3Q-36 -36 0 -37Q36 -36 31 3Q27 -16 0 -24Q-27 -16 -31 3Z", _GREY, width=2.4)
    return hair + _wrinkles()


def _grandpa_before() -> str:
    sides = "".join(
        path(f"M{s * 31} 6Q{s * 37} -14 {s * 25} -19Q{s * 28} -6 {s * 31} 6Z", _GREY, width=2.2) for s in (-1, 1)
    )
    beard = path("M-6 22Q0 40 6 22Q0 25 -6 22Z", _GREY, width=2)
    return sides + beard + _wrinkles()


def _wrinkles() -> str:
    return "".join(path(f"M{s * 20} -4Q{s * 24} -2 {s * 25} 2", width=1.6) for s in (-1, 1)) + path(
        "M-6 -16Q0 -18 6 -16", width=1.5
    )


def _girl_behind() -> str:
    tails = "".join(path(f"M{s * 28} -12Q{s * 52} -14 {s * 47} 22Q{s * 38} 16 {s * 30} 2Z", _BROWN) for s in (-1, 1))
    return tails + "".join(circle(s * 31, -11, 5.5, "#e2574c", width=2.2) for s in (-1, 1))


def _girl_before() -> str:
    return path("M-31 0Q-35 -36 0 -37Q35 -36 31 0Q28 -10 24 -14Q0 -10 -24 -14Q-28 -10 -31 0Z", _BROWN, width=2)


def _boy_before() -> str:
    return path(
        "M-31 -2Q-35 -36 -4 -37L2 -43L6 -37Q35 -35 31 -2Q28 -14 20 -19L12 -13L4 -20L-6 -13L-16 -19Q-27 -14 -31 -2Z",
        _BLACK,
        width=2,
    )


def _teen_behind() -> str:
    return path("M-32 6Q-38 -38 0 -39Q38 -38 32 6L36 52Q20 58 0 57Q-20 58 -36 52Z", _BROWN)


def _teen_before() -> str:
    return path("M-31 4Q-34 -35 0 -37Q34 -35 31 4Q26 -8 20 -14Q4 -24 -14 -12Q-26 -6 -31 4Z", _BROWN, width=2)


def _baby_before() -> str:
    return path("M-4 -30Q-10 -42 2 -42Q10 -41 4 -35", width=3) + path("M-18 -25Q0 -33 18 -25", width=2)


def _worker_cap() -> str:
    return path("M-33 -12Q-34 -40 0 -41Q34 -40 33 -12Q0 -22 -33 -12Z", "#5d86b3") + path(
        "M-30 -13Q0 -24 30 -13L38 -7Q0 -18 -38 -7Z", "#48709c"
    )


def _worker_before() -> str:
    return (
        path("M-31 4Q-33 -10 -28 -16L-24 -12Q-27 -4 -31 4ZM31 4Q33 -10 28 -16L24 -12Q27 -4 31 4Z", _BLACK, width=2)
        + _worker_cap()
    )


def _father_worker_before() -> str:
    return _worker_cap()


def _doctor_before() -> str:
    glasses = "".join(circle(s * 11, -1, 8.5, "none", width=2) for s in (-1, 1)) + path("M-2.5 -1H2.5", width=2)
    return _mother_before() + glasses


def _apron() -> str:
    return (
        path("M-17 20H17L20 84H-20Z", "#f6e7c8", width=2.4)
        + path("M-17 20Q-14 8 -11 5M17 20Q14 8 11 5", width=2.4)
        + box(-9, 50, 18, 15, "#efd9a8", width=2)
    )


def _coat() -> str:
    return (
        path("M0 8V86", width=2.2)
        + box(8, 44, 12, 11, "#fff", width=1.8)
        + path("M-11 4Q-14 30 0 34Q14 30 11 4", width=2, stroke="#6c8aa0")
    )


def _badge() -> str:
    return box(6, 30, 14, 10, "#fff", width=1.8, round_by=2) + path("M-10 5L0 18L10 5", width=2.2)


def _collar() -> str:
    return path("M-11 4L0 15L11 4", width=2.4)


PEOPLE = {
    "mother": Looks(_mother_behind, _mother_before, "#e58a6f", "#5a6b86", extra=_collar),
    "mother_worker": Looks(_mother_behind, _worker_before, "#7fa5cc", "#48586f", extra=_badge),
    "father": Looks(_nothing, _father_before, "#6ea08a", "#55606e", extra=_collar),
    "father_worker": Looks(_nothing, _father_worker_before, "#7fa5cc", "#48586f", extra=_badge),
    "grandma": Looks(_grandma_behind, _grandma_before, "#a887b5", "#6a5a6e", 0.95, _OLD_SKIN, _apron),
    "grandpa": Looks(_nothing, _grandpa_before, "#7d8f76", "#5d5a52", 0.95, _OLD_SKIN, _collar),
    "girl": Looks(_girl_behind, _girl_before, "#f3b341", "#d96a52", 0.72),
    "boy": Looks(_nothing, _boy_before, "#6fb0d2", "#5a6b86", 0.72),
    "small_boy": Looks(_nothing, _boy_before, "#8cc07a", "#5a6b86", 0.6),
    "teen": Looks(_teen_behind, _teen_before, "#cfa3c4", "#5a6b86", 0.88, extra=_collar),
    "baby": Looks(_nothing, _baby_before, "#f6d9e0", "#f6d9e0", 0.5),
    "doctor": Looks(_mother_behind, _doctor_before, "#fdfdfd", "#6b7b8c", extra=_coat),
    "teacher": Looks(_mother_behind, _doctor_before, "#8fb9a8", "#5a6b86", extra=_collar),
    "man": Looks(_nothing, _father_before, "#8a8580", "#4c4a48", extra=_collar),
}
