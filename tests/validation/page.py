"""docs/validation.md from what the tests find: ``python tests/validation/page.py`` writes it anew."""

import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))
from public_curves import CURVES

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"

_HEAD = """# Beside public curves

Every row is a curve that another code or a paper has published, and the couplings that farflung excludes in the same
search, over those of the curve: 1 is agreement; more than 1 is weaker at the lower edge, stronger at the upper one.
`tests/validation` computes the ratios whenever the tests run, fails where one leaves the range that is written there,
and fails if this page says anything else. `python tests/validation/page.py` writes it anew. Nothing was adjusted to a
curve.

| what | whose curve | at [GeV] | smallest, here/there | largest, here/there | what differs |
|---|---|---|---|---|---|
"""


def page(found: Mapping[str, NDArray[np.float64]]) -> str:
    """The page, from the ratios (points, 2) of each curve by its name."""
    rows = []
    for curve in CURVES:
        places = ", ".join(f"{point[0]:g}" for point in curve.points)
        if "lifetime" in curve.name:
            places = f"{places} ps"
        low, high = (_listed(column) for column in found[curve.name].T)
        rows.append(f"| {curve.name} | {curve.source} | {places} | {low} | {high} | {curve.differs} |\n")
    return _HEAD + "".join(rows)


def _listed(ratios: NDArray[np.float64]) -> str:
    if np.isnan(ratios).all():
        return ""
    return ", ".join("none" if np.isnan(ratio) else f"{ratio:.2f}" for ratio in ratios)


if __name__ == "__main__":
    PAGE.write_text(page({curve.name: curve.ratios() for curve in CURVES}), encoding="utf-8")
