"""Imports run one way, and what must stay in its room stays there."""

from __future__ import annotations

import ast
import tokenize
from pathlib import Path

import pytest

from tests.ground import tree

HEAVY = {"rasa", "rasa_sdk", "sanic", "sqlalchemy"}
# What a room must not import: by its own description, or because imports run the other way.
FORBIDDEN = {
    "bot": {"actions", "tests"},
    "actions": {"tests", "sanic", "bot.commands", "bot.wechat", "bot.simulator"},
    "bot/text": HEAVY | {"bot.content", "bot.people", "bot.wechat", "bot.services"},
    "bot/content": {"sanic", "sqlalchemy", "bot.wechat", "bot.people", "bot.nlu", "bot.assistant", "bot.simulator"},
    "bot/people": {"rasa", "rasa_sdk", "sanic", "bot.wechat", "bot.assistant", "bot.logs", "bot.simulator", "bot.commands"},
    "bot/logs": {"rasa_sdk", "sanic", "bot.wechat", "bot.assistant", "bot.simulator", "bot.commands"},
    "bot/coach": {"rasa", "rasa_sdk", "sanic", "bot.wechat", "bot.assistant", "bot.logs", "bot.simulator", "bot.commands"},
    "bot/course": {"rasa", "rasa_sdk", "sanic", "bot.wechat", "bot.assistant", "bot.logs", "bot.simulator", "bot.commands"},
    "bot/privacy": HEAVY | {"bot.people", "bot.wechat", "bot.assistant"},
    "bot/calendar": HEAVY | {"bot.people", "bot.wechat", "bot.assistant", "bot.reminders"},
    "bot/reunion": {"rasa", "rasa_sdk", "sanic", "bot.wechat", "bot.assistant", "bot.logs", "bot.reminders", "bot.simulator", "bot.commands"},
    "bot/desk": {"rasa_sdk", "bot.wechat", "bot.simulator", "bot.commands"},
    "bot/publish": {"rasa", "rasa_sdk", "sanic", "bot.wechat", "bot.assistant", "bot.desk", "bot.pages", "bot.simulator", "bot.commands"},
    "bot/reminders": {
        "rasa", "rasa_sdk", "sanic", "bot.wechat", "bot.assistant", "bot.simulator", "bot.desk", "bot.pages", "bot.commands",
    },
    "bot/nlu": {"sanic", "sqlalchemy", "bot.wechat", "bot.people", "bot.assistant", "bot.simulator"},
    "bot/wechat": {"bot.people", "bot.assistant", "bot.simulator", "bot.logs", "bot.nlu", "bot.commands"},
    "bot/pages": {"rasa", "rasa_sdk", "bot.desk", "bot.assistant", "bot.nlu", "bot.simulator", "bot.commands"},
    "bot/simulator": {"rasa", "rasa_sdk", "bot.wechat", "bot.assistant", "bot.people", "bot.nlu"},
}
# The actions run inside the assistant: Rasa's endpoint for them has to import them by name.
EXCEPTIONS = {("bot/assistant/actions_here.py", "actions")}
# A counsellor has to see how long WeChat lets a reply through; the window names no address.
EXCEPTIONS |= {("bot/desk/contact.py", "bot.wechat")}
# The preview cuts a text where the wire will cut it.
EXCEPTIONS |= {("bot/desk/editing/shown.py", "bot.wechat")}


@pytest.mark.parametrize("room", FORBIDDEN)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    wrong = [(name, found) for name, imported in _imports(room) for found in _hits(imported, FORBIDDEN[room])]

    assert [pair for pair in wrong if pair not in EXCEPTIONS] == []


def test_the_openid_stays_with_the_wire() -> None:
    # Comments may explain it; code and the names of columns may not touch it.
    at_home = ("bot/wechat/", "bot/simulator/", "bot/migrations/versions/wechat_")
    others = [path for path in tree.modules("bot", "actions") if not tree.name(path).startswith(at_home)]

    assert [tree.name(path) for path in others if _speaks_of_openid(path)] == []


def test_no_room_reads_the_tables_of_another() -> None:
    for path in tree.modules("bot", "actions"):
        for imported in tree.imports(path):
            parts = imported.split(".")
            # bot.content.tables are files that editors write, not tables of the database.
            if len(parts) >= 3 and parts[0] == "bot" and parts[2] == "tables" and parts[1] != "content":
                assert path.parent.name == parts[1], f"{tree.name(path)} imports {imported}"


def _imports(room: str) -> list[tuple[str, set[str]]]:
    return [(tree.name(path), tree.imports(path)) for path in tree.modules(room)]


def _hits(imported: set[str], forbidden: set[str]) -> set[str]:
    return {wrong for wrong in forbidden for module in imported if module == wrong or module.startswith(f"{wrong}.")}


def _speaks_of_openid(path: Path) -> bool:
    docstrings = {node.value.value for node in ast.walk(tree.parsed(path)) if _is_docstring(node)}
    with path.open("rb") as file:
        names = [token.string for token in tokenize.tokenize(file.readline) if token.type == tokenize.NAME]
    said = tree.strings(path) - docstrings
    return any("openid" in each.lower() for each in [*names, *said])


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
