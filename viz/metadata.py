"""What a picture's file says of where it comes from: a note of who drew it, the version, the seed."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from farflung.viz.style import figure_of

_SAID: WeakKeyDictionary[Figure, list[str]] = WeakKeyDictionary()

_OF_RESULTS = ("model_repr", "detectors", "sampling", "created_by")
"""Attributes of a result that its picture repeats: what was asked, how many flights with which seed, which version."""

_FIELDS = {".png": ("Description", "Software"), ".pdf": ("Subject", "Creator"), ".svg": ("Description", "Creator")}
"""Where each kind of file has the text and the program."""


def remember(axes: Axes, attributes: Mapping[Any, Any]) -> None:
    """Keep for the file of a figure what the attributes of a result say of where it comes from."""
    said = _SAID.setdefault(figure_of(axes), [])
    said += [line for line in origin(attributes) if line not in said]


def origin(attributes: Mapping[Any, Any]) -> list[str]:
    """Lines of what the attributes of a result say of where it comes from."""
    return [f"{name}: {attributes[name]}" for name in _OF_RESULTS if name in attributes]


def metadata_of(axes: Axes, path: Path, note: str) -> dict[str, str]:
    """Metadata for a file of this name: the note, what was remembered, and the version, by the names of its fields."""
    text, program = _FIELDS[path.suffix.lower()]
    lines = [*([note] if note else []), *_SAID.get(figure_of(axes), [])]
    found = {program: f"farflung {version('farflung')}"}
    return {**found, text: "\n".join(lines)} if lines else found
