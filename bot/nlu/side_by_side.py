"""Work that needs no result of the other's, on all cores: for training, which has minutes of it and one process."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

T = TypeVar("T")


def side_by_side(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """The results of the tasks, in their order: the first is done here, each other one in a forked child of its own.

    A child sees everything that is in memory now without a copy; only its result is sent back (it has to be picklable). With one core,
    or where nothing can be forked, they are done one after the other. A child that fails or dies (out of memory) has its task done here, where it may fail again.
    """
    if cores() < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [task() for task in tasks]
    children = [_begin(task) for task in tasks[1:]]
    try:
        return [tasks[0](), *(_result(child, task) for child, task in zip(children, tasks[1:], strict=True))]
    finally:
        for process, answer in children:
            process.kill()
            process.join()
            answer.close()


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _begin(task: Callable[[], Any]) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("fork")
    answer, question = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(task, question, os.getpid()), daemon=True)
    process.start()
    question.close()
    return process, answer


def _do(task: Callable[[], Any], question: Connection, parent: int) -> None:
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    question.send(task())


def _end_with(parent: int) -> None:
    """A training that is cancelled takes its children along."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _result(child: tuple[BaseProcess, Connection], task: Callable[[], T]) -> T:
    try:
        done: T = child[1].recv()
    except EOFError:
        return task()
    return done
