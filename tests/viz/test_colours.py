"""Colours of neighbours, as the colour-blind and a printer without colours see them.

Dichromacy is simulated as in Machado, Oliveira and Fernandes, IEEE Trans. Vis. Comput. Graph. 15 (2009) 1291, table 1
at severity 1; distances are those in CIELAB (CIE 1976), in which 2.3 is just noticeable (Mahy et al., 1994).
"""

from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from farflung.viz.search_styles import HUES
from farflung.viz.style import DISPLACED, INVISIBLE, MORE

EYES = {
    "usual": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)
WHITE = TO_XYZ @ np.ones(3)
ORDERS = {"detectors": HUES, "searches of one": (DISPLACED, INVISIBLE, *MORE), "without invisible": (DISPLACED, *MORE)}


def lab(colour, eye):
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    ratio = TO_XYZ @ np.clip(EYES[eye] @ linear, 0, 1) / WHITE
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_the_scale_of_distances():
    """Black and white are 100 apart for every eye; deuteranopes confuse what differs by red and green alone."""
    for eye in EYES:
        assert lab("white", eye) == pytest.approx([100, 0, 0], abs=0.1)
        assert lab("black", eye) == pytest.approx([0, 0, 0], abs=1e-9)
    red, green = "#C0392B", "#6B6B00"
    assert np.linalg.norm(lab(red, "usual") - lab(green, "usual")) > 60
    assert np.linalg.norm(lab(red, "deuteranopia") - lab(green, "deuteranopia")) < 20


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("order", ORDERS)
def test_neighbours_differ_to_every_eye(order, eye):
    distances = [np.linalg.norm(lab(one, eye) - lab(two, eye)) for one, two in pairwise(ORDERS[order])]
    assert min(distances) > 20


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("order", "first"), [("detectors", 5), ("searches of one", 4)])
def test_any_two_of_the_first_differ(order, first, eye):
    pairs = combinations(ORDERS[order][:first], 2)
    assert min(np.linalg.norm(lab(one, eye) - lab(two, eye)) for one, two in pairs) > 20


@pytest.mark.parametrize("order", ORDERS)
def test_neighbours_differ_in_print_without_colours(order):
    lightness = [lab(colour, "usual")[0] for colour in ORDERS[order]]
    assert min(abs(one - two) for one, two in pairwise(lightness)) > 10
