"""Leaving out slots that a message cannot fill changes nothing of what is filled."""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import Any

import pytest
from rasa.core.actions.action import ActionExtractSlots
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant import lean, slot_filling

MADE_UP = """
version: "3.1"
intents: [ask, choose, affirm]
entities: [age, place]
actions: [action_answer]
slots:
  age: {type: any, mappings: [{type: from_entity, entity: age}]}
  place: {type: any, mappings: [{type: from_entity, entity: place, conditions: [{active_loop: a_form}]}]}
  anywhere: {type: any, mappings: [{type: from_entity, entity: place, conditions: [{active_loop: null}]}]}
  chosen: {type: any, mappings: [{type: from_intent, intent: choose, value: yes}, {type: from_entity, entity: age, intent: ask}]}
  said: {type: any, mappings: [{type: from_text, not_intent: [affirm]}]}
  in_form: {type: any, mappings: [{type: from_text, conditions: [{active_loop: a_form, requested_slot: in_form}]}]}
  ours: {type: any, mappings: [{type: custom}]}
  many: {type: list, mappings: [{type: from_entity, entity: place}]}
forms: {a_form: {required_slots: [in_form, place]}}
"""


@lru_cache(maxsize=1)
def ours() -> Domain:
    return Domain.load("domain")


@lru_cache(maxsize=1)
def made_up() -> Domain:
    return Domain.from_yaml(MADE_UP)


def talk(domain: Domain, intent: str, entities: list[str], form: str) -> DialogueStateTracker:
    events: list[Event] = [ActionExecuted("action_listen"), SlotSet("age", 3)]
    events += [ActiveLoop(form), SlotSet("requested_slot", "in_form")] if form else []
    said = [{"entity": name, "value": f"{name}{number}"} for number, name in enumerate(entities)]
    return DialogueStateTracker.from_events(
        "key", [*events, UserUttered("两岁", {"name": intent, "confidence": 1.0}, said)], domain.slots
    )


async def filled(way: Any, domain: Domain, tracker: DialogueStateTracker) -> list[tuple[str, Any]]:
    nlg = TemplatedNaturalLanguageGenerator(domain.responses)
    events = await way(ActionExtractSlots(None), CollectingOutputChannel(), nlg, tracker, domain)
    return [(event.key, event.value) for event in events]


@pytest.mark.parametrize("form", ["", "a_form"])
@pytest.mark.parametrize("entities", [[], ["age"], ["place"], ["place", "age", "place"], ["unknown"]])
@pytest.mark.parametrize("intent", ["ask", "choose", "affirm"])
async def test_the_same_is_filled_as_by_rasa(intent: str, entities: list[str], form: str) -> None:
    tracker = talk(made_up(), intent, entities, form)

    assert await filled(slot_filling.run, made_up(), tracker) == await filled(slot_filling._fill, made_up(), tracker)


async def test_the_same_is_filled_in_our_own_domain() -> None:
    domain = ours()
    form = domain.form_names[0]
    talks = [[], *([name] for name in domain.entities), list(domain.entities)]

    for entities in talks:
        for intent, open_form in ((domain.intents[0], ""), (domain.intents[-1], ""), (domain.intents[0], form)):
            tracker = talk(domain, intent, entities, open_form)
            assert await filled(slot_filling.run, domain, tracker) == await filled(slot_filling._fill, domain, tracker)


def test_few_slots_of_ours_are_asked_about() -> None:
    index = slot_filling._index(ours())

    assert index is not None and len(index) < len(ours().slots) / 2


def test_who_leaves_a_say_to_an_action_is_not_shortened() -> None:
    asked = Domain.from_yaml('version: "3.1"\nslots: {a: {type: any, mappings: [{type: custom, action: action_a}]}}\nactions: [action_a]')
    checked = Domain.from_yaml('version: "3.1"\nactions: [action_validate_slot_mappings]')

    assert slot_filling._index(asked) is None and slot_filling._index(checked) is None


async def test_the_domain_keeps_its_slots() -> None:
    before = list(made_up().slots)

    await filled(slot_filling.run, made_up(), talk(made_up(), "ask", ["age"], ""))

    assert made_up().slots == before


def test_a_copy_of_a_slot_is_as_python_makes_it_and_stands_alone() -> None:
    for slot in made_up().slots:
        copied = lean._slot_copy(slot)
        assert type(copied) is type(slot) and vars(copied) == vars(copy.copy(slot))
        copied.value = "else"
        assert slot.value != "else"
