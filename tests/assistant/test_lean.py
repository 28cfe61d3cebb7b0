"""What bot/assistant/lean.py leaves out changes no result."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator

import pytest
import rasa.core.policies.rule_policy
import rasa.core.processor
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig

from bot.assistant import lean
from bot.assistant.actions_here import ActionsHere


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
