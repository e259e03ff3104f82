"""Figure 9: the volumes of Belle II."""

import numpy as np
import xarray as xr

from farflung.detectors import BelleII
from farflung.geometry import Revolved
from farflung.scenarios.papers.check import Check
from farflung.scenarios.papers.exhibit import Panels
from farflung.scenarios.papers.run import Run

SHOWN = ("drift chamber", "calorimeter", "envelope")


def outlines(run: Run) -> Panels:
    """Corners of the volumes' outlines in the (z, r) half-plane, in order; some volumes have several pieces."""
    names, pieces, corners = [], [], []
    for name in SHOWN:
        solid = BelleII().solid(name)
        assert isinstance(solid, Revolved)
        for piece, polygon in enumerate(getattr(solid.profile, "geoms", [solid.profile])):
            ring = np.asarray(polygon.exterior.coords)
            names += [name] * len(ring)
            pieces += [piece] * len(ring)
            corners.append(ring)
    z, r = np.concatenate(corners).T
    data = xr.Dataset(
        {
            "volume": ("corner", names),
            "piece": ("corner", pieces),
            "z": ("corner", z, {"units": "m"}),
            "r": ("corner", r, {"units": "m"}),
        },
        coords={"corner": np.arange(len(z))},
    )
    return {"outlines": data}


def compare_outlines(panels: Panels) -> tuple[Check, ...]:
    """The text names the two detectors and the acceptance; dimensions are in the picture alone."""
    data = panels["outlines"]
    angle = np.degrees(np.arctan2(data["r"], data["z"]))[data["r"].values > 0]
    low, high = float(angle.min()), float(angle.max())
    return (
        Check.shown("smallest polar angle [degrees]", "17", f"{low:.3g}", "built from it"),
        Check.shown("largest polar angle [degrees]", "150", f"{high:.3g}", "built from it"),
    )
