"""Names in a numbered list, as groups keep them: 1.赵一鸣 2.钱多宝 3.孙可心. Where the others are people, each is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.names import is_full, is_known

_ITEM = re.compile(
    "(?<![0-9.])(?:[1-9][0-9]?)[.、,，:：)）] ?(?P<name>[\u4e00-\u9fff]{2,4})(?=$|[ ,，、;；。.\n]|[1-9])"
)
_BELIEVED = 0.5
# 邹敏 15273849601: as one writes down whom to call.
_WITH_NUMBER = re.compile(
    "(?:^|(?<=[\n，,。;；:： ]))(?P<name>[\u4e00-\u9fff]{2,4})(?=[\n，,:： ]{0,2}(?:[+＋]?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9]))"
    "|(?<![0-9])1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}[\n，,:： ]{0,2}(?P<behind>[\u4e00-\u9fff]{2,4})(?=$|[\n，,。;；])"
)
# 王姐电话, 马上打, 方便: words beside a number.
_HINT = 0.05


def in_rows(heard: Heard) -> Iterator[tuple[int, int]]:
    """Every item that is made like a name, if half of the items surely are names."""
    items = [match.span("name") for match in _ITEM.finditer(heard.text)]
    made = [
        (start, end) for start, end in items if is_full(heard.text[start:end]) and not is_known(heard.text[start:end])
    ]
    sure = [place for place in made if heard.belief(*place) > _BELIEVED]
    if len(items) > 1 and 2 * len(sure) >= len(items):
        yield from made


def beside_number(heard: Heard) -> Iterator[tuple[int, int]]:
    """What is made like a name and stands alone before or behind a mobile number."""
    for match in _WITH_NUMBER.finditer(heard.text):
        start, end = match.span("name" if match["name"] else "behind")
        text = heard.text[start:end]
        if is_full(text) and not is_known(text) and heard.belief(start, end) > _HINT:
            yield start, end
