"""The subcommands of `jiashu`, one a file. Heavy things (Rasa, the model) are imported when a command runs, not before."""

from __future__ import annotations

from bot.commands import (
    ask,
    assistant,
    calendar,
    check,
    clock,
    docs,
    evaluate,
    library,
    menu,
    preview,
    publish,
    run,
    scrub,
    simulator,
    train,
    tryout,
    user,
    web,
    why,
)

COMMANDS = (run, train, check, ask, evaluate, scrub, calendar, preview, library, menu, docs, assistant, simulator, web, clock, why, user, publish, tryout)
