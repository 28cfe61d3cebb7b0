"""What a draft changes in data/ and domain/: what has to be learned, in words for editors, and replies that are only said otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.content.documents import read_yaml

_RESPONSES = "responses"


def unlearned(old: Path, new: Path) -> Iterator[str]:
    """What the model of the project `old` has not heard of in the project `new`; other words of a known reply need no learning.

    Raises:
        ContentError: a file is broken (file:line).
    """
    for name in _differing(old / "data/nlu", new / "data/nlu"):
        yield from _sentences(_read(old / "data/nlu" / name), _read(new / "data/nlu" / name))
    if any(not name.startswith("nlu/") for name in _differing(old / "data", new / "data")):
        yield "听懂以后怎么答的规则改了。"
    changed = _differing(old / "domain", new / "domain")
    yield from _domain([_read(old / "domain" / name) for name in changed], [_read(new / "domain" / name) for name in changed])
    if _bytes(old / "config.yml") != _bytes(new / "config.yml"):
        yield "学习的办法改了（config.yml）。"


def replies_in(domain: Path) -> dict[str, Any]:
    """The replies of all files of a domain, by name.

    Raises:
        ContentError: a file is broken (file:line).
    """
    return _replies([_read(path) for path in sorted(domain.rglob("*.yml"))])


def _sentences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    before, now = _intents(old), _intents(new)
    for name, said in now.items():
        called = f"“{next(iter(said), name)}”这一类话"
        known = before.get(name)
        if known is None:
            yield f"{called}是新的意思，{len(said)} 句都没学过。"
        elif more := set(said) - set(known):
            yield f"{called}多了 {len(more)} 句。"
        elif fewer := set(known) - set(said):
            yield f"{called}少了 {len(fewer)} 句。"
    yield from (f"“{next(iter(said), name)}”这一类话拿掉了。" for name, said in before.items() if name not in now)
    if _rest(old) != _rest(new):
        yield "同义词或者词表改了。"


def _intents(data: Mapping[str, Any]) -> dict[str, list[str]]:
    entries = [each for each in _entries(data) if "intent" in each]
    return {str(each["intent"]): [line.strip().removeprefix("- ") for line in str(each.get("examples", "")).splitlines()] for each in entries}


def _rest(data: Mapping[str, Any]) -> list[Any]:
    return [each for each in _entries(data) if "intent" not in each]


def _entries(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = data.get("nlu")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _domain(old: list[Mapping[str, Any]], new: list[Mapping[str, Any]]) -> Iterator[str]:
    before, now = _replies(old), _replies(new)
    yield from (f"“{_first(now[name])}”是新的一句回复。" for name in now if name not in before)
    yield from (f"“{_first(before[name])}”这句回复拿掉了。" for name in before if name not in now)
    if [_without(each) for each in old] != [_without(each) for each in new]:
        yield "意思的名单、要记的事或者表单改了。"


def _replies(files: list[Mapping[str, Any]]) -> dict[str, Any]:
    found = [each[_RESPONSES] for each in files if isinstance(each.get(_RESPONSES), dict)]
    return {str(name): said for each in found for name, said in each.items()}


def _without(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != _RESPONSES}


def _first(said: object) -> str:
    text = said[0].get("text", "") if isinstance(said, list) and said and isinstance(said[0], dict) else ""
    return str(text).strip().partition("\n")[0][:20]


def _differing(old: Path, new: Path) -> list[str]:
    """The YAML files that are not the same in both, by their names below the folders."""
    names = {path.relative_to(folder).as_posix() for folder in (old, new) for path in folder.rglob("*.yml")}
    return [name for name in sorted(names) if _bytes(old / name) != _bytes(new / name)]


def _read(path: Path) -> Mapping[str, Any]:
    return read_yaml(path).data if path.is_file() else {}


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
