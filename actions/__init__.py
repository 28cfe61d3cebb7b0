"""Rasa custom actions: thin. Slots and the latest message in, a function of `bot/`, utterances and events out."""
