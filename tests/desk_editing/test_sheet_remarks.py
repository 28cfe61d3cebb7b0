"""What the rules say of a form that was filled in, at the field that they mean; what a change would do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.writing import WritingError
from bot.desk.editing.sheets import plain
from bot.desk.editing.sheets.filling import names, shown
from bot.desk.editing.sheets.sheet import Asked, at_fields
from bot.desk.editing.sheets.table import BY_NAME
from tests.desk_editing.sheet_texts import LIBRARY, PROJECT, REPLIES, SPOKEN, TODAY, text_of


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lessons that a campaign can name are those of the project."""
    monkeypatch.setattr("bot.desk.editing.sheets.campaigns.files.lessons", list)


def _remarks(name: str, relative: str, text: str, standing: str | None = None, project: Path = PROJECT) -> list[tuple[str, str, bool]]:
    sheet = BY_NAME[name]
    parts = sheet.parts(LIBRARY)
    asked = Asked(LIBRARY, project, relative, text, text if standing is None else standing, TODAY)
    found = at_fields(sheet.check(asked, parts), parts, sheet.read(text), text)
    known = {*names(parts, shown(parts, sheet.read(text))), ""}
    assert all(each.field in known for each in found)
    return [(each.field, each.message, each.error) for each in found]


@pytest.mark.parametrize(
    ("name", "relative", "old", "new", "field", "said"),
    [
        ("vacations", "calendar/vacations.yml", "year: 2026, start: 2026-07-05", "year: 2025, start: 2026-07-05", "years.1", "2026"),
        ("vacations", "calendar/vacations.yml", "  - rule: 北方\n    provinces: [吉林", "  - rule: 北方\n    provinces: [湖南, 吉林", "rules.1.provinces", "已经在"),
        ("campaigns", "campaigns/mid_autumn.yml", '"19:00"', '"23:00"', "steps.1.at", "23:00"),
        ("campaigns", "campaigns/mid_autumn.yml", "      - 昨晚的月亮他还记得吗？今晚接着聊两句。\n", "", "steps.1.texts", "两条|2 条"),
        ("campaigns", "campaigns/mid_autumn.yml", "今晚接着聊两句", "都怪他不聊", "steps.1.texts", "都怪"),
        ("scripts", "safety/fell-into-water.yml", '["120", "110"]', '["120", "110", "119"]', "hotlines", "119"),
        ("dialect", "dialect.yml", "[屋头]", "[屋头, 娃儿]", "words.1.regional", "娃儿"),
        ("gifts", "gifts.yml", "ages: [12, 72]\n  cost: [8, 20]", "ages: [72, 12]\n  cost: [8, 20]", "gifts.1.ages", "从几个月"),
        ("gifts", "gifts.yml", "why: ", "reason: ", "gifts.0", "少了“为什么好”"),
        ("gifts", "gifts.yml", "[12, 72]\n  cost: [8, 20]", "[36, 72]\n  cost: [8, 20]", "gifts", "不到 3 条"),
        ("starters", "starters.yml", "谁坐你旁边吃的", "都怪你，谁坐你旁边吃的", "starters.0.then", "都怪"),
        ("quizzes", "quizzes/crossing-the-road.yml", "绿灯亮了，心里就想走。先看左右", "错了，先看左右", "questions.0.when_wrong", "错了"),
        ("quizzes", "quizzes/crossing-the-road.yml", "      - 站住看清\n", "", "questions.1.options", "2–4"),
        ("comics", "comics/crossing-the-road.yml", "alt: 爷爷牵着孙子站在路边\n    says:", "says:", "panels.0", "“画了什么、谁说了什么”"),
        ("menu", "menu.yml", "name: 问一问", "name: 问一问问一问", "name1", "最多收 5 个汉字"),
        ("menu", "menu.yml", "  say: 我的资料", "  url: jiashu", "url2", "https"),
        ("hotlines", "hotlines.yml", '"110"', '"110报警"', "hotlines.0", "号码"),
        ("words", "words.yml", "word: 依恋, ", "", "jargon.0", "少了“不用的词”"),
    ],
)
def test_rules_speak_at_the_field(name: str, relative: str, old: str, new: str, field: str, said: str) -> None:
    text = text_of(relative)
    assert not [each for each in _remarks(name, relative, text) if each[2]], "it is in order as it stands"
    assert old in text
    found = _remarks(name, relative, text.replace(old, new, 1), text)

    assert [each for each in found if (each[0] == field or each[0].startswith(f"{field}.")) and any(word in each[1] for word in said.split("|"))], found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "data/nlu"
    folder.mkdir(parents=True)
    (folder / "basics.yml").write_text(SPOKEN, "utf-8")
    (folder / "other.yml").write_text("nlu:\n- intent: thank\n  examples: |\n    - 太谢谢你啦好人一生平安\n    - 谢谢\n", "utf-8")
    return tmp_path


