"""jieba cuts by the words of a model as it does by its own dictionary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jieba
import pytest

from bot.nlu.word_table import Frequencies, forget_words, use_words, write_words

ROOT = Path(__file__).parents[2]
QUESTIONS = [
    json.loads(line)["text"]
    for line in (ROOT / "tests/evaluation/in_scope.jsonl").read_text(encoding="utf-8").splitlines()[::5]
]


@pytest.fixture(autouse=True)
def _own_dictionary_again() -> Iterator[None]:
    forget_words()
    yield
    forget_words()


def test_sentences_are_cut_as_before(tmp_path: Path) -> None:
    jieba.load_userdict(str(ROOT / "content/terms/terms.txt"))
    before = [jieba.lcut(question) for question in QUESTIONS]
    known = dict(jieba.dt.FREQ)
    write_words(tmp_path)
    forget_words()
    use_words(tmp_path)

    assert isinstance(jieba.dt.FREQ, Frequencies)
    assert [jieba.lcut(question) for question in QUESTIONS] == before
    assert all(jieba.dt.FREQ[word] == jieba.dt.FREQ.get(word) == frequency for word, frequency in known.items())
    assert "没有这样的词" not in jieba.dt.FREQ
    assert jieba.dt.FREQ.get("没有这样的词", 1) == 1
    with pytest.raises(KeyError):
        jieba.dt.FREQ["没有这样的词"]


def test_a_word_that_editors_keep_apart_stays_apart(tmp_path: Path) -> None:
    assert "视频" in jieba.cut("打视频给他")
    jieba.del_word("视频")
    write_words(tmp_path)
    forget_words()
    assert "视频" in jieba.cut("打视频给他")

    use_words(tmp_path)
    assert "视频" not in jieba.cut("打视频给他")


def test_a_training_goes_on_with_the_words_it_has(tmp_path: Path) -> None:
    write_words(tmp_path)
    use_words(tmp_path)

    assert isinstance(jieba.dt.FREQ, dict)


def test_words_can_be_added_to_it(tmp_path: Path) -> None:
    write_words(tmp_path)
    forget_words()
    use_words(tmp_path)
    assert jieba.lcut("让他喊幺婆婆来") != ["让", "他", "喊幺婆婆来"]

    jieba.add_word("喊幺婆婆来", 100_000)
    assert jieba.lcut("让他喊幺婆婆来")[-1] == "喊幺婆婆来"
    assert jieba.dt.FREQ["喊幺婆婆来"] == jieba.dt.FREQ.get("喊幺婆婆来") == 100_000


def test_training_begins_without_the_words_of_the_model_before(tmp_path: Path) -> None:
    plain = jieba.lcut("让他喊幺婆婆来")
    jieba.add_word("喊幺婆婆来", 100_000)
    write_words(tmp_path)
    use_words(tmp_path)
    assert "喊幺婆婆来" in jieba.cut("让他喊幺婆婆来")

    forget_words()
    assert jieba.lcut("让他喊幺婆婆来") == plain


def test_a_model_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="words.json"):
        use_words(tmp_path)
