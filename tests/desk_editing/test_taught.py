"""A question and its answer in three files of Rasa's: put in, changed, taken out, and nothing else touched."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from bot.content.writing import WritingError
from bot.desk.editing import taught
from bot.logs.shapes import Example
from bot.publish.examples import with_examples


class Shelf:
    """The three files, in memory."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def read(self, path: str) -> str:
        return self.texts.get(path, "")

    def put(self, name: str, text: str) -> None:
        for path, made in taught.files_with(taught.path_of(name), text, self.read).items():
            self.texts.pop(path, None)
            if made is not None:
                self.texts[path] = made

    def text_of(self, name: str) -> str:
        return taught.text_of(name, self.read)


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf()
    made.put("where", taught.made("在哪儿", ["你们在哪儿", "[捂脸] 咋找你们", "- 在哪"], ["我们在网上。\n\n不用来。", "就在手机里：发一句。"]))
    made.put("hours", taught.made("2026", ["几点上班"], ["随时。"]))
    return made


def test_what_went_in_comes_out(shelf: Shelf) -> None:
    assert taught.names(shelf.read) == ["where", "hours"]
    where = yaml.safe_load(shelf.text_of("where"))
    assert where == {"title": "在哪儿", "questions": ["你们在哪儿", "[捂脸] 咋找你们", "- 在哪"], "answer": ["我们在网上。\n\n不用来。", "就在手机里：发一句。"]}
    assert yaml.safe_load(shelf.text_of("hours"))["title"] == "2026", "a name that looks like a number stays a name"
    assert shelf.text_of("else") == ""


def test_rasa_reads_it(shelf: Shelf, tmp_path: Path) -> None:
    domain = Domain.from_yaml(shelf.texts[taught.DOMAIN])
    assert {"taught_where", "taught_hours"} <= set(domain.intents)
    assert [each["text"] for each in domain.responses["utter_taught_where"]] == ["我们在网上。\n\n不用来。", "就在手机里：发一句。"]
    sentences = RasaYAMLReader().reads(shelf.texts[taught.NLU])
    assert {(each.get("text"), each.get("intent")) for each in sentences.intent_examples} >= {("你们在哪儿", "taught_where"), ("几点上班", "taught_hours")}
    rules = tmp_path / "rules.yml"
    rules.write_text(shelf.texts[taught.RULES], "utf-8")
    steps = YAMLStoryReader().read_from_file(rules)
    assert [step.block_name for step in steps] == ["在哪儿", "2026"]


def test_a_changed_one_changes_only_its_own_lines(shelf: Shelf) -> None:
    before = dict(shelf.texts)
    shelf.put("hours", taught.made("几点有人", ["几点上班", "几点有人在"], ["早八点到晚十点。"]))

    for path in taught.FILES:
        gone = set(before[path].splitlines()) - set(shelf.texts[path].splitlines())
        assert gone <= {"- rule: '2026'", '- rule: "2026"', "    - text: 随时。"}, path
    assert taught.names(shelf.read) == ["where", "hours"]
    assert yaml.safe_load(shelf.text_of("hours"))["questions"] == ["几点上班", "几点有人在"]


def test_what_is_written_twice_is_the_same(shelf: Shelf) -> None:
    before = dict(shelf.texts)
    shelf.put("where", shelf.text_of("where"))
    assert shelf.texts == before


def test_taken_out_it_leaves_nothing(shelf: Shelf) -> None:
    alone = Shelf()
    alone.put("hours", shelf.text_of("hours"))
    shelf.put("where", shelf.text_of("where") + "gone: true\n")
    assert shelf.texts == alone.texts

    gone = shelf.text_of("hours") + "gone: true\n"
    shelf.put("hours", gone)
    assert shelf.texts == {}, "the last one takes the files along"
    assert taught.files_with(taught.path_of("hours"), gone, shelf.read) == {}, "and is not missed twice"


def test_examples_from_misses_find_their_place(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "data/nlu").mkdir(parents=True)
    path = tmp_path / taught.NLU
    path.write_text(shelf.texts[taught.NLU], "utf-8")
    example = Example(1, "你们到底在哪呀", "taught_where", "confirmed", "alice", "bob", datetime(2026, 11, 22, tzinfo=timezone.utc))
    changed, placed = with_examples(tmp_path, Path("tests/content/library"), [example])

    assert placed == [example]
    shelf.texts[taught.NLU] = changed[path]
    assert yaml.safe_load(shelf.text_of("where"))["questions"] == ["你们在哪儿", "[捂脸] 咋找你们", "- 在哪", "你们到底在哪呀"]


@pytest.mark.parametrize("path", ["answers/Where.yml", "answers/where_.yml", "answers/../where.yml", "answers/where.md", "answers/x/y.yml", "where.yml"])
def test_no_other_path_is_one(path: str) -> None:
    assert taught.name_of(path) == ""


def test_a_file_that_was_spoilt_is_left_alone(shelf: Shelf) -> None:
    shelf.texts[taught.NLU] = "nlu: [\n"
    with pytest.raises(WritingError, match="读不懂"):
        taught.files_with("answers/more.yml", taught.made("一", ["二"], ["三"]), shelf.read)
    shelf.texts[taught.NLU] = "version: '3.1'\nnlu:\n- intent: taught_where\n  examples: |\n    - 一\nmore: 1\n"
    with pytest.raises(WritingError, match="工程师"):
        taught.files_with("answers/more.yml", taught.made("一", ["二"], ["三"]), shelf.read)


@pytest.mark.parametrize("missing", ["title", "questions", "answer"])
def test_one_that_is_only_begun_is_not_taught(shelf: Shelf, missing: str) -> None:
    said = {"title": "一", "questions": ["二"], "answer": ["三"]} | {missing: []}
    with pytest.raises(WritingError, match="还没写完"):
        shelf.put("more", yaml.safe_dump(said, allow_unicode=True))
