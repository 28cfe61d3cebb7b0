from __future__ import annotations

import pytest

from bot.pages import prose

ANSWER = """先这样。

1. 打<120>。
2. 说：“别怕，妈妈在。”再等。

可以这样说：“今天吃了什么？”
要是发抖，去医院。"""


def test_an_answer_has_steps_and_a_sentence_to_say() -> None:
    assert str(prose.answer(ANSWER)) == (
        "<p>先这样。</p>\n"
        "<ol><li>打&lt;120&gt;。</li><li>说：<mark>“别怕，妈妈在。”</mark>再等。</li></ol>\n"
        '<blockquote class="say"><p class="lead">可以这样说</p><p>“今天吃了什么？”</p></blockquote>\n'
        "<p>要是发抖，去医院。</p>"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("一<script>alert(1)</script>", "<p>一&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[点](javascript:alert(1))", "<p>[点](javascript:alert(1))</p>\n"),
        ("![图](https://e.org/a.png)", "<p>图</p>\n"),
        ("![图](pictures/../menu.yml)", "<p>图</p>\n"),
        ("![图](pictures/none.png)", "<p>图</p>\n"),
        ("[世卫](https://who.int)", '<p><a href="https://who.int" rel="noopener noreferrer nofollow">世卫</a></p>\n'),
        ("问：“今天谁跟你玩？”", "<p>问：<mark>“今天谁跟你玩？”</mark></p>\n"),
        ("他是“小老师”。", "<p>他是“小老师”。</p>\n"),
        ("## 小标题", "<h2>小标题</h2>\n"),
    ],
)
def test_a_body_lets_only_text_through(environment: pytest.MonkeyPatch, text: str, html: str) -> None:
    made = str(prose.markdown(text))

    assert "<img" not in made and "<script" not in made and "javascript:" not in made.replace("(javascript:", "")
    assert made == html


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("跟孩子说：“我在。”", True),
        ("教他回：“他们在上班。”", True),
        ("您可以替他说：“他大了。”", True),
        ("比如：“我爸要查岗。”", True),
        ("老人常说：“炭烧红了没烟，就没毒。”", False),
        ("他说：“回来干什么？”", False),
        ("先别说：“这点小事。”", False),
        ("有人问，孩子会说：“不想去。”", False),
        ("把“小老师”的话记下", False),
    ],
)
def test_only_what_may_be_said_stands_out(text: str, marked: bool) -> None:
    assert ("<mark>" in str(prose.markdown(text))) is marked
    shown = str(prose.answer(text))
    assert ("<mark>" in shown or 'class="say"' in shown) is marked


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ((0, 3), "3 个月以下"),
        ((0, 60), "5 岁以下"),
        ((6, 12), "6 个月–1 岁"),
        ((6, 36), "6 个月–3 岁"),
        ((36, 72), "3–6 岁"),
        ((144, 192), "12 岁以上"),
        ((0, 192), "各个年龄"),
        ((18, 36), "18 个月–3 岁"),
        ((30, 72), "2.5–6 岁"),
    ],
)
def test_an_age_reads_like_words(span: tuple[int, int], words: str) -> None:
    assert prose.age(span) == words
