"""What the exhibits of a paper share while they are made."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from typing import Any, TypeVar, cast

S = TypeVar("S")
T = TypeVar("T")


class Run:
    """One reproduction: its seed, its processes, and what several exhibits need and is made once.

    Parameters
    ----------
    seed
        Seed of all samples.
    executor
        Shares work among processes; None for this process alone.
    progress
        Whether to show progress bars.
    """

    def __init__(self, seed: int = 1, *, executor: Executor | None = None, progress: bool = False) -> None:
        self.seed, self.executor, self.progress = seed, executor, progress
        self._made: dict[tuple[object, ...], Any] = {}

    def map(self, function: Callable[[S], T], items: Iterable[S]) -> list[T]:
        """Results of a function for each item, in order; shared among the processes where there are several."""
        return list(map(function, items) if self.executor is None else self.executor.map(function, items))

    def once(self, make: Callable[..., T], *arguments: object) -> T:
        """Result of ``make(self, *arguments)``, which is called the first time alone; arguments are hashable."""
        key = (make, *arguments)
        if key not in self._made:
            self._made[key] = make(self, *arguments)
        return cast(T, self._made[key])
