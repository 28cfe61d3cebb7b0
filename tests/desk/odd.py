"""Input that nobody types, for every field of every page."""

from __future__ import annotations

import re

from bot.desk.app import pages
from tests.desk.support import Browser

VALUES = (
    "\x00",
    "a\x00b",
    "%FF%FE",
    "' OR 1=1 --",
    "../../etc",
    "<script>",
    "字" * 3000,
    "-1",
    "9" * 40,
    "1e9",
    "\u202e\u200b",
    "\r\nX-Odd: 1",
    "🙂",
    "1-1",
    "2026-13-45",
)
FIELDS = (
    "what who text target owner wish back filter name role mode onward password old new again secret code next "
    "words topic week state reviewer parent after before action span find mine closed changed notice fallback"
).split()
# They would end the walk, or make it an hour of hashing.
LEFT_OUT = {"/logout", "/login", "/me/elsewhere", "/me/password", "/me/totp/off", "/users/reset", "/users"}


async def walk(browser: Browser, refs: dict[str, str]) -> list[str]:
    """Ask every page with every odd value in all fields at once; returns what answered with an error of ours."""
    failed = []
    for page in pages():
        address = re.sub(r"<(\w+):\w+>", lambda match: refs.get(match[1], "1"), page.url)
        if page.method == "POST" and page.path in LEFT_OUT:
            continue
        for value in VALUES:
            fields = dict.fromkeys(FIELDS, value)
            if page.method == "POST":
                answer = await browser.post(address, **fields)
            else:
                answer = await browser.ask(address, fields)
            if answer.status >= 500 or "X-Odd" in answer.headers:
                failed.append(f"{page.method} {page.path} {value!r}: {answer.status}")
    return failed
