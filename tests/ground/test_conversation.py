"""The conversation's data hold together: declared once, used, answered. Rasa only warns of most of this."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ground import tree
from tests.ground.tree import ROOT

DOMAIN = sorted((ROOT / "domain").glob("*.yml"))
# Nothing can be sent to somebody who has just left; a rule would only have nothing to do.
WITHOUT_RULE = {"EXTERNAL_unfollow"}
BY_RASA = {"action_listen", "action_restart", "action_deactivate_loop", "action_default_fallback", "action_session_start"}


def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def declared(section: str) -> list[str]:
    """The keys of a section over all domain files, as often as they are declared."""
    found: list[str] = []
    for path in DOMAIN:
        entries = read(path).get(section) or []
        found += [next(iter(entry)) if isinstance(entry, dict) else entry for entry in entries]
    return found


def steps() -> Iterator[dict[str, Any]]:
    """Every step of every rule and story that is trained on."""
    for path in sorted((ROOT / "data").rglob("*.yml")):
        content = read(path)
        for talk in [*content.get("rules", []), *content.get("stories", [])]:
            yield from (step for step in talk["steps"] if isinstance(step, dict))


def in_steps(key: str) -> set[str]:
    found: set[str] = set()
    for step in steps():
        for one in [step, *step.get("or", [])]:
            if isinstance(one.get(key), str):
                found.add(one[key])
    return found


@pytest.mark.parametrize("section", ["intents", "entities", "slots", "responses", "actions", "forms"])
def test_it_declares_everything_once(section: str) -> None:
    # Two files with the same key only give a warning; the second one wins.
    assert [name for name, count in Counter(declared(section)).items() if count > 1] == []


def test_no_key_stands_twice_in_one_file() -> None:
    # YAML readers take the last one and say nothing.
    for path in [*DOMAIN, *(ROOT / "data").rglob("*.yml"), ROOT / "config.yml", ROOT / "endpoints.yml"]:
        for mapping in _mappings(yaml.compose(path.read_text(encoding="utf-8"))):
            keys = [key.value for key, _ in mapping.value]
            assert len(keys) == len(set(keys)), f"{tree.name(path)}:{mapping.start_mark.line + 1}"


def test_no_intent_has_a_slash_in_its_name() -> None:
    assert [name for name in declared("intents") if "/" in name] == []


def test_every_intent_has_a_rule() -> None:
    answered = {intent.split("/")[0] for intent in in_steps("intent")}

    assert set(declared("intents")) - answered - WITHOUT_RULE == set()
    assert answered - set(declared("intents")) == set()


def test_every_intent_with_examples_is_declared() -> None:
    # Rasa warns of one that is not at each sentence; the assistant leaves that look out (bot/assistant/lean.py).
    taught = [each["intent"] for path in (ROOT / "data" / "nlu").glob("*.yml") for each in read(path).get("nlu", []) if "intent" in each]

    assert len(taught) > 20
    assert {intent.split("/")[0] for intent in taught} - set(declared("intents")) == set()


def test_a_rule_holds_one_situation() -> None:
    rules = [rule["rule"] for path in (ROOT / "data").rglob("*.yml") for rule in read(path).get("rules", [])]

    assert [name for name, count in Counter(rules).items() if count > 1] == []


def test_every_action_of_a_rule_is_declared() -> None:
    forms = set(declared("forms"))
    used = {action for action in in_steps("action") if not action.startswith("utter_")}

    assert used - set(declared("actions")) - forms - BY_RASA == set()


def test_every_declared_action_is_written_and_every_written_one_declared() -> None:
    assert _written_actions() - BY_RASA == set(declared("actions")) - BY_RASA


def test_every_response_that_is_used_exists() -> None:
    assert _used_responses() - set(declared("responses")) == set()


def test_every_response_that_exists_is_used() -> None:
    assert set(declared("responses")) - _used_responses() - _asked_by_forms() == set()


def test_every_slot_of_a_form_is_asked_for() -> None:
    for path in DOMAIN:
        for form, about in (read(path).get("forms") or {}).items():
            for slot in about["required_slots"]:
                ways = {f"utter_ask_{form}_{slot}", f"utter_ask_{slot}", f"action_ask_{form}_{slot}", f"action_ask_{slot}"}
                assert ways & {*declared("responses"), *declared("actions")}, slot
                assert slot in declared("slots"), slot


def test_every_intent_that_is_tapped_exists() -> None:
    payloads = re.findall(r"payload: /(\w+)", "".join(path.read_text(encoding="utf-8") for path in DOMAIN))
    payloads += [text[1:].split("{")[0] for path in tree.modules("actions") for text in _payloads(path)]

    assert set(payloads) - set(declared("intents")) == set()


def test_the_importers_are_both_there_and_can_be_imported() -> None:
    # A misspelt one is a line in the log; ours named alone drops every YAML file.
    names = [importer["name"] for importer in read(ROOT / "config.yml")["importers"]]

    assert "RasaFileImporter" in names
    assert "bot.content.importer.ContentImporter" in names
    for name in names:
        module, _, cls = name.rpartition(".")
        assert not module or hasattr(importlib.import_module(module), cls), name


def test_every_part_of_the_pipeline_can_be_imported() -> None:
    config = read(ROOT / "config.yml")
    for part in [*config["pipeline"], *config["policies"]]:
        module, _, cls = part["name"].rpartition(".")
        assert not module or hasattr(importlib.import_module(module), cls), part["name"]


def test_only_stories_that_are_meant_to_be_trained_on_are_under_data() -> None:
    for path in (ROOT / "data").rglob("*.yml"):
        if "stories" in read(path):
            assert path.parent == ROOT / "data/stories", f"{tree.name(path)}: Rasa trains on it"
        assert not path.name.startswith("test_"), f"{tree.name(path)}: tests of talks belong under tests/"
    for path in [*DOMAIN, *(ROOT / "content").rglob("*.yml")]:
        content = read(path)
        assert not isinstance(content, dict) or "stories" not in content, tree.name(path)


def test_no_secret_is_in_the_configuration() -> None:
    for name in ("endpoints.yml", "credentials.yml"):
        for key, value in re.findall(r"^\s*(\w*(?:token|secret|key|password|url))\s*:\s*(\S+)", (ROOT / name).read_text(), re.M):
            assert re.fullmatch(r"\$\{[A-Z_]+\}", value), f"{name}: {key}"


def test_jieba_takes_chinese_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # In one version of Rasa every Chinese sentence was a single token, and nobody noticed.
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.shared.nlu.training_data.message import Message

    from bot.nlu.jieba_tokenizer import QuestionTokenizer

    monkeypatch.chdir(ROOT)
    (ours,) = (part for part in read(ROOT / "config.yml")["pipeline"] if part["name"].endswith(".QuestionTokenizer"))
    config = {**QuestionTokenizer.get_default_config(), **ours}
    tokenizer = QuestionTokenizer.create(
        config, LocalModelStorage(tmp_path), Resource("jieba"), ExecutionContext(GraphSchema({}))
    )
    message = Message.build("打电话的时候留守的孩子不说话怎么办")
    tokens = [token.text for token in tokenizer.tokenize(message, "text")]

    assert len(tokens) > 3
    assert "孩子" in tokens


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value)


def _written_actions() -> set[str]:
    """What the methods `name` under actions/ return, and the names that a class's attribute gives them."""
    found: set[str] = set()
    for path in tree.modules("actions"):
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.FunctionDef) and node.name == "name":
                returned = [each.value for each in ast.walk(node) if isinstance(each, ast.Return)]
                found |= {value.value for value in returned if isinstance(value, ast.Constant)}
    return found


def _used_responses() -> set[str]:
    in_code = {text for path in tree.modules("actions", "bot") for text in tree.strings(path)}
    # "utter_action" is Rasa's own key in what it keeps of a response.
    named = {text for text in in_code if re.fullmatch(r"utter_[a-z_]*[a-z]", text)} - {"utter_action"}
    return named | {action for action in in_steps("action") if action.startswith("utter_")}


def _asked_by_forms() -> set[str]:
    forms = {form: about for path in DOMAIN for form, about in (read(path).get("forms") or {}).items()}
    return {
        name
        for form, about in forms.items()
        for slot in about["required_slots"]
        for name in (f"utter_ask_{slot}", f"utter_ask_{form}_{slot}")
    }


def _payloads(path: Path) -> set[str]:
    return {text for text in tree.strings(path) if re.fullmatch(r"/[a-z]\w*(\{.*)?", text)}
