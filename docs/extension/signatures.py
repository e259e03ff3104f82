"""Signatures and docstrings as one reads them."""

import re
from inspect import Signature
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sphinx.application import Sphinx
from sphinx.util.inspect import stringify_signature
from sphinx.util.typing import stringify_annotation

from farflung.lpp import Described
from farflung.lpp.described import signature

_SHORT = {
    stringify_annotation(long, mode): short
    for long, short in (
        (ArrayLike, "ArrayLike"),
        (NDArray[np.float64], "NDArray[float]"),
        (NDArray[np.bool_], "NDArray[bool]"),
        (NDArray[np.int64], "NDArray[int]"),
    )
    for mode in ("fully-qualified-except-typing", "smart")
}
_SQUARE = re.compile(r"\|([A-Za-z][^|\s`]*)\|")


def shorten(
    app: Sphinx, what: str, name: str, thing: object, options: Any, arguments: str | None, returned: str | None
) -> tuple[str, str | None] | None:
    """Say what constructors take, which a base class keeps in its `__new__`, and types by their short names."""
    if what == "class" and isinstance(thing, type) and issubclass(thing, Described):
        taken = signature(thing).replace(return_annotation=Signature.empty)
        arguments = stringify_signature(taken, unqualified_typehints=True)
    if arguments is None:
        return None
    texts = [arguments, returned or ""]
    for long, short in _SHORT.items():
        texts = [text.replace(long, short) for text in texts]
    return texts[0], texts[1] or None


def escape(app: Sphinx, what: str, name: str, thing: object, options: Any, lines: list[str]) -> None:
    """Let bars stand for absolute values, which reStructuredText takes for the name of a picture."""
    lines[:] = [_SQUARE.sub(r"\|\1\|", line) for line in lines]
