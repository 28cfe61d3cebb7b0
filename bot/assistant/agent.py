"""Load the trained model with our tracker store, lock store and actions."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlparse

from rasa.core.agent import Agent
from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from rasa.utils.endpoints import EndpointConfig

from bot import services
from bot.assistant.actions_here import ActionsHere
from bot.assistant.lean import make_lean
from bot.assistant.tracker_store import ExpiringTrackerStore
from bot.settings import Settings


def load_agent(model: Path) -> Agent:
    """An agent that is ready to answer.

    Raises:
        rasa.model.ModelNotFound: the file is no model.
    """
    settings = services.settings()
    make_lean()
    agent = Agent(
        tracker_store=ExpiringTrackerStore(),
        lock_store=_lock_store(settings),
        action_endpoint=_actions(settings),
    )
    agent.load_model(str(model))
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
