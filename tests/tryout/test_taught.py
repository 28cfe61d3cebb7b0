"""What has to be learned of a change in data/ and domain/, in words; other words of a reply need no learning."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.documents import ContentError
from bot.tryout.taught import replies_in, unlearned

NLU, RULES, DOMAIN = "data/nlu/basics.yml", "data/rules/basics.yml", "domain/basics.yml"
FILES = {
    NLU: 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - 在吗\n    - 你好\n- intent: thank\n  examples: |\n    - 谢谢\n- synonym: 孩子\n  examples: |\n    - 娃\n',
    RULES: "rules:\n- rule: greet\n  steps:\n  - intent: greet\n  - action: utter_greet\n",
    DOMAIN: "intents:\n- greet\n- thank\nresponses:\n  utter_greet:\n  - text: 您好，我在。\n  utter_thank:\n  - text: 不用谢。\n    buttons:\n    - title: 好\n",
    "config.yml": "language: zh\n",
}
WHERE = "- intent: ask_where\n  examples: |\n    - 你们在哪儿\n    - 你们公司在哪\n"


def _project(folder: Path, **changed: tuple[str, str]) -> Path:
    for name, text in FILES.items():
        old, new = changed.get(Path(name).parts[-2] if "/" in name else name, ("", ""))
        assert old in text
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("place", "old", "new", "said"),
    [
        ("domain", "您好，我在。", "我在呢，您说。", []),
        ("domain", "title: 好", "title: 行", []),
        ("nlu", "nlu:\n", "# a remark\nnlu:\n", []),
        ("nlu", "    - 你好\n", "    - 你好\n    - 哈喽\n    - 嗨\n", ["“在吗”这一类话多了 2 句。"]),
        ("nlu", "    - 你好\n", "", ["“在吗”这一类话少了 1 句。"]),
        ("nlu", "- synonym", f"{WHERE}- synonym", ["“你们在哪儿”这一类话是新的意思，2 句都没学过。"]),
        ("nlu", "- intent: thank\n  examples: |\n    - 谢谢\n", "", ["“谢谢”这一类话拿掉了。"]),
        ("nlu", "    - 娃\n", "    - 崽\n", ["同义词或者词表改了。"]),
        ("rules", "utter_greet", "utter_thank", ["听懂以后怎么答的规则改了。"]),
        ("domain", "  utter_thank", "  utter_where:\n  - text: |-\n      在手机里。\n      一直在。\n  utter_thank", ["“在手机里。”是新的一句回复。"]),
        ("domain", "  utter_greet:\n  - text: 您好，我在。\n", "", ["“您好，我在。”这句回复拿掉了。"]),
        ("domain", "- thank\nr", "- thank\n- ask_where\nr", ["意思的名单、要记的事或者表单改了。"]),
        ("config.yml", "zh", "en", ["学习的办法改了（config.yml）。"]),
    ],
)
def test_a_change_is_said_in_words(tmp_path: Path, place: str, old: str, new: str, said: list[str]) -> None:
    assert list(unlearned(_project(tmp_path / "old"), _project(tmp_path / "new", **{place: (old, new)}))) == said


def test_a_new_file_counts(tmp_path: Path) -> None:
    old, new = _project(tmp_path / "old"), _project(tmp_path / "new")
    (new / "data/nlu/where.yml").write_text(f"nlu:\n{WHERE}", encoding="utf-8")
    (new / "data/rules/where.yml").write_text("rules: []\n", encoding="utf-8")

    assert list(unlearned(old, new)) == ["“你们在哪儿”这一类话是新的意思，2 句都没学过。", "听懂以后怎么答的规则改了。"]


def test_a_broken_file_says_where(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as broken:
        list(unlearned(_project(tmp_path / "old"), _project(tmp_path / "new", nlu=("- 在吗", "\t- 在吗"))))
    assert broken.value.path.name == "basics.yml" and broken.value.line > 1


def test_replies_of_all_files_stand_together(tmp_path: Path) -> None:
    project = _project(tmp_path)
    (project / "domain/more.yml").write_text("responses:\n  utter_more:\n  - text: 还有\n", encoding="utf-8")

    assert set(replies_in(project / "domain")) == {"utter_greet", "utter_thank", "utter_more"}
