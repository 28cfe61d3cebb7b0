"""The reader: names told by the sentence around them, and the paths that its tags may take."""

from __future__ import annotations

import numpy as np
import pytest

from bot.privacy.heard import Heard
from bot.privacy.reading import reader as reading
from bot.privacy.recognisers.read import read_names
from tests.privacy.marked import plain, tagger

# None of these is in the sentences that it was trained on: those are made anew with other names.
HITS = [
    "昨天【俊辉】又没去上学",
    "【梓睿】不肯吃药怎么办",
    "给【可欣】买的书包丢了",
    "【依诺】跟【子墨】打架了",
    "班里有【郑欣悦】、【潘宇轩】和【田雨泽】",
    "跟【锦瑞】讲道理没用",
]
NEAR_MISSES = [
    "黄瓜不肯吃怎么办",
    "明明说好了又反悔",
    "平平安安长大就行",
    "宝宝不肯吃药怎么办",
    "奶奶跟爷爷吵架了",
    "给孩子买的书包丢了",
]


def names(text: str) -> list[str]:
    return [text[start:end] for start, end in read_names(Heard(text, tagger()))]


@pytest.mark.parametrize("case", HITS)
def test_a_name_is_read_from_its_sentence(case: str) -> None:
    wanted = [part.split("】")[0] for part in case.split("【")[1:]]

    assert names(plain(case)) == wanted


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_a_word_in_the_same_place_is_none(text: str) -> None:
    assert names(text) == []


def test_what_is_read_lies_in_order_and_apart_whatever_the_scores() -> None:
    # Scores by chance: only the path keeps a name from beginning within another.
    chance = np.random.default_rng(5)
    for length in (1, 2, 3, 40):
        scores = chance.normal(size=(length, len(reading.TAGS))).astype(np.float32) * 4
        tags = [reading.TAGS[number] for number in reading._best_path(scores)]
        open_sort = ""
        for tag in tags:
            part, _, sort = tag.partition("-")
            assert (part in "IE") == bool(open_sort)
            assert not open_sort or sort == open_sort
            open_sort = sort if part in "BI" else ""
        assert open_sort == ""


def test_a_long_text_is_read_as_its_parts_are() -> None:
    one = "昨天俊辉又没去上学。"
    text = one * 60

    assert names(text) == ["俊辉"] * 60


def test_characters_that_nobody_has_seen_do_no_harm() -> None:
    assert isinstance(names("龘靐齉爨😀\u200b龘𠮷"), list)
