"""The words of real campaigns for real children: they fit, they are drawn for the age, and they change."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.content.lessons import Lesson
from bot.reminders.campaigns import Campaign, load_campaigns
from bot.reminders.compose import Composer, Turn
from bot.reminders.facts import ChildFacts, Facts, Reunion
from bot.reminders.suiting import ONLY_WHEN_ASKED, family, lesson_suits
from bot.reminders.whose import in_words
from bot.wechat.rendering import linked
from bot.wechat.splitting import LIMIT, size
from tests.reminders.engine import content
from tests.reminders.support import ROOT

_LINK = re.compile(r'<a href="https://jiashu\.example/lessons/[a-z0-9-]+">《[^<>]+》</a>')
CAMPAIGNS = load_campaigns(ROOT / "content" / "campaigns")
DAY = date(2027, 2, 4)


def of_age(years: int, apart: bool | None = None) -> Facts:
    return Facts(children=(ChildFacts(date(2027 - years, 1, 1)),), apart=apart)


@pytest.mark.parametrize("campaign", CAMPAIGNS.all, ids=lambda each: each.slug)
def test_every_message_fits_into_one(campaign: Campaign) -> None:
    composer = Composer(*content(), public_url="https://jiashu.example")
    for step in campaign.steps:
        for years in (0, 2, 5, 8, 12, 16):
            text = composer.message(campaign, step, of_age(years), "pa", "2027+1", DAY).text
            shown = linked(text)
            assert size(text) <= LIMIT >= size(shown) and text.startswith(step.texts)
            # Every address is behind a title that can be tapped.
            assert "http" not in _LINK.sub("", shown)


def test_the_digest_has_a_lesson_a_tip_and_something_to_say() -> None:
    weekly = CAMPAIGNS.by_slug["weekly"]
    composer = Composer(*content())
    said = {composer.message(weekly, weekly.steps[0], of_age(7), "pa", f"2027-W{week:02}", DAY).text for week in range(1, 30)}
    assert len(said) == 29
    assert all("想多看看，把这句发给我：" in each and "这周试一件事：" in each and "打电话时可以说：“" in each for each in said)


@pytest.mark.parametrize("years", [1, 4, 8, 13])
def test_who_lives_with_the_child_reads_nothing_of_telephones_in_the_digest(years: int) -> None:
    weekly, composer = CAMPAIGNS.by_slug["weekly"], Composer(*content(), seasonal=CAMPAIGNS.seasonal)
    for week in range(1, 50):
        text = composer.message(weekly, weekly.steps[0], of_age(years, apart=False), "pa", f"2027-W{week:02}", DAY).text
        assert "一起玩这个：" in text and "打电话时" not in text and not re.search("视频|隔着|镜头", text.partition("一起玩这个")[0])


def test_in_mourning_the_digest_asks_for_no_jokes() -> None:
    weekly, (library, shelf) = CAMPAIGNS.by_slug["weekly"], content()
    merry = [each.say for each in shelf.starters if each.topic in ("fun", "games")]
    mourning = replace(of_age(8), grief_until=date(2027, 5, 1))
    said = [Composer(library, shelf).message(weekly, weekly.steps[0], mourning, f"p{n}", "2027-W05", DAY).text for n in range(200)]
    assert not any(each in text for text in said for each in merry)


def test_on_a_holiday_without_a_plan_it_can_be_played_on_the_telephone_too() -> None:
    spring, (library, shelf) = CAMPAIGNS.by_slug["spring_festival"], content()
    step = spring.by_name["together"]
    by_telephone = [each.told for each in shelf.activities if "phone" in each.places]
    for number in range(50):
        text = Composer(library, shelf).message(spring, step, of_age(8), f"p{number}", "2027+1", DAY).text
        assert any(each in text for each in by_telephone)


def titles(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("想多看看，把这句发给我：")).partition("：")[2]


def test_the_gifts_of_two_children_differ() -> None:
    spring, composer = CAMPAIGNS.by_slug["spring_festival"], Composer(*content())
    gifts = next(step for step in spring.steps if step.table == "gifts")
    two = Facts(children=(ChildFacts(date(2019, 3, 1), sex="女孩"), ChildFacts(date(2020, 3, 1), sex="男孩")))
    texts = [composer.message(spring, gifts, two, f"p{number}", "2027", DAY).text for number in range(300)]
    for text in texts:
        first, second = (part.partition("\n")[2] for part in text.split("\n\n给")[1:])
        assert first.strip() and first != second


def test_what_is_left_out_is_replaced_while_there_are_others() -> None:
    turn = Turn("pa spring gifts 1", 3)
    (due,) = turn.several("abcde", 1)

    assert turn.several("abcde", 1, without=[due])[0] in set("abcde") - {due}
    assert turn.several([due], 1, without=[due]) == [due], "the only one"


def test_the_digest_is_for_one_child_after_the_other() -> None:
    library, _ = content()
    weekly, composer = CAMPAIGNS.by_slug["weekly"], Composer(*content())
    small, big = ChildFacts(date(2026, 1, 1)), ChildFacts(date(2013, 1, 1))
    by_title = {lesson.title: lesson for lesson in library.lessons.values()}
    weeks = [f"2027-W{week:02}" for week in range(1, 41)]
    told = [titles(composer.message(weekly, weekly.steps[0], Facts(children=(small, big)), "pa", week, DAY).text) for week in weeks]

    # The first week of 2027 has an even or an odd number: either may begin.
    rounds = (told[::2], told[1::2])
    assert any(_all_fit(by_title, one, small) and _all_fit(by_title, other, big) for one, other in (rounds, rounds[::-1]))
    # Each has a round of its own: nothing again within twenty weeks.
    assert all(len(set(mine)) == len(mine) == 20 for mine in rounds)


def test_without_a_known_child_the_digest_speaks_of_primary_school() -> None:
    library, _ = content()
    weekly, composer = CAMPAIGNS.by_slug["weekly"], Composer(*content())
    by_title = {lesson.title: lesson for lesson in library.lessons.values()}
    weeks = [f"{year}-W{week:02}" for year in (2027, 2028, 2029) for week in range(1, 53)]
    told = [titles(composer.message(weekly, weekly.steps[0], Facts(), "pa", week, DAY).text) for week in weeks]
    fitting = {lesson.title for lesson in library.lessons.values() if "parents" in lesson.audience and lesson.ages[0] <= 96 < lesson.ages[1] and lesson_suits(lesson, family(Facts(), None, DAY))}

    assert all(by_title[title].ages[0] <= 96 < by_title[title].ages[1] for title in told)
    # With nothing unseen left the round begins again, in the same order; nothing was left out before.
    assert set(told[: len(fitting)]) == fitting
    assert told[len(fitting) :] == told[: len(told) - len(fitting)]


def _fit(lesson: Lesson, child: ChildFacts) -> bool:
    return lesson.ages[0] <= child.age_months(DAY) < lesson.ages[1]


def _all_fit(by_title: dict[str, Lesson], told: list[str], child: ChildFacts) -> bool:
    return all(_fit(by_title[title], child) for title in told)


SMALL, BIG = ChildFacts(date(2024, 3, 1), sex="男孩"), ChildFacts(date(2013, 2, 1), sex="女孩")
BOTH = Facts(children=(SMALL, BIG))


def said(campaign: str, step: str, facts: Facts, occurrence: str, parent: str = "pa") -> str:
    found = CAMPAIGNS.by_slug[campaign]
    return Composer(*content()).message(found, found.by_name[step], facts, parent, occurrence, DAY).text


def gifts_in(text: str) -> set[tuple[int, int]]:
    """The ages that the gifts of a message are for."""
    return {each.ages for each in content()[1].gifts if f"{each.name}（" in text}


@pytest.mark.parametrize(("child", "other"), [(SMALL, BIG), (BIG, SMALL)])
def test_a_birthday_is_of_the_child_that_has_it(child: ChildFacts, other: ChildFacts) -> None:
    for parent in ("pa", "pb", "pc", "pd"):
        text = said("birthday", "gift_10", BOTH, f"{child.birth_month:%Y-%m}:2027", parent)
        ages = gifts_in(text)
        assert len(ages) and all(least <= child.age_months(DAY) < most for least, most in ages)
        assert f"给{in_words(child, child.age_months(DAY))}：" in text
        assert in_words(other, other.age_months(DAY)) not in text


@pytest.mark.parametrize("child", [SMALL, BIG])
def test_a_reunion_is_with_the_child_that_the_parent_named(child: ChildFacts) -> None:
    meeting = Reunion("plan-1", date(2027, 2, 16), date(2027, 2, 20), child_birth=child.birth_month)
    for parent in ("pa", "pb", "pc", "pd"):
        ages = gifts_in(said("reunion", "gifts_12", replace(BOTH, reunion=meeting), "plan-1", parent))
        assert len(ages) and all(least <= child.age_months(DAY) < most for least, most in ages)


def test_a_reunion_with_both_has_a_gift_for_each_and_a_day_for_each() -> None:
    both = replace(BOTH, reunion=Reunion("plan-1", date(2027, 2, 16), date(2027, 2, 20)))
    text = said("reunion", "gifts_12", both, "plan-1")
    assert text.index("给14岁的女孩：") < text.index("给2岁的男孩：")
    assert text.count("隔着电话：") == 2

    days = [said("reunion", "together", both, f"plan-1+{number}") for number in range(4)]
    assert ["女孩" in day for day in days] in ([True, False] * 2, [False, True] * 2)


def test_an_only_child_and_twins_need_no_name() -> None:
    twins = Facts(children=(BIG, replace(BIG, sex="男孩")))
    for facts in (Facts(children=(BIG,)), twins):
        text = said("birthday", "gift_10", facts, "2013-02:2027")
        assert "给14岁" not in text and text.count("隔着电话：") == 2


def test_the_digest_says_which_child_it_is_for() -> None:
    weeks = [said("weekly", "digest", BOTH, f"2027-W{week:02}") for week in (1, 2)]
    assert {"女孩打电话时可以说：" in week for week in weeks} == {True, False} and all("\n\n给" in week for week in weeks)
    # The lesson may be about the parent's own sleep: that is not the girl's.
    assert not any("\n\n给14岁的女孩：\n" in week for week in weeks)


def test_the_digest_leaves_lessons_of_a_season_to_their_season() -> None:
    library, shelf = content()
    weekly = CAMPAIGNS.by_slug["weekly"]
    slug = next(step.lesson for step in CAMPAIGNS.by_slug["winter_vacation"].steps if step.lesson)
    title = library.lessons[slug].title
    weeks = [f"{year}-W{week:02}" for year in (2027, 2028, 2029, 2030) for week in range(1, 53)]

    def told(composer: Composer) -> bool:
        facts = Facts()
        return any(title in composer.message(weekly, weekly.steps[0], facts, "pa", week, DAY).text for week in weeks)

    assert told(Composer(library, shelf))
    assert not told(Composer(library, shelf, seasonal=frozenset({slug})))


def test_who_is_apart_gets_what_goes_by_phone() -> None:
    library, shelf = content()
    campaign = CAMPAIGNS.by_slug["childrens_day"]
    step = next(each for each in campaign.steps if each.table == "activities")
    by_phone = [each.name for each in shelf.activities if "phone" in each.places]
    only_by_phone = [each.name for each in shelf.activities if each.places == ("phone",)]
    for year in range(2027, 2040):
        far = Composer(library, shelf).message(campaign, step, of_age(8), "pa", str(year), DAY).text
        near = Composer(library, shelf).message(campaign, step, of_age(8, apart=False), "pa", str(year), DAY).text
        assert any(name in far for name in by_phone)
        assert not any(name in near for name in only_by_phone)


def test_a_child_of_no_known_age_gets_something_for_its_likely_age() -> None:
    campaign = CAMPAIGNS.by_slug["spring_festival"]
    step = next(each for each in campaign.steps if each.table == "gifts")
    text = Composer(*content()).message(campaign, step, Facts(), "pa", "2027", DAY).text
    assert "隔着电话：" in text


def test_links_only_where_there_is_an_address() -> None:
    campaign = CAMPAIGNS.by_slug["spring_festival"]
    step = next(each for each in campaign.steps if each.lesson)
    library, shelf = content()
    told = Composer(library, shelf, "https://jiashu.example").message(campaign, step, Facts(), "pa", "2027", DAY).text
    title = library.lessons[step.lesson].title
    assert told.endswith(f"点开看看《{title}》：https://jiashu.example/lessons/{step.lesson}")
    assert "http" not in Composer(library, shelf).message(campaign, step, Facts(), "pa", "2027", DAY).text


def test_every_lesson_has_a_title_that_can_be_tapped() -> None:
    library, shelf = content()
    composer = Composer(library, shelf, "https://jiashu.example")
    campaign = CAMPAIGNS.by_slug["spring_festival"]
    for slug in library.lessons:
        step = replace(campaign.steps[0], lesson=slug)
        assert _LINK.search(linked(composer.for_all(campaign, step, "2027")))


WEEKS = [f"{year}-W{week:02}" for year in (2027, 2028) for week in range(1, 53)]


def digests(facts: Facts, day: date = DAY) -> list[str]:
    """What the digest brings such a parent over two years, as if it were always that day."""
    weekly, composer = CAMPAIGNS.by_slug["weekly"], Composer(*content(), seasonal=CAMPAIGNS.seasonal)
    return [composer.message(weekly, weekly.steps[0], facts, "pa", week, day).text for week in WEEKS]


def test_what_only_who_asks_wants_to_read_is_in_no_digest() -> None:
    library, _ = content()
    hard = {library.lessons[slug].title for slug in ONLY_WHEN_ASKED}
    told = {titles(text) for years in (1, 4, 8, 13, 16) for text in digests(of_age(years))}
    assert len(told) > 80 and not told & hard


def test_an_only_childs_digest_has_no_brothers_and_sisters() -> None:
    assert not any(re.search("两个孩子|老二|儿子女儿", text) for text in digests(of_age(8)))
    assert any("两个孩子" in text for text in digests(BOTH))


def test_a_sons_digest_has_nothing_of_daughters() -> None:
    son = Facts(children=(replace(of_age(12).children[0], sex="男孩"),))
    told = {titles(text) for text in digests(son)}
    assert any("儿子" in title for title in told) and not any("女儿" in title and "儿子" not in title for title in told)


def test_in_mourning_the_digest_stays_with_parent_and_child() -> None:
    library, _ = content()
    near = {each.title for each in library.lessons.values() if each.series in ("wellbeing", "remote_communication")}
    for years in (1, 4, 8, 13, 16):
        told = {titles(text) for text in digests(replace(of_age(years), grief_until=date.max))}
        assert told <= near and len(told) >= 10


@pytest.mark.parametrize("years", [1, 4, 8, 13])
def test_who_lives_with_the_child_is_not_sent_to_the_old_people(years: int) -> None:
    for text in digests(of_age(years, apart=False)):
        lesson = text.partition("一起玩这个")[0]
        assert not re.search("老人|老家|什么时候回来|寄", lesson.partition("\n")[2]), text


def test_what_is_said_unasked_fits_any_mood() -> None:
    _, shelf = content()
    moody = [each.say for each in shelf.starters if "any" not in each.moods]
    told = "".join(text for years in (0, 1, 4, 8, 13, 16) for text in digests(of_age(years)))
    assert not any(f"“{each}”" in told for each in moody)


@pytest.mark.parametrize("month", [1, 7])
def test_outdoors_it_is_what_the_season_allows(month: int) -> None:
    spring, (library, shelf) = CAMPAIGNS.by_slug["reunion"], content()
    step = spring.by_name["together"]
    home = replace(of_age(8), reunion=Reunion("p", date(2027, month, 2), date(2027, month, 20)))
    composer = Composer(library, shelf)
    texts = [composer.message(spring, step, home, f"p{n}", f"p+{n}", date(2027, month, 5)).text for n in range(300)]
    assert any("打水枪" in text for text in texts) is (month == 7)
    assert any("喂鸡喂狗" in text for text in texts) and not any("博物馆" in text for text in texts), "who goes home is in the village"


def test_in_town_nobody_is_sent_to_feed_the_chickens() -> None:
    texts = digests(of_age(8, apart=False), date(2027, 7, 5))
    assert not any("喂鸡喂狗" in text or "挖蚯蚓" in text for text in texts) and any("图书馆" in text for text in texts)


def test_the_digest_of_a_year_has_new_years_things_at_new_year() -> None:
    assert not any(re.search("红包|过年", text) for text in digests(of_age(8), date(2027, 7, 5)))


@pytest.mark.parametrize(("budget", "most"), [(0, 0), (100, 20), (500, 120), (5_000, 200)])
def test_gifts_for_a_reunion_keep_to_the_money_that_was_told(budget: int, most: int) -> None:
    _, shelf = content()
    reunion, composer = CAMPAIGNS.by_slug["reunion"], Composer(*content())
    facts = replace(of_age(8), reunion=Reunion("p", date(2027, 2, 4), date(2027, 2, 12), budget=budget))
    texts = [composer.message(reunion, reunion.by_name["gifts_12"], facts, f"p{n}", "p", DAY).text for n in range(200)]
    told = [gift for gift in shelf.gifts if any(gift.told in text for text in texts)]
    assert len(told) >= 2 and all(gift.cost[0] <= most for gift in told)


@pytest.mark.parametrize("years", [0, 1, 2, 3, 4, 5, 6, 8, 11, 14, 16])
def test_who_has_no_money_for_gifts_is_shown_what_costs_next_to_nothing(years: int) -> None:
    _, shelf = content()
    reunion, composer = CAMPAIGNS.by_slug["reunion"], Composer(*content())
    facts = replace(of_age(years), reunion=Reunion("p", date(2027, 2, 4), date(2027, 2, 12), budget=0))
    text = composer.message(reunion, reunion.by_name["gifts_12"], facts, "p", "p", DAY).text
    assert sum(gift.told in text and gift.cost[1] <= 20 for gift in shelf.gifts) == 2


def test_a_boy_is_not_shown_what_is_for_girls() -> None:
    _, shelf = content()
    spring, composer = CAMPAIGNS.by_slug["spring_festival"], Composer(*content())
    for sex, other in (("男孩", "girl"), ("女孩", "boy")):
        facts = Facts(children=(replace(of_age(15).children[0], sex=sex),))
        texts = [composer.message(spring, spring.by_name["gifts_12"], facts, f"p{n}", "2027", DAY).text for n in range(300)]
        assert not any(gift.told in text for gift in shelf.gifts if gift.whom == other for text in texts)


def test_a_potty_is_nothing_for_a_child_of_eight() -> None:
    assert not any("马桶" in text for text in digests(of_age(8))) and any("马桶" in text for text in digests(of_age(2)))
