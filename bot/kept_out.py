"""Keep out of a process what Rasa imports and Jiashu never uses: TensorFlow, the other channels, the other databases, plots.

Rasa 3.6 imports TensorFlow at the top of many modules (DIET, TED and friends are listed in its default components), even
when no such component is in `config.yml`. Measured: the import costs 500 MB and most of the start (docs/performance.md). The packages of the
channels and databases that it can also serve cost another 25 MB. `keep_out()` puts placeholders in their place: classes of Rasa's that build on
them can be *defined* (subclassed, annotated, decorated), but using one raises `KeptOut`. Never call it where DIET is to be trained or loaded.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

TENSORFLOW = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")
# What Rasa's channels, tracker stores and plots import at their top; ours is WeChat, its store is SQL.
OTHERS = ("aiogram", "boto3", "botocore", "bson", "matplotlib", "pymongo", "slack_sdk", "twilio", "webexteamssdk")
KEPT_OUT = frozenset((*TENSORFLOW, *OTHERS))


class KeptOut(RuntimeError):
    """Something was used in a process that keeps out what it needs: a neural component, another channel."""


class _Placeholder(type):
    """A class that answers to any attribute with another placeholder class and decorates functions unchanged."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Placeholder(name, (), {})

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        # `@tf.function` and `@tf.keras.utils.register_keras_serializable()` decorate at import time.
        if len(args) == 1 and callable(args[0]) and not kwargs:
            return args[0]
        if any("__init__" in vars(each) for each in cls.__mro__[:-1]):
            raise KeptOut(f"{cls.__name__} needs a package that this process keeps out")
        return _Placeholder(f"{cls.__name__}()", (), {})

    def __getitem__(cls, item: object) -> Any:
        return cls

    def __or__(cls, other: object) -> Any:
        return cls


class _PlaceholderModule(ModuleType):
    __path__: list[str] = []
    __version__ = "2.12.0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Placeholder(name, (), {})


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".")[0] not in KEPT_OUT:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _PlaceholderModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        return None


def keep_out() -> None:
    """Install the placeholders.

    Raises:
        RuntimeError: TensorFlow is imported already.
    """
    if isinstance(sys.modules.get("tensorflow"), _PlaceholderModule):
        return
    if "tensorflow" in sys.modules:
        raise RuntimeError("keep_out() must be called before anything imports TensorFlow")
    sys.meta_path.insert(0, _Finder())
