"""The pages that are made from the code, so that they cannot fall behind it: settings, commands, rooms, the docs' index.

`jiashu docs` writes them, `jiashu docs --check` and a test compare. A page is whole, or a part of a page that people
write, between `<!-- name: … -->` and `<!-- end of name -->`.
"""

from __future__ import annotations

import argparse
import ast
import re
from functools import partial
from pathlib import Path

from bot.settings import SETTINGS, Setting

MADE = "Made from {source} by `jiashu docs`; change it there."

# What a parser of bot/settings.py accepts, in the words of the table.
KINDS = {
    "_account": "`service` or `subscription`",
    "_aes_key": "43 characters",
    "_flag": "`true` or `false`",
    "_level": "`INFO`, `WARNING` or `ERROR`",
    "_port": "port",
    "_positive": "whole number",
    "_redis": "redis(s) address",
    "_seconds": "seconds",
    "_secret": "32 characters or more",
    "_text": "text",
    "_url": "http(s) address",
}


class HandbookError(Exception):
    """A page cannot be made; the message says what is missing in which file."""


def pages(root: Path, parser: argparse.ArgumentParser) -> dict[Path, str]:
    """Every made page below `root` with the text it should have.

    Raises:
        HandbookError: a room or a page says nothing about itself, or a marker is missing.
    """
    made = {root / ".env.example": env_example(), root / "docs/settings.md": settings_page()}
    made[root / "docs/commands.md"] = commands_page(parser)
    made[root / "README.md"] = _with_part(root / "README.md", "rooms", "the rooms' `__init__.py`", rooms_table(root))
    # Last: the index quotes the pages above, which may not be on the disk yet.
    index = docs_list(root, {path: text for path, text in made.items() if path.parent == root / "docs"})
    made[root / "docs/README.md"] = _with_part(root / "docs/README.md", "index", "the pages", index)
    return made


def env_example() -> str:
    """The text of `.env.example`: every setting, commented out, with its default."""
    head = [
        f"# {MADE.format(source='bot/settings.py')}",
        "# Copy to .env, which git leaves alone and `make run` reads. The environment goes before the file.",
        "# The file is read by a shell: put 'single quotes' around a value with spaces or signs.",
    ]
    lines = [line for setting in SETTINGS for line in ("", f"# {setting.sentence}", f"#{setting.name}={setting.default}")]
    return "\n".join([*head, *lines]) + "\n"


def settings_page() -> str:
    """The text of `docs/settings.md`."""
    rows = [_row(setting) for setting in SETTINGS]
    return "\n".join(
        [
            "# Settings",
            "",
            "Every environment variable that Jiashu reads. None is needed for a run beside the simulator.",
            "",
            "Write them into `.env` (start from `.env.example`) or into the environment, which goes first. A value that",
            "cannot be used stops the start with one line that names it; the value of a secret is never shown. A secret",
            "belongs into the environment or `.env`, never into a file that git keeps.",
            "",
            "| variable | value | default | what it is for |",
            "|---|---|---|---|",
            *rows,
            "",
            f"{MADE.format(source='`bot/settings.py`')}",
            "",
        ]
    )


def _row(setting: Setting) -> str:
    kind = KINDS.get(setting.parse.__name__)
    if kind is None:
        raise HandbookError(f"bot/handbook.py has no words for what {setting.parse.__name__} of {setting.name} accepts")
    default = f"`{setting.default}`" if setting.default else "empty"
    return f"| `{setting.name}` | {kind}{', secret' if setting.secret else ''} | {default} | {setting.sentence} |"


def commands_page(parser: argparse.ArgumentParser) -> str:
    """The text of `docs/commands.md`: what `--help` says of every command, at a width that no terminal changes."""
    lines = ["# Commands", "", "What can be done from a terminal, in the project's folder, with `.venv/bin/jiashu`."]
    for name, (sentence, command) in _commands(parser).items():
        command.formatter_class = partial(argparse.HelpFormatter, width=100)
        usage = command.format_help().rstrip()
        lines += ["", f"## jiashu {name}", "", f"{_capital(sentence)}.", "", "```text", usage, "```"]
    lines += ["", MADE.format(source="`bot/commands/`"), ""]
    return "\n".join(lines)


def _commands(parser: argparse.ArgumentParser) -> dict[str, tuple[str, argparse.ArgumentParser]]:
    # argparse has no public way to list its subcommands and their help.
    (declared,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    sentences = {choice.dest: choice.help or "" for choice in declared._choices_actions}
    return {name: (sentences[name], command) for name, command in declared.choices.items() if sentences.get(name)}


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def rooms_table(root: Path) -> str:
    """Every package of `bot/` and the first paragraph of its docstring."""
    rooms = sorted(path.parent for path in (root / "bot").glob("*/__init__.py"))
    rows = [f"| [`bot/{room.name}/`](bot/{room.name}) | {_about(room / '__init__.py')} |" for room in rooms]
    return "\n".join(["| room | what it is |", "|---|---|", *rows])


def _about(module: Path) -> str:
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    if not docstring:
        raise HandbookError(f"{module} says nothing about its room: give it a docstring of one sentence")
    return " ".join(docstring.split("\n\n")[0].split())


def docs_list(root: Path, made: dict[Path, str]) -> str:
    """A list of the pages of `docs/` (and of the indexes of its folders): title and first sentence."""
    paths = {*(root / "docs").glob("*.md"), *(root / "docs").glob("*/README.md"), *made} - {root / "docs/README.md"}
    return "\n".join(_entry(root, path, made) for path in sorted(paths))


def _entry(root: Path, path: Path, made: dict[Path, str]) -> str:
    blocks = (made.get(path) or path.read_text(encoding="utf-8")).strip().split("\n\n")
    if len(blocks) < 2 or not blocks[0].startswith("# "):
        raise HandbookError(f"{path} should begin with a title (# …) and a sentence that says what is in it")
    sentence = re.split(r"(?<=[.!?:]) |(?<=[。！？])", " ".join(blocks[1].split()))[0].rstrip(":")
    return f"- [{blocks[0].removeprefix('# ')}]({path.relative_to(root / 'docs').as_posix()}): {sentence}"


def _with_part(path: Path, name: str, source: str, part: str) -> str:
    """The text of `path` with `part` between its markers."""
    text = path.read_text(encoding="utf-8")
    pattern = re.compile(rf"<!-- {name}:.*?-->\n.*?<!-- end of {name} -->", re.DOTALL)
    if len(pattern.findall(text)) != 1:
        raise HandbookError(f"{path} should have one place between <!-- {name}: … --> and <!-- end of {name} -->")
    block = f"<!-- {name}: {MADE.format(source=source)} -->\n{part}\n<!-- end of {name} -->"
    return pattern.sub(lambda _match: block, text)
