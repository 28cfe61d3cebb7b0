"""An editor's text as HTML: the plain answer with its steps, and the Markdown body. What may be said aloud is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from bot.pages import pictures

_STEP = re.compile(r"^\d{1,2}[.、．]\s*")
# 可以这样说：“…” as a line of its own: a sentence for the parent to take over word for word.
_TO_SAY = re.compile(r"^(?P<lead>[^“”：]{0,24}[说讲问写念]|可以[^“”：]{0,24})：(?P<words>“.+”)(?P<rest>[^”]*)$")
_QUOTED = re.compile(r"(?P<lead>[^，。；！？“”：\n]*)：(?P<words>“[^“”]+”)")
# What others say, and what had better not be said, is quoted as well: 老人常说：“炭烧红了没烟，就没毒。” must not stand out.
_NOT_TO_SAY = re.compile(
    r"(?:别|不|不要|少)(?:说|问|讲)$"
    r"|(?<![跟对向教替和给请让])(?:老人|有人|人家|别人|[他她]|孩子|娃|同学|老师)(?:常常|常|总|老|爱|会|就|也)?(?:说|问|讲|喊|回|想)$"
)

_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "mark", "blockquote", "a", "br", "hr", "table", "thead"} | {
    "tbody", "tr", "th", "td", "code", "img",
}
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height", "loading"}}
_OURS = re.compile(r"/?pictures/([^/]+)")


def answer(text: str) -> Markup:
    """The HTML of an answer: paragraphs, numbered steps, and sentences to say."""
    blocks = [line.strip() for line in text.splitlines() if line.strip()]
    return Markup("\n").join(_group(kind, list(lines)) for kind, lines in groupby(blocks, _kind))


def lines(text: str) -> Markup:
    """Plain paragraphs, one a line."""
    return Markup("\n").join(Markup("<p>{}</p>").format(line.strip()) for line in text.splitlines() if line.strip())


def markdown(text: str) -> Markup:
    """The HTML of a lesson's body: no raw HTML, no picture from elsewhere, nothing but the tags of a text."""
    made = _markdown().render(text)
    clean = nh3.clean(
        made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"}, link_rel="noopener noreferrer nofollow"
    )
    return Markup(clean)  # noqa: S704 - nh3 has just cleaned it


def age(span: tuple[int, int]) -> str:
    """A half-open range of months in words: 6 个月–3 岁, 3–6 岁, 12 岁以上."""
    start, end = span
    if end >= 192:
        return "各个年龄" if start <= 6 else f"{_age(start)}以上"
    if start == 0:
        return f"{_age(end)}以下"
    unit = " 岁"
    if _age(start).endswith(unit) and _age(end).endswith(unit):
        return f"{_age(start).removesuffix(unit)}–{_age(end)}"
    return f"{_age(start)}–{_age(end)}"


def _age(months: int) -> str:
    if months < 24 and months % 12:
        return f"{months} 个月"
    years = months / 12
    return f"{years:g} 岁" if years in (int(years), int(years) + 0.5) else f"{months} 个月"


def _kind(line: str) -> str:
    if _STEP.match(line):
        return "step"
    said = _TO_SAY.match(line)
    return "say" if said and not _NOT_TO_SAY.search(said["lead"]) else "text"


def _group(kind: str, lines: list[str]) -> Markup:
    if kind == "step":
        items = Markup("").join(Markup("<li>{}</li>").format(_marked(_STEP.sub("", line))) for line in lines)
        return Markup("<ol>{}</ol>").format(items)
    if kind == "say":
        return Markup("\n").join(piece for line in lines for piece in _said(line))
    return Markup("\n").join(Markup("<p>{}</p>").format(_marked(line)) for line in lines)


def _said(line: str) -> Iterator[Markup]:
    found = _TO_SAY.match(line)
    assert found is not None
    yield Markup('<blockquote class="say"><p class="lead">{}</p><p>{}</p></blockquote>').format(found["lead"], found["words"])
    if found["rest"].strip("。 "):
        yield Markup("<p>{}</p>").format(found["rest"].strip())


def _marked(text: str) -> Markup:
    """Escaped, with words to say (“…” behind a colon) marked."""
    return Markup(_QUOTED.sub(_mark, str(escape(text))))  # noqa: S704 - escaped


def _mark(found: re.Match[str]) -> str:
    if _NOT_TO_SAY.search(found["lead"]):
        return found.group()
    return f"{found['lead']}：<mark>{found['words']}</mark>"


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.add_render_rule("text", _text)
    made.add_render_rule("image", _image)
    return made


def _text(_renderer: object, tokens: list[Token], index: int, _options: object, _env: object) -> str:
    return str(_marked(tokens[index].content))


def _image(_renderer: object, tokens: list[Token], index: int, _options: object, _env: object) -> str:
    """A picture of ours; of any other only what it shows, in words."""
    token = tokens[index]
    ours = _OURS.fullmatch(str(token.attrs.get("src", "")))
    found = pictures.picture(ours[1]) if ours else None
    if found is None:
        return str(escape(token.content))
    size = Markup('width="{}" height="{}" loading="lazy"').format(found.width, found.height)
    return str(Markup('<img src="{}" alt="{}" {}>').format(found.address, token.content, size))
