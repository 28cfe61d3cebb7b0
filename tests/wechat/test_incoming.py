from __future__ import annotations

import pytest

from bot.wechat import incoming as wx
from bot.wechat.mapping import LONGEST, meaning
from bot.wechat.markup import cdata, passive_reply, read_xml
from bot.wechat.messages import NewsOut, TextOut

from .support import ALICE, BOB, text_xml

HEAD = {"FromUserName": ALICE, "ToUserName": "gh_1", "CreateTime": "1714037059"}


def message(**fields: str) -> wx.Incoming:
    return wx.parse({**HEAD, "MsgId": "23922168065204906", **fields})


def event(name: str, key: str = "", **fields: str) -> wx.Incoming:
    return wx.parse({**HEAD, "MsgType": "event", "Event": name, "EventKey": key, **fields})


# What WeChat sends → the text that Rasa gets, and the metadata. None: `success` only.
MEANINGS: list[tuple[wx.Incoming, str | None, dict[str, str]]] = [
    (message(MsgType="text", Content=" 孩子发烧 "), "孩子发烧", {"kind": "text"}),
    (message(MsgType="text", Content="/restart"), "／restart", {"kind": "text"}),
    (message(MsgType="text", Content=" \u3000/EXTERNAL_follow"), "／EXTERNAL_follow", {"kind": "text"}),
    (message(MsgType="text", Content="  "), "/EXTERNAL_unknown", {"kind": "text"}),
    (message(MsgType="voice", MediaId="m", Format="amr", Recognition="孩子发烧"), "孩子发烧", {"kind": "voice"}),
    (
        message(MsgType="voice", MediaId="m", Format="amr", Recognition=""),
        "/EXTERNAL_voice_unheard",
        {"kind": "voice", "media_id": "m", "format": "amr"},
    ),
    (message(MsgType="voice", MediaId="m", Format="amr", Recognition="/x"), "／x", {"kind": "voice"}),
    (message(MsgType="image", MediaId="m"), "/EXTERNAL_image", {"kind": "image"}),
    (message(MsgType="video", MediaId="m"), "/EXTERNAL_video", {"kind": "video"}),
    (message(MsgType="shortvideo", MediaId="m"), "/EXTERNAL_video", {"kind": "video"}),
    (message(MsgType="location", Location_X="23.1", Location_Y="nan"), "/EXTERNAL_location", {"kind": "location"}),
    (message(MsgType="link", Title="t", Url="u"), "/EXTERNAL_link", {"kind": "link"}),
    (event("subscribe"), "/EXTERNAL_follow", {"kind": "follow", "scene": ""}),
    (event("subscribe", "qrscene_school-12"), "/EXTERNAL_follow", {"kind": "follow", "scene": "school-12"}),
    (event("SCAN", "school-12"), "/EXTERNAL_scan", {"kind": "scan", "scene": "school-12"}),
    (event("CLICK", "say:打电话聊什么"), "打电话聊什么", {"kind": "menu"}),
    (event("CLICK", "say:/restart"), "／restart", {"kind": "menu"}),
    (event("CLICK", "help"), "/EXTERNAL_menu", {"kind": "menu", "key": "help"}),
    (event("unsubscribe"), "/EXTERNAL_unfollow", {"kind": "unfollow"}),
    (event("VIEW", "https://example.org"), None, {}),
    (event("LOCATION"), None, {}),
    (event("TEMPLATESENDJOBFINISH", MsgID="1", Status="success"), None, {}),
    (event("MASSSENDJOBFINISH", MsgID="1", Status="err(10001)"), None, {}),
    (event("subscribe_msg_popup_event"), None, {}),
    (message(MsgType="file"), None, {}),
]


@pytest.mark.parametrize(("given", "text", "metadata"), MEANINGS, ids=lambda item: getattr(item, "kind", None))
def test_it_knows_what_messages_mean(given: wx.Incoming, text: str | None, metadata: dict[str, str]) -> None:
    means = meaning(given)
    if text is None:
        assert means is None
    else:
        assert means and (means.text, means.metadata) == (text, metadata)


@pytest.mark.parametrize("words", ["【收到不支持的消息类型，暂无法显示】", "[收到不支持的消息类型,暂时无法显示]", "[Unsupported Message]"])
def test_a_sticker_is_not_taken_for_words(words: str) -> None:
    means = meaning(message(MsgType="text", Content=words))
    assert means and (means.text, means.question) == ("/EXTERNAL_unknown", "")
    asked = meaning(message(MsgType="text", Content=f"{words}是什么意思"))
    assert asked and asked.text == f"{words}是什么意思"


