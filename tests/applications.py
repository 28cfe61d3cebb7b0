"""Sanic with many applications one after another in one process, as tests have them. Imported for what it changes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import CodeType
from typing import Any

from sanic import Sanic
from sanic.mixins.routes import RouteMixin

# Outside of its test mode Sanic 21.12 rewrites its own methods at each start, and only the first time from the original.
Sanic.test_mode = True

_formats: dict[CodeType, str] = {}
_look: Callable[[Any, Any], str] = RouteMixin._determine_error_format


def _look_once(router: Any, handler: Any) -> str:
    """In which format a handler answers, which Sanic reads in its source: for the desk's hundred addresses that takes half of a start."""
    code = getattr(inspect.unwrap(handler), "__code__", None)
    if code is None:
        return _look(router, handler)
    if code not in _formats:
        _formats[code] = _look(router, handler)
    return _formats[code]


RouteMixin._determine_error_format = _look_once
