"""Names that are typed: looked up at once, so that a slip is told before anything else."""

import argparse
from collections.abc import Callable
from typing import Any

from farflung.lpp import Registry


def known(registry: Registry[Any]) -> Callable[[str], str]:
    """A type of argument: a name that is in a registry."""

    def name(text: str) -> str:
        require_known(registry, text)
        return text

    return name


def require_known(registry: Registry[Any], name: str) -> None:
    """Complain, in the registry's words, if a name is not in it."""
    try:
        registry.find(name)
    except ValueError as problem:
        raise argparse.ArgumentError(None, str(problem)) from None
