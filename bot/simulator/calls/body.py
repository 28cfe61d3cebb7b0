"""A call's JSON body, read field by field with the errors WeChat gives."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from bot.simulator.refusal import Refusal

_ESCAPED = re.compile(rb"\\u[0-9a-fA-F]{4}")


class Body:
    """A JSON object; missing fields read as empty, wrong types are 47001."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self._raw = raw

    @classmethod
    def parse(cls, data: bytes, refuse_escapes: bool = False) -> Body:
        """Parse `data`.

        Raises:
            Refusal: 44002 empty, 47001 not a JSON object in UTF-8, 40033 \\uXXXX escapes when these are refused.
        """
        if not data:
            raise Refusal(44002, "empty post data")
        if refuse_escapes and _ESCAPED.search(data):
            raise Refusal(40033, "invalid charset. please check your request, if include \\uxxxx will create fail!")
        try:
            raw = json.loads(data.decode())
        except ValueError:
            raise Refusal(47001, "data format error") from None
        if not isinstance(raw, dict):
            raise Refusal(47001, "data format error")
        return cls(raw)

    def text(self, name: str) -> str:
        """A text field, "" when it is missing; numbers are taken as text, as WeChat does with ids."""
        value = self._raw.get(name, "")
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise Refusal(47001, "data format error")
        # JSON can hold half a surrogate pair, which no text on the wire can.
        return str(value).encode("utf-8", "replace").decode()

    def whole(self, name: str, default: int = 0) -> int:
        """A whole number."""
        value = self._raw.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise Refusal(47001, "data format error")
        return value

    def flag(self, name: str) -> bool:
        """A truth value, False when it is missing."""
        return bool(self._raw.get(name, False))

    def part(self, name: str) -> Body:
        """An object, empty when it is missing."""
        value = self._raw.get(name, {})
        if not isinstance(value, dict):
            raise Refusal(47001, "data format error")
        return Body(value)

    def objects(self, name: str) -> list[Body]:
        """A list of objects, empty when it is missing."""
        value = self._raw.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise Refusal(47001, "data format error")
        return [Body(item) for item in value]

    def texts(self, name: str) -> list[str]:
        """A list of texts, empty when it is missing."""
        value = self._raw.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Refusal(47001, "data format error")
        return [str(item) for item in value]

    def names(self) -> list[str]:
        """The names of all fields."""
        return list(self._raw)

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self._raw

    def value(self, name: str) -> object:
        """A field as it came, for a parser of its own."""
        return self._raw.get(name)
