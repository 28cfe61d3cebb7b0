"""Which rules fit the last states of a talk: Rasa's search, over the few rules that can fit instead of over all of them.

Rasa asks every rule about every state, from the last one backwards, and unpacks the rule's text each time. A rule fits the last state only
if both have the same action before it, so the rules are kept by that action, unpacked once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION

State = Mapping[str, Any]


class RuleIndex:
    """The rules of one lookup (rule as text → action), by the action before their last state. `states`: newest first."""

    def __init__(self, rules: Mapping[str, str]) -> None:
        self.rules = rules
        self.states: dict[str, list[State]] = {key: list(reversed(json.loads(key))) for key in rules}
        self._after: dict[str, list[str]] = defaultdict(list)
        for key, states in self.states.items():
            self._after[_before(states[0]) if states else ""].append(key)

    def candidates(self, state: State) -> list[str]:
        """Rules that may fit a talk whose last state is this; "" are rules, and talks, at whose start nothing had been done."""
        return [*self._after.get(_before(state), ()), *(self._after.get("", ()) if _before(state) else ())]


def possible_keys(policy: RulePolicy, lookup: Mapping[str, str], states: Sequence[State]) -> set[str]:
    """In the place of RulePolicy._get_possible_keys, with the same result (tests/assistant/test_lean.py)."""
    if not states:
        return set(lookup)
    index = _index(policy, lookup)
    possible = index.candidates(states[-1])
    for turn, state in enumerate(reversed(states)):
        # A rule that is over fits whatever was said before it.
        if all(turn >= len(index.states[key]) for key in possible):
            break
        possible = [key for key in possible if _fits(index.states[key], turn, state)]
    return set(possible)


def _fits(rule: Sequence[State], turn: int, state: State) -> bool:
    """RulePolicy._is_rule_applicable, for a rule that is unpacked."""
    if turn >= len(rule):
        return True
    in_talk, in_rule = state.get(PREVIOUS_ACTION), rule[turn].get(PREVIOUS_ACTION)
    if not in_talk and not in_rule:
        return True
    if not in_talk or not in_rule:
        return False
    return bool(RulePolicy._does_rule_match_state(rule[turn], state))


def _before(state: State) -> str:
    """What was done before this state, as far as a rule could ask for it; "" for nothing."""
    return str((state.get(PREVIOUS_ACTION) or {}).get("action_name") or "")


def _index(policy: RulePolicy, lookup: Mapping[str, str]) -> RuleIndex:
    """Remembered on the policy, which lives as long as its rules do."""
    known: dict[int, RuleIndex] = policy.__dict__.setdefault("_jiashu_index", {})
    found = known.get(id(lookup))
    if found is None or found.rules is not lookup or len(found.states) != len(lookup):
        found = known[id(lookup)] = RuleIndex(lookup)
    return found
