"""Sanic with many applications one after another in one process, as tests have them. Imported for what it changes."""

from __future__ import annotations

import gc
import inspect
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from sanic import Sanic
from sanic.mixins.routes import RouteMixin

# Outside of its test mode Sanic 21.12 rewrites its own methods at each start, and only the first time from the original.
Sanic.test_mode = True

_formats: dict[CodeType, str] = {}
_look: Callable[[Any, Any], str] = RouteMixin._determine_error_format
_start: Callable[[Sanic], Awaitable[None]] = Sanic._startup


@contextmanager
def _undisturbed() -> Iterator[None]:
    """While Sanic reads sources no garbage is collected: where a task of an earlier test is in it, Python 3.11 takes the exception
    that ends the task for a fault of its parser ("AST constructor recursion depth mismatch").
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _look_once(router: Any, handler: Any) -> str:
    """In which format a handler answers, which Sanic reads in its source: for the desk's hundred addresses that takes half of a start."""
    code = getattr(inspect.unwrap(handler), "__code__", None)
    if code not in _formats:
        with _undisturbed():
            found = _look(router, handler)
        if code is None:
            return found
        _formats[code] = found
    return _formats[code]


async def _start_undisturbed(app: Sanic) -> None:
    with _undisturbed():
        await _start(app)


RouteMixin._determine_error_format = _look_once
Sanic._startup = _start_undisturbed
