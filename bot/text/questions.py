"""Does a message ask two things? Cut it where a second question begins."""

from __future__ import annotations

import re

from bot.text.plain import squash

# After a question mark, at a line's end, and before what people say to go on to something else.
_BORDER = re.compile(r"[?？]+|[。；;\n]+|(?=还有一?个?(?:就是|问题)|另外|再问|顺便|还想问|第二个)")
# Words and endings that ask. Short ones only at the end: 不 and 么 stand everywhere.
_ASKS = re.compile(r"怎么|怎样|咋|啷个|点样|如何|为什么|为啥|什么|啥|多少|多大|几[号岁个次点天月]|哪|能不能|要不要|可不可以|行不行|好不好|该不该|有没有|吗|呢|[不么没吧]$")
# Shorter pieces (怎么办呢, 行吗) belong to the sentence before.
_SHORTEST = 6
MOST = 3


def split_questions(text: str) -> list[str]:
    """The questions of a message, at most three, as they were written; a list of one or none where it does not ask two things."""
    pieces: list[str] = []
    for piece in _BORDER.split(text):
        words = piece.strip(" ，,、")
        if not words:
            continue
        if len(squash(words)) < _SHORTEST or (pieces and not _ASKS.search(pieces[-1])):
            # A short piece, or one that follows what was only told, goes on with the piece before.
            pieces[-1:] = ["，".join([*pieces[-1:], words])]
            continue
        pieces.append(words)
    asked = [piece for piece in pieces if _ASKS.search(piece)]
    return asked[:MOST]
