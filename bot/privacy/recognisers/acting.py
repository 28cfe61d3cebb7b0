"""Whether one who is called so acts, and whether a clause begins: what nicknames of common words need around them."""

from __future__ import annotations

import re

from bot.privacy.heard import Heard
from bot.privacy.recognisers import cues

ACTING = re.compile(
    "不爱|不敢|坐不住|不乖|特别|好动|挑食|不理|不肯|不想|不会|不吃|不睡|不听|说|哭|想|发烧|今年|昨天|今天|又|怕|最近|在家|在幼|掉|摔|会走|会说|会叫|打疫苗|三岁|两岁|四岁|五岁|六岁|七岁|八岁|\\d"
)


def begins_clause(heard: Heard, start: int) -> bool:
    before = heard.before(start, 2).rstrip(" ")
    return not before or not before[-1].isalnum() or before[-1] in "和跟的把被给让叫是但然后那说想"


def acts(heard: Heard, end: int) -> bool:
    after = heard.after(end, 4)
    return not after or bool(cues.ACTS_AFTER.match(after)) or bool(cues.KIN_AFTER.match(after))
