"""A message without words: each face is read as what it says, and comes to the model as one full stop at most."""

from __future__ import annotations

import pytest

from bot.text import faces
from bot.text.faces import read_face
from bot.text.plain import plain, squash

READ = [
    ("👍", faces.LIKE), ("[强][强]", faces.LIKE), ("／:strong", faces.LIKE), ("[OK]", faces.LIKE), ("🙏🙏", faces.LIKE),
    ("[玫瑰]", faces.LOVE), ("❤️", faces.LOVE), ("😂", faces.LAUGH), ("[捂脸]", faces.AWKWARD), ("😴", faces.TIRED),
    ("[流泪]", faces.SAD), ("／::'(", faces.SAD), ("😭👍", faces.SAD), ("😡", faces.ANGRY), ("😱", faces.ALARMED), ("👋", faces.BYE),
    ("???", faces.WONDER), ("？", faces.WONDER), ("[疑问]", faces.WONDER), ("🤔", faces.WONDER),
    ("😮\u200d💨", faces.TIRED), ("😮", faces.ALARMED), ("👨\u200d👩\u200d👧", faces.NOTHING), ("🤦\u200d♀️", faces.AWKWARD), ("\u200d", faces.NOTHING),
    ("。。。", faces.NOTHING), ("[微笑]", faces.NOTHING), ("……", faces.NOTHING), ("！", faces.NOTHING),
    ("好[强]", None), ("1", None), ("孩子😭", None), ("help", None),
]  # fmt: skip


@pytest.mark.parametrize(("said", "kind"), READ)
def test_a_face_is_read_as_what_it_says(said: str, kind: str | None) -> None:
    assert read_face(said) == kind


@pytest.mark.parametrize("said", [said for said, kind in READ if kind is not None])
def test_nothing_is_left_of_it_for_the_model(said: str) -> None:
    assert plain(said) and squash(plain(said)) == ""


def test_a_face_inside_a_sentence_only_parts_it() -> None:
    assert plain("孩子[流泪]不说话") == "孩子，不说话"


@pytest.mark.parametrize(
    ("said", "meant"), [("我我我", "我"), ("我我我孩子发烧了", "我孩子发烧了"), ("哈哈哈", "哈哈哈"), ("谢谢谢谢", "谢谢谢谢"), ("妈妈", "妈妈")]
)
def test_a_stutter_is_said_once(said: str, meant: str) -> None:
    assert plain(said) == meant
