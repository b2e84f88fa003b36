"""Computing beside the build: in processes of their own where there is enough to do.

NumPy lets go of the interpreter's lock too seldom for threads to use a second processor.
"""

import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final

PROCESSES: Final = 2
_WORTH_IT: Final = 1_000_000  # cells; below, starting a process takes longer than all the work


@contextmanager
def open_workers(*, cells: int | None = None, first: str = "") -> Iterator[Executor]:
    """Workers for a build of so many cells; what they have begun ends before the context does.

    With `first`, the module that they need first, they start at once.
    """
    if cells is not None and cells < _WORTH_IT:
        yield InThisProcess()
        return
    apart = multiprocessing.get_context("spawn")  # a copy of a process with threads may hang
    with ProcessPoolExecutor(PROCESSES, mp_context=apart, initializer=_follow_parent) as pool:
        if first:
            pool.submit(load, first)
        try:
            yield pool
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def load(module: str) -> None:
    """Import a module that a worker will need."""
    import_module(module)


class InThisProcess(Executor):
    """Does the work at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """The finished work."""
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def peak_memory_mb() -> float:
    """The most memory that this process has held; its workers' is not counted."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024 / 1024


def _follow_parent() -> None:
    """End when the parent has died without a word; leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
