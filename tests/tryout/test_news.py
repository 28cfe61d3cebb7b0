"""What a draft has that the model has not heard of: new questions, not new answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content.documents import ContentError
from bot.model.current import Current, Serving, choose, tell
from bot.model.recipe import model_path
from bot.publish.tree import make_tree
from bot.tryout.news import Base, base_of, unheard

LESSON, SCRIPT = "lessons/child_safety/crossing-the-road.md", "safety/fell-into-water.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree("tests/content/library", tmp_path / "content")
    for name in ("data", "domain", "var/models"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "config.yml").write_text("language: zh\n")
    return tmp_path


def _said(root: Path, changed: dict[str, str]) -> list[str]:
    return unheard(Base("old.tar.gz", root, root / "content"), root, root / "content", changed)


def _replaced(root: Path, name: str, old: str, new: str) -> dict[str, str]:
    text = (root / "content" / name).read_text("utf-8")
    assert old in text
    return {name: text.replace(old, new)}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (LESSON, "脚不踩路沿", "数三下"),
        (SCRIPT, "请孩子身边的人现在打120", "现在就请人打120"),
        ("gifts.yml", "", "\n"),
        ("campaigns/mid_autumn.yml", "", ""),
    ],
)
def test_other_words_need_no_training(root: Path, name: str, old: str, new: str) -> None:
    text = (root / "content" / name).read_text("utf-8")
    assert _said(root, {name: text.replace(old, new, 1) if old else text + new}) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (LESSON, "  - 怎么教娃过马路\n", "  - 怎么教娃过马路\n  - 红灯时奶奶拉着娃走\n", "多了 1 种问法"),
        (LESSON, "  - 怎么教娃过马路\n", "", "少了 1 种问法"),
        (LESSON, "status: published", "status: draft", "《教孩子过马路》拿掉了"),
        (SCRIPT, "  - 娃掉河里了\n", "  - 娃掉河里头了\n", "“孩子掉进水里”的听法改了"),
        (SCRIPT, "水库|井|沟", "水库|沟", "“孩子掉进水里”的听法改了"),
        ("dialect.yml", "", "\n# 新的\n", "方言"),
    ],
)
def test_what_is_asked_otherwise_has_to_be_learned(root: Path, name: str, old: str, new: str, words: str) -> None:
    text = (root / "content" / name).read_text("utf-8")
    said = _said(root, _replaced(root, name, old, new) if old else {name: text + new})
    assert len(said) == 1 and words in said[0]


def test_another_rule_has_to_be_learned(root: Path, tmp_path: Path) -> None:
    old = Path(shutil.copytree(root, tmp_path.parent / f"{tmp_path.name}-old"))
    (root / "data/rules.yml").write_text("rules: []\n")
    assert unheard(Base("m", old, old / "content"), root, root / "content", {}) == ["听懂以后怎么答的规则改了。"]


def test_a_draft_of_an_intent_and_of_a_reply_is_looked_at(root: Path) -> None:
    nlu = "nlu:\n- intent: greet\n  examples: |\n    - 在吗\n"
    for name, text in (("data/nlu/basics.yml", nlu), ("domain/basics.yml", "responses:\n  utter_greet:\n  - text: 在\n")):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")

    assert _said(root, {"domain/basics.yml": "responses:\n  utter_greet:\n  - text: 我在\n"}) == []
    assert _said(root, {"data/nlu/basics.yml": nlu + "    - 你在不在\n"}) == ["“在吗”这一类话多了 1 句。"]
    assert (root / "data/nlu/basics.yml").read_text("utf-8") == nlu, "a copy was looked at"


def test_a_broken_draft_says_where(root: Path) -> None:
    with pytest.raises(ContentError):
        _said(root, {LESSON: "nothing"})


def test_the_model_that_answers_is_lent_with_its_own_files(root: Path) -> None:
    content, var = root / "content", root / "var"
    assert base_of(root, content, var) is None, "nothing is trained"
    name = model_path(root, var, content).name
    (var / "models" / name).write_text("")
    assert base_of(root, content, var) == Base(name, root, content)

    make_tree(root, content, var, 0)
    tell(var, Serving(name))
    (content / LESSON).write_text((content / LESSON).read_text("utf-8").replace("怎么教娃过马路", "怎样教娃过马路"), "utf-8")
    assert base_of(root, content, var) == Base(name, var / "publish/0", var / "publish/0/content")

    (var / "models/new.tar.gz").write_text("")
    make_tree(root, content, var, 4)
    choose(var, Current("new.tar.gz", 4))
    found = base_of(root, content, var)
    assert found and (found.model, found.content) == ("new.tar.gz", var / "publish/4/content")
    choose(var, Current("gone.tar.gz", 5))
    assert base_of(root, content, var) is None
