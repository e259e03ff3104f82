"""Reading what is typed on the command line."""

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.number_text import read_number, read_whole_number

Array = NDArray[np.float64]


def number(text: str) -> float:
    """A finite number.

    Raises
    ------
    argparse.ArgumentTypeError
        If the text is not one.
    """
    try:
        value = read_number(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number") from None
    if not np.isfinite(value):
        raise argparse.ArgumentTypeError(f"'{text}' is not a finite number")
    return value


def positive(text: str) -> float:
    """A finite number above zero; raises as `number`."""
    value = number(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"'{text}' must be larger than 0")
    return value


def fraction(text: str) -> float:
    """A number from 0 to 1, without 1; raises as `number`."""
    value = number(text)
    if not 0 <= value < 1:
        raise argparse.ArgumentTypeError(f"'{text}' must be at least 0 and below 1")
    return value


def inner_fraction(text: str) -> float:
    """A number between 0 and 1, without either; raises as `number`."""
    value = number(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"'{text}' must be between 0 and 1, as in 0.95")
    return value


def grid(text: str) -> Array:
    """Increasing positive numbers: ``0.3``, ``0.1,0.3,1`` or ``low:high:count``, evenly spaced in the logarithm.

    Raises
    ------
    argparse.ArgumentTypeError
        If the text is none of these.
    """
    if ":" not in text:
        values = np.array([positive(part) for part in text.split(",")])
        if (np.diff(values) <= 0).any():
            raise argparse.ArgumentTypeError(f"'{text}' must increase")
        return values
    parts = text.split(":")
    if len(parts) != 3:
        raise argparse.ArgumentTypeError(f"'{text}' is not low:high:count, as in 0.01:4.7:60")
    low, high = positive(parts[0]), positive(parts[1])
    if not 2 <= _decimal(parts[2]) <= 100_000:
        raise argparse.ArgumentTypeError(f"the count in '{text}' must be a whole number from 2 to 100000")
    if low >= high:
        raise argparse.ArgumentTypeError(f"'{text}' must have low < high")
    values = np.geomspace(low, high, int(parts[2]))
    values[[0, -1]] = low, high
    return values


@dataclass(frozen=True)
class Spaced:
    """Increasing positive numbers, and whether they are a grid ``low:high:count`` rather than a list."""

    values: Array
    is_grid: bool

    def __len__(self) -> int:
        """How many there are."""
        return len(self.values)


def spaced(text: str) -> Spaced:
    """A `grid` that remembers how it was typed; raises as that does."""
    return Spaced(grid(text), ":" in text)


def whole(text: str) -> int:
    """A whole number, 0 or more.

    Raises
    ------
    argparse.ArgumentTypeError
        If the text is not one.
    """
    value = _decimal(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number, 0 or more")
    return value


def _decimal(text: str) -> int:
    """The whole number that a text is; -1 if it is none."""
    try:
        return read_whole_number(text)
    except ValueError:
        return -1


def positive_whole(text: str) -> int:
    """A whole number, 1 or more; raises as `whole`."""
    value = whole(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"'{text}' must be at least 1")
    return value
