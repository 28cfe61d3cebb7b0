"""Which slots a message could fill: Rasa's own filling, over the few slots that can be filled instead of over all of them.

Rasa asks every mapping of every slot at each turn. Most of ours belong to a form, are set by an action alone, or wait for an entity that
the message does not have; outside a form those are left out before it begins.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa.core.actions.action import ActionExtractSlots
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS, SlotMappingType
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

_fill = ActionExtractSlots.run
_INDEX = "_jiashu_fillable"


@dataclass(frozen=True)
class Fillable:
    """A slot that a message may fill outside a form. `always`: whatever it says; else only one with one of these entities does."""

    slot: Slot
    always: bool
    entities: frozenset[str]


async def run(
    action: ActionExtractSlots, output_channel: Any, nlg: Any, tracker: DialogueStateTracker, domain: Domain
) -> list[Event]:
    """In the place of ActionExtractSlots.run, with the same result (tests/assistant/test_slot_filling.py)."""
    index = _index(domain)
    if index is None or tracker.active_loop_name:
        events: list[Event] = await _fill(action, output_channel, nlg, tracker, domain)
        return events
    said = {each.get("entity") for each in tracker.latest_message.entities} if tracker.latest_message else set()
    slots = [each.slot for each in index if each.always or each.entities & said]
    if not slots:
        return []
    fewer = copy.copy(domain)
    fewer.slots = slots
    events = await _fill(action, output_channel, nlg, tracker, fewer)
    return events


def _index(domain: Domain) -> tuple[Fillable, ...] | None:
    """Remembered on the domain. None: an action has a say in the filling, and it is to see the whole domain."""
    if _INDEX not in domain.__dict__:
        domain.__dict__[_INDEX] = _made(domain)
    found: tuple[Fillable, ...] | None = domain.__dict__[_INDEX]
    return found


def _made(domain: Domain) -> tuple[Fillable, ...] | None:
    mappings = [mapping for slot in domain.slots for mapping in slot.mappings]
    if ACTION_VALIDATE_SLOT_MAPPINGS in domain.user_actions or any(mapping.get("action") for mapping in mappings):
        return None
    every = [(slot, [mapping for mapping in slot.mappings if _outside_forms(mapping)]) for slot in domain.slots]
    return tuple(
        Fillable(slot, any(not _by_entity(each) for each in open_), frozenset(each["entity"] for each in open_ if _by_entity(each)))
        for slot, open_ in every
        if open_
    )


def _outside_forms(mapping: Mapping[str, Any]) -> bool:
    """Whether it can fill its slot while no form is open."""
    if mapping["type"] in (str(SlotMappingType.CUSTOM), str(SlotMappingType.FROM_TRIGGER_INTENT)):
        return False
    conditions = mapping.get("conditions")
    return not conditions or any(each.get("active_loop") is None for each in conditions)


def _by_entity(mapping: Mapping[str, Any]) -> bool:
    return bool(mapping["type"] == str(SlotMappingType.FROM_ENTITY))
