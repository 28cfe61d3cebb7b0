"""What Rasa 3.6 does at each turn for nobody, left out. What each cost stands in docs/performance.md.

Every change keeps results as they are; tests/assistant/test_lean.py compares them with Rasa's own.
"""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import Any, TypeVar

import rasa.core.policies.rule_policy
import rasa.core.processor
from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event
from threadpoolctl import threadpool_limits

from bot.assistant.actions_here import ActionsHere

T = TypeVar("T")

_resolve_by_type = Event.resolve_by_type


def make_lean() -> None:
    """Change Rasa's classes in this process; a second call changes nothing more."""
    RemoteAction._validate_action_result = _is_answer
    DaskGraphRunner.run = _run_graph
    Event.resolve_by_type = staticmethod(_event_class)
    # In these two modules `copy` serves debug lines only: arguments were copied before anybody asked whether such lines are written.
    for module in (rasa.core.processor, rasa.core.policies.rule_policy):
        module.copy = SimpleNamespace(deepcopy=_same)
    # One short sentence is too small to share out: further threads of the linear algebra only wait for each other, and turn while they do.
    threadpool_limits(1)


@lru_cache(maxsize=1)
def _answer_schema() -> Draft202012Validator:
    return Draft202012Validator(RemoteAction.action_response_format_spec())


def _is_answer(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Rasa's check of an action's answer, without first checking the schema itself against the schema of schemas, each time.

    What comes from this process was made by rasa_sdk's own functions and is not checked again.

    Raises:
        jsonschema.ValidationError: a separate server answered something else.
    """
    if not isinstance(action.action_endpoint, ActionsHere):
        _answer_schema().validate(result)
    return True


def _run_graph(
    runner: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """Run what the targets need, each node once, in this thread; Dask's single-threaded scheduler does the same by a long way.

    Raises:
        GraphRunError: a component raised RuntimeError; other exceptions pass.
    """
    done: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}

    def result_of(name: str) -> tuple[str, Any]:
        if name not in done:
            needs = runner._graph_schema.nodes[name].needs.values()
            done[name] = runner._instantiated_nodes[name](*[result_of(need) for need in needs])
        return done[name]

    try:
        return dict(result_of(target) for target in targets or runner._graph_schema.target_names)
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error


@lru_cache(maxsize=64)
def _event_class(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """The class of a stored event; Rasa walks all subclasses again for each event of the talk."""
    found: type[Event] | None = _resolve_by_type(type_name, default)
    return found


def _same(value: T) -> T:
    return value
