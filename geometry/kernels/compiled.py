"""Compiling kernels: by numba, with the compiled code kept on disk wherever there is a place for it.

Numba by itself stops where it finds no folder to write to, and wherever a file of its cache is damaged. Here a kernel
then is compiled again, as if nothing had been kept.
"""

import hashlib
import logging
import multiprocessing
import pickle
import threading
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from numba import njit
from numba.core.caching import CompileResultCacheImpl, FunctionCache, NullCache
from numba.core.serialize import dumps

_Function = TypeVar("_Function", bound=Callable[..., Any])

_log = logging.getLogger("farflung")
_said = threading.Event()


def compiled(**options: Any) -> Callable[[_Function], _Function]:
    """Decorate a function that numba compiles, with these options of `numba.njit`, when it is first called."""

    def decorate(function: _Function) -> _Function:
        kernel: _Function = njit(**options)(function)
        # what the option cache=True does, but for the kind of cache
        kernel._cache = _Kept(function)  # type: ignore[attr-defined]
        return kernel

    return decorate


class _Checked(CompileResultCacheImpl):
    """Compiled code with a digest: a damaged file may be readable, and would end the process."""

    def reduce(self, cres: Any) -> tuple[bytes, bytes]:
        """What is written."""
        code = dumps(super().reduce(cres))
        return hashlib.sha256(code).digest(), code

    def rebuild(self, target_context: Any, payload: Any) -> Any:
        """The compiled code from what was written."""
        digest, code = payload
        if hashlib.sha256(code).digest() != digest:
            raise ValueError("the digest is another one")
        return super().rebuild(target_context, pickle.loads(code))


class _Files(FunctionCache):
    _impl_class = _Checked


class _Kept(NullCache):
    """What numba has kept of a function: nothing, where that cannot be read or written."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    @cached_property
    def _files(self) -> _Files | None:
        try:
            return _Files(self._function)
        except (RuntimeError, OSError):
            _say_once("no folder for it can be written to")
            return None

    @property
    def cache_path(self) -> str | None:
        return None if self._files is None else str(self._files.cache_path)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        if self._files is None:
            return None
        try:
            return self._files.load_overload(sig, target_context)
        except Exception:  # whatever comes of reading what is damaged
            self.flush()
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        if self._files is None:
            return
        try:
            self._files.save_overload(sig, data)
        except OSError as problem:
            _say_once(problem.strerror or str(problem))

    def flush(self) -> None:
        if self._files is None:
            return
        try:
            self._files.flush()
        except OSError as problem:
            _say_once(problem.strerror or str(problem))


def _say_once(reason: str) -> None:
    """Say on standard error, unless a program has told logging otherwise, that the next start takes as long again."""
    if _said.is_set() or multiprocessing.parent_process() is not None:
        return
    _said.set()
    _log.warning(
        "farflung: compiled code is not kept, which costs some seconds at each start: %s; "
        "set NUMBA_CACHE_DIR to a folder that can be written to",
        reason,
    )
