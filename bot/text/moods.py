"""How a child feels, in the words of its parents: quiet, sad, angry, tired or happy."""

from __future__ import annotations

import re

_NOT = r"(?:不|没|没有|不太|不怎么|不是很?|唔)"
# In this order: 不高兴 is not happy, 不想说话 is quiet even where 不高兴 follows.
_MOODS = (
    ("quiet", re.compile(rf"{_NOT}(?:想|爱|肯|愿意|怎么|太)?(?:说话|讲话|开口|吭声|出声|搭理|理我|理人|聊)|没话|话少|闷葫芦|沉默|光嗯|只嗯|一声不吭")),
    ("angry", re.compile(r"生气|发火|发脾气|闹脾气|赌气|恼|嫌我烦|顶嘴|吵架|吵了|嬲|气鼓鼓|火大")),
    ("sad", re.compile(rf"难过|伤心|哭|委屈|{_NOT}(?:高兴|开心)|心情不好|心情差|闷闷不乐|想我|想妈|想爸|失落|受欺负|郁闷|蔫")),
    ("tired", re.compile(r"累|困|没精神|没劲|刚放学回来|打哈欠|疲|想睡")),
    ("happy", re.compile(r"高兴|开心|兴奋|乐呵|得意|得奖|好消息|心情好|心情不错")),
)


def read_mood(text: str) -> str | None:
    """quiet, angry, sad, tired or happy; None when nothing is said of it."""
    return next((mood for mood, pattern in _MOODS if pattern.search(text)), None)
