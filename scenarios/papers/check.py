"""One number or statement of a paper beside what is found here."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from farflung.scenarios.errors import ScenarioError

SIGMAS = 2.0
"""Standard deviations that two numbers with statistical errors may differ by."""

LEAST_CHANCE = 0.05
"""Where a paper has seen nothing, the least chance of that with what is expected here."""


@dataclass(frozen=True)
class Check:
    """What a paper says, and what is found.

    A verdict rests on a measure: the digits that the paper prints, statistical errors, an order that it states. What a
    paper says in words, or in powers of ten, is shown without a verdict.

    Parameters
    ----------
    quantity
        What is compared, with its unit.
    paper, found
        The two, as a reader wants to see them.
    agrees
        Whether they are the same by the `measure`; None for what is shown without a verdict.
    note
        Why the two differ, and the like.
    leading
        Whether it appears in the one line on the exhibit, or in the list of all comparisons alone.
    measure
        What the verdict rests on; empty where there is none.

    Raises
    ------
    ScenarioError
        If there is a verdict without a measure.
    """

    quantity: str
    paper: str
    found: str
    agrees: bool | None
    note: str = ""
    leading: bool = True
    measure: str = ""

    def __post_init__(self) -> None:
        if self.agrees is not None and not self.measure:
            raise ScenarioError(
                f"measure of the check of {self.quantity!r} is empty; say what its verdict rests on, or agrees=None"
            )
        if self.agrees is not None:
            object.__setattr__(self, "agrees", bool(self.agrees))  # numpy has booleans of its own

    @classmethod
    def shown(cls, quantity: str, paper: str, found: str, note: str = "", *, leading: bool = True) -> "Check":
        """No verdict: the paper gives nothing to judge by."""
        return cls(quantity, paper, found, None, note, leading)

    @classmethod
    def of_numbers(
        cls,
        quantity: str,
        paper: float,
        found: float,
        *,
        within: float,
        extra: float = 0.0,
        note: str = "",
        leading: bool = True,
    ) -> "Check":
        """Compare two numbers where the paper says how well its own is known.

        Parameters
        ----------
        quantity, paper, found, note, leading
            As above.
        within
            Largest difference, relative to the paper's number.
        extra
            What the difference may be beside that.
        """
        measure = f"within {within:.0%}" + (f" + {extra:.3g}" if extra else "")
        agrees = abs(found - paper) <= within * abs(paper) + extra
        return cls(quantity, _written(paper), _written(found), agrees, note, leading, measure)

    @classmethod
    def of_digits(cls, quantity: str, paper: str, found: float, *, note: str = "", leading: bool = True) -> "Check":
        """Compare with a number as the paper prints it, such as ``"2.5"``: within half a unit of its last digit.

        Parameters
        ----------
        quantity, found, note, leading
            As above.
        paper
            The digits; zeros at the end count.
        """
        printed = Decimal(paper)
        half = float(Decimal(5).scaleb(int(printed.as_tuple().exponent) - 1))
        agrees = abs(found - float(printed)) <= half
        measure = f"within {half:g}, half a unit of the last digit printed"
        return cls(quantity, paper, _written(found), agrees, note, leading, measure)

    @classmethod
    def of_errors(
        cls,
        quantity: str,
        paper: float,
        found: float,
        error: float,
        paper_error: float = 0.0,
        *,
        note: str = "",
        leading: bool = True,
    ) -> "Check":
        """Compare two numbers by their statistical errors: within `SIGMAS` standard deviations.

        Parameters
        ----------
        quantity, paper, found, note, leading
            As above.
        error
            Standard deviation of what is found.
        paper_error
            That of the paper's number; 0 if it states none.
        """
        deviation = abs(found - paper) / np.hypot(error, paper_error)
        whose = f"{error:.2g} here" + (f" and {paper_error:.2g} there" if paper_error else "")
        measure = f"{deviation:.1f} standard deviations, with {whose}; {SIGMAS:g} are allowed"
        said = f"{_written(found)} +- {error:.2g}"
        return cls(quantity, _written(paper), said, bool(deviation <= SIGMAS), note, leading, measure)

    @classmethod
    def of_none(
        cls, quantity: str, expected: float, *, paper: str = "0", note: str = "", leading: bool = True
    ) -> "Check":
        """Compare what is expected here with nothing at all in the paper, whose chance must be `LEAST_CHANCE`."""
        chance = float(np.exp(-expected))
        measure = f"none is seen with a chance of {chance:.2g}; {LEAST_CHANCE:g} is the least"
        return cls(quantity, paper, _written(expected), chance >= LEAST_CHANCE, note, leading, measure)


def line(checks: Iterable[Check]) -> str:
    """One line on an exhibit: how many numbers agree, of how many that can be judged, and the leading comparisons."""
    known = list(checks)
    listed = "; ".join(f"{c.quantity}: {c.found} (paper: {c.paper})" for c in known if c.leading)
    return f"{verdicts(known)}: {listed}"


def verdicts(checks: Iterable[Check]) -> str:
    """As in ``"3 of 4 agree, 2 more are shown"``: only what has a measure is counted."""
    known = list(checks)
    judged = [check for check in known if check.agrees is not None]
    shown = len(known) - len(judged)
    more = f"{shown} {'is' if shown == 1 else 'are'} shown"
    if not judged:
        return f"nothing to judge, {more}"
    agreeing = sum(bool(check.agrees) for check in judged)
    return f"{agreeing} of {len(judged)} agree" + (f", {more.replace(' ', ' more ', 1)}" if shown else "")


def _written(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
