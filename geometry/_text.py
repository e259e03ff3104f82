"""How numbers and points are written in the repr of a solid."""

from collections.abc import Iterable


def number(value: float) -> str:
    """Write a number so that reading it back gives the same number, without a trailing ``.0``."""
    value = float(value)
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def numbers(values: Iterable[float]) -> str:
    """Write a tuple of numbers, such as a point: ``(0, 0, 1.5)``."""
    written = [number(value) for value in values]
    return f"({written[0]},)" if len(written) == 1 else f"({', '.join(written)})"


def points(rows: Iterable[Iterable[float]]) -> str:
    """Write a list of points: ``[(0, 0), (1, 2.5)]``."""
    return f"[{', '.join(numbers(row) for row in rows)}]"
