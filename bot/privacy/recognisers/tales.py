"""Whether somebody is made up: 从前有个小朋友叫乐乐, and the stories of our own lessons, which say so first."""

from __future__ import annotations

import re

from bot.privacy.heard import Heard

_TALE = re.compile("从前有[个一位]{1,2}[^，。！？叫]{0,6}叫做?$")
_MADE_UP = "这是一个编的故事"


def in_a_tale(heard: Heard, start: int) -> bool:
    """Whether the name at `start` belongs to a tale."""
    return heard.text.startswith(_MADE_UP) or _TALE.search(heard.before(start, 16)) is not None
