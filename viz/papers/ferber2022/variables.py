"""How the variables of the selection are called, and its cuts drawn (arXiv:2201.06580, eq. 4.1)."""

from itertools import product

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Transform
from numpy.typing import NDArray

from farflung.detectors.experiments.belle2_missing_energy import Selection

Array = NDArray[np.float64]

SELECTION = Selection()

LABELS = {
    "mass_squared": r"$\hat M_B^2$  [GeV$^2$]",
    "angle_degrees": r"$\phi_{Kp_\mathrm{miss}}$  [degrees]",
    "pt": r"$p_T(K)$  [GeV]",
}

# oblique cuts (vertical over horizontal variable): whether what is above stays
_LINES: dict[tuple[str, str], tuple[tuple[str, bool], ...]] = {
    ("angle_degrees", "pt"): (("pt_above_angle", True),),
    ("mass_squared", "pt"): (("pt_above_mass_squared", True),),
    ("angle_degrees", "mass_squared"): (("mass_squared_above_angle", True), ("mass_squared_below_angle", False)),
}

_CUT = "0.05"
_HALO = [withStroke(linewidth=3.2, foreground="white", alpha=0.8)]
_LENGTH = 16.0
"""Length [points] of the arrows."""


def draw_limits(ax: Axes, variable: str) -> None:
    """Dotted lines at the limits of one variable, with arrows towards the signal region at the top."""
    low, high = getattr(SELECTION, variable)
    for at, direction in ((low, 1.0), (high, -1.0)):
        ax.axvline(at, color=_CUT, linestyle=":", linewidth=1.5, zorder=5)
        _arrow(ax, (at, 0.95), (direction, 0.0), ax.get_xaxis_transform())


def draw_region(ax: Axes, plane: tuple[str, str]) -> None:
    """Dotted lines along all cuts on two variables, each with an arrow towards the signal region.

    The picture must have its final limits and size.
    """
    boundaries = _half_planes(plane)
    corners = _corners(boundaries)
    to_display = ax.transData.transform
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    for a, b, c in boundaries:  # a x + b y >= c
        if b == 0:
            ends = np.array([[c / a, bottom], [c / a, top]])
        else:
            ends = np.array([[x, (c - a * x) / b] for x in (left, right)])
        ax.plot(
            *ends.T, color=_CUT, linestyle=":", linewidth=1.6, zorder=5, scalex=False, scaley=False, path_effects=_HALO
        )
        on_line = corners[np.isclose(corners @ [a, b], c)]
        middle = on_line.mean(axis=0) if len(on_line) else ends.mean(axis=0)
        # perpendicular to the line as it is seen, on the side of the signal
        along = np.diff(to_display(ends), axis=0)[0]
        across = np.array([-along[1], along[0]]) / np.hypot(*along)
        inwards = to_display(middle + np.array([a, b]) * [right - left, top - bottom] ** np.array(2)) - to_display(
            middle
        )
        _arrow(ax, tuple(middle), tuple(across * np.sign(across @ inwards)), ax.transData)


def _half_planes(plane: tuple[str, str]) -> list[tuple[float, float, float]]:
    """Cuts on two variables (x, y) as a x + b y >= c."""
    found = []
    for axis, variable in enumerate(plane):
        low, high = getattr(SELECTION, variable)
        unit = (1.0, 0.0) if axis == 0 else (0.0, 1.0)
        found += [(*unit, low), (-unit[0], -unit[1], -high)]
    for name, above in _LINES[plane]:
        start, slope = getattr(SELECTION, name)
        sign = 1.0 if above else -1.0
        found.append((-sign * slope, sign, sign * start))
    return found


def _corners(boundaries: list[tuple[float, float, float]]) -> Array:
    """Corners (k, 2) of the region that all half-planes share."""
    points = []
    for (a, b, c), (d, e, f) in product(boundaries, repeat=2):
        if abs(a * e - b * d) > 1e-12:
            point = np.linalg.solve([[a, b], [d, e]], [c, f])
            if all(p * point[0] + q * point[1] >= r - 1e-9 * max(1.0, abs(r)) for p, q, r in boundaries):
                points.append(point)
    return np.array(points).reshape(-1, 2)


def _arrow(ax: Axes, at: tuple[float, float], direction: tuple[float, float], coordinates: Transform) -> None:
    offset = (_LENGTH * direction[0], _LENGTH * direction[1])
    ax.annotate(
        "", at, xytext=offset, xycoords=coordinates, textcoords="offset points", zorder=6,
        arrowprops={
            "arrowstyle": "<|-", "color": _CUT, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0, "path_effects": _HALO
        },
    )  # fmt: skip
