"""JIASHU_CONTENT: everything that training reads of the content comes from there, and a model's name does not tell where it lay."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot import services
from bot.content.documents import ContentError
from bot.content.importer import ContentImporter
from bot.model.recipe import fingerprint
from bot.nlu.jieba_tokenizer import QuestionTokenizer
from bot.nlu.normalizer import Normalizer

LIBRARY = Path("tests/content/library")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = shutil.copytree(LIBRARY, tmp_path / "words")
    monkeypatch.setenv("JIASHU_CONTENT", str(copy))
    return copy


def test_lessons_are_learned_from_that_folder(elsewhere: Path) -> None:
    intents = ContentImporter().get_nlu_data().retrieval_intents
    topics = {each.get("intent_response_key") for each in ContentImporter().get_nlu_data().training_examples}

    assert intents and "lesson/crossing-the-road" in topics
    assert "lesson/first-aid-burn" not in topics


def test_regional_words_are_read_from_that_folder(elsewhere: Path) -> None:
    (elsewhere / "dialect.yml").write_text("孩子: [崽崽牛]\n", encoding="utf-8")
    normalizer = Normalizer.create(Normalizer.get_default_config(), *_nothing())

    (message,) = normalizer.process([Message(data={TEXT: "崽崽牛不说话"})])

    assert message.get(TEXT) == "孩子不说话"


def test_words_that_stay_whole_are_read_from_that_folder(elsewhere: Path) -> None:
    (elsewhere / "terms/terms.txt").write_text("糯米团子节\n", encoding="utf-8")
    config = {**QuestionTokenizer.get_default_config(), "dictionary_path": "terms"}
    tokenizer = QuestionTokenizer.create(config, *_nothing())

    words = [token.text for token in tokenizer.tokenize(Message(data={TEXT: "过糯米团子节"}), TEXT)]

    assert "糯米团子节" in words


def test_a_copy_elsewhere_gives_the_same_name(elsewhere: Path) -> None:
    root = Path.cwd()

    assert fingerprint(root, elsewhere) == fingerprint(root, LIBRARY) != fingerprint(root)
    (elsewhere / "dialect.yml").write_text("", encoding="utf-8")
    assert fingerprint(root, elsewhere) != fingerprint(root, LIBRARY)


def _nothing() -> tuple[Any, Any, Any]:
    return None, None, None


def test_a_broken_file_leaves_what_was_read(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    services.forget()
    before = services.library()
    lesson = next((elsewhere / "lessons").rglob("*.md"))
    whole = lesson.read_text(encoding="utf-8")

    lesson.write_text("no front matter", encoding="utf-8")
    with pytest.raises(ContentError):
        services.read_content_anew()
    assert services.library() is before

    lesson.write_text(whole, encoding="utf-8")
    services.read_content_anew()
    assert services.library() is not before and services.library() == before
    services.forget()
