"""What Rasa 3.6 does at each turn for nobody, left out. What each cost stands in docs/performance.md.

Every change keeps results as they are; tests/assistant/test_lean.py compares them with Rasa's own.
"""

from __future__ import annotations

import json
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, TypeVar

import rasa.core.policies.rule_policy
import rasa.core.processor
from jsonschema import Draft202012Validator
from rasa.core.actions.action import ActionExtractSlots, RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from threadpoolctl import threadpool_limits

from bot.assistant import slot_filling
from bot.assistant.actions_here import ActionsHere
from bot.assistant.rule_index import possible_keys

T = TypeVar("T")

_resolve_by_type = Event.resolve_by_type
_find_rules = RulePolicy._find_action_from_rules
_all_states = Domain.states_for_tracker_history

# More than the states of the longest rule (tests/assistant/test_lean.py counts them).
_STATES = 24
_ACTION = ActionExecuted.type_name


def make_lean() -> None:
    """Change Rasa's classes in this process; a second call changes nothing more."""
    RemoteAction._validate_action_result = _is_answer
    DaskGraphRunner.run = _run_graph
    Event.resolve_by_type = staticmethod(_event_class)
    RulePolicy._find_action_from_rules = _find_action_from_rules
    RulePolicy._get_possible_keys = possible_keys
    Domain.states_for_tracker_history = _states_for_tracker_history
    ActionExtractSlots.run = slot_filling.run
    Slot.__copy__ = _slot_copy
    MessageProcessor._check_for_unseen_features = _nothing_to_warn_of
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


def _find_action_from_rules(
    policy: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
) -> tuple[str | None, str | None, bool]:
    """Rasa looks for rules that quote a user's words before it looks for rules with intents; we have none that quote."""
    if use_text_for_last_user_input and not _quotes(policy):
        return None, None, False
    found: tuple[str | None, str | None, bool] = _find_rules(policy, tracker, domain, use_text_for_last_user_input)
    return found


def _quotes(policy: RulePolicy) -> bool:
    """Whether a rule holds a user's words; remembered on the policy."""
    known: bool | None = getattr(policy, "_jiashu_quotes", None)
    if known is None:
        rules = policy.lookup.get("rules", {})
        known = any(state.get("user", {}).get("text") for rule in rules for state in json.loads(rule) if state)
        policy._jiashu_quotes = known
    return known


def _states_for_tracker_history(
    domain: Domain,
    tracker: DialogueStateTracker,
    omit_unset_slots: bool = False,
    ignore_rule_only_turns: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[Any]:
    """The last states of the talk; Rasa works out all of them, and rules, a few states long, look at the last ones only."""
    if ignore_rule_only_turns:
        every: list[Any] = _all_states(domain, tracker, omit_unset_slots, ignore_rule_only_turns, rule_only_data)
        return every
    events = tracker.applied_events()
    # By name: the classes of events are abstract ones, and asking isinstance of those is slow.
    left = sum(event.type_name == _ACTION for event in events) + 1
    earlier, states = tracker.init_copy(), []
    for event in events:
        if event.type_name == _ACTION:
            if left <= _STATES:
                states.append(domain._clean_state(domain.get_active_state(earlier, omit_unset_slots=omit_unset_slots)))
            left -= 1
        earlier.update(event)
    return [*states, domain._clean_state(domain.get_active_state(earlier, omit_unset_slots=omit_unset_slots))]


def _slot_copy(slot: Slot) -> Slot:
    """What `copy.copy` gives, without its long way; each tracker, and a turn makes several, copies every slot."""
    twin: Slot = object.__new__(type(slot))
    twin.__dict__.update(slot.__dict__)
    return twin


def _nothing_to_warn_of(processor: MessageProcessor, parse_data: dict[str, Any]) -> None:
    """Rasa warns of intents that the domain lacks, and builds an empty domain for each sentence to see whether it has one.

    tests/ground/test_conversation.py sees to it that none is missing.
    """


def _same(value: T) -> T:
    return value
