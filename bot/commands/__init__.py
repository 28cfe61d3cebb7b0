"""The subcommands of `jiashu`, one a file. Heavy things (Rasa, the model) are imported when a command runs, not before."""

from __future__ import annotations

from bot.commands import ask, assistant, check, docs, evaluate, menu, run, simulator, train

COMMANDS = (run, train, check, ask, evaluate, menu, docs, assistant, simulator)
