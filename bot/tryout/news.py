"""What a draft has that the trained model has not heard of: without training, its answers can be tried, its new questions cannot."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.history import write
from bot.content.library import Library, load_library
from bot.model.current import content_of, read_current, read_serving
from bot.model.recipe import model_path
from bot.publish.tree import INSTALLED, copy_project, inside, tree_of
from bot.tryout.taught import unlearned

# A sentence for each is enough up to here; beyond, the number says it.
_SHOWN = 8


@dataclass(frozen=True)
class Base:
    """A trained `model` (its name) and the folder laid out like the project that it was made of; `content` is that of the folder."""

    model: str
    root: Path
    content: Path


def base_of(root: Path, content: Path, var: Path) -> Base | None:
    """What answers now, with the files it was made of; None: nothing is trained, or its files are not known."""
    current, serving = read_current(var), read_serving(var)
    name = current.model if current else serving.model if serving else model_path(root, var, content).name
    if not (var / "models" / name).is_file():
        return None
    if current and current.run:
        copy = tree_of(var, current.run)
        return Base(name, copy, Path(content_of(var, current, ""))) if (copy / "content").is_dir() else None
    if model_path(root, var, content).name == name:
        return Base(name, root, content)
    copy = tree_of(var, INSTALLED)
    return Base(name, copy, copy / "content") if (copy / "content").is_dir() else None


def unheard(base: Base, root: Path, content: Path, changed: Mapping[str, str]) -> list[str]:
    """What would have to be learned, in words for editors; empty when the draft only says other things than before.

    `changed`: files (see `tree.inside`) and the texts that they are to have.

    Raises:
        ContentError: a file is broken (file:line).
    """
    with tempfile.TemporaryDirectory(prefix="jiashu-news-") as folder:
        copy = copy_project(root, content, Path(folder))
        for name, text in changed.items():
            write(inside(copy, name), text.encode())
        return _unheard(base, copy)


def _unheard(base: Base, copy: Path) -> list[str]:
    old, new = load_library(base.content), load_library(copy / "content")
    found = [*_lessons(old, new), *_scripts(old, new), *unlearned(base.root, copy)]
    if _digest(base.content, ("terms", "dialect.yml")) != _digest(copy / "content", ("terms", "dialect.yml")):
        found.append("方言和用词表改了。")
    return found[:_SHOWN] + ([f"还有 {len(found) - _SHOWN} 处。"] if len(found) > _SHOWN else [])


def _lessons(old: Library, new: Library) -> Iterator[str]:
    for slug, lesson in new.lessons.items():
        before = old.lessons.get(slug)
        if before is None:
            yield f"《{lesson.title}》是新的一课，{len(lesson.questions)} 种问法都没学过。"
        elif more := set(lesson.questions) - set(before.questions):
            yield f"《{lesson.title}》多了 {len(more)} 种问法。"
        elif set(before.questions) - set(lesson.questions):
            yield f"《{lesson.title}》少了 {len(set(before.questions) - set(lesson.questions))} 种问法。"
    yield from (f"《{lesson.title}》拿掉了。" for slug, lesson in old.lessons.items() if slug not in new.lessons)


def _scripts(old: Library, new: Library) -> Iterator[str]:
    for slug, script in new.safety.items():
        before = old.safety.get(slug)
        patterns = [each.pattern for each in (*script.patterns, *script.unless)]
        known = [each.pattern for each in (*before.patterns, *before.unless)] if before else []
        if before is None or patterns != known or (script.examples, script.near_misses) != (before.examples, before.near_misses):
            yield f"急事“{script.title}”的听法改了。"
    yield from (f"急事“{script.title}”拿掉了。" for slug, script in old.safety.items() if slug not in new.safety)


def _digest(folder: Path, names: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for name in names:
        place = folder / name
        for path in [place] if place.is_file() else sorted(each for each in place.rglob("*") if each.is_file()):
            if path.suffix in (".yml", ".txt"):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
