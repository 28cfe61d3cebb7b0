"""What the desk reads and does: lists, search, review, misses, danger signs, numbers; on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.logs import flags, misses, reading, review
from bot.logs.review import ReviewError
from bot.logs.shapes import TalkFilter
from tests.logs.conftest import Record
from tests.logs.support import ALICE, BOB, CHARLIE, answered, endangered, missed, scored


def previews(record: Record, wanted: TalkFilter, **more: Any) -> list[str]:
    return [line.preview for line in record.do(reading.talks_page, wanted, **more).items]


@pytest.fixture
def some(record: Record) -> Record:
    """Four talks on four days of two weeks."""
    record.add(ALICE, answered("孩子发烧三十九度怎么办", slug="fever-by-age"))
    record.clock.turn(timedelta(days=1))
    record.add(BOB, missed("那个那个说不清"))
    record.clock.turn(timedelta(days=1))
    record.add(CHARLIE, endangered("孩子卡住了喘不上气"))
    record.clock.turn(timedelta(days=7))
    record.add(ALICE, answered("还是发烧，孩子不肯吃药", ranking=[("fever-by-age", 0.4)]), scored(0))
    return record


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (TalkFilter(), ["还是发烧，孩子不肯吃药", "孩子卡住了喘不上气", "那个那个说不清", "孩子发烧三十九度怎么办"]),
        (TalkFilter(fallback=True), ["那个那个说不清"]),
        (TalkFilter(low_confidence=True), ["还是发烧，孩子不肯吃药"]),
        (TalkFilter(not_useful=True), ["还是发烧，孩子不肯吃药"]),
        (TalkFilter(danger=True), ["孩子卡住了喘不上气"]),
        (TalkFilter(topic="danger"), ["孩子卡住了喘不上气"]),
        (TalkFilter(topic="early_childhood"), ["还是发烧，孩子不肯吃药", "孩子发烧三十九度怎么办"]),
        (TalkFilter(topic="early_childhood", not_useful=True), ["还是发烧，孩子不肯吃药"]),
        (TalkFilter(week=date(2026, 3, 2)), ["孩子卡住了喘不上气", "那个那个说不清", "孩子发烧三十九度怎么办"]),
        (TalkFilter(week=date(2026, 3, 9)), ["还是发烧，孩子不肯吃药"]),
        (TalkFilter(state="open"), ["还是发烧，孩子不肯吃药", "孩子卡住了喘不上气", "那个那个说不清"]),
        (TalkFilter(words="发烧"), ["还是发烧，孩子不肯吃药", "孩子发烧三十九度怎么办"]),
        (TalkFilter(words="发烧 吃药"), ["还是发烧，孩子不肯吃药"]),
        (TalkFilter(words="烧，孩"), ["还是发烧，孩子不肯吃药"]),
        (TalkFilter(words="發燒"), ["还是发烧，孩子不肯吃药", "孩子发烧三十九度怎么办"]),
        (TalkFilter(words="发烧", not_useful=True), ["还是发烧，孩子不肯吃药"]),
        (TalkFilter(words="没有这个词"), []),
        (TalkFilter(words="%"), []),
        (TalkFilter(words="，。"), []),
        (TalkFilter(words="' OR 1=1 --"), []),
    ],
)
def test_talks_are_found_by_signs_and_words(some: Record, wanted: TalkFilter, found: list[str]) -> None:
    assert previews(some, wanted) == found


def test_all_talks_of_one_parent(some: Record) -> None:
    newest = some.do(reading.talks_page, TalkFilter()).items[0]

    assert len(previews(some, TalkFilter(parent=newest.parent_ref))) == 2


@pytest.mark.parametrize("wanted", [TalkFilter(), TalkFilter(words="烧")])
def test_pages_give_every_talk_once(record: Record, wanted: TalkFilter) -> None:
    for number in range(25):
        record.add(f"p{number}", answered(f"第{number}次发烧"), answered("又烧了"))
        record.clock.turn(timedelta(minutes=1))
    seen: list[str] = []
    after = ""
    for _ in range(10):
        page = record.do(reading.talks_page, wanted, after, 7)
        seen += [line.ref for line in page.items]
        after = page.more
        if not after:
            break

    assert len(seen) == len(set(seen)) == 25


def test_a_search_shows_a_talk_once_though_its_turns_lie_far_apart(record: Record) -> None:
    for words in ("发烧", "还在发烧", "又发烧"):
        for number in range(8):
            record.add(f"p{number}", answered(f"{words}{number}"))
            record.clock.turn(timedelta(minutes=1))
    first = record.do(reading.talks_page, TalkFilter(words="发烧"), "", 5)
    second = record.do(reading.talks_page, TalkFilter(words="发烧"), first.more, 5)

    assert len({line.ref for line in first.items + second.items}) == 8 == len(first.items) + len(second.items) and not second.more


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 30, "９", "²", "1-2", "9" * 30 + "-1", "1; DROP TABLE"])
def test_a_forged_page_is_no_error(some: Record, after: str) -> None:
    assert some.do(flags.flags_page, False, after) is not None
    assert len(some.do(reading.talks_page, TalkFilter(), after).items) in (0, 4)
    assert some.do(misses.groups_page, "open", after) is not None


def test_nothing_that_is_shown_leads_back(some: Record) -> None:
    page = some.do(reading.talks_page, TalkFilter())
    shown = repr([page, *(some.do(reading.talk, line.ref) for line in page.items), some.do(flags.flags_page), some.do(misses.groups_page)])

    assert not any(parent in shown for parent in (ALICE, BOB, CHARLIE))
    assert all(line.parent.startswith("家长 ") for line in page.items)


def test_a_talk_goes_from_open_to_done_and_back(some: Record) -> None:
    ref, now = some.do(reading.talks_page, TalkFilter(fallback=True)).items[0].ref, some.clock.now()

    some.do(review.take, ref, "anna")
    with pytest.raises(ReviewError, match="anna"):
        some.do(review.take, ref, "ben")
    some.do(review.done, ref, "anna", now)
    with pytest.raises(ReviewError, match="已经看完"):
        some.do(review.take, ref, "ben")
    with pytest.raises(ReviewError, match="另一位"):
        some.do(review.second, ref, "anna", now)
    some.do(review.second, ref, "ben", now)
    talk = some.do(reading.talk, ref)
    assert (talk.line.state, talk.line.reviewer, talk.done_by, talk.line.second_reviewer, talk.seconded_at) == ("done", "anna", "anna", "ben", now)

    some.do(review.undo, ref)
    talk = some.do(reading.talk, ref)
    assert (talk.line.state, talk.done_by, talk.seconded_at) == ("taken", "", None)
    some.do(review.release, ref)
    assert some.do(reading.talk, ref).line.state == "open"


def test_a_second_reviewer_is_another_one(some: Record) -> None:
    ref = some.do(reading.talks_page, TalkFilter(fallback=True)).items[0].ref
    some.do(review.take, ref, "anna")

    with pytest.raises(ReviewError, match="换一个人"):
        some.do(review.ask_second, ref, "anna")
    some.do(review.ask_second, ref, "ben")
    with pytest.raises(ReviewError, match="还没看完"):
        some.do(review.second, ref, "ben", some.clock.now())


def test_notes_are_kept_in_order(some: Record) -> None:
    ref = some.do(reading.talks_page, TalkFilter()).items[0].ref
    for words in ("第一条", "第二条"):
        some.do(review.note, ref, "anna", words, some.clock.now())

    assert [note.text for note in some.do(reading.talk, ref).notes] == ["第一条", "第二条"]
    for words in ("", " ", "长" * 1001):
        with pytest.raises(ReviewError, match="1 到 1000"):
            some.do(review.note, ref, "anna", words, some.clock.now())


def test_a_talk_that_was_erased_says_so(some: Record) -> None:
    with pytest.raises(ReviewError, match="不在了"):
        some.do(review.done, "gone", "anna", some.clock.now())
    assert some.do(reading.talk, "gone") is None


def test_misses_that_ask_the_same_are_one_group(record: Record) -> None:
    for parent, words in ((ALICE, "孩子老是尿床怎么办"), (BOB, "娃老尿床咋办啊"), (CHARLIE, "请问孩子尿床怎么办？"), (ALICE, "户口迁到城里要什么材料")):
        record.add(parent, missed(words))

    first, second = record.do(misses.groups_page).items
    assert (first.title, first.misses, second.misses) == ("孩子老是尿床怎么办", 3, 1)
    assert [miss.text for miss in record.do(misses.misses_of, first.id).items][0] == "请问孩子尿床怎么办？"
    (one,) = record.do(misses.groups_page, "open", "", 1).items
    rest = record.do(misses.groups_page, "open", record.do(misses.groups_page, "open", "", 1).more, 1)
    assert one.id == first.id and [each.id for each in rest.items] == [second.id] and rest.more == ""


def test_a_group_is_taken_closed_and_opens_again_when_missed_again(record: Record) -> None:
    record.add(ALICE, missed("孩子老是尿床怎么办"))
    (group,) = record.do(misses.groups_page).items
    record.do(misses.take_group, group.id, "anna")
    assert [each.reviewer for each in record.do(misses.groups_page, "taken").items] == ["anna"]
    record.do(misses.close_group, group.id, "anna", record.clock.now())
    assert record.do(misses.groups_page).items == () and record.do(review.queue_counts).groups == 0

    record.add(BOB, missed("孩子老尿床怎么办"))
    assert [each.misses for each in record.do(misses.groups_page).items] == [2]


def test_an_example_is_anonymised_again_and_confirmed_without_placeholders(some: Record) -> None:
    (group,) = some.do(misses.groups_page).items
    (miss,) = some.do(misses.misses_of, group.id).items
    now = some.clock.now()

    named = some.do(misses.propose_example, miss.turn_id, "张子涵老师电话13812345678", "lesson/fever-by-age", "anna", now)
    assert "138" not in named.text and "张子涵" not in named.text
    with pytest.raises(ReviewError, match="〈"):
        some.do(misses.confirm_example, named.id, "anna")
    some.do(misses.drop_example, named.id)
    assert some.do(misses.examples_in, "proposed") == ()

    made = some.do(misses.propose_example, miss.turn_id, "  娃发烧\n咋办 ", "lesson/fever-by-age", "anna", now)
    assert made.text == "娃发烧 咋办" and some.do(reading.turn, miss.turn_id).settled == "example"
    some.do(misses.confirm_example, made.id, "ben")
    assert some.do(review.queue_counts).confirmed_examples == 1
    some.do(misses.examples_published, [made.id], now)
    some.do(misses.drop_example, made.id)
    assert [(each.state, each.confirmed_by) for each in some.do(misses.examples_in, "published")] == [("published", "ben")]
    with pytest.raises(ReviewError, match="空"):
        some.do(misses.propose_example, miss.turn_id, " ", "lesson/x", "anna", now)


def test_a_lesson_is_asked_for_and_the_group_is_settled_with_it(some: Record) -> None:
    (group,) = some.do(misses.groups_page).items
    now = some.clock.now()
    with pytest.raises(ReviewError, match="编辑"):
        some.do(misses.ask_for_lesson, "讲尿床", "", "anna", now, group_id=group.id)
    wish = some.do(misses.ask_for_lesson, "讲讲尿床", "editor", "anna", now, group_id=group.id)

    (request,) = some.do(misses.requests_in, "open", "editor")
    assert (request.wish, request.misses, request.id) == ("讲讲尿床", 1, wish)
    assert some.do(misses.requests_in, "open", "somebody else") == ()
    some.do(misses.assign_lesson, wish, "bedwetting")
    assert some.do(misses.lesson_published, "other-lesson", now) == 0
    assert some.do(misses.lesson_published, "bedwetting", now) == 1
    assert some.do(misses.requests_in, "open") == () and some.do(misses.group, group.id).state == "done"


def test_a_danger_sign_is_looked_at_taken_and_closed_once(record: Record) -> None:
    for parent in (ALICE, BOB):
        record.do(flags.raise_flag, parent, "choking", "patterns", record.clock.now())
    first, second = record.do(flags.flags_page).items
    record.clock.turn(timedelta(minutes=4))
    looked = record.clock.now()
    record.do(flags.look, first.id, looked)
    record.clock.turn(timedelta(minutes=4))
    record.do(flags.look, first.id, record.clock.now())

    assert record.do(flags.take_flag, first.id, "carla", record.clock.now()) is True
    assert record.do(flags.take_flag, first.id, "dora", record.clock.now()) is False
    kept = record.do(flags.flag, first.id)
    assert (kept.looked_at, kept.taken_by) == (looked, "carla")
    record.do(flags.close_flag, first.id, "carla", record.clock.now())
    assert [each.id for each in record.do(flags.flags_page).items] == [second.id]
    assert [each.id for each in record.do(flags.flags_page, True).items] == [first.id]
    record.do(flags.reopen_flag, first.id)
    record.do(flags.release_flag, first.id)
    assert record.do(flags.take_flag, first.id, "dora", record.clock.now()) is True
    assert record.do(review.queue_counts).danger == 2
