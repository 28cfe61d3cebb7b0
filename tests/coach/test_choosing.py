"""What is chosen fits what was wanted: checked on the real tables, for every age."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.coach import choose
from bot.coach.wanted import Wanted, from_slot, read_wanted
from bot.content.tables.shelf import Shelf, load_shelf

AGES = (0, 1, 5, 11, 14, 20, 30, 40, 54, 66, 80, 96, 110, 130, 150, 170, 190, 210)
# After so many calls with three openers each, none has come twice.
CALLS = 12


@pytest.fixture(scope="module")
def shelf(root: Path) -> Shelf:
    return load_shelf(root / "content")


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("mood", [None, "happy", "quiet", "sad", "angry", "tired"])
def test_it_gives_three_openers_for_the_age_and_the_mood(shelf: Shelf, age: int, mood: str | None) -> None:
    chosen = choose.openers(shelf.starters, Wanted(age=age, mood=mood), (), "alice/1")

    assert len({each.topic for each in chosen}) == 3
    assert all(each.fits(age) for each in chosen)
    assert not mood or all({mood, "any"} & set(each.moods) for each in chosen)
    assert mood or all("any" in each.moods for each in chosen)
    assert not mood or mood in chosen[0].moods


@pytest.mark.parametrize("age", AGES[6:])
def test_no_opener_comes_twice_while_there_are_others(shelf: Shelf, age: int) -> None:
    used: set[str] = set()
    for call in range(CALLS):
        chosen = choose.openers(shelf.starters, Wanted(age=age), used, f"alice/{call}")
        assert len(chosen) == 3 and not used & {each.key for each in chosen}
        used |= {each.key for each in chosen}


def test_it_never_repeats_even_when_all_are_used_up(shelf: Shelf) -> None:
    used = {each.key for each in shelf.starters}

    assert choose.openers(shelf.starters, Wanted(age=66), used, "alice") == []


def test_two_parents_get_different_openers(shelf: Shelf) -> None:
    first, second = (choose.openers(shelf.starters, Wanted(age=66), (), parent) for parent in ("alice", "bob"))

    assert first != second


@pytest.mark.parametrize("age", range(12))
def test_every_month_of_the_first_year_has_thirty_openers(shelf: Shelf, age: int) -> None:
    assert len([each for each in shelf.starters if each.fits(age)]) >= 30


@pytest.mark.parametrize("age", range(6))
def test_nobody_is_asked_what_a_child_under_six_months_ate(shelf: Shelf, age: int) -> None:
    eating = [each.say for each in shelf.starters if each.fits(age) and each.topic == "food" and "奶" not in each.say]

    assert eating == []


def test_a_baby_is_not_asked_what_is_for_a_talker(shelf: Shelf) -> None:
    used = {each.key for each in shelf.starters if each.fits(6)}

    openers = choose.openers(shelf.starters, Wanted(age=6), used, "alice")

    assert openers and all(each.ages[1] <= 36 for each in openers)


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("most", [None, 50, 20])
def test_gifts_keep_to_age_and_budget(shelf: Shelf, age: int, most: int | None) -> None:
    chosen = choose.gifts(shelf.gifts, Wanted(age=age, most=most), (), "alice")

    assert chosen and (most == 20 or len(chosen) == 3)
    assert all(each.ages[0] <= age < each.ages[1] for each in chosen)
    assert most is None or all(each.cost[0] <= most for each in chosen)


def test_a_gift_for_girls_is_offered_to_girls_only(shelf: Shelf) -> None:
    offered = {
        sex: {
            gift.name
            for number in range(200)
            for gift in choose.gifts(shelf.gifts, Wanted(age=170, sex=sex), (), str(number))
        }
        for sex in ("girl", "boy", None)
    }

    assert any("卫生巾" in name for name in offered["girl"])
    assert not any("卫生巾" in name for name in offered["boy"] | offered[None])
    assert any("刮胡刀" in name for name in offered["boy"])


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("place", ["home", "dormitory", "village", "phone"])
def test_activities_keep_to_the_place(shelf: Shelf, age: int, place: str) -> None:
    chosen = choose.activities(shelf.activities, Wanted(age=age, place=place), (), "alice")

    assert chosen and all(place in each.places for each in chosen)


def test_on_a_rainy_day_without_money_everything_is_free_and_indoors(shelf: Shelf) -> None:
    wanted = read_wanted("下雨天 4岁 不花钱", 48)
    shown: set[str] = set()
    while chosen := choose.activities(shelf.activities, wanted, shown, "alice"):
        assert all(each.rain and each.cost == 0 for each in chosen)
        shown |= {each.key for each in chosen}
    assert len(shown) >= 9


def test_a_quarter_of_an_hour_is_enough_for_what_is_offered(shelf: Shelf) -> None:
    chosen = choose.activities(shelf.activities, Wanted(age=80, minutes=15), (), "alice")

    assert len(chosen) == 3 and all(each.minutes[0] <= 15 for each in chosen)


@pytest.mark.parametrize(
    ("age", "months"), [(0, [1]), (1, [1, 2]), (10, [9, 12]), (12, [12, 15]), (40, [36, 48]), (72, [72]), (90, [72])]
)
def test_the_nearest_rows_of_the_milestones(shelf: Shelf, age: int, months: list[int]) -> None:
    assert [each.month for each in choose.milestone_rows(shelf.milestones, age)] == months


def test_a_photo_task_is_new_until_all_were_given(shelf: Shelf) -> None:
    used: list[str] = []
    while task := choose.photo_task(shelf.photos, 80, used, "alice"):
        assert task.key not in used
        used.append(task.key)
    assert len(used) >= 20


def test_what_is_wanted_is_read_from_one_sentence() -> None:
    assert read_wanted("50块以内 6岁女孩", 72) == Wanted(age=72, sex="girl", most=50, least=0)
    assert read_wanted("在宿舍 半小时", None) == Wanted(place="dormitory", minutes=30)
    assert read_wanted("儿子和女儿", None).sex is None
    assert read_wanted("随便", None).says_nothing


def test_what_is_said_later_goes_before() -> None:
    earlier, later = Wanted(age=72, most=50), Wanted(most=100, sex="boy")

    assert earlier.and_then(later) == Wanted(age=72, most=100, sex="boy")


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(age=0, most=0, indoors=True, mood="sad")])
def test_a_wish_survives_a_slot(wanted: Wanted) -> None:
    assert from_slot(wanted.as_slot()) == wanted
    assert from_slot(None) == from_slot({"unknown": 1}) == Wanted()