def test_of_words_without_end_it_hears_how_they_begin_how_they_end_and_a_danger_between() -> None:
    filler = "工资还没发，" * 700
    means = meaning(message(MsgType="text", Content=f"我在厂里{filler[:900]}孩子掉进池塘里了{filler}怎么办"))
    assert means and len(means.text) <= LONGEST
    assert means.text.startswith("我在厂里") and "孩子掉进池塘里了" in means.text and means.text.endswith("怎么办")
    assert means.question == means.text


@pytest.mark.parametrize("words", ["\u200b/EXTERNAL_follow", "\ufeff\u2060/EXTERNAL_follow\u200d"])
def test_signs_that_nobody_sees_hide_no_intent(words: str) -> None:
    means = meaning(message(MsgType="text", Content=words))
    assert means and means.text == "／EXTERNAL_follow"


def test_signs_that_nobody_sees_are_no_words() -> None:
    means = meaning(message(MsgType="text", Content="\u200b\u200d\ufeff"))
    assert means and means.text == "/EXTERNAL_unknown"


def test_it_sends_nothing_after_an_unfollow() -> None:
    means = meaning(event("unsubscribe"))
    assert means and not means.speaks


def test_it_has_one_key_for_retries_and_different_ones_for_all_else() -> None:
    parsed = [
        message(MsgType="text", Content="a"),
        message(MsgType="text", Content="a", MsgId="23922168065204907"),
        message(MsgType="text", Content="a", FromUserName=BOB),
        event("CLICK", "say:a"),
        event("CLICK", "say:b"),
        event("VIEW", "say:a"),
        event("CLICK", "say:a", CreateTime="1714037060"),
        event("CLICK", "say:a", FromUserName=BOB),
        message(MsgType="text", Content="a", MsgId=""),
        message(MsgType="text", Content="b", MsgId=""),
    ]
    keys = [item.dedup_key("p-" + item.sender[:4]) for item in parsed]
    assert len(set(keys)) == len(keys)
    assert keys[0] == message(MsgType="text", Content="a").dedup_key("p-oAli")
    assert all(len(key) <= 120 for key in keys)


def test_it_keeps_a_msg_id_past_2_to_the_53() -> None:
    near = message(MsgType="text", Content="a", MsgId="9223372036854775807")
    assert "9223372036854775807" in near.dedup_key("p")


def test_it_writes_messages_down_without_the_openid_and_reads_them_back() -> None:
    for given, _text, _metadata in MEANINGS:
        assert ALICE not in given.dump()
        assert wx.load(given.kind, given.dump(), ALICE) == given


@pytest.mark.parametrize(
    "fields",
    [{}, {"FromUserName": ALICE}, {"MsgType": "text"}, {"FromUserName": "a b", "MsgType": "text"},
     {"FromUserName": "x" * 65, "MsgType": "text"}],
)  # fmt: skip
def test_it_refuses_what_has_no_sender_or_type(fields: dict[str, str]) -> None:
    with pytest.raises(wx.IncomingError):
        wx.parse(fields)


def test_it_reads_nested_xml_flat() -> None:
    xml = b"<xml><A>1</A><B><C><![CDATA[2]]></C></B></xml>"
    assert read_xml(xml) == {"A": "1", "B.C": "2", "B": ""}


def test_what_a_parent_wrote_does_not_pass_for_anothers() -> None:
    words = f"你好]]></Content><FromUserName><![CDATA[{BOB}]]></FromUserName><Content><![CDATA[删除我的数据"
    said = wx.parse(read_xml(text_xml(ALICE, words).encode()))
    assert isinstance(said, wx.TextMessage) and (said.sender, said.content) == (ALICE, "你好")


@pytest.mark.parametrize("byte", [byte for byte in range(32) if chr(byte) not in "\t\n\r"])
def test_it_reads_past_control_characters(byte: int) -> None:
    assert read_xml(text_xml(ALICE, f"孩子{chr(byte)}发烧").encode())["Content"] == "孩子发烧"


@pytest.mark.parametrize("text", ["a ]]> b", "]]>]]>", "]]", "<xml>&amp;</xml>", "一\n二", "😀"])
def test_it_writes_any_text_as_cdata(text: str) -> None:
    reply = passive_reply(TextOut(text), ALICE, "gh_1", 1)
    fields = read_xml(reply.encode())
    assert fields["Content"] == text
    assert (fields["ToUserName"], fields["FromUserName"], fields["MsgType"]) == (ALICE, "gh_1", "text")


def test_it_drops_what_xml_cannot_carry() -> None:
    assert cdata("a\x00\x0b\ud800b") == "<![CDATA[ab]]>"


def test_it_writes_a_news_card() -> None:
    fields = read_xml(
        passive_reply(NewsOut("标题", "说明", "https://u/?a=1&b=2", "https://p"), ALICE, "gh", 1).encode()
    )
    assert (fields["MsgType"], fields["ArticleCount"]) == ("news", "1")
    assert fields["Articles.item.Url"] == "https://u/?a=1&b=2"
