"""Fixtures of the tests over the wire: WeChat simulated in this process, the assistant as a process of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.end_to_end.stack import Stack, running
from tests.loops import lasting_loop
from tests.trained import trained_model


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "e2e: starts the assistant with the trained model; leave out with -m 'not e2e'")


# One loop: the simulated WeChat lives on it as long as the assistant that talks to it.
event_loop = pytest.fixture(lasting_loop, scope="package")


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model."""
    return trained_model()


# Of the package and not of the session: at the session's end the loop it lives on may be closed already.
@pytest.fixture(scope="package")
async def stack(model: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """WeChat in safe mode and the assistant behind it."""
    async with running(tmp_path_factory.mktemp("stack")) as made:
        yield made
