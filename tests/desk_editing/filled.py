"""What a browser would send of a form that it was shown."""

from __future__ import annotations

from html.parser import HTMLParser

from tests.desk.support import Answer, Browser

Fields = dict[str, list[str]]


class _Form(HTMLParser):
    """Collects the fields of the form #editor, and those beside it that belong to it."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._inside = False
        self._area = self._select = ""
        self._text: list[str] = []
        self._first: str | None = None

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in given}
        if tag == "form":
            self._inside = attributes.get("id") == "editor"
        if not self._inside and attributes.get("form") != "editor" and not self._select:
            return
        name = attributes.get("name", "")
        if tag == "input" and name and (attributes.get("type") not in ("checkbox", "radio") or "checked" in attributes):
            self._add(name, attributes.get("value", ""))
        elif tag == "textarea":
            self._area, self._text = name, []
        elif tag == "select":
            self._select, self._first = name, None
        elif tag == "option" and self._select:
            self._first = attributes.get("value", "") if self._first is None else self._first
            if "selected" in attributes:
                self.fields[self._select] = [attributes.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._area:
            # The line break behind the tag is the browser's, not the text's.
            self._add(self._area, "".join(self._text).removeprefix("\n").replace("\n", "\r\n"))
            self._area = ""
        elif tag == "select" and self._select:
            self.fields.setdefault(self._select, [self._first or ""])
            self._select = ""

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def fields_of(page: Answer) -> Fields:
    form = _Form()
    form.feed(page.text)
    return form.fields


async def send(browser: Browser, path: str, form: Fields) -> Answer:
    pairs = [("csrf", browser.csrf), *((name, value) for name, values in form.items() for value in values if name != "csrf")]
    async with browser.http.post(browser.base + path, data=pairs, allow_redirects=False) as response:
        return Answer(response.status, await response.text(), dict(response.headers))
