"""What bot/assistant/lean.py leaves out changes no result."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import rasa.core.policies.rule_policy
import rasa.core.processor
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig

from bot.assistant import lean
from bot.assistant.actions_here import ActionsHere
from bot.assistant.rule_index import possible_keys


class Node:
    """Stands in for a graph node: joins what it needs with its own name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.runs = 0

    def __call__(self, *needed: tuple[str, str]) -> tuple[str, str]:
        self.runs += 1
        if self.name == "broken":
            raise RuntimeError("no")
        return self.name, "".join(value for _, value in needed) + self.name


class Needs:
    def __init__(self, **needs: str) -> None:
        self.needs = needs


class Graph:
    """As much of DaskGraphRunner as running asks for."""

    def __init__(self) -> None:
        self.nodes = {
            "a": Needs(message="given"),
            "b": Needs(message="a"),
            "c": Needs(one="a", two="b"),
            "broken": Needs(),
        }
        self.target_names = ["c"]
        self._graph_schema = self
        self._instantiated_nodes = {name: Node(name) for name in self.nodes}


def _runs(graph: Graph) -> Iterator[int]:
    return (node.runs for node in graph._instantiated_nodes.values())


def test_it_runs_each_needed_node_once() -> None:
    graph = Graph()

    assert lean._run_graph(graph, {"given": "x"}, None) == {"c": "xaxabc"}
    assert list(_runs(graph)) == [1, 1, 1, 0]
    assert lean._run_graph(Graph(), {"given": "x"}, ["b", "a"]) == {"b": "xab", "a": "xa"}


def test_it_says_graph_run_error_as_rasa_does() -> None:
    with pytest.raises(GraphRunError):
        lean._run_graph(Graph(), {}, ["broken"])


def test_it_refuses_a_strange_answer_of_a_separate_server() -> None:
    action = RemoteAction("action_x", EndpointConfig("http://127.0.0.1:1/"))

    assert lean._is_answer(action, {"events": [{"event": "slot", "timestamp": None, "name": "a", "value": 1}], "responses": []})
    with pytest.raises(ValidationError):
        lean._is_answer(action, {"events": "none"})


def test_it_trusts_actions_of_this_process() -> None:
    assert lean._is_answer(RemoteAction("action_x", ActionsHere()), {"events": [], "responses": []})


def test_it_finds_the_same_event_classes() -> None:
    names = [each.type_name for each in all_subclasses(Event) if hasattr(each, "type_name")]

    assert [lean._event_class(name) for name in names] == [lean._resolve_by_type(name) for name in names]
    assert (lean._event_class("slot"), lean._event_class("user")) == (SlotSet, UserUttered)
    with pytest.raises(ValueError, match="Unknown event"):
        lean._event_class("nothing")


@pytest.mark.parametrize("module", [rasa.core.processor, rasa.core.policies.rule_policy])
def test_copies_serve_debug_lines_only(module: object) -> None:
    tree = ast.parse(inspect.getsource(module))
    copies = [node for node in ast.walk(tree) if ast.unparse(node).startswith("copy.") and isinstance(node, ast.Call)]
    debug = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "structlogger.debug"]
    inside = {id(part) for line in debug for part in ast.walk(line)}

    assert copies
    assert all(id(copy) in inside for copy in copies)


def test_it_changes_rasa_once_and_for_all() -> None:
    lean.make_lean()
    lean.make_lean()

    assert DaskGraphRunner.run is lean._run_graph
    assert Event.resolve_by_type("slot") is SlotSet


def _long_talk(turns: int) -> tuple[Domain, DialogueStateTracker]:
    domain = Domain.from_dict({"intents": ["ask", "thank"], "actions": ["action_answer"], "entities": ["child_age"]})
    events: list[Event] = [ActionExecuted("action_listen")]
    for turn in range(turns):
        intent = {"name": "ask" if turn % 3 else "thank", "confidence": 1.0}
        events += [UserUttered("话", intent), ActionExecuted("action_answer"), ActionExecuted("action_listen")]
    return domain, DialogueStateTracker.from_events("key", events, domain.slots)


@pytest.mark.parametrize("turns", [0, 1, 5, 40])
def test_the_states_that_are_worked_out_are_the_last_ones_of_all(turns: int) -> None:
    domain, tracker = _long_talk(turns)

    states = lean._states_for_tracker_history(domain, tracker, omit_unset_slots=True)

    assert states == lean._all_states(domain, tracker, omit_unset_slots=True)[-lean._STATES :]


def test_no_rule_is_longer_than_the_states_that_are_worked_out() -> None:
    rules = [rule for path in Path("data").rglob("*.yml") for rule in yaml.safe_load(path.read_text("utf-8")).get("rules", [])]

    # Each step is at most a state, and Rasa adds one in front and one behind.
    assert max(len(rule["steps"]) for rule in rules) + 2 < lean._STATES


def test_rules_that_quote_a_user_are_still_looked_for() -> None:
    quoting = SimpleNamespace(lookup={"rules": {'[{"user": {"text": "hello"}}]': "action_answer"}})
    naming = SimpleNamespace(lookup={"rules": {'[{"user": {"intent": "ask"}}]': "action_answer"}})

    assert lean._quotes(quoting) and not lean._quotes(naming)


_ACTIONS, _INTENTS = ("action_listen", "action_answer", "utter_thanks"), ("ask", "thank")
_PART = st.fixed_dictionaries(
    {},
    optional={
        "prev_action": st.fixed_dictionaries({"action_name": st.sampled_from(_ACTIONS)}),
        "user": st.fixed_dictionaries({"intent": st.sampled_from(_INTENTS)}),
        "slots": st.fixed_dictionaries({"asked": st.sampled_from([[1.0], [0.0], "should_not_be_set"])}),
        "active_loop": st.fixed_dictionaries({"name": st.sampled_from(["profile_form", "should_not_be_set"])}),
    },
)
_TALK = st.lists(_PART, max_size=6)


# A busy machine must not count as slow.
@given(rules=st.lists(st.lists(_PART, min_size=1, max_size=4), max_size=12), talk=_TALK)
def test_the_same_rules_fit_as_rasa_finds(rules: list[list[dict[str, Any]]], talk: list[dict[str, Any]]) -> None:
    policy = RulePolicy.__new__(RulePolicy)
    lookup = {json.dumps(rule, sort_keys=True): "action_answer" for rule in rules}
    states = [{**part, **({"slots": {"asked": (1.0,)}} if part.get("slots", {}).get("asked") == [1.0] else {})} for part in talk]

    found = possible_keys(policy, lookup, states)

    turns = list(enumerate(reversed(states)))
    assert found == {key for key in lookup if all(policy._is_rule_applicable(key, turn, state) for turn, state in turns)}


def test_rules_of_two_kinds_are_not_mixed_up() -> None:
    policy = RulePolicy.__new__(RulePolicy)
    state = {"prev_action": {"action_name": "action_listen"}}
    one, other = json.dumps([state]), json.dumps([{**state, "user": {}}])

    assert possible_keys(policy, {one: "a"}, [state]) == {one}
    assert possible_keys(policy, {other: "a"}, [state]) == {other}
    assert possible_keys(policy, {one: "a", other: "b"}, []) == {one, other}
