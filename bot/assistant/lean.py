"""What Rasa 3.6 does at each turn for nobody, left out. Costs of each are in docs/performance.md.

- The answer of an action was checked with `jsonschema.validate`, which first checks the schema itself against the schema of schemas:
  two fifths of a turn. Here the schema is checked once, answers as before.
- Arguments of debug lines are deep-copied before anybody asks whether debug lines are written. `prepare` in bot.commands drops
  them, so nothing is copied.
"""

from __future__ import annotations

import types
from functools import lru_cache
from typing import Any, TypeVar

import rasa.core.policies.rule_policy
import rasa.core.processor
from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction

T = TypeVar("T")


def make_lean() -> None:
    """Change Rasa's classes in this process; a second call changes nothing more."""
    RemoteAction._validate_action_result = _is_answer
    # In these two modules `copy` serves debug lines only (tests/assistant/test_lean.py counts).
    for module in (rasa.core.processor, rasa.core.policies.rule_policy):
        module.copy = types.SimpleNamespace(deepcopy=_same)


@lru_cache(maxsize=1)
def _answer_schema() -> Draft202012Validator:
    schema = RemoteAction.action_response_format_spec()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _is_answer(_action: RemoteAction, result: dict[str, Any]) -> bool:
    """Stands in for RemoteAction's check; raises jsonschema.ValidationError as that does."""
    _answer_schema().validate(result)
    return True


def _same(value: T) -> T:
    return value
