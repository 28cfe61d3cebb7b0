"""Where a second question begins."""

from __future__ import annotations

import pytest

from bot.text.questions import MOST, split_questions

TABLE = [
    ("孩子发烧了怎么办？还有打预防针要推迟吗", ["孩子发烧了怎么办", "还有打预防针要推迟吗"]),
    ("怎么跟婆婆说别打孩子 另外过年票啥时候能买", ["怎么跟婆婆说别打孩子", "另外过年票啥时候能买"]),
    ("两岁娃不吃饭怎么办\n晚上老不睡又怎么办", ["两岁娃不吃饭怎么办", "晚上老不睡又怎么办"]),
    ("挑食怎么办？行吗？", ["挑食怎么办，行吗"]),
    ("我在广东打工。孩子跟着奶奶。他不爱说话怎么办？", ["我在广东打工，孩子跟着奶奶，他不爱说话怎么办"]),
    ("孩子挑食怎么办，还有晚上老尿床咋弄", ["孩子挑食怎么办", "还有晚上老尿床咋弄"]),
    ("孩子挑食怎么办 晚上老尿床咋弄", ["孩子挑食怎么办", "晚上老尿床咋弄"]),
    ("孩子发烧39度 还有他在学校被人打了", ["孩子发烧39度", "还有他在学校被人打了"]),
    ("孩子发烧了，还有没有别的办法", ["孩子发烧了，还有没有别的办法"]),
    ("两岁了还不说话，怎么教他开口", ["两岁了还不说话，怎么教他开口"]),
    ("孩子不说话", []),
    ("谢谢你", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "questions"), TABLE)
def test_it_cuts_where_a_second_question_begins(text: str, questions: list[str]) -> None:
    assert split_questions(text) == questions


def test_it_stops_at_three() -> None:
    assert len(split_questions("怎么哄孩子睡觉？" * 5)) == MOST
