"""Shares of the decays that count, as a page shows them at each lifetime."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from farflung.detectors import Acceptance, Detector
from farflung.lpp import Model
from farflung.lpp.number_text import ten_to
from farflung.scenarios import acceptance_table
from farflung.viz.decay_kinds import DecayKind
from farflung.viz.joint_detector import JointDetector, own_name

Array = NDArray[np.float64]

_MOST_DIGITS, _WITHOUT_ERROR = 5, 4
"""Significant digits of a share, at most; and where it has no error."""


@dataclass(frozen=True, eq=False)
class ShareRow:
    """One line of a page's table.

    Attributes
    ----------
    name, title
        What the command ``acceptance`` calls the search, with its detector where there are several; and in words.
    kind
        Which kind of decays the search counts by their place; None if they are from another process.
    share, error
        Probability (n,) at each lifetime, and its statistical error, NaN where there is none.
    place
        Probability (n,) by the place alone, if it is another one.
    """

    name: str
    title: str
    kind: int | None
    share: Array
    error: Array
    place: Array | None = None

    def as_dict(self) -> dict[str, Any]:
        """What a page's script needs."""
        return {
            "kind": self.kind,
            "name": self.name,
            "values": [float(f"{value:.5g}") if value > 0 else None for value in self.share],
            "texts": [share_text(value, error) for value, error in zip(self.share, self.error, strict=True)],
            "place": None if self.place is None else [share_text(value) for value in self.place],
        }


def share_rows(
    detector: Detector, model: Model, mass: float, ctau: Array, kinds: Sequence[DecayKind], seed: int
) -> tuple[list[ShareRow], list[dict[Any, Any]]]:
    """A line for each search that asks for a place, one for what none counts, and attributes of the tables behind.

    Lines of searches are those of `farflung.scenarios.acceptance_table`, whose exceptions are raised. What none counts
    is what is left of 1 when all decays are taken out whose place some search asks for.
    """
    detectors = detector.detectors if isinstance(detector, JointDetector) else (detector,)
    tables = {id(whose): acceptance_table(whose, model, mass, ctau, seed=seed) for whose in detectors}
    rows = []
    for name, search in detector.searches.items():
        if not search.solid:
            continue
        whose = detector.owners[name][0] if isinstance(detector, JointDetector) else detector
        found = tables[id(whose)].sel(search=own_name(detector, name))
        kind = next((order for order, kind in enumerate(kinds) if name in kind.searches), None)
        share, error = found["probability"].values, found["error"].values
        place = None if kind is None else np.asarray(Acceptance(kinds[kind].flights, kinds[kind].region)(ctau))
        if place is not None and np.allclose(place, share, rtol=1e-6, atol=0, equal_nan=True):
            place = None
        caption = name if kind is None else kinds[kind].captions[name]
        rows.append(ShareRow(caption, search.title, kind, share, error, place))
    rest = shares_alone(kinds, ctau)[-1]
    title = "where no search looks"
    rows.append(ShareRow(kinds[-1].name, title, len(kinds) - 1, rest, np.full(len(ctau), np.nan)))
    return rows, [table.attrs for table in tables.values()]


def shares_alone(kinds: Sequence[DecayKind], ctau: Array) -> list[Array]:
    """Share (n,) of each kind in all decays at lifetimes (n,) [m], without what is of kinds before; together 1."""
    alone = [np.asarray(Acceptance(kind.flights, kind.alone)(ctau)) for kind in kinds[:-1]]
    # what is left is known from what the others have, each from its own flights
    return [*alone, np.maximum(1 - np.sum(alone, axis=0), 0.0)]


def share_text(share: float, error: float = np.nan) -> str:
    """A probability and its error, in per cent where it is not too small, with the digits that the error leaves."""
    if np.isnan(share):
        return "–"
    if share == 0:
        return "0"
    power = -2 if share >= 1e-3 else int(np.floor(np.log10(share)))
    value, digits = share / 10.0**power, _WITHOUT_ERROR
    decimals = _WITHOUT_ERROR - 1 - int(np.floor(np.log10(value)))
    uncertainty = ""
    if np.isinf(error):
        uncertainty = " ± ?"
    elif error > 0:
        spread, digits = error / 10.0**power, _MOST_DIGITS
        most = digits - 1 - int(np.floor(np.log10(value)))
        decimals = max(0, min(1 - int(np.floor(np.log10(spread))), most))
        least = 10.0**-decimals
        uncertainty = f" ± {spread:.{decimals}f}" if spread >= least / 2 else f" ± <{least:.{decimals}f}"
    text = f"{value:.{max(decimals, 0)}f}{uncertainty}"
    if power == -2 and share >= 1e-3:
        return f"({text}) %" if uncertainty else f"{text} %"
    return f"({text}) × {ten_to(power)}" if uncertainty else f"{text} × {ten_to(power)}"
