"""Processes that share the work."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.loading import load


def cores() -> int:
    """Number of processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def workers(count: int, files: Sequence[str] = ()) -> Iterator[Executor | None]:
    """Some processes to give work to; they end with the block, at once if it is left by an exception.

    The processes are started afresh ("spawned"), on every system, so that they share nothing with this one. Ctrl-C is
    left to this process, and when this one is gone they end.

    Parameters
    ----------
    count
        How many; 1 stands for none but this process, which is given as None.
    files
        Python files that each of them loads first, as `farflung.scenarios.loading.load` does.

    Raises
    ------
    ScenarioError
        If a worker ends before its work is done.
    """
    if count == 1:
        yield None
        return
    pool = ProcessPoolExecutor(
        count, mp_context=multiprocessing.get_context("spawn"), initializer=_begin, initargs=(tuple(files),)
    )
    try:
        _start(pool, count)
        yield pool
    except BaseException as problem:
        for process in multiprocessing.active_children():
            process.terminate()
        if isinstance(problem, BrokenProcessPool):
            raise ScenarioError(
                "a worker process ended before its work was done, perhaps for want of memory; try fewer --jobs"
            ) from problem
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _start(pool: ProcessPoolExecutor, count: int) -> None:
    """Start all processes, deaf to Ctrl-C from their first moment: they inherit it from this one."""
    if threading.current_thread() is not threading.main_thread():
        return
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for _ in range(count):
            pool.submit(_nothing)
    finally:
        signal.signal(signal.SIGINT, usual)


def _nothing() -> None:
    """What wakes a process up."""


def _begin(files: Sequence[str]) -> None:
    """Prepare a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    load(files)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
