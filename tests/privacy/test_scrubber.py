"""Scrubbing as a whole: placeholders, places in the original, failing closed."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from bot.privacy import Kind, PlaceholderBook, Scrubber, ScrubError
from bot.privacy.heard import Heard
from bot.privacy.spans import Found

TEXT = "我叫王秀英，电话１３８ 0013 8000，孩子身份证11010519491231002X"


@pytest.fixture(scope="module")
def scrubber() -> Scrubber:
    return Scrubber()


def test_it_replaces_and_says_where(scrubber: Scrubber) -> None:
    scrubbed = scrubber.scrub(TEXT)

    assert scrubbed.text == "我叫〈姓名1〉，电话〈电话1〉，孩子身份证〈证件1〉"
    assert [TEXT[span.start : span.end] for span in scrubbed.spans] == [
        "王秀英",
        "１３８ 0013 8000",
        "11010519491231002X",
    ]
    assert [span.kind for span in scrubbed.spans] == [Kind.PERSON, Kind.PHONE, Kind.ID_CARD]


@pytest.mark.parametrize("text", ["", " ", "\n", "？？", "😭😭", "在吗", "\u200b"])
def test_it_leaves_what_says_nothing(scrubber: Scrubber, text: str) -> None:
    assert scrubber.scrub(text).text == text


def test_what_was_scrubbed_stays_as_it_is(scrubber: Scrubber) -> None:
    once = scrubber.scrub(TEXT).text

    assert scrubber.scrub(once).text == once


def test_a_conversation_keeps_its_placeholders(scrubber: Scrubber) -> None:
    book = PlaceholderBook("key")
    first = scrubber.scrub("我儿子叫张子涵", book).text
    kept = PlaceholderBook.from_json(book.to_json(), "key")

    assert "子涵" not in book.to_json()
    label = first.removeprefix("我儿子叫")
    assert scrubber.scrub("张子涵今天没去上学", kept).text == f"{label}今天没去上学"
    assert scrubber.scrub("电话13800138000，说一遍138-0013-8000", kept).text == "电话〈电话1〉，说一遍〈电话1〉"


def test_a_recogniser_that_fails_withholds_the_text() -> None:
    def broken(heard: Heard) -> Iterator[Found]:
        raise ValueError(heard.text)

    with pytest.raises(ScrubError) as caught:
        Scrubber([broken]).scrub("我叫王秀英")
    assert "王秀英" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_many_threads_use_one_scrubber() -> None:
    scrubber = Scrubber()
    heard: list[str] = []
    threads = [threading.Thread(target=lambda: heard.append(scrubber.scrub(TEXT).text)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert heard == [scrubber.scrub(TEXT).text] * 8
