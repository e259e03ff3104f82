"""One number or statement of a paper beside what is found here."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """What a paper says, and what is found.

    Parameters
    ----------
    quantity
        What is compared, with its unit.
    paper, found
        The two, as a reader wants to see them.
    agrees
        Whether they are the same, within the tolerance that `note` states; None for a remark that cannot fail.
    note
        Tolerance, or why the two differ.
    leading
        Whether it appears in the one line on the exhibit, or in the list of all comparisons alone.
    """

    quantity: str
    paper: str
    found: str
    agrees: bool | None
    note: str = ""
    leading: bool = True

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
        """Compare two numbers.

        Parameters
        ----------
        quantity, paper, found, note, leading
            As above.
        within
            Largest difference, relative to the paper's number.
        extra
            What the difference may be beside that, such as two standard deviations.
        """
        allowed = f"within {within:.0%}" + (f" + {extra:.3g}" if extra else "")
        agrees = bool(abs(found - paper) <= within * abs(paper) + extra)
        note = f"{allowed}; {note}" if note else allowed
        return cls(quantity, _written(paper), _written(found), agrees, note, leading)


def line(checks: Iterable[Check]) -> str:
    """One line on an exhibit: the leading comparisons, and how many there are in all."""
    known = list(checks)
    judged = [check for check in known if check.agrees is not None]
    agreeing = sum(bool(check.agrees) for check in judged)
    listed = "; ".join(f"{c.quantity}: {c.found} (paper: {c.paper})" for c in known if c.leading)
    return f"{agreeing} of {len(judged)} agree: {listed}" if judged else f"nothing to judge: {listed}"


def _written(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