def test_a_sentence_that_is_taught_elsewhere_is_named(project: Path) -> None:
    lesson = next(line[4:] for line in text_of("lessons/remote_communication/asking-about-school.md").splitlines() if line.startswith("  - "))
    script = next(line[4:] for line in text_of("safety/fell-into-water.yml").partition("examples:")[2].splitlines() if line.startswith("  - "))
    text = SPOKEN.replace("- 你好\n", f"- 你好\n    - 谢谢！\n    - 太谢谢您啦好人一生平安哦\n    - {lesson}\n    - {script}\n    - 你好。\n    - [三岁](age)\n")
    found = _remarks("intents", "data/nlu/basics.yml", text, SPOKEN, project)
    said = {message: error for field, message, error in found if field == "intents.0.examples"}

    assert any("“谢谢！”在“thank”这个意思里也有" in each and said[each] for each in said)
    assert not any("几乎一样" in each for each in said), "eight of twelve pairs are not near"
    assert any(lesson in each and "课文《" in each and said[each] for each in said)
    assert any(script in each and "急救文案" in each and said[each] for each in said)
    assert any("“你好。”和这里的“你好”一样" in each and not said[each] for each in said)
    assert any("括号" in each and said[each] for each in said)


def test_a_near_copy_is_a_warning_and_what_stands_there_already_stops_nobody(project: Path) -> None:
    near = SPOKEN.replace("- 你好\n", "- 你好\n    - 太谢谢你啦好人一生平安哦\n")
    (found,) = [each for each in _remarks("intents", "data/nlu/basics.yml", near, SPOKEN, project) if "几乎一样" in each[1]]
    assert not found[2]

    taken_before = SPOKEN.replace("- 你好\n", "- 你好\n    - 谢谢\n")
    assert not [each for each in _remarks("intents", "data/nlu/basics.yml", taken_before, taken_before, project) if each[2]]


def test_what_the_program_hangs_on_is_not_changed_here(project: Path) -> None:
    renamed = SPOKEN.replace("intent: greet", "intent: hello")
    assert [each for each in _remarks("intents", "data/nlu/basics.yml", renamed, SPOKEN, project) if each[2] and "工程师" in each[1]]
    for old, new in (("utter_b", "utter_c"), ("{type: text}", "{type: bool}"), ("{name}", "{nobody}")):
        found = _remarks("replies", "domain/basics.yml", REPLIES.replace(old, new), REPLIES)
        assert [each for each in found if each[2]], new
    assert not [each for each in _remarks("replies", "domain/basics.yml", REPLIES.replace("一行", "两行"), REPLIES) if each[2]]


def test_a_reply_that_wechat_would_cut_is_refused() -> None:
    found = _remarks("replies", "domain/basics.yml", REPLIES.replace("一行", "长" * 700), REPLIES)

    assert [each for each in found if each[0] == "replies.1.texts" and each[2] and "2048" in each[1]]


