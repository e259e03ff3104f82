"""The nearest of known names, for the end of a complaint."""

from collections.abc import Iterable
from difflib import get_close_matches


def near(given: str, known: Iterable[str]) -> list[str]:
    """The known names, at most three, that the given one may have been meant for; none if all are far away."""
    return get_close_matches(str(given), list(known), n=3, cutoff=0.4)


def nearest(given: str, known: Iterable[str]) -> str:
    """As in ``"belle or belle2"``: the nearest of the known names, or all of them if none is near."""
    names = list(known)
    return " or ".join(near(given, names) or names)
