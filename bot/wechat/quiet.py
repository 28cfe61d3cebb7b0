"""Keeping queries out of Sanic's logs: WeChat's callback has the openid and the signature in its address."""

from __future__ import annotations

import logging
import re

_QUERY = re.compile(r"\?[^\s'\"]*")
_LOGGERS = ("sanic.root", "sanic.error", "sanic.access")


class HideQueries(logging.Filter):
    """Cuts the query off every address in a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "?" in message:
            record.msg, record.args = _QUERY.sub("?…", message), ()
        request = getattr(record, "request", None)  # Sanic's access log keeps the address here
        if isinstance(request, str):
            record.request = _QUERY.sub("?…", request)
        return True


def hide_queries() -> None:
    """Put the filter on Sanic's loggers, once."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(item, HideQueries) for item in logger.filters):
            logger.addFilter(HideQueries())
