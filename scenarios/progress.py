"""Telling how far the work is: a bar on a terminal or in a notebook, elsewhere a line now and then."""

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

INTERVAL = 10.0
"""Seconds between two lines where there is no terminal."""

_DELAY = 1.0
"""Seconds that pass before a bar is shown."""


@contextmanager
def progress(what: str, total: int = 1, *, shown: bool = True) -> Iterator[Callable[[], None]]:
    """Show on standard error how far the work in the block is, as long as it takes more than a moment.

    Parameters
    ----------
    what
        What is being done, as in ``"alp-weak: masses"``.
    total
        Number of steps. Of a single one, the time that it takes is shown.
    shown
        Whether to show anything.

    Yields
    ------
    callable
        To be called after each step.
    """
    if not shown or sys.stderr is None:
        yield _nothing
        return
    bar = _Bar(what, total) if sys.stderr.isatty() or _in_notebook() else _Lines(what, total)
    ended = threading.Event()
    # a thread, since a single step may take long
    ticking = threading.Thread(target=_tick, args=(bar, ended), daemon=True)
    ticking.start()
    try:
        yield bar.step
    finally:
        ended.set()
        ticking.join()
        bar.close()


def counted(items: Iterable[T], what: str, total: int, *, shown: bool = True) -> Iterator[T]:
    """The items one by one, each of which is a step; arguments as in `progress`."""
    with progress(what, total, shown=shown) as step:
        for item in items:
            yield item
            step()


def _in_notebook() -> bool:
    """Whether a notebook shows what is done, as `tqdm.auto` tells it: by the kernel that runs it."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return shell is not None and "IPKernelApp" in getattr(shell, "config", ())


def _nothing() -> None:
    """The step of what nobody watches."""


class _Bar:
    """A bar on a terminal, or in a notebook."""

    interval = _DELAY

    def __init__(self, what: str, total: int) -> None:
        from tqdm.auto import tqdm  # which takes its time to find out where it is

        form = {} if total > 1 else {"bar_format": "{desc}: {elapsed}"}
        self._bar = tqdm(total=total, desc=what, unit="", delay=_DELAY, miniters=0, leave=False, **form)
        self._lock = threading.Lock()

    def step(self) -> None:
        with self._lock:
            self._bar.update(1)

    def tick(self) -> None:
        with self._lock:
            self._bar.update(0)

    def close(self) -> None:
        self._bar.close()


class _Lines:
    """Lines, as in a log."""

    def __init__(self, what: str, total: int) -> None:
        self.interval = INTERVAL
        self._what, self._total = what, total
        self._done, self._begin = 0, time.monotonic()

    def step(self) -> None:
        self._done += 1

    def tick(self) -> None:
        many = f"{self._done} of {self._total}, " if self._total > 1 else ""
        print(f"{self._what}: {many}{time.monotonic() - self._begin:.0f} s", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Nothing is left to be cleared."""


def _tick(shown: _Bar | _Lines, ended: threading.Event) -> None:
    while not ended.wait(shown.interval):
        shown.tick()
