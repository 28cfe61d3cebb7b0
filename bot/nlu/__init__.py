"""Rasa graph components: how a parent's message is understood. One component a file; the order stands in config.yml."""
