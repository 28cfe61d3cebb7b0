"""Load the trained model with our tracker store, lock store and actions."""

from __future__ import annotations

import tarfile
import zlib
from pathlib import Path
from urllib.parse import urlparse

from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from rasa.exceptions import ModelNotFound
from rasa.utils.endpoints import EndpointConfig

from bot import services
from bot.assistant.actions_here import ActionsHere
from bot.assistant.lean import make_lean
from bot.assistant.tracker_store import ExpiringTrackerStore
from bot.model.errors import TrainingError
from bot.settings import Settings


def load_agent(model: Path, broker: EventBroker | None = None, locks: LockStore | None = None) -> Agent:
    """An agent that is ready to answer; `broker` gets every turn. `locks`: those of the agent whose place it takes.

    Raises:
        TrainingError: the file is no whole model.
    """
    settings = services.settings()
    make_lean()
    agent = Agent(
        tracker_store=ExpiringTrackerStore(event_broker=broker),
        lock_store=locks or _lock_store(settings),
        action_endpoint=_actions(settings),
    )
    try:
        agent.load_model(str(model))
    except (ModelNotFound, tarfile.TarError, EOFError, zlib.error) as error:
        raise TrainingError(f"{model} is no whole model; delete it and run `jiashu train`") from error
    return agent


def _lock_store(settings: Settings) -> LockStore:
    """Several assistants behind one proxy need a common lock store; one does not."""
    if not settings.redis_url:
        return InMemoryLockStore()
    url = urlparse(settings.redis_url)
    return RedisLockStore(
        host=url.hostname or "localhost",
        port=url.port or 6379,
        db=int(url.path.strip("/") or 0),
        username=url.username,
        password=url.password,
        use_ssl=url.scheme == "rediss",
        key_prefix="jiashu",
    )


def _actions(settings: Settings) -> EndpointConfig:
    return EndpointConfig(url=settings.actions_url, selective_domain=True) if settings.actions_url else ActionsHere()
