"""The pages' templates: everything is escaped unless a function of ours made it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot import services
from bot.content.lessons import SERIES
from bot.pages import prose
from bot.pages.assets import address
from bot.pages.drawings import drawing_address, drawing_size

FOLDER = Path(__file__).parent / "templates"
AUDIENCES = {"parents": "爸爸妈妈", "young_workers": "年轻工友", "line_managers": "班组长"}
VOTES = {"very": "很有用", "partly": "有点用", "not": "没帮上"}
_TABLES = (
    ("starters", "今晚聊什么", "打电话时照着念的话"),
    ("activities", "一起做什么", "按地方、年龄和花销挑"),
    ("gifts", "带什么礼物", "按年龄和预算挑"),
    ("milestones", "几个月会什么", "多数孩子的本领，什么时候看医生"),
    ("photos", "换照片", "每周一张，互相看看"),
)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Jinja2 with our filters: `answer` and `markdown` make HTML of an editor's text, `age` words of months."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= {"answer": prose.answer, "markdown": prose.markdown, "age": prose.age, "lines": prose.lines}
    made.globals |= {"asset": address, "SERIES": SERIES, "AUDIENCES": AUDIENCES, "VOTES": VOTES, "public_url": _public_url, "nav": navigation, "tools": tools, "drawing": drawing_address, "drawing_size": drawing_size}
    return made


def render(template: str, values: Mapping[str, object]) -> str:
    """The text of a page."""
    return environment().get_template(template).render(values)


def navigation() -> list[tuple[str, str]]:
    """The columns of the top line: path and name; what has nothing in it is left out."""
    columns = [("/all", "课文", True), ("/comics", "漫画", bool(services.comics())), ("/quiz", "测验", bool(services.quizzes()))]
    columns += [("/tools", "帮手", bool(tools())), ("/search", "搜索", True)]
    return [(path, name) for path, name, there in columns if there]


def tools() -> list[tuple[str, str, str]]:
    """The tables that have entries: path, name and what it is for."""
    filled = services.shelf()
    return [(f"/{name}", title, about) for name, title, about in _TABLES if getattr(filled, name)]


def _public_url() -> str:
    return services.settings().public_url
