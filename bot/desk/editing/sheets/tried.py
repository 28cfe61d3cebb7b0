"""A danger's own sentences in its form: never learned, asked at each publishing. They try nothing if they are what was learned."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.lint.near_copies import NEAR
from bot.desk.editing.checking import Remark
from bot.desk.editing.sheets.fields import Field
from bot.desk.editing.sheets.filling import Tree
from bot.text.plain import squash

KEY = "cases"
LEAST = 2
FIELD = Field(
    KEY,
    "拿来考它的话",
    "两三句，一行一句：一个慌了的家长会怎么发来？和上面的例句都不一样。机器不照这些学，每次发布都拿来考它，答错一句就上不了线",
    kind="lines",
    rows=3,
    wide=True,
)


def remarks(tree: Tree) -> Iterator[Remark]:
    """Too few of them where the danger was begun on the desk, or one that is nearly an example."""
    if KEY not in tree:
        return
    cases, learned = _texts(tree, KEY), _texts(tree, "examples")
    if len(cases) < LEAST:
        yield Remark("", 0, f"写 {LEAST}–3 句拿来考它的话：固定的题里没有这种危险，发布时只能靠这几句来拦", True, False, KEY)
    pairs = [(each, _pairs(each)) for each in learned]
    for case in cases:
        mine = _pairs(case)
        near = next((text for text, theirs in pairs if squash(text) == squash(case) or len(mine & theirs) >= NEAR * max(1, len(mine | theirs))), "")
        if near:
            yield Remark("", 0, f"“{case}”和例句“{near}”几乎一样，考不出什么：换一个人会怎么说", True, False, KEY)


def _texts(tree: Tree, key: str) -> list[str]:
    found = tree.get(key)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _pairs(text: str) -> frozenset[str]:
    flat = squash(text)
    return frozenset(flat[start : start + 2] for start in range(len(flat) - 1))
