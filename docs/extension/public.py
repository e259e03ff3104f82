"""Public names: what `__all__` of each package has, and on which page it is."""

import ast
import importlib
import inspect
import tomllib
from functools import cache
from types import ModuleType

from extension.places import ROOT

_FLOORS = ("geometry", "lpp", "detectors", "scenarios", "viz")


MODULES = (
    "farflung.lpp.conventions",
    "farflung.lpp.units",
    "farflung.geometry.testing",
    "farflung.lpp.testing",
    "farflung.detectors.testing",
)
"""Modules that pages name, and what they define."""


@cache
def packages() -> tuple[str, ...]:
    """Packages with an `__all__`, the lower floor first, whose name wins where two have the same thing."""
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    public = [name for name in known if "." in name and hasattr(importlib.import_module(name), "__all__")]
    return tuple(sorted(public, key=lambda name: (_FLOORS.index(name.split(".")[1]), name)))


def members(package: str) -> list[str]:
    """Public names of a package, or of a module what it defines itself."""
    module = importlib.import_module(package)
    if package in packages():
        return list(module.__all__)
    own = [name for name, thing in vars(module).items() if getattr(thing, "__module__", "") == package]
    return [name for name in [*own, *_constants(module)] if not name.startswith("_")]


def _constants(module: ModuleType) -> list[str]:
    """Names with a type that a module gives a value and explains."""
    body = ast.parse(inspect.getsource(module)).body
    return [node.target.id for node in body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)]


@cache
def public_names() -> dict[str, str]:
    """Full public name of each thing by its last part."""
    found: dict[str, str] = {}
    for package in (*packages(), *MODULES):
        for name in members(package):
            found.setdefault(name, f"{package}.{name}")
    return found


@cache
def origin(package: str, name: str) -> str:
    """The module that defines a public name."""
    for node in ast.parse(inspect.getsource(importlib.import_module(package))).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return origin(node.module, alias.name)
    return package
