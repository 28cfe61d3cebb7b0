"""Making plain what was typed or said, regional words, and the pieces a model learns from."""

from __future__ import annotations

from pathlib import Path

import jieba
import pytest

from bot.text.dialect import Dialect, read_dialect
from bot.text.ngrams import characters, sounds, words
from bot.text.plain import plain, simplify, squash


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("孩子發燒了", "孩子发烧了"),
        ("ＯＫ　３岁", "ok 3岁"),
        ("嗯嗯，那个，孩子不吃饭", "孩子不吃饭"),
        ("那个孩子不吃饭", "那个孩子不吃饭"),
        ("孩子哭了😭😭[大哭]", "孩子哭了"),
        ("怎么办？？？？", "怎么办?"),
        ("累死了。。。。", "累死了。"),
        ("孩子 不说话", "孩子，不说话"),
        ("嗯嗯", "嗯嗯"),
        ("😭", "😭"),
        ("  早  ", "早"),
    ],
)
def test_it_makes_plain(text: str, made: str) -> None:
    assert plain(text) == made


@pytest.mark.parametrize("text", ["/EXTERNAL_follow", '/choose_lesson{"lesson_slug": "fever-by-age"}'])
def test_it_leaves_the_notation_of_an_intent_alone(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("text", ["／confirm_erase", "／／confirm_erase", " /confirm_erase"])
def test_a_parent_cannot_write_one(text: str) -> None:
    assert not plain(text).startswith("/")


@pytest.mark.parametrize(
    ("text", "squashed"), [("孩子，不 说话！", "孩子不说话"), ("３岁_半", "3岁半"), ("發燒 39.5℃", "发烧395c"), ("？！", "")]
)
def test_it_squashes(text: str, squashed: str) -> None:
    assert squash(text) == squashed


def test_it_simplifies_and_keeps_what_is_simple() -> None:
    assert simplify("頭髮後面 孩子") == "头发后面 孩子"


@pytest.mark.parametrize(
    ("text", "common"),
    [("幺儿发烧咋个办", "孩子发烧怎么办"), ("细佬点算", "孩子怎么办"), ("仔细看看", "仔细看看"), ("孩子发烧怎么办", "孩子发烧怎么办")],
)
def test_it_turns_regional_words_into_common_ones(root: Path, text: str, common: str) -> None:
    assert read_dialect(root / "content" / "dialect.yml").common(text) == common


def test_the_longest_word_wins_and_no_file_means_no_words(tmp_path: Path) -> None:
    assert Dialect({"娃": "孩", "娃儿": "孩子"}).common("娃儿和娃") == "孩子和孩"
    assert read_dialect(tmp_path / "none.yml").common("娃儿") == "娃儿"


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        ("孩子不肯跟我视频", ["孩子", "不肯", "跟", "我", "视频"]),
        ("暑假怎么防溺水", ["暑假", "怎么", "防溺水"]),
        ("留守儿童", ["留守儿童"]),
    ],
)
def test_chinese_is_really_cut_into_words(root: Path, sentence: str, cut: list[str]) -> None:
    for terms in sorted((root / "content" / "terms").glob("*.txt")):
        jieba.load_userdict(str(terms))

    found = list(jieba.cut(sentence))

    # Terms of the editors may join what jieba cuts; one token for a whole sentence is the bug to be kept out.
    assert "".join(found) == sentence
    assert len(found) > 1 or len(cut) == 1


def test_homophones_sound_alike() -> None:
    assert set(sounds("再见")) == set(sounds("在见"))
    assert set(sounds("做作业")) & set(sounds("作作业"))
    assert list(characters("娃哭")) == ["娃", "哭", "娃哭"]
    assert "w:孩子_不" in list(words(jieba.lcut("孩子不哭"))) or "w:孩子_不哭" in list(words(jieba.lcut("孩子不哭")))
