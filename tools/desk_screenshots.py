"""`make screenshots`: the pictures of the desk in docs/images, from the running web process in a real browser.

Over a made-up record of its own (tools/desk_record.py, tools/desk_work.py), so that no picture ever shows what a parent wrote. The try-out
borrows the trained model of var/models. `python -m tools.desk_screenshots --into FOLDER [NAME …]` takes more of them, in both sizes, or
those named, to look at without touching the docs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from tools import taking
from tools.desk_stories import BOTH, MORE, PASSWORD, PORT, STORIES, Story
from tools.desk_work import COLLEAGUE, MODEL, WRITER

TURNS = 4000


def main() -> int:
    """Take the pictures of the docs; with --into FOLDER more of them, there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, help="another folder than docs/images, and more pictures")
    parser.add_argument("names", nargs="*", help="only these")
    asked = parser.parse_args()
    stories = STORIES if asked.into is None else {name: Story(each.take, BOTH) for name, each in (STORIES | MORE).items()}
    with web(), taking.chromium() as browser:
        for name, story in stories.items():
            if not asked.names or name in asked.names:
                for size in story.sizes:
                    page = story.take(browser, size)
                    end = "-narrow" if size is taking.NARROW and len(story.sizes) > 1 else ""
                    taking.save(page, f"desk-{name}{end}", asked.into or taking.IMAGES)
                    page.context.close()
    return 0


@contextmanager
def web() -> Iterator[None]:
    """The web process over a made-up record."""
    from bot import services

    with taking.folder() as place:
        _lend_models(services.settings().var_path.resolve() / "models", place / "var/models")
        own = {
            "JIASHU_DATABASE_URL": f"sqlite:///{place}/pictures.db",
            "JIASHU_SECRET_KEY": "a key for pictures and nothing but pictures",
            "JIASHU_VAR": str(place / "var"),
            "JIASHU_WEB_PORT": str(PORT),
        }
        os.environ.update(own)
        services.forget()
        _fill()
        with taking.serving("web", [f"http://127.0.0.1:{PORT}/health"], own):
            yield


def _lend_models(there: Path, here: Path) -> None:
    here.mkdir(parents=True)
    for model in there.glob("*.tar.gz"):
        (here / model.name).symlink_to(model)
    (here / MODEL).touch()


def _fill() -> None:
    from bot import services
    from bot.desk import accounts
    from tools import desk_work
    from tools.desk_record import fill, let_write

    database, now = services.database(), services.clock().now()
    database.upgrade()
    with database.session() as session:
        for name, role in ((COLLEAGUE, "admin"), ("小周", "reviewer"), ("李辅导员", "counsellor"), (WRITER, "editor")):
            accounts.add(session, name, role, PASSWORD, now - timedelta(days=60))
        fill(session, TURNS, now, days=40, danger=0.02)
        let_write(session, now)
        desk_work.fill_drafts(session, now)
        desk_work.fill_publishing(session, now)
        desk_work.fill_reach(session, now)
    database.close()


if __name__ == "__main__":
    sys.exit(main())
