"""A few hundred short sentences in the words of parents: what the smallest model of how characters follow each other needs."""

from __future__ import annotations

_WHO = ("孩子", "我女儿", "我儿子", "奶奶", "娃")
_WHAT = (
    "不说话", "发烧了", "溺水了", "来月经了", "睡觉不好", "不上学", "发烧了怎么办", "睡不着", "不说话怎么办", "带孩子", "不肯睡觉", "掉水里了", "哭了",
)  # fmt: skip
SENTENCES = tuple(f"{who}{what}" for who in _WHO for what in _WHAT)
