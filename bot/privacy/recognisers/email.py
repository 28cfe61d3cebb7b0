"""E-mail addresses: RFC 5321 in the forms that people type, also with # or 艾特 for @ and 点 for the dot.

https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.spans import Found, Kind

_AT = r"\s{0,2}(?:@|艾特|\(at\)|\[at\]|(?<=\s)at(?=\s)|#(?=\s?(?:qq|163|126|sina|foxmail|gmail|139|189|outlook|hotmail)))\s{0,2}"
_DOT = r"\s?(?:\.|。|点|dot)\s?"
PATTERN = re.compile(
    rf"[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}{_AT}[A-Za-z0-9-]{{1,63}}(?:{_DOT}(?:com|cn|net|org|edu|gov|vip|[A-Za-z]{{2,24}}))+",
    re.IGNORECASE,
)


def find(heard: Heard) -> Iterator[Found]:
    """Every address."""
    if "@" not in heard.text and "艾特" not in heard.text and "#" not in heard.text and "at" not in heard.text:
        return
    for match in PATTERN.finditer(heard.text):
        yield Found(match.start(), match.end(), Kind.EMAIL)
