"""What a second process does in the token test; apart from the tests, so that it need not load Rasa."""

from __future__ import annotations

import time

from bot.clock import SystemClock
from bot.db import Database
from bot.wechat.token_store import DatabaseTokens, Fetched, get_token


def fetch_once(url: str, app_id: str, counter: str) -> None:
    """Get the token from the database at `url`; a real fetch leaves a mark in the file `counter`."""

    def fetch(_force: bool) -> Fetched:
        with open(counter, "a") as file:
            file.write("x")
        time.sleep(0.2)
        return Fetched("one", 7200)

    assert get_token(DatabaseTokens(Database(url), SystemClock(), app_id), fetch) == "one"
