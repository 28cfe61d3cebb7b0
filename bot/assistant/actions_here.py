"""Run Rasa's custom actions inside the assistant instead of behind HTTP.

Same actions, same rasa-sdk executor, same request and response; only the socket, a second process (90 MB) and the JSON in
between are left out. JIASHU_ACTIONS_URL brings the separate server back. Measured in docs/performance.md.
"""

from __future__ import annotations

import json
import logging
from typing import Any

import structlog
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.assistant.trouble import instead
from bot.db import DatabaseError
from bot.faults import place
from bot.wechat.conversation import SORRY

log = structlog.get_logger(__name__)

# An action that could neither read nor write: Rasa would swallow its exception, and the parent would hear nothing.
NOT_NOW = "我这边刚才出了点小毛病，这件事没办成，没有记下什么，也没有删掉什么。麻烦过几分钟再发一次。"


class ActionsHere(EndpointConfig):  # type: ignore[misc]  # Rasa's base is untyped
    """Looks like an action server's address to Rasa's RemoteAction."""

    def __init__(self, package: str = "actions") -> None:
        # Our actions read lessons and people, never the domain: without this Rasa copies all of it for each call.
        super().__init__(url="in this process", selective_domain=True)
        # It warns, at every turn of a form, of each slot that needs no validation.
        logging.getLogger("rasa_sdk.forms").setLevel(logging.ERROR)
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> dict[str, Any] | None:
        try:
            result: dict[str, Any] | None = await self._executor.run(kwargs["json"])
        except ActionExecutionRejection as rejection:
            body = {"error": str(rejection), "action_name": rejection.action_name}
            raise ClientResponseError(400, "rejected", json.dumps(body)) from rejection
        except DatabaseError as error:
            log.error("action.database", action=kwargs["json"]["next_action"], reason=error.reason)
            return instead(kwargs["json"], NOT_NOW)
        except Exception as error:  # noqa: BLE001
            # Rasa would write its message, which may quote the parent, to the log, and say nothing to anybody.
            log.error("action.failed", action=kwargs["json"]["next_action"], error=type(error).__name__, at=place(error))
            return instead(kwargs["json"], SORRY)
        return result
