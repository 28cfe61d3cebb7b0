"""Taps and events: a message that names its intent needs no understanding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rasa.shared.core.domain import Domain


def named_intent(text: str, domain: Domain | None) -> dict[str, Any] | None:
    """What `/intent{entities}` means, as Rasa's RegexMessageHandler says at the end of the pipeline; None: it is no such text.

    The pipeline is not asked: the assistant's process would load a second copy of the sentence encoder with its first tap (three seconds).
    """
    if not text.startswith("/"):
        return None
    # Imported here: the parser's process imports this module too, and does without.
    from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
    from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
    from rasa.shared.nlu.constants import TEXT
    from rasa.shared.nlu.training_data.message import Message

    message = Message({TEXT: text})
    unpacked = YAMLStoryReader.unpack_regex_message(message, domain, entity_extractor_name=RegexMessageHandler.__name__)
    if unpacked is message:
        return None
    parsed: dict[str, Any] = unpacked.as_dict(only_output_properties=True)
    return parsed
