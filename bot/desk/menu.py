"""The navigation: the pages with a group, for those whose role opens them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.desk.access import Page

# In this order, whatever the order of the table.
GROUPS = ("审阅", "内容", "管理", "我")


@dataclass(frozen=True)
class Group:
    """A heading and what stands below it."""

    name: str
    pages: tuple[Page, ...]


@cache
def groups(role: str) -> list[Group]:
    """The navigation of a role."""
    from bot.desk.app import pages  # here: the table holds handlers, which render pages, which show this

    shown = [page for page in pages() if page.group and role in page.roles]
    made = [Group(name, tuple(page for page in shown if page.group == name)) for name in GROUPS]
    return [group for group in made if group.pages]


def entry_of(page: Page, role: str) -> Page | None:
    """The entry to be shown as the present one: the page itself, or the list that it belongs to."""
    entries = [entry for group in groups(role) for entry in group.pages]
    fitting = [
        entry for entry in entries if page.path == entry.path or page.path.startswith(f"{entry.path.rstrip('/')}/")
    ]
    return max(
        (entry for entry in fitting if entry.path != "/" or page.path == "/"),
        key=lambda entry: len(entry.path),
        default=None,
    )
