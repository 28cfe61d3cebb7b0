"""Faces: what somebody feels, in eyes, brows and mouth. The head is a circle of radius 30 around (0, 0)."""

from __future__ import annotations

from tools.comics.svg import INK, circle, oval, path

_BLUSH = "#f2a08c"
_TEAR = "#7cc4ea"


def face(mood: str, look: float = 0) -> str:
    """Eyes, brows, mouth and cheeks; `look` moves them sideways, -8 (left) to 8 (right)."""
    eyes, mouth = _MOODS[mood]
    cheeks = "".join(oval(x + look, 9, 5, 3.2, _BLUSH, width=0) for x in (-17, 17))
    return cheeks + "".join(part for part in (_EYES[eyes](look), _MOUTHS[mouth](look)))


def _dots(look: float) -> str:
    return "".join(circle(x + look, -1, 3, INK, width=0) for x in (-11, 11))


def _wide(look: float) -> str:
    return "".join(
        circle(x + look, -2, 6, "#fff", width=2.2) + circle(x + look, -1, 2.4, INK, width=0) for x in (-11, 11)
    )


def _joy(look: float) -> str:
    return "".join(path(f"M{x - 5 + look} 1Q{x + look} -7 {x + 5 + look} 1", width=2.8) for x in (-11, 11))


def _shut(look: float) -> str:
    return "".join(path(f"M{x - 5 + look} -2Q{x + look} 4 {x + 5 + look} -2", width=2.8) for x in (-11, 11))


def _low(look: float) -> str:
    """Tired: half closed, with a fold under each eye."""
    return "".join(
        path(f"M{x - 5 + look} -2H{x + 5 + look}", width=2.8)
        + circle(x + look, 0.6, 2.6, INK, width=0)
        + path(f"M{x - 4 + look} 6Q{x + look} 8 {x + 4 + look} 6", width=1.4)
        for x in (-11, 11)
    )


def _worry(look: float) -> str:
    brows = path(f"M{-17 + look} -9L{-7 + look} -13", width=2.6) + path(f"M{17 + look} -9L{7 + look} -13", width=2.6)
    return _dots(look) + brows


def _anger(look: float) -> str:
    brows = path(f"M{-17 + look} -13L{-6 + look} -8", width=3) + path(f"M{17 + look} -13L{6 + look} -8", width=3)
    return _dots(look) + brows


def _tears(look: float) -> str:
    drops = "".join(
        path(f"M{x + look} 6Q{x - 4 + look} 14 {x + look} 16Q{x + 4 + look} 14 {x + look} 6", _TEAR, width=1.4)
        for x in (-13, 13)
    )
    return _worry(look) + drops


def _smile(look: float) -> str:
    return path(f"M{-7 + look} 12Q{look} 19 {7 + look} 12", width=2.8)


def _grin(look: float) -> str:
    return path(
        f"M{-9 + look} 10Q{look} 12 {9 + look} 10Q{8 + look} 21 {look} 21Q{-8 + look} 21 {-9 + look} 10Z",
        "#b5483b",
        width=2.4,
    )


def _talk(look: float) -> str:
    return oval(look, 14.5, 5.5, 4.6, "#b5483b", width=2.4)


def _shout(look: float) -> str:
    return oval(look, 15, 8, 7, "#b5483b", width=2.4)


def _sad(look: float) -> str:
    return path(f"M{-6 + look} 17Q{look} 11 {6 + look} 17", width=2.8)


def _flat(look: float) -> str:
    return path(f"M{-5 + look} 15H{5 + look}", width=2.8)


def _wavy(look: float) -> str:
    return path(f"M{-8 + look} 15Q{-4 + look} 11 {look} 15T{8 + look} 15", width=2.6)


_EYES = {
    "dots": _dots,
    "wide": _wide,
    "joy": _joy,
    "shut": _shut,
    "low": _low,
    "worry": _worry,
    "anger": _anger,
    "tears": _tears,
}
_MOUTHS = {"smile": _smile, "grin": _grin, "talk": _talk, "shout": _shout, "sad": _sad, "flat": _flat, "wavy": _wavy}
_MOODS = {
    "smile": ("dots", "smile"),
    "happy": ("joy", "grin"),
    "glad": ("joy", "smile"),
    "talk": ("dots", "talk"),
    "call": ("worry", "shout"),
    "sad": ("worry", "sad"),
    "worried": ("worry", "wavy"),
    "angry": ("anger", "shout"),
    "cross": ("anger", "flat"),
    "surprised": ("wide", "talk"),
    "afraid": ("wide", "wavy"),
    "crying": ("tears", "sad"),
    "sleepy": ("shut", "flat"),
    "calm": ("shut", "smile"),
    "tired": ("low", "flat"),
    "tired_smile": ("low", "smile"),
    "shy": ("dots", "flat"),
    "ill": ("low", "wavy"),
}
