"""Does a message ask two things? Cut it where a second question begins."""

from __future__ import annotations

import re

from bot.text.plain import squash

# After a question mark, at a line's end, and before what people say to go on to something else.
_BORDER = re.compile(r"[?？]+|[。；;\n]+|(?=还有一?个?(?:就是|问题)|另外|再问|顺便|还想问|第二个)")
# Where somebody goes on to a second matter: 还有他在学校被人打了. In a long story it only goes on with the story.
_AND = re.compile(r"[，, ]+(?=还有(?!一?个?(?:就是|问题|没|多|几|呢|吗))|对了|再就是|再一个)")
_SHORT_STORY = 40
# Between two clauses of which both ask.
_COMMA = re.compile(r"[，, ]+")
_ASKS_PLAINLY = re.compile(r"怎么(?!说的|这么|那么|回事$)|怎样|咋|啷个|点样|如何|为什么|为啥|多少|几[岁个次点天月]|能不能|要不要|可不可以|行不行|该不该|吗$")
# Words and endings that ask. Short ones only at the end: 不 and 么 stand everywhere.
_ASKS = re.compile(r"怎么|怎样|咋|啷个|点样|如何|为什么|为啥|什么|啥|多少|多大|几[号岁个次点天月]|哪|能不能|要不要|可不可以|行不行|好不好|该不该|有没有|吗|呢|[不么没吧]$")
# Shorter pieces (怎么办呢, 行吗) belong to the sentence before.
_SHORTEST = 6
MOST = 3


def split_questions(text: str) -> list[str]:
    """The questions of a message, at most three, as they were written; a list of one or none where it does not ask two things."""
    matters = _AND.split(text) if len(text) <= _SHORT_STORY else [text]
    if len(matters) > 1 and min(len(squash(each)) for each in matters) >= _SHORTEST:
        return [each.strip(" ，,、") for each in matters][:MOST]
    asked = [piece for piece in _pieces(text) if _ASKS.search(piece)]
    return [each for piece in asked for each in _at_the_comma(piece)][:MOST]


def _pieces(text: str) -> list[str]:
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
    return pieces


def _at_the_comma(piece: str) -> list[str]:
    """孩子挑食怎么办，晚上老尿床咋弄: both clauses ask, so they are two; otherwise one."""
    clauses = _COMMA.split(piece)
    if len(clauses) != 2 or not all(len(squash(each)) >= _SHORTEST and _ASKS_PLAINLY.search(each) for each in clauses):
        return [piece]
    return clauses
