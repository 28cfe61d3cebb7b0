"""The way from the chat to a page: a line beside an answer, a card where more was asked for. Without an address, neither.

A line and not a card beside each answer: WeChat's passive reply carries one message, so a card would cost a second one, of
which an unverified account has none; and a line stands where the answer ends. Who asks for more gets the card with its title
and picture, which is also what can be forwarded.
"""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from bot.content.lessons import Lesson
from bot.pages import links

# So many characters are read in a minute between two machines; a longer section stays whole.
_PART = 320


def link_line(dispatcher: CollectingDispatcher, title: str, url: str) -> None:
    """A line with a link; nothing where there is no address."""
    if url:
        dispatcher.utter_message(json_message={"link": {"title": title, "url": url}})


def card(dispatcher: CollectingDispatcher, title: str, about: str, url: str) -> None:
    """A card with a title, a sentence and the house's picture; nothing where there is no address."""
    if url:
        news = {"title": title, "description": about, "url": url, "picurl": links.picture()}
        dispatcher.utter_message(json_message={"news": news})


def whole_lesson(dispatcher: CollectingDispatcher, lesson: Lesson, parent_key: str) -> None:
    """The line that leads from an answer to its lesson."""
    link_line(dispatcher, "完整的一课", links.lesson(lesson.slug, parent_key))


def lesson_card(dispatcher: CollectingDispatcher, lesson: Lesson, parent_key: str) -> None:
    """The card of a lesson."""
    card(dispatcher, lesson.title, lesson.summary, links.lesson(lesson.slug, parent_key))


def marked(body: str) -> str:
    """A lesson's body as a text message: its headings are marked."""
    return body.replace("## ", "▪ ")


def further_parts(lesson: Lesson) -> list[str]:
    """What follows the answer, in messages that are read in a minute: the body's sections in their order, then what to try."""
    parts: list[str] = []
    for section in marked(lesson.body).split("\n▪ "):
        section = section.strip() if not parts else f"▪ {section.strip()}"
        if parts and len(parts[-1]) + len(section) <= _PART:
            parts[-1] = f"{parts[-1]}\n{section}"
        elif section:
            parts.append(section)
    if lesson.try_this:
        parts.append(f"这周可以试试：{lesson.try_this}\n这一课就说到这儿。")
    return parts
