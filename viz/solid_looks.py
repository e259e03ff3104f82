"""How a detector's solids are told apart in all pictures of it."""

from itertools import cycle

import numpy as np
from matplotlib.colors import to_rgb

from farflung.detectors import Detector
from farflung.geometry import Solid
from farflung.viz.views import has_end

SHADES = ("#DCE6F1", "#E9E2D0", "#DDEEDA", "#EFDDE8", "#F9E3CF", "#D6EBEB", "#E4E0F4", "#EEEEC8")

Colour = tuple[float, float, float]


def shades(detector: Detector) -> dict[str, str]:
    """A pale colour for each solid, by name, those first that are to be drawn first: the largest.

    Solids without an end come before all others.
    """
    largest_first = sorted(detector.solids.items(), key=lambda item: -size(item[1]))
    return {name: shade for (name, _), shade in zip(largest_first, cycle(SHADES), strict=False)}


def size(solid: Solid) -> float:
    """Volume [m^3], by which solids are put behind one another; infinite if there is no end."""
    return solid.volume if has_end(solid) else float("inf")


def deeper(shade: str, brightness: float = 0.75) -> Colour:
    """A stronger colour of the same hue: what looks well as an area on paper is too pale for lines and surfaces."""
    rgb = np.array(to_rgb(shade))
    red, green, blue = np.clip(brightness * rgb.mean() + 4 * (rgb - rgb.mean()), 0, 1).tolist()
    return red, green, blue
