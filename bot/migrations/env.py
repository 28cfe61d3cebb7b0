"""What Alembic runs: the connection comes from `Database.upgrade`, the tables from every room's `tables.py`."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil

from alembic import context

import bot
from bot.db import metadata


def _import_tables() -> None:
    for room in pkgutil.iter_modules(bot.__path__):
        if room.ispkg and importlib.util.find_spec(f"bot.{room.name}.tables"):
            importlib.import_module(f"bot.{room.name}.tables")


def _migrate() -> None:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        render_as_batch=True,  # SQLite cannot alter a column in place
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


# Importing every room costs time and is only of use when a new revision is being written.
if getattr(context.config.cmd_opts, "autogenerate", False) or context.config.attributes.get("autogenerate"):
    _import_tables()
_migrate()
