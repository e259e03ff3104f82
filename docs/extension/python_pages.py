"""A page for each public name, and one for each package."""

import importlib
import inspect
from pathlib import Path

from sphinx.pycode import ModuleAnalyzer

from extension.markdown import menu
from extension.places import write_if_changed
from extension.public import MODULES, members, origin, packages, public_names


def write(folder: Path) -> list[str]:
    """Write all of them into a folder; names of the pages."""
    for package in (*packages(), *MODULES):
        write_if_changed(folder / f"{package}.rst", package_page(package))
    for full in public_names().values():
        write_if_changed(folder / f"{full}.rst", name_page(full))
    text = "All public names, by package; imports run downwards, from `farflung.viz` to `farflung.geometry`."
    write_if_changed(folder / "index.md", menu("In Python", text, [*packages(), *MODULES]))
    return ["index", *packages(), *MODULES, *public_names().values()]


def package_page(package: str) -> str:
    """What a package is for, and its names with their first lines."""
    own = [name for name in members(package) if public_names()[name] == f"{package}.{name}"]
    lines = [_title(package), f".. automodule:: {package}", "   :no-members:", "", f".. currentmodule:: {package}", ""]
    lines += [".. list-table::", "   :widths: 30 70", ""]
    for name in sorted(members(package), key=str.lower):
        lines += [f"   * - :py:obj:`~{public_names()[name]}`", f"     - {_first_line(package, name)}"]
    lines += ["", ".. toctree::", "   :hidden:", ""]
    lines += [f"   {name} <{package}.{name}>" for name in sorted(own, key=str.lower)]
    return "\n".join(lines) + "\n"


def name_page(full: str) -> str:
    """Signature and docstring of one name."""
    package, _, name = full.rpartition(".")
    thing = getattr(importlib.import_module(package), name)
    lines = [_title(name), f".. currentmodule:: {package}", ""]
    if inspect.isclass(thing):
        lines += [f".. autoclass:: {name}", "   :members:", "   :show-inheritance:", "   :special-members: __call__"]
    elif inspect.isroutine(thing):
        lines += [f".. autofunction:: {name}"]
    else:
        lines += [f".. py:data:: {name}", "", f"   {_said(package, name)}"]
    return "\n".join(lines) + "\n"


def _title(text: str) -> str:
    return f"{text}\n{'=' * len(text)}\n"


def _first_line(package: str, name: str) -> str:
    thing = getattr(importlib.import_module(package), name)
    text = inspect.getdoc(thing) or "" if inspect.isclass(thing) or inspect.isroutine(thing) else _said(package, name)
    return " ".join(text.partition("\n\n")[0].split())


def _said(package: str, name: str) -> str:
    """The text below a constant, in the module that defines it, or else its value."""
    comments = ModuleAnalyzer.for_module(origin(package, name)).find_attr_docs()
    text = " ".join(" ".join(comments.get(("", name), [])).split())
    return text or f"``{getattr(importlib.import_module(package), name)!r}``"
