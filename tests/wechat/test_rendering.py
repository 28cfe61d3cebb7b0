from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.wechat.choices import chosen, clean_title
from bot.wechat.messages import Choice, NewsOut, RasaMessage, TextOut
from bot.wechat.rendering import compose, linked
from bot.wechat.splitting import LIMIT, size, split
from bot.wechat.waiting import Kept

CARD = {"title": "防溺水", "description": "六不", "url": "https://example.org/a", "picurl": ""}
BUTTONS: RasaMessage = {
    "text": "想聊哪个？",
    "buttons": [{"title": "打电话", "payload": '/ask{"x": 1}'}, {"title": "发烧", "payload": "孩子发烧怎么办"}],
}


def text_of(*messages: RasaMessage, cards: bool = True) -> str:
    answer = compose(messages, cards=cards)
    assert len(answer.messages) == 1 and isinstance(answer.messages[0], TextOut)
    return answer.messages[0].text


def test_it_merges_texts_by_a_blank_line() -> None:
    assert text_of({"text": "一"}, {"text": "二"}, {"text": " "}) == "一\n\n二"


def test_it_says_nothing_for_nothing() -> None:
    assert compose([]).messages == ()
    assert compose([{"custom": {"other": 1}}]).messages == ()


def test_it_makes_buttons_numbered_links() -> None:
    assert text_of(BUTTONS) == (
        "想聊哪个？\n"
        '<a href="weixin://bizmsgmenu?msgmenucontent=打电话&msgmenuid=1">1. 打电话</a>\n'
        '<a href="weixin://bizmsgmenu?msgmenucontent=发烧&msgmenuid=2">2. 发烧</a>'
    )


def test_it_numbers_buttons_through() -> None:
    kept = Kept(1, "昨天的问题", (TextOut("旧答案"),), (Choice(1, "旧", "/old"), Choice(2, "旧二", "/old2")))
    answer = compose([BUTTONS], [kept])
    assert [choice.number for choice in answer.choices] == [1, 2, 3, 4]
    assert ">3. 打电话<" in answer.messages[0].text  # type: ignore[union-attr]


def test_it_gives_what_waited_first_with_its_question() -> None:
    kept = Kept(1, "孩子<咳嗽", (TextOut("多喝水"), NewsOut(**CARD)), ())
    answer = compose([{"text": "新答案"}], [kept])
    assert answer.messages == (
        TextOut('您上次问的「孩子＜咳嗽」：\n多喝水\n<a href="https://example.org/a">防溺水</a>\n\n新答案'),
    )


@pytest.mark.parametrize("title", ['a"b', "a<b>c", "a&b", "a\nb", '"><a href="http://evil">', "'"])
def test_it_makes_titles_harmless(title: str) -> None:
    shown = text_of({"text": "x", "buttons": [{"title": title, "payload": "/p"}]})
    assert re.fullmatch(r'x\n<a href="weixin://bizmsgmenu\?msgmenucontent=[^"<>]*&msgmenuid=1">1\. [^<>"]*</a>', shown)


def test_it_lets_no_tag_but_ours_through() -> None:
    assert text_of({"text": '体温<38，<a href="http://evil">点我</a>'}) == '体温＜38，＜a href="http://evil">点我＜/a>'


def test_a_page_that_is_named_can_be_tapped() -> None:
    named = "点开看看《防溺水》：https://e.org/lessons/a\n今晚问一句"
    assert linked(named) == '点开看看<a href="https://e.org/lessons/a">《防溺水》</a>\n今晚问一句'
    assert text_of({"text": named}) == linked(named)


@pytest.mark.parametrize(
    "words",
    ["《防溺水》讲过", "看https://e.org/a", "《一》：javascript:x", '《一》：weixin://bizmsgmenu?msgmenuid=1', "《一\n二》：https://e.org"],
)
def test_nothing_else_becomes_a_link(words: str) -> None:
    assert linked(words) == words


def test_no_tag_hides_in_the_name_of_a_page() -> None:
    assert linked('《<b>》：https://e.org/"><b>') == '《＜b>》：https://e.org/">＜b>'


def test_it_sends_a_card_after_the_text_or_as_a_line() -> None:
    messages: list[RasaMessage] = [{"text": "看看这课"}, {"custom": {"news": CARD}}]
    assert compose(messages).messages == (TextOut("看看这课"), NewsOut(**CARD))
    line = '<a href="https://example.org/a">防溺水</a>'
    assert compose(messages, cards=False).messages == (TextOut(f"看看这课\n\n{line}"),)
    assert compose(messages[1:], cards=False).messages == (NewsOut(**CARD),)


