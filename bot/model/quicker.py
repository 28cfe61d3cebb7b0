"""What Rasa does while it trains and that nobody here needs, left out; measured in docs/performance.md.

Also what it says: bars that draw themselves again for every rule, advice on its own features, a path that is gone a moment later.
"""

from __future__ import annotations

import copy
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from rasa.engine.graph import GraphNodeHook
from rasa.shared.core.domain import Domain
from rasa.shared.importers.importer import CombinedDataImporter, E2EImporter, ResponsesSyncImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, RESPONSE
from rasa.shared.nlu.training_data import training_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_LANGUAGE = "zh"
# Level 9 takes a tenth of the whole training to make the model 2 % smaller than level 1: most of it is numbers.
_COMPRESSION = 1
_GZOPEN = tarfile.TarFile.gzopen.__func__  # type: ignore[attr-defined]  # what the class method was made of


@contextmanager
def quicker() -> Iterator[None]:
    """Inside, Rasa trains without its cache, reads domain and training data once and copies neither, packs the model quickly, and is quiet."""
    with ExitStack() as patches:
        patches.enter_context(patch("rasa.engine.training.graph_trainer.TrainingHook", _NoHook))
        for importer in (CombinedDataImporter, ResponsesSyncImporter, E2EImporter):
            patches.enter_context(patch.object(importer, "get_nlu_data", _in_one_language(importer.get_nlu_data)))
        patches.enter_context(patch.object(RasaFileImporter, "get_domain", _once(RasaFileImporter.get_domain)))
        patches.enter_context(patch.object(training_data, "copy", SimpleNamespace(copy=copy.copy, deepcopy=_shared)))
        patches.enter_context(patch.object(TrainingData, "sanitize_examples", staticmethod(_sanitized)))
        # The level at which its bars are off; its loggers keep theirs.
        patches.enter_context(patch.dict(os.environ, {"LOG_LEVEL": "WARNING"}))
        for remark in ("cli.print_success", "common.mark_as_experimental_feature"):
            patches.enter_context(patch(f"rasa.shared.utils.{remark}", _unsaid))
        patches.enter_context(patch.object(tarfile.TarFile, "gzopen", classmethod(_packed_quickly)))
        yield


def _unsaid(*_words: object) -> None:
    """Success is said by `bot.model.train`; that near misses and passages have no intent is what Rasa calls end-to-end training."""


class _NoHook(GraphNodeHook):  # type: ignore[misc]  # Rasa's base is untyped
    """Stands in for Rasa's TrainingHook.

    For its cache Rasa hashes every token and feature of every message before and after every component: with 20,000 messages that
    took several times as long as the training itself. Our models are kept under a fingerprint of their ingredients
    (`bot.model.recipe`), so nothing is lost.
    """

    def __init__(self, *_arguments: object, **_named: object) -> None:
        pass

    def on_before_node(self, *_arguments: object, **_named: object) -> dict[str, object]:
        return {}

    def on_after_node(self, *_arguments: object, **_named: object) -> None:
        pass


def _in_one_language(get_nlu_data: Callable[[object, str], TrainingData]) -> Callable[..., TrainingData]:
    """Rasa keeps what an importer read, by language, and asks once for "en" and once for the config's "zh"."""

    def read(self: object, language: str | None = None) -> TrainingData:
        return get_nlu_data(self, _LANGUAGE)

    return read


def _once(get_domain: Callable[[object], Domain]) -> Callable[[object], Domain]:
    """The domain's files are read for the domain and again for the stories."""
    known: dict[int, tuple[object, Domain]] = {}

    def read(self: object) -> Domain:
        # The importer is kept beside its domain, so that no other gets its address meanwhile.
        if id(self) not in known:
            known[id(self)] = (self, get_domain(self))
        return known[id(self)][1]

    return read


def _shared(value: Any) -> Any:
    """Merging training data copies all messages, once for each of our importers, and drops the originals: a list of the same ones will do."""
    return list(value) if isinstance(value, list) else copy.deepcopy(value)


def _sanitized(examples: list[Message]) -> list[Message]:
    """As Rasa's: no blanks around intents, nothing twice. What is clean is not set again, or all are hashed anew for each merge, ten times a training."""
    for example in examples:
        for key in (INTENT, RESPONSE):
            said = example.get(key)
            if said and said != said.strip():
                example.set(key, said.strip())
    return list(dict.fromkeys(examples))


def _packed_quickly(cls: type[tarfile.TarFile], *arguments: Any, **named: Any) -> tarfile.TarFile:
    opened: tarfile.TarFile = _GZOPEN(cls, *arguments, **{**named, "compresslevel": _COMPRESSION})
    return opened
