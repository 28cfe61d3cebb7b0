"""Number plates of vehicles: GA 36-2018 (five characters after the province and the letter, six for new-energy vehicles).

https://en.wikipedia.org/wiki/Vehicle_registration_plates_of_China
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.spans import Found, Kind

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_CHARACTERS = "A-HJ-NP-Za-hj-np-z0-9"
PATTERN = re.compile(
    rf"(?:[{_PROVINCES}] ?[A-Za-z]|[使领] ?)[ ·.•・\-]{{0,2}}(?P<rest>[{_CHARACTERS}oOiI][ ·.•・\-]?(?:[{_CHARACTERS}oOiI] ?){{3}}[{_CHARACTERS}oOiI]?(?: ?[{_CHARACTERS}挂学警港澳领])?)"
    r"(?![A-Za-z0-9])"
)
# 皖A·D·60817: the point may stand behind the letter of a new-energy plate as well.
_MARK = re.compile(r"[·.•・\-]")


def validate(rest: str) -> bool:
    """Whether what follows the letter can be a number: five or six characters, two digits at least."""
    return 5 <= len(rest.replace(" ", "")) <= 6 and sum(each.isdigit() for each in rest) >= 2


def find(heard: Heard) -> Iterator[Found]:
    """Every plate."""
    for match in PATTERN.finditer(heard.text):
        if validate(_MARK.sub("", match["rest"])):
            yield Found(match.start(), match.start() + len(match.group().rstrip()), Kind.PLATE)