def test_it_puts_a_link_beside_the_answer_where_there_is_room() -> None:
    aside: RasaMessage = {"custom": {"link": {"title": "完整的一课", "url": "https://e.org/lessons/a?t=x"}}}
    line = '<a href="https://e.org/lessons/a?t=x">完整的一课</a>'
    assert text_of({"text": "一"}, aside, {"text": "二"}) == f"一\n\n{line}\n\n二"
    assert compose([aside]).messages == (TextOut(line),)
    assert compose([{"custom": {"link": {"title": "无处", "url": ""}}}]).messages == ()

    full = "字" * (LIMIT // 3)
    assert compose([{"text": full}, aside]).messages == (TextOut(full),)


def test_it_shows_images_as_links_and_bad_addresses_as_text() -> None:
    assert text_of({"image": 'https://e.org/a"b.png'}) == '<a href="https://e.org/a%22b.png">查看图片</a>'
    assert text_of({"image": "javascript:x"}) == "查看图片 javascript:x"


def test_it_marks_urgent_answers() -> None:
    assert compose([{"text": "a"}, {"custom": {"urgent": True}}]).urgent
    assert not compose([{"text": "a"}]).urgent


def test_it_tells_how_to_get_the_rest_where_it_cannot_follow() -> None:
    long = "很长的一句话。" * 200
    answer = compose([{"text": long}], cards=False)
    assert len(answer.messages) > 1
    first = answer.messages[0]
    assert isinstance(first, TextOut) and first.text.endswith("看后面的内容。）") and size(first.text) <= LIMIT


def test_it_splits_at_the_best_border() -> None:
    paragraphs = "\n\n".join(["第一段。" * 100, "第二段。" * 100])
    assert split(paragraphs) == ["第一段。" * 100, "第二段。" * 100]
    assert all(piece.endswith("。") for piece in split("这是一句话。" * 300))


def test_it_never_splits_a_link() -> None:
    link = '<a href="https://example.org/一">很长的标题。' + "题。" * 50 + "</a>"
    for start in range(LIMIT - 40, LIMIT + 3):
        pieces = split("x" * start + link + "尾。" * 400)
        assert sum(link in piece for piece in pieces) == 1
    url = "https://example.org/" + "a" * 100
    assert any(url in piece for piece in split("字" * 660 + url + "字" * 100))


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("字a。，\n 😀👨\u200d👩\U0001f3fd\ufe0f́"), max_size=400), st.integers(40, 90))
def test_it_splits_any_text_without_loss(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < size(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_it_does_not_split_inside_a_character() -> None:
    family = "👨\u200d👩\u200d👧"
    pieces = split(family * 40, 50)
    assert len(pieces) > 1 and "".join(pieces) == family * 40
    assert all(not piece.startswith("\u200d") and not piece.endswith("\u200d") for piece in pieces)


CHOICES = (Choice(1, "打电话", "/one"), Choice(2, "孩子发烧", "/two"), Choice(11, '说"晚安"', "/eleven"))


@pytest.mark.parametrize(
    ("typed", "payload"),
    [
        ("1", "/one"), ("１", "/one"), ("一", "/one"), ("1.", "/one"), ("1、", "/one"), ("第一个", "/one"),
        ("第1个", "/one"), ("选1", "/one"), ("回1", "/one"), ("回复2", "/two"), ("扣1", "/one"), ("选第二个", "/two"), ("1️⃣", "/one"), ("选择2", "/two"), ("二", "/two"), ("两", "/two"), (" 2 ", "/two"),
        ("②", "/two"), ("十一", "/eleven"), ("11", "/eleven"), ("孩子发烧", "/two"), ("1. 打电话", "/one"),
        ('说"晚安"', "/eleven"), ("说”晚安”", "/eleven"),
        ("3", None), ("0", None), ("十", None), ("1岁", None), ("一岁半", None), ("发烧", None), ("12", None),
        ("110", None), ("", None), ("十十", None), ("一一", None),
    ],
)  # fmt: skip
def test_it_understands_a_choice(typed: str, payload: str | None) -> None:
    found = chosen(CHOICES, typed)
    assert (found.payload if found else None) == payload


LESSONS = (Choice(1, "把孩子接到身边来", "/lesson"), Choice(2, "刚见面，孩子躲着我", "/other"))
OFFER = (Choice(3, "好，说说", "/yes"), Choice(4, "先不用", "/no"))
BITTEN = (Choice(1, "被狗咬了，先冲洗", "/bitten"),)
WAYS_ON = (Choice(1, "做小测验（3 题）", "/quiz"), Choice(2, "看详细的", "/more"), Choice(3, "今天先到这儿", "/pause"))


@pytest.mark.parametrize(
    ("choices", "typed", "payload"),
    [
        (OFFER, "好的", "/yes"), (OFFER, "嗯", "/yes"), (OFFER, "要", "/yes"), (OFFER, "OK", "/yes"), (OFFER, "好。", "/yes"), (OFFER, "开始吧", "/yes"),
        (OFFER, "不用了", "/no"), (OFFER, "先不", "/no"), (OFFER, "说说", "/yes"), ((*LESSONS, *OFFER), "好", "/yes"),
        (OFFER, "好的谢谢", None), (OFFER, "好难啊", None), (OFFER, "好像发烧了", None), (OFFER, "不对", None), (OFFER, "不知道", None),
        # Nothing here can be declined: 好 only says that it was read.
        (LESSONS, "好", None), (CHOICES, "嗯", None), (WAYS_ON, "好", None), ((OFFER[1],), "好", None),
        (WAYS_ON, "做小测验", "/quiz"), (WAYS_ON[1:], "好", "/more"), (LESSONS, "孩子躲着我", "/other"), (LESSONS, "孩子", None),
        ((Choice(1, "点错了，恢复", "/restore"), Choice(2, "换个日子", "/new")), "恢复", "/restore"),
        ((Choice(1, "好，记", "/a"), Choice(2, "好，写", "/b")), "好", None),
        # In danger only a number or the whole title is a tap.
        (BITTEN, "被狗咬了", None), (BITTEN, "1", "/bitten"), (BITTEN, "被狗咬了，先冲洗", "/bitten"), (BITTEN, "先冲洗", "/bitten"),
    ],
)  # fmt: skip
def test_a_yes_a_no_or_a_clause_means_a_choice(choices: tuple[Choice, ...], typed: str, payload: str | None) -> None:
    found = chosen(choices, typed)
    assert (found.payload if found else None) == payload


def test_a_yes_hours_later_means_no_choice_but_a_number_does() -> None:
    assert chosen(OFFER, "好", fresh=False) is None
    found = chosen(OFFER, "3", fresh=False)
    assert found is not None and found.payload == "/yes"


def test_it_keeps_titles_on_one_line() -> None:
    assert clean_title(" a\n b ") == "a b"
