"""What was published: a model and the copy of the content that it was made of, loaded beside what answers now."""

from __future__ import annotations

import os
from pathlib import Path

from rasa.core.lock_store import LockStore

from bot import services
from bot.assistant.agent import load_agent
from bot.assistant.parser_process import ParserProcess
from bot.assistant.with_parser import WithParser
from bot.logs.broker import LogBroker
from bot.logs.writer import LogWriter
from bot.model.current import Current, content_of

_CONTENT = "JIASHU_CONTENT"


class Published:
    """Loads agents for the Swapper and turns the process to their content.

    Args:
        home: the folder of content of the settings.
        locks: those of the running agent, so that a parent's two messages never run side by side.
    """

    def __init__(self, var: Path, home: str, locks: LockStore, writer: LogWriter) -> None:
        self._var = var
        self._home = home
        self._locks = locks
        self._writer = writer

    def load(self, wanted: Current) -> WithParser:
        """A second agent with a parser's process of its own, while the first answers."""
        before = os.environ.get(_CONTENT)
        model = self._var / "models" / wanted.model
        # The model's first step reads the regional words of that folder, here and in the parser's process.
        os.environ[_CONTENT] = content_of(self._var, wanted, self._home)
        try:
            agent = load_agent(model, LogBroker(self._writer), self._locks)
            parser = ParserProcess(model)
            parser.start()
        finally:
            _put(before)
        return WithParser(agent, parser)

    def renew(self, wanted: Current) -> None:
        """From now on this process reads the content of that choice; when it is broken, that of before.

        Raises:
            ContentError: a content file is broken (file:line).
        """
        before = os.environ.get(_CONTENT)
        _turn_to(content_of(self._var, wanted, self._home))
        try:
            services.read_content_anew()
        except BaseException:
            _turn_to(before)
            raise


def _turn_to(folder: str | None) -> None:
    _put(folder)
    services.settings.cache_clear()


def _put(folder: str | None) -> None:
    if folder is None:
        os.environ.pop(_CONTENT, None)
    else:
        os.environ[_CONTENT] = folder