def test_a_new_regional_word_says_what_else_it_would_change() -> None:
    text = text_of("dialect.yml")
    holding = "学校"
    (found,) = [each for each in _remarks("dialect", "dialect.yml", text.replace("[屋头]", f"[屋头, {holding}]"), text) if "也会换掉" in each[1]]

    assert found[0] == "words.1.regional" and not found[2]


def test_a_rule_names_fields_as_the_form_does() -> None:
    script = text_of("safety/fell-into-water.yml")
    said = [message for _, message, _ in _remarks("scripts", "safety/fell-into-water.yml", script.replace('["120", "110"]', '["120", "110", "119"]'), script)]
    assert any("“打哪些电话”里有 119，“马上怎么回”里却没提" in each for each in said)
    # One example becomes a copy of another, and everything harmless sets it off.
    examples = [line for line in script.partition("examples:")[2].splitlines() if line.startswith("  - ")]
    twice = script.replace(examples[3], examples[0], 1)
    assert any("“出事的人会怎么说”第 1 行一样" in each for _, each, _ in _remarks("scripts", "safety/fell-into-water.yml", twice, script))


def test_what_a_change_of_a_danger_would_do_is_shown() -> None:
    sheet, relative = BY_NAME["scripts"], "safety/fell-into-water.yml"
    text = text_of(relative)
    same = sheet.seen(Asked(LIBRARY, PROJECT, relative, text, text, TODAY), {})
    assert same["effects"] == [] and same["messages"] and same["found"].examples == len(sheet.read(text)["examples"])  # type: ignore[arg-type]
    assert len(same["found"].missed) < same["found"].examples / 2 and same["found"].wrong == ()
    tree = sheet.read(text)
    narrower = sheet.write(text, {**tree, "patterns": [tree["patterns"][0]], "unless": None})  # type: ignore[index]
    seen = sheet.seen(Asked(LIBRARY, PROJECT, relative, narrower, text, TODAY), {})

    assert any(each.now or each.no_more for each in seen["effects"])
    wider = sheet.write(text, {**tree, "patterns": ["."]})
    effects = {each.sort: each for each in sheet.seen(Asked(LIBRARY, PROJECT, relative, wider, text, TODAY), {})["effects"]}
    assert effects["课文里家长的问题"].now and effects["课文里家长的问题"].more
    widest = sheet.write(text, {**tree, "patterns": ["."], "unless": None})
    flood = sheet.seen(Asked(LIBRARY, PROJECT, relative, widest, text, TODAY), {})["found"]
    assert flood.missed == () and len(flood.wrong) == flood.near_misses > 0


def test_taking_a_danger_back_is_spoken_of() -> None:
    text = text_of("safety/fell-into-water.yml")
    found = _remarks("scripts", "safety/fell-into-water.yml", text.replace("status: published", "status: draft"), text)

    assert [each for each in found if each[0] == "status" and "收回" in each[1]]


def test_the_comparison_shows_no_sign_of_the_file() -> None:
    for name, relative in (("campaigns", "campaigns/mid_autumn.yml"), ("vacations", "calendar/vacations.yml"), ("scripts", "safety/fell-into-water.yml")):
        lines = plain.lines(BY_NAME[name], LIBRARY, text_of(relative))
        assert not [line for line in lines if any(sign in line for sign in ("offset", "provinces", "{province", "estimated", "near_misses", "customer_service"))]
    assert "湖南寒假2026" in "".join(plain.lines(BY_NAME["vacations"], LIBRARY, text_of("calendar/vacations.yml"))).replace("　", "")


@pytest.mark.parametrize("name", ["intents", "replies", "dialect", "campaigns", "vacations", "scripts"])
def test_what_cannot_be_read_is_left_to_the_source(name: str) -> None:
    for text in ("a: [", "- 清单\n", "没有"):
        with pytest.raises(WritingError):
            BY_NAME[name].read(text)
