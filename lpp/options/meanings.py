"""What a parameter means, from the docstring where it is explained."""

import inspect
import re
import sys
from collections.abc import Callable
from pydoc import ErrorDuringImport, locate

_ELSEWHERE = re.compile(r"As in `([\w.]+)`")
_COLON = "\0"
_FIRST = re.compile(r"; |: |\.(?=\s+[A-Z]|\s*$)")
_CODE = re.compile(r"``.*?``")
_IN_BRACKETS = re.compile(r"\s+\((?:[^()]|\([^()]*\))*\)")


def meaning(factory: Callable[..., object], name: str) -> str:
    """A parameter in a few words: the beginning of its paragraph in a numpydoc docstring; empty if there is none.

    Parameters
    ----------
    factory
        A class, whose bases are asked too, or a function.
    name
        Name of the parameter.
    """
    return _in_short(_paragraph(factory, name, depth=4))


def _paragraph(factory: object, name: str, depth: int) -> str:
    for place in inspect.getmro(factory) if isinstance(factory, type) else (factory,):
        text = paragraphs(getattr(place, "__doc__", None) or "").get(name, "")
        if not text:
            continue
        elsewhere = _ELSEWHERE.match(text)
        if elsewhere is None or not depth:
            return text
        return _paragraph(_named(elsewhere[1], place), name, depth - 1) or text
    return ""


def _named(name: str, place: object) -> object:
    """What a docstring names: something of its module, or of another one if it says which."""
    module = sys.modules.get(getattr(place, "__module__", ""))
    if hasattr(module, name):
        return getattr(module, name)
    try:
        return locate(name)
    except ErrorDuringImport:
        return None


def paragraphs(docstring: str) -> dict[str, str]:
    """Text of each parameter, by name, in the section Parameters of a numpydoc docstring."""
    lines = inspect.cleandoc(docstring).splitlines()
    found: dict[str, str] = {}
    names: list[str] = []
    inside = False
    for line, after in zip(lines, [*lines[1:], ""], strict=False):
        if after and set(after) == {"-"}:
            inside, names = line == "Parameters", []
        elif not inside or not line.strip() or set(line) == {"-"}:
            continue
        elif line[0] != " ":
            names = [name.strip(" *") for name in line.partition(" : ")[0].split(",")]
        else:
            found |= {name: f"{found.get(name, '')} {line.strip()}".lstrip() for name in names}
    return found


def _in_short(text: str) -> str:
    plain = _CODE.sub(lambda code: code[0].replace(": ", _COLON), _IN_BRACKETS.sub("", text))
    return _FIRST.split(plain, maxsplit=1)[0].replace(_COLON, ": ").replace("`", "")
