"""Which files can be edited, and what stands in them: those of `content/`, and the sentences and replies of `data/` and `domain/`.

What is taught as a question with its answer counts as a file of its own, see `taught`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot import services
from bot.content.documents import ContentError, read_markdown
from bot.content.lessons import SERIES, STATUSES
from bot.content.writing import WritingError
from bot.desk.editing import taught
from bot.desk.errors import DeskError

STATUS = dict(zip(STATUSES, ("没写完", "有人看过", "发布"), strict=True))
LONGEST = 200_000

_LESSON = re.compile(r"lessons/(?P<series>[a-z_]{1,40})/[a-z0-9]+(?:-[a-z0-9]+)*\.md")
_SLUG = re.compile(r"[a-z0-9-]{1,80}")
_OTHER = re.compile(r"(?:(?:safety|quizzes|comics|campaigns|calendar)/)?[a-z0-9][a-z0-9_-]*\.yml|terms/terms\.txt")
# Beside `content/`, in the project's folder: that is where every process is started, and what publishing copies.
_PROJECT = re.compile(r"(?:data/nlu|domain)/(?!taught\.)[a-z][a-z0-9_]*\.yml")
PROJECT = Path()


@dataclass(frozen=True)
class Line:
    """A lesson in the list; `problem` when its file cannot be read."""

    path: str
    title: str
    series: str
    status: str
    questions: int
    words: str
    problem: str = ""


def known(relative: str, new: bool = False) -> Path:
    """The file of that name.

    Raises:
        DeskError: it is nothing that editors own, or not there (unless `new`).
    """
    if taught.name_of(relative) and len(relative) <= 200:
        if not (new or text_of(relative)):
            raise DeskError(404)
        return PROJECT / relative
    lesson = _LESSON.fullmatch(relative)
    ours = _OTHER.fullmatch(relative) or _PROJECT.fullmatch(relative) or (lesson and lesson["series"] in SERIES)
    if len(relative) > 200 or not ours:
        raise DeskError(404)
    root = folder_of(relative)
    path = root / relative
    # A link out of the folder is not followed, whoever put it there.
    if root.resolve() not in path.resolve().parents or not (new or path.is_file()):
        raise DeskError(404)
    return path


def folder_of(relative: str) -> Path:
    """The folder below which a file lies: that of the content, or the project's."""
    return services.settings().content_path if in_content(relative) else PROJECT


def in_content(relative: str) -> bool:
    """Whether it is a file of `content/`, which `jiashu check` looks at as a whole."""
    return not _PROJECT.fullmatch(relative) and not taught.name_of(relative)


def is_lesson(relative: str) -> bool:
    """Whether it is a lesson."""
    return relative.startswith("lessons/")


def text_of(relative: str) -> str:
    """What stands in the file now, "" when it is not there.

    Raises:
        DeskError: not one of ours, or not UTF-8.
    """
    path = known(relative, new=True)
    if name := taught.name_of(relative):
        try:
            return taught.text_of(name, project_text)
        except WritingError as error:
            raise DeskError(400, f"{error}。") from None
    try:
        return path.read_bytes().decode() if path.is_file() else ""
    except UnicodeDecodeError:
        raise DeskError(400, "这个文件不是 UTF-8 编码，请管理员另存一次。") from None


def project_text(relative: str) -> str:
    """A file of the project's folder that is ours to write; "" when it is not there."""
    path = PROJECT / relative
    return path.read_bytes().decode() if path.is_file() else ""


def lessons() -> list[Line]:
    """Every lesson there is, published or not."""
    root = services.settings().content_path
    paths = sorted((root / "lessons").glob("*/*.md"))
    return [_line(path, path.stat().st_mtime_ns, path.relative_to(root).as_posix()) for path in paths]


def lesson(slug: str) -> Line | None:
    """The lesson of that name; None: there is none."""
    root = services.settings().content_path
    paths = (root / "lessons" / series / f"{slug}.md" for series in SERIES) if _SLUG.fullmatch(slug) else ()
    return next((_line(path, path.stat().st_mtime_ns, path.relative_to(root).as_posix()) for path in paths if path.is_file()), None)


def is_there(slug: str) -> bool:
    """Whether a lesson of that name stands in a file."""
    return any((services.settings().content_path / "lessons").glob(f"*/{slug}.md"))


@lru_cache(maxsize=2000)
def _line(path: Path, _changed: int, relative: str) -> Line:
    series = path.parent.name
    try:
        data = read_markdown(path).data
    except ContentError as error:
        return Line(relative, path.stem, series, "", 0, path.stem, f"第 {error.line} 行：{error.message}")
    questions = data.get("questions")
    asked = [str(each) for each in questions] if isinstance(questions, list) else []
    words = " ".join([path.stem, str(data.get("title", "")), str(data.get("summary", "")), *asked]).lower()
    return Line(relative, str(data.get("title", path.stem)), series, str(data.get("status", "")), len(asked), words)
